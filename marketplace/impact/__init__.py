"""Figures: public statistics that hide small numbers; those of an association or a mission for its members.

Reading order: tables, policies, waits, tallies, actions (the job); queries, public_lines for the public
page; labels, figure_queries, member_lines for members; charts, endpoints.
"""
