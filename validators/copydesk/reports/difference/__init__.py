"""Reports of what changed between two versions of a collection, each a rendering of `copydesk.gate.diff.Difference`."""
