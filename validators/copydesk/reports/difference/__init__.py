"""Reports of what changed between two versions, each a rendering of `copydesk.gate.differences.Difference`."""
