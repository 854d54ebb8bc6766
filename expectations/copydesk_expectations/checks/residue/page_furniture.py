"""The check `page-furniture`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, ClassVar

from copydesk.checks import CollectionCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.model.finding import flagged
from copydesk_expectations.detection.residue.other_headlines import HEADLINE, headline_lines
from copydesk_expectations.detection.residue.page_account import account_of_lines
from copydesk_expectations.detection.residue.page_lines import HELD_AGAINST, PageLines, page_line_keys, page_lines
from copydesk_expectations.detection.residue.page_phrases import certain_lines, phrase_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.furniture.model import Model


@dataclass(frozen=True, kw_only=True)
class PageFurniture(CollectionCheck):
    """Expect no line of the page that no list knows in a body.

    What it finds:
        A short line that no lexicon has as a phrase, but that is a line of the page: an entry of a menu, a prompt, a
        title of another story. Its shape, its place, its run, the phrases around it and what the publisher repeats
        decide. The reason says which of these did. Without a model it finds readers' comments (one span, to the end),
        menus of sections above the story, time stamps with a label, pointers to the parts of a series, names of code,
        and lines that are the headline of another article of the publisher, which is named.
        `copydesk explain page-furniture --article FILE ROW` shows the score of each line of an article.

    Why it matters:
        No list can hold the titles of other stories or the sections of every site. They stand in blocks beside lines
        that a list does know, and a reader of the collection takes them for the story.

    Known limits:
        Verdicts come from a model learnt on labelled news, above all English. It prefers precision to recall. It says
        nothing in an article where no lexicon knows a line and the publisher repeats none, nor of headings between most
        paragraphs of a story, or of a questionnaire. It may report the listing below a story that belongs to it (an
        event's prices, a prize's nominees). Headlines of other publishers are not looked for. Lines that
        `publisher-boilerplate` finds by default are left to that check.

    Passes:
        - body: |-
            The council met on Monday evening and agreed, after a long debate, to put off the decision on the bridge.
            Who pays the bill
            The bridge needs a new deck, the engineers said, and nobody knew where the money was to be found.
        - body: |-
            The pie is older than the town, the baker said, and her mother made it for the market every week.
            two cups of flour
            one cup of sugar
            three eggs

    Fails:
        - body: |-
            The council met on Monday evening and agreed, after a long debate, to put off the decision on the bridge.
            Home
            Sports
            Obituaries
            Facebook
            Twitter
            Email
            Print
            0 Comments
            Log in
          finds: [Sports, Obituaries]

    Options:
        lexicons: files of your own with further phrases, named after their language (`en.house.txt`).

    Source:
        The model is written by `ci/train-page-furniture`, which also says how well it does on publishers that it has
        not seen. Place, length
        and neighbours as evidence: jusText (Pomikálek 2011) and boilerpipe (Kohlschütter et al. 2010).
    """

    name: ClassVar[str] = "page-furniture"
    family: ClassVar[str] = "residue"
    severity: ClassVar[str] = "warning"
    meet: ClassVar[tuple[str, ...]] = ("publisher",)

    lexicons: tuple[str, ...] = ()

    def keys(self, batch: Batch) -> pl.LazyFrame:
        """Return the lines that may be furniture, what is known of them and of their articles, and the certain ones."""
        model = _model()
        lines = page_line_keys(batch, phrase_kinds(batch, self.lexicons), _kept(model), model)
        return pl.concat([lines, certain_lines(batch, self.lexicons)], how="diagonal").lazy()

    def find(self, keys: pl.LazyFrame) -> pl.LazyFrame:
        """Return the lines, to be deleted."""
        model = _model()
        lines = page_lines(keys, _kept(model))
        hits = lines.hits(model.score(lines.features), model.threshold)
        judged = lines.rows[hits].select(
            "article", "start", "text", reason=pl.Series(_reasons(lines, hits), dtype=pl.String)
        )
        certain = keys.filter(pl.col("reason").is_not_null()).select("article", "par", "start", "text", "reason")
        certain = certain.join(lines.boilerplate.lazy(), on=["article", "par"], how="anti").drop("par")
        links = headline_lines(keys.filter(pl.col("reason").is_null())).with_columns(reason=pl.lit(HEADLINE))
        found = pl.concat([certain.collect(), links.collect(), judged], how="diagonal")
        found = found.unique(["article", "start"], keep="first", maintain_order=True).sort("article", "start").lazy()
        return flagged(
            found.with_columns(end=pl.col("start") + pl.col("text").str.len_chars()),
            reason=pl.col("reason"),
            repair="delete",
            text=pl.col("text"),
            twin=pl.col("twin"),
        )

    def account(self, batches: Iterable[Batch], row: int) -> Iterator[str]:
        """Yield what the model sees of each line of one article, see `copydesk.checks.Check.account`."""
        model = _model()
        return account_of_lines(batches, row, model, _kept(model), self.lexicons)


def _reasons(lines: PageLines, hits: Any) -> list[str]:
    from copydesk.furniture.reasons import REASONS, reason

    asked = {name: lines.features[name][hits].tolist() for name in (*REASONS, "repeats")}
    found = [dict(zip(asked, values, strict=True)) for values in zip(*asked.values(), strict=True)]
    return [*map(reason, found, lines.rows["near"].gather(hits), lines.rows["others"].gather(hits))]


def _kept(model: Model) -> tuple[str, ...]:
    """Return the features that are kept of each line: those that are asked for, and do not need the collection."""
    from copydesk.furniture.reasons import REASONS
    from copydesk.furniture.repeats import REPEATS

    return tuple(sorted({*model.features, *REASONS, *HELD_AGAINST} - {*REPEATS}))


@cache
def _model() -> Model:
    from copydesk.furniture.model import parse_model

    return parse_model((files("copydesk_expectations") / "models" / "page_furniture.tsv").read_text(encoding="utf-8"))
