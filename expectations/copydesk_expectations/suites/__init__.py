"""Suites: files that Great Expectations loads as expectation suites."""
