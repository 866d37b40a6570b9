"""The package `marketplace.exchange`."""
