"""The process: settings, wiring, courier, heartbeat, command line and rehearsal."""
