"""Publish, pause, resume, change places, cancel: what moves applications with their mission."""
