"""HTTP without any feature: routing, then pages, forms, csrf, limits, pagination."""
