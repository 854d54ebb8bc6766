"""Checks of what should not be in a collection because it is somebody's."""
