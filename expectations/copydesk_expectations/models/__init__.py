"""Models: what was learnt from labelled articles, as text; see `copydesk.furniture_model` for the format."""
