"""Repairs: what findings say is put into the collection, whole, so that it can be taken back, and nothing else."""
