"""Great Expectations judges signals against a suite, in a process of its own."""
