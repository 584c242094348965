"""Every word and every block people see; no database, no network."""
