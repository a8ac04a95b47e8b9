"""The window, the command line and background jobs."""
