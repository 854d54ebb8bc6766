"""`python -m copydesk`."""

import sys

from copydesk.cli import command

sys.exit(command())
