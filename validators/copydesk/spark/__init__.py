"""The engine Spark: the same suite over a collection that outgrows one machine, and the same findings.

    from copydesk.spark import check

    result = check(["/data/news"], suite="news")

Spark decides where articles are read and analysed. The readers and the analysis are those of the embedded engine, so
that findings, results and rejected rows are equal, byte for byte. It needs `copydesk[spark]` and Java 17.

- Reading: a task reads parts of files by `copydesk.readers.parts`. Spark's own readers drop or guess rows that cannot
  be read, and know neither rows nor lines. Every executor must see the files under the same path.
- Analysis: `mapInArrow`, one pass over the text. Its results stay with the executors, as `parcels`: frames of polars in
  a binary column, so that no type is lost.
- Checks of the collection: group-bys of their keys by what must `meet` (`copydesk.checks`), then `applyInArrow` with
  the check's own `find`. Pairs of near-duplicates are brought together in three such steps.
- The driver holds the samples, the rejected rows, the pairs of likely near-duplicates, and the columns that a suite
  names. It holds no other text. Of the articles it holds a number for those with findings of a collection check.
"""

from __future__ import annotations

from copydesk.spark.run import check

__all__ = ["check"]
