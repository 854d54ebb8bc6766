"""Models: what was learnt from labelled articles, as text; see `copydesk.furniture.model` for the format."""
