"""E-mails: `outbox.post` writes one in the transaction of an act, `delivery` sends it after.

Reading order: tables, outbox, delivery, smtp.
"""
