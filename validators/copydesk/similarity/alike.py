"""Alike: whether the passages that two texts share make one a copy of the other, or a wire copy.

A pair is a row with what `copydesk.similarity.pairs.Likeness` says of it; for wire copies, also with `publisher`,
`signed` (whether there is one) and `published` of both, those of the second with the ending `_twin`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.lazy import pl

if TYPE_CHECKING:
    from polars import Expr

__all__ = ["hours", "is_alike", "is_by_template", "is_wire_copy"]

#: Of the passages of one of two articles, so many must stand in the other: with a fifth of the words changed at random
#: about half do, and less than 0.4 do in one of 200 such articles.
_MOST = 0.33

#: A story under figures or names of its own shares less than this of the passages that hold them, measured by the
#: passages without. Fewer of those than so many tell nothing; nor does a kind of passage all of which chance may have
#: changed: the likelihood of that is exp(-_TELLING), 5 %.
_TEMPLATE, _PLAIN, _TELLING = 0.25, 10, 3

#: Two texts that share little, and less than this of the names and figures that they should, are by one template, too:
#: forecasts and fixtures, where words differ beside the names. The deviations are those of a binomial share.
_LITTLE, _FEWER, _DEVIATIONS = 0.3, 0.5, 1.65

#: Wire copies appear within so many hours.
_WIRE_HOURS = 72


def is_alike(least: float) -> Expr:
    """Return whether two texts share enough, and more than a template."""
    return (pl.col("jaccard") >= least) & (pl.max_horizontal("share", "back") >= _MOST) & ~is_by_template()


def is_by_template() -> Expr:
    """Return whether only figures, or only names, differ: a random change would strike other passages too."""
    plain = pl.col("plain_shared") / pl.col("plain_all")
    surprise = -(1 - plain.clip(0, 0.99)).log()
    differ = [
        (pl.col(f"{kind}_all") * surprise >= _TELLING)
        & (pl.col(f"{kind}_shared") < _TEMPLATE * plain * pl.col(f"{kind}_all"))
        for kind in ("digit", "capital")
    ]
    return (pl.col("plain_all") >= _PLAIN) & (differ[0] | differ[1] | _is_loose_template(plain))


def _is_loose_template(plain: Expr) -> Expr:
    """Return whether texts that share little share even less of their names and figures than of other passages."""
    expected = plain * (pl.col("digit_all") + pl.col("capital_all"))
    shared = pl.col("digit_shared") + pl.col("capital_shared")
    unlikely = expected - shared >= _DEVIATIONS * (expected * (1 - plain)).sqrt()
    return (pl.col("jaccard") < _LITTLE) & (shared < _FEWER * expected) & unlikely


def is_wire_copy() -> Expr:
    """Return whether two publishers brought the story within the hours of a wire."""
    apart = hours("published") - hours("published_twin")
    other = pl.col("signed") & pl.col("signed_twin") & (pl.col("publisher") != pl.col("publisher_twin"))
    return (other & (apart.abs() <= _WIRE_HOURS)).fill_null(False)


def hours(column: str) -> Expr:
    """Return hours since 1970 of an ISO 8601 time, or of its day; the offset from UTC counts."""
    text = pl.col(column).str.strip_chars()
    part = text.str.extract_groups(r"^(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d))?[^+-]*(?:([+-]\d\d):?\d\d)?").struct
    day = part.field("1").str.to_date("%Y-%m-%d", strict=False).cast(pl.Int32)
    hour = part.field("2").cast(pl.Int32, strict=False).fill_null(0)
    return day * 24 + hour - part.field("4").cast(pl.Int32, strict=False).fill_null(0)
