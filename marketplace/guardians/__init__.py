"""The guardian's and the minor's pages, and what touches a consent and an application together.

Reading order: emails, actions, forms, endpoints.
"""
