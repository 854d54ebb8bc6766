"""`frame.copydesk.check()` for pandas.

    import pandas as pd
    import copydesk.pandas

    result = pd.read_csv("articles.csv").copydesk.check()

`import copydesk` does the same where pandas is imported already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from copydesk.model.result import Result

__all__ = ["Accessor"]


@pd.api.extensions.register_dataframe_accessor("copydesk")
class Accessor:
    """What copydesk can do with a frame of articles, a row an article."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def check(self, **options: Any) -> Result:
        """Hold the frame against a suite; the options are those of `copydesk.check`.

        Raises:
            copydesk.CopydeskError: as `copydesk.check`.
        """
        from copydesk.run import check  # here: it loads polars, which `import copydesk` does not

        return check(self._frame, **options)
