"""Plain data: the article, the chunk, the finding, the result and the overview."""
