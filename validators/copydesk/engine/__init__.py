"""The engine: threads, the pipeline, the analysis of a chunk, and the results of the whole collection."""
