"""Files written again with repairs, one module a format: bytes that no repair touches are copied."""
