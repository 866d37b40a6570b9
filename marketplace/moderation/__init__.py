"""Moderators: their sign-in, the queue and its decisions, and the panel under /admin."""
