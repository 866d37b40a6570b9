"""The package `marketplace.impact`."""
