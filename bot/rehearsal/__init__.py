"""The rehearsal: a whole program with simulated people, on a local workspace, before yours see any of it."""
