"""`python -m copydesk`."""

import sys

from copydesk.commands.cli import command

sys.exit(command())
