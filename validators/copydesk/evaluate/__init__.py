"""How good the checks are: planted defects and labelled paragraphs."""
