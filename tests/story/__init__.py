"""Twenty days of one mission, and every e-mail they bring."""
