"""Fields: which columns or members of a record hold those of an article, and the text that stands for each value."""
