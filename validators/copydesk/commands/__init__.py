"""The commands, one file each: `add_to` adds its parser, `run` does the work and returns the exit status."""
