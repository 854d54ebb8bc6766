"""The engine: threads, the pipeline, the analysis of a chunk, and what is kept of the collection."""
