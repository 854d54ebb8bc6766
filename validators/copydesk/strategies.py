"""hypothesis strategies for news, under their public name; see `copydesk.testing.strategies`."""

from copydesk.testing.strategies import *  # noqa: F403
from copydesk.testing.strategies import __all__ as __all__
