"""Who is proposed to whom, and why: hard rules, criteria, objectives and the words for them."""
