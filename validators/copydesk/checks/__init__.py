"""The extension API: what a check, a suite and a lexicon are, and how installed ones are found.

A check knows nothing of Great Expectations, of files or of reports. It looks at columns and names spans.
"""

from copydesk.checks.base import (
    FAMILIES,
    ArticleCheck,
    Check,
    CollectionCheck,
    PairCheck,
    RowCheck,
    expectation_type,
    option_types,
)
from copydesk.checks.documentation import DOC_SECTIONS, documentation
from copydesk.checks.registry import all_checks, check_named, lexicon_files, providers, suite_files
from copydesk.model.finding import SEVERITIES

__all__ = [
    "DOC_SECTIONS",
    "FAMILIES",
    "SEVERITIES",
    "ArticleCheck",
    "Check",
    "CollectionCheck",
    "PairCheck",
    "RowCheck",
    "all_checks",
    "check_named",
    "documentation",
    "expectation_type",
    "lexicon_files",
    "option_types",
    "providers",
    "suite_files",
]
