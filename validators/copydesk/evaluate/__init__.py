"""The quality of the checks, measured with planted defects and with labelled paragraphs."""
