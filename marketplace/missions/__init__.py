"""What a mission is: its fields, its slots, and the drafts its authors write.

Reading order: lifecycle, tables, policies, queries, places, actions, forms, endpoints.
"""
