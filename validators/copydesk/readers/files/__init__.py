"""Files: which are read, whether they may be written over, and their bytes, decompressed and decoded."""
