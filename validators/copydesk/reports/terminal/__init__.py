"""The summary on the terminal."""
