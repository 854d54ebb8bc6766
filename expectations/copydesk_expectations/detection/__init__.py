"""What several steps of a check share and what is a subject of its own: predicates and the patterns they need.

The checks lie in `checks/`, one file each. A module here is no check: it is what a check is made from.
"""
