"""The engine Spark: the same suite over a collection that outgrows one machine, and the same findings.

    from copydesk.spark import check

    result = check(["/data/news"], suite="news")

Every article is read by copydesk's own readers and analysed by the same code as in the embedded engine; Spark decides
where. So findings, results and rejected rows are equal, byte for byte. Needs `copydesk[spark]` and Java 17.

- Reading: a task reads parts of files (`copydesk.readers.parts`), not what Spark's readers make of them: these drop or
  guess what cannot be read, and know neither rows nor lines. Every executor must see the files under the same path.
- Analysis: `mapInArrow`, one pass over the text. What it gives stays with the executors, as `parcels`: frames of polars
  in a binary column, so that no type is lost on the way.
- Checks of the collection: group-bys of their keys by what must `meet` (`copydesk.checks`), then `applyInArrow` with
  the check's own `find`. Pairs of near-duplicates are brought together in three such steps.
- The driver holds no text but samples, and nothing for each article but a number for those in which a check of the
  collection found something; besides the rows that were rejected, pairs of likely near-duplicates, and the columns
  that a suite of one's own names.
"""

from __future__ import annotations

from copydesk.spark.run import check

__all__ = ["check"]
