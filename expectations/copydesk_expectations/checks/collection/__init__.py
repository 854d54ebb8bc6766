"""Checks that hold articles against each other."""
