"""Who signs in: mailed links and codes, sessions, adulthood attested.

Reading order: tables, policies, actions, queries, endpoints.
"""
