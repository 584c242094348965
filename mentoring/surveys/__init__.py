"""What people are asked, whether an asking is open, and what may be published of the answers."""
