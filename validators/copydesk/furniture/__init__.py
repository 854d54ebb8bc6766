"""Page furniture: the lines that may belong to the page, the model that judges them, and its evidence."""
