"""The extension API: what a check, a suite and a lexicon are, and how installed ones are found.

A check knows nothing of Great Expectations, of files or of reports. It looks at columns and names spans.
`docs/extending.md` shows a whole package of checks.
"""

from copydesk.checks.base import (
    CERTAIN,
    FAMILIES,
    UNSAFE,
    ArticleCheck,
    Check,
    CollectionCheck,
    PairCheck,
    RowCheck,
    expectation_type,
    option_types,
)
from copydesk.checks.batch import SHORT_LINE, Batch
from copydesk.checks.documentation import DOC_SECTIONS, documentation
from copydesk.checks.registry import (
    all_checks,
    check_named,
    contributions,
    lexicon_files,
    providers,
    suite_files,
)
from copydesk.checks.suspects import spans_in
from copydesk.model.finding import SEVERITIES, flagged, no_spans

__all__ = [
    "CERTAIN",
    "DOC_SECTIONS",
    "FAMILIES",
    "SEVERITIES",
    "SHORT_LINE",
    "UNSAFE",
    "ArticleCheck",
    "Batch",
    "Check",
    "CollectionCheck",
    "PairCheck",
    "RowCheck",
    "all_checks",
    "check_named",
    "contributions",
    "documentation",
    "expectation_type",
    "flagged",
    "lexicon_files",
    "no_spans",
    "option_types",
    "providers",
    "spans_in",
    "suite_files",
]
