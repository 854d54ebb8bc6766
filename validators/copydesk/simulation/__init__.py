"""Simulation: what the known filters of web text would drop or cut, beside what copydesk finds."""
