"""The suggestion: a suite made from a collection that its owner calls good, with the evidence for each line."""
