"""The check `byline-junk`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.lexicon.lexicon import load
from copydesk.metadata.publishers import is_own_name
from copydesk.model.finding import flagged
from copydesk.text.expressions import normalised
from copydesk_expectations.detection.metadata import bylines as author
from copydesk_expectations.detection.metadata.byline_tails import are_glued_names, own_tails, tails_of

#: So many characters of a byline are judged: a hundred names. A page that got into it has thousands of parts.
_LONGEST = 2000


@dataclass(frozen=True, kw_only=True)
class BylineJunk(ArticleCheck):
    """Expect a byline to name somebody.

    What it finds:
        A byline that names nobody, in the languages of the lexicons: a role alone ('Senior Reporter'), a control of the
        page ('Email The Author', 'Minutes Ago'), 'By', 'Staff' or 'admin'. The publisher's own name, a date, a time, an
        address, a handle, digits alone, the name of a section and markup name nobody either. Several authors are
        separated by commas or 'and': all of them must be such. A date, a time or a control of the page is also found
        beside names, and so is the publisher's own name behind them. So is a role that is glued to a name, what stands
        behind invisible marks, and names that run together ('Maren TolliverJoss Abernathy').

    Why it matters:
        Bylines are counted, credited and searched. 'Minutes Ago' is the most productive author of many a corpus.

    Known limits:
        The names of agencies (Reuters, AFP, dpa) are legitimate, alone too, and so are 'By' before a name and a role
        behind one. An empty byline is no finding: many stories have none. Two names with a capital inside ('MaryBeth')
        are not taken apart. Of a longer byline the first 2,000 characters are judged.

    Passes:
        - byline: By Maren Tolliver and Joss Abernathy
        - byline: Maren Tolliver, Senior Reporter
        - byline: Reuters
        - byline: AFP, dpa
        - byline: ""

    Fails:
        - byline: Senior Reporter
          finds: [Senior Reporter]
        - byline: By Staff
          finds: [By Staff]
        - byline: Maren Tolliver, 14 March 2026
          finds: [14 March 2026]
        - byline: Maren Tolliver March 14, 2026
          finds: ["March 14, 2026"]
        - byline: Maren TolliverSenior Reporter
          finds: [Senior Reporter]
        - byline: Deportes
          finds: [Deportes]
        - byline: Maren Tolliver, Harbour Gazette TV
          publisher: Harbour Gazette
          finds: [Harbour Gazette TV]
        - byline: Harbour Gazette
          publisher: harbourgazette.example
          finds: [Harbour Gazette]
        - byline: '<a href="/maren">Maren Tolliver</a>'
          finds: ['<a href="/maren">Maren Tolliver</a>']
        - byline: "@marentolliver"
          finds: ["@marentolliver"]

    Options:
        lexicons: files of your own with further phrases, named after their language (`en.house.txt`).

    Source:
        newspaper#856 ('Senior Reporter'), newspaper4k#180 ('Email The Author', 'Minutes Ago') and #425 (the
        publisher), fundus#444 (digits), trafilatura#110 ('Watermark feed').
    """

    name: ClassVar[str] = "byline-junk"
    family: ClassVar[str] = "metadata"
    severity: ClassVar[str] = "warning"
    needs: ClassVar[tuple[str, ...]] = ("byline",)

    lexicons: tuple[str, ...] = ()

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the bylines, or the parts of them, that are no names; each distinct byline is looked at once."""
        articles = batch.articles.select("article", "byline")
        own = articles.filter(is_own_name(articles["byline"], articles["article"], batch))
        own = own.filter(~author.is_agency(normalised(pl.col("byline"))))
        none, why = pl.lit(None, pl.Int64), pl.lit("the publisher's name, not an author's")
        own = own.with_columns(start=none, end=none, reason=why)
        byline = batch.distinct("byline")
        maybe = byline.spread(author.may_be_nobody(byline.values, load(self.lexicons), self.name))
        likely = articles.filter(maybe, pl.col("byline").str.strip_chars() != "")
        junk = own.clear()
        if likely.height:
            likely = likely.with_columns(head=pl.col("byline").str.head(_LONGEST))
            reasons = self._junk(likely.select(byline="head").unique()).collect(engine="in-memory")
            junk = likely.join(reasons, left_on="head", right_on="byline").drop("head")
        lead = pl.col("byline").str.len_chars() - pl.col("byline").str.strip_chars_start().str.len_chars()
        stop = lead + pl.col("byline").str.strip_chars().str.len_chars()
        own = pl.concat([own, own_tails(articles, batch).join(own, on="article", how="anti")])
        spans = pl.concat([junk, own.join(junk, on="article", how="anti")]).lazy()
        spans = spans.with_columns(
            start=pl.coalesce("start", lead.cast(pl.Int64)), end=pl.coalesce("end", stop.cast(pl.Int64))
        )
        return flagged(spans.sort("article", "start"), field="byline", reason=pl.col("reason"))

    def _junk(self, bylines: pl.DataFrame) -> pl.LazyFrame:
        """Return of each byline what is no name: `byline`, `start` and `end` (null: the whole), `reason`."""
        tails = tails_of(bylines["byline"], load(self.lexicons), self.name)
        parts = _before(author.split_authors(bylines), tails)
        whole = pl.col("byline").str.strip_chars().alias("whole")
        texts = pl.concat([parts.select(whole).to_series(), parts["text"]]).rename("text")
        reasons = self._reasons(texts.unique()).lazy()
        judged = (
            parts.lazy()
            .with_columns(whole)
            .join(reasons, on="text", how="left", maintain_order="left")
            .join(reasons.select(whole="text", whole_reason="reason"), on="whole", how="left", maintain_order="left")
        )
        has_tail = pl.col("byline").is_in(tails["byline"].implode())
        whole_reason = pl.when(~has_tail).then("whole_reason")
        all_reason = pl.when(pl.col("reason").is_not_null().all()).then(pl.col("reason").first()).over("byline")
        judged = pl.concat([judged, _judged_tails(tails)], how="diagonal").sort("byline", "start")
        judged = judged.with_columns(of_all=pl.coalesce(whole_reason, all_reason))
        wholly = judged.filter(pl.col("of_all").is_not_null()).unique("byline", keep="first", maintain_order=True)
        in_part = judged.filter(pl.col("of_all").is_null() & pl.col("anywhere").fill_null(False))
        none = pl.lit(None, pl.Int64)
        wholly = wholly.with_columns(start=none, end=none, reason="of_all")
        return pl.concat(part.select("byline", "start", "end", "reason") for part in (wholly, in_part))

    def _reasons(self, texts: pl.Series) -> pl.DataFrame:
        """Return why texts are no names: `text`, `reason`, and `anywhere`, no part of a name beside one either."""
        lexicon, line = load(self.lexicons), pl.col("line")
        name = author.without_by(line)
        beside_names = (
            (pl.col("date"), "a date, not a name"),
            (author.is_time(), "a time, not a name"),
            (author.is_control(), "a control of the page, not a name"),
            (are_glued_names(), "names that run together"),
        )
        alone = (
            (author.has_no_letter(), "holds no letter"),
            (author.is_address(), "an address or a handle, not a name"),
            (author.has_markup(), "holds markup"),
            (author.is_section(line) | author.is_section(name), "the name of a section, not of a person"),
            (lexicon.is_phrase(line, self.name) | lexicon.is_phrase(name, self.name), "nobody's name"),
        )
        reasons = [pl.when(is_it).then(pl.lit(why)) for is_it, why in (*beside_names, *alone)]
        agency = author.is_agency(line) | author.is_agency(name)
        judged = (
            pl.DataFrame({"text": texts, "date": author.is_date(texts)})
            .with_columns(line=normalised(pl.col("text")))
            .with_columns(
                anywhere=pl.any_horizontal(is_it for is_it, _ in beside_names),
                reason=pl.when(~agency).then(pl.coalesce(reasons)),
            )
        )
        return judged.filter(pl.col("reason").is_not_null()).select("text", "reason", "anywhere")


def _before(parts: pl.DataFrame, tails: pl.DataFrame) -> pl.DataFrame:
    """Cut off the tails of bylines from the authors that they are split into."""
    tail = pl.col("tail").fill_null(pl.col("end"))
    cut = parts.join(tails.select("byline", tail="start"), on="byline", how="left", maintain_order="left")
    cut = cut.filter(pl.col("start") < tail).with_columns(
        text=pl.col("text").str.slice(0, pl.min_horizontal("end", tail) - pl.col("start")).str.strip_chars_end()
    )
    return cut.with_columns(end=pl.col("start") + pl.col("text").str.len_chars()).drop("tail")


def _judged_tails(tails: pl.DataFrame) -> pl.LazyFrame:
    """Return tails as parts of their bylines that are judged: no part of a name beside one either."""
    return tails.lazy().with_columns(anywhere=pl.lit(True))
