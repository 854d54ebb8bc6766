"""The web: HTML pages, web archives, feeds, and the XML of news agencies."""
