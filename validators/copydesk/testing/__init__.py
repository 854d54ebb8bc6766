"""For tests: the pytest plugin, and hypothesis strategies for news."""
