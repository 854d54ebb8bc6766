"""Import this module in a Great Expectations project, and our check is an expectation there."""

from __future__ import annotations

from typing import Any

from copydesk.judge.expectations import expectation_class
from newsroom_checks.shouted_headline import ShoutedHeadline

ExpectNewsShoutedHeadline: Any = expectation_class(ShoutedHeadline)
