"""The example package is installed by `test_extension.py`; pytest leaves its files alone."""

collect_ignore = ["newsroom"]
