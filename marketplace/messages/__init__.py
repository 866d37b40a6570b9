"""Messages between a volunteer and an association: one thread per application, relayed by e-mail.

Reading order: tables, errors, policies, queries, recipients_queries, emails, actions, forms, endpoints,
everyone_endpoints.
"""
