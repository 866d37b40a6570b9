"""Finding: the search index, its filters, and the order of what is found.

Reading order: normalise (words), geography, tables, tags, searches (what is asked and answered), positions,
statements (the SQL), hits, streams, facets, suggestions, cards, queries (`search`), actions (the index),
checks.
"""
