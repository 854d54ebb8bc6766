"""Checks of what stands beside the body: headline, byline, dates, address."""
