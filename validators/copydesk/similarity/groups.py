"""Groups: articles that belong together, one by one or by way of others."""

from __future__ import annotations

from copydesk.lazy import np, pl

__all__ = ["groups", "named_by_group"]


def groups(one: pl.Series, other: pl.Series) -> pl.DataFrame:
    """Put numbers together that are joined by pairs.

    Args:
        one: one of each pair (UInt32).
        other: the other of each.

    Returns:
        `member` (UInt32), each number once, and `group` (UInt32), the smallest number that it is joined to.
    """
    members, places = np.unique(np.concatenate([one.to_numpy(), other.to_numpy()]), return_inverse=True)
    left, right = places[: len(one)], places[len(one) :]
    first, before = np.arange(len(members)), None
    while before is None or (first != before).any():
        before = first.copy()
        np.minimum.at(first, left, first[right])
        np.minimum.at(first, right, first[left])
        first = first[first]
    return pl.DataFrame({"member": members, "group": members[first]}, schema={"member": pl.UInt32, "group": pl.UInt32})


def named_by_group(found: pl.DataFrame, known: pl.LazyFrame) -> pl.DataFrame:
    """Add `identity`: after which article each finding in a group is named, whatever the order of the files.

    All articles of a group are found but the first one in the files. Named are all but the one whose identity sorts
    first: where that one was found, it lends its finding the name of the one that was not. So the names of a group
    depend on its articles alone, and an article more is one name more.

    Args:
        found: a finding for each article of a group but the first: `article`, `group` (UInt32, that first one); and
            where other articles are the same as these, `copies` and `group_copies` (List[UInt32], they among them),
            of which the identity that sorts first stands for all.
        known: see `copydesk.engine.analysis.identify`.
    """
    for node, copies, identity in (("article", "copies", "identity"), ("group", "group_copies", "_first")):
        same = pl.col(copies) if copies in found.columns else pl.concat_list(node)
        named = (
            found.lazy()
            .select(node, same.alias("_same"))
            .unique(node)
            .explode("_same", empty_as_null=True)
            .join(known.select(_same="article", _identity="identity"), on="_same", how="left")
            .group_by(node)
            .agg(pl.col("_identity").min().alias(identity))
        )
        found = found.lazy().join(named, on=node, how="left", maintain_order="left").collect()
    least = pl.int_range(pl.len()) == pl.col("identity").arg_min()
    lent = least.over("group") & (pl.col("identity") < pl.col("_first"))
    return found.with_columns(identity=pl.when(lent).then("_first").otherwise("identity")).drop("_first")
