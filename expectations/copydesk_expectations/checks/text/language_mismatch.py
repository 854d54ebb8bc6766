"""The check `language-mismatch`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.metadata.language import CHARS, identify, is_in_language, known_languages, language_codes
from copydesk.metadata.language_names import english_name
from copydesk.model.finding import flagged

#: How much of a body is quoted, in characters.
_QUOTED = 100

#: So many parts of a body, of CHARS characters each, are looked at until one tells its language.
_PARTS = 3

#: Languages whose function words are the same but for a few: none is claimed against the other.
_ALIKE = ({"da", "no"}, {"id", "ms"}, {"cs", "sk"})


@dataclass(frozen=True, kw_only=True)
class LanguageMismatch(ArticleCheck):
    """Expect a body in the language that the article declares.

    What it finds:
        A body whose first words are plainly in another language than `language` says. Their script tells it, or the
        most frequent words of the languages of the lexicons. 'en', 'en-GB', 'eng', 'English' and 'anglais' are
        understood.

    Why it matters:
        The article is counted, searched, translated and trained on as what it is not. Often the page was answered in
        the language of the scraper's country: a consent page, or an edition for another country.

    Known limits:
        The check looks at the first words only. It knows only languages that the lexicons know, or that have a script
        of their own. It claims nothing where it is not sure, nor between Danish and Norwegian. It does not look for a
        single paragraph in another language: quotations, songs and addresses are rightly in other languages.

    Passes:
        - language: en-GB
          body: The bridge over the river has been reopened on Monday, and the mayor said that it was a good day for
            all of the people who live in the town.
        - language: Deutsch
          body: Am Montag ist die Brücke wieder für den Verkehr freigegeben worden, und der Bürgermeister war mit dem
            ersten Bus auf dem Weg in die Stadt.

    Fails:
        - language: en
          body: Am Montag ist die Brücke wieder für den Verkehr freigegeben worden, und der Bürgermeister war mit dem
            ersten Bus auf dem Weg in die Stadt.
          finds: ["Am Montag ist die Brücke wieder für den Verkehr freigegeben worden, und der Bürgermeister war mit"]

    Options:
        None.

    Source:
        Function words identify a language as well as n-grams do from some twenty words on (Grefenstette 1995).
    """

    name: ClassVar[str] = "language-mismatch"
    family: ClassVar[str] = "text"
    severity: ClassVar[str] = "warning"
    needs: ClassVar[tuple[str, ...]] = ("body", "language")

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the first words of bodies in another language than the declared one."""
        languages = batch.distinct("language")
        codes = language_codes(languages.values)
        known = np.array([code in known_languages() for code in codes], bool)
        rows = np.flatnonzero(known[languages.of] & ~is_in_language(batch.text("body"), codes.to_list(), languages.of))
        declares, actual = codes.gather(languages.of[rows]), _identified(batch.articles["body"].gather(rows))
        wrong = [bool(other) and not _alike(one, other) for one, other in zip(declares, actual, strict=True)]
        articles = batch.articles.select("article", "body")[rows].with_columns(
            declared=_named(declares), found=_named(actual)
        )
        head = pl.col("body").str.head(_QUOTED)
        start = head.str.len_chars() - head.str.strip_chars_start().str.len_chars()
        # To the end of a word, and no further than the line.
        words = head.str.strip_chars_start().str.extract(r"^([^\n\r]+)").fill_null("").str.replace(r"\s+\S*$", "")
        spans = articles.lazy().filter(pl.Series(wrong, dtype=pl.Boolean))
        spans = spans.with_columns(start=start, end=start + words.str.len_chars())
        return flagged(
            spans, reason=pl.format("the article is declared as {}, and its body is in {}", "declared", "found")
        )


def _identified(bodies: pl.Series) -> pl.Series:
    """Return the languages of bodies by their beginning, or by what follows where that is not sure."""
    found = identify(bodies)
    for part in range(1, _PARTS):
        unsure = found.is_null().arg_true()
        later = identify(bodies.gather(unsure).str.slice(part * CHARS))
        found = found.scatter(unsure, later) if len(unsure) else found
    return found


def _named(codes: pl.Series) -> pl.Series:
    return pl.Series([english_name(code) if code else None for code in codes], dtype=pl.String)


def _alike(one: str, other: str) -> bool:
    return one == other or any({one, other} <= some for some in _ALIKE)
