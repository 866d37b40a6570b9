"""Submit, publish, pause, resume, change places, cancel: what moves applications with their mission.

Reading order: errors, policies, emails, actions, forms, endpoints.
"""
