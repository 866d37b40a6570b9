"""Who signs in: mailed links and codes, sessions, adulthood attested.

Reading order: lifecycle, tables, errors, policies, queries, emails, actions, forms, then cookies and
viewers (what a browser holds, who looks), endpoints.
"""
