"""Submit, publish, pause, resume, change places, cancel: what moves applications with their mission.

Reading order: policies, actions, emails, forms, endpoints.
"""
