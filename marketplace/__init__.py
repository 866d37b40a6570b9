"""The volunteer-mission marketplace for reintegration associations. Start reading in `routes.py`."""
