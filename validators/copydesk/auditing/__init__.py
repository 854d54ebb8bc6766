"""The audit: copies across splits and collections, what gives a label away, and who took a story from whom."""
