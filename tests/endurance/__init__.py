"""Many workspaces, several processes and one PostgreSQL, for a whole program, in foul weather."""
