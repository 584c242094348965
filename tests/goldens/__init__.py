"""Every message as people read it, kept as text and compared."""
