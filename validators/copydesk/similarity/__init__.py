"""Which texts share most of their passages: sketches, pairs and groups."""
