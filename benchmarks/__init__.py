"""Measures what the site promises about speed, on databases it fills itself; no part of the site."""
