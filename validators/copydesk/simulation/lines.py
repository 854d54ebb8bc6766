"""The filters that cut lines: C4's, RefinedWeb's, and CCNet's removal of paragraphs that were seen before."""

from __future__ import annotations

from typing import Any

from copydesk.lazy import np, pl
from copydesk.simulation.tokens import Tokens
from copydesk.simulation.verdict import Rules, cut_lines

__all__ = ["SeenParagraphs", "c4", "refinedweb"]

#: What breaks a line for Python's `splitlines`, as C4's code has it.
_BREAKS = "\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"

#: C4 (Raffel et al. 2020, and the code of its data set): a line ends so, has so many words and none so long.
_TERMINAL, _FEWEST_WORDS, _LONGEST_WORD, _FEWEST_SENTENCES = ".?!\"'", 3, 1000, 5
_POLICIES = ["terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies"]
_CITATION = r"\[[0-9]*\]|\[edit\]|\[citation needed\]"

#: RefinedWeb (Penedo et al. 2023, table of line rules): most upper case, nothing but digits, a counter, one word.
_CAPITALS = 0.5
_COUNTER = (
    r"(?i)^\W*\d[\d.,]*\s*[km]?\s+(?:likes?|shares?|comments?|retweets?|reposts?|quotes?|bookmarks?|upvotes?|downvotes?"
    r"|downloads?|views?|followers?)\W*$"
)

#: CCNet (Wenzek et al. 2020) compares paragraphs within a shard. One is so many different paragraphs here.
SHARD = 4_000_000


def _lines(texts: pl.Series, mark: str) -> pl.DataFrame:
    """Return the lines of texts: `text`, `part`, without white space at their edges, and `words`."""
    broken = texts.str.replace_all(mark, "\n") if mark != "\n" else texts
    parts = broken.str.split("\n").alias("part").to_frame().with_row_index("text").explode("part")
    return parts.with_columns(pl.col("part").fill_null("").str.strip_chars()).with_columns(
        words=pl.col("part").str.count_matches(r"\S+").cast(pl.Int64)
    )


def c4(texts: pl.Series, _: Tokens) -> pl.DataFrame:
    """Judge texts by C4's rules: lines are cut, and an article with too few sentences left is dropped."""
    lines = _lines(texts, _BREAKS).filter(pl.col("words") > 0)
    bare = pl.when(pl.col("part").str.contains("[", literal=True)).then(pl.col("part").str.replace_all(_CITATION, ""))
    long = pl.col("part").str.len_chars() > _LONGEST_WORD
    lower = pl.col("lower")
    ends = pl.col("bare").str.tail(1).is_in(list(_TERMINAL)) & ~pl.col("bare").str.ends_with("...")
    cut = (
        pl.when(long & (pl.col("longest") > _LONGEST_WORD))
        .then(pl.lit("too_long_word"))
        .when(~ends)
        .then(pl.lit("no_terminal_punc"))
        .when(pl.col("words") < _FEWEST_WORDS)
        .then(pl.lit("too_few_words"))
        .when(lower.str.contains("lorem ipsum", literal=True))
        .then(pl.lit("lorem_ipsum"))
        .when(lower.str.contains("javascript", literal=True))
        .then(pl.lit("javascript"))
        .when(pl.col("bare").str.contains("{", literal=True))
        .then(pl.lit("curly_bracket"))
        .when(lower.str.contains_any(_POLICIES))
        .then(pl.lit("policy"))
    )
    longest = pl.when(long).then(
        pl.col("part").str.extract_all(r"\S+").list.eval(pl.element().str.len_chars()).list.max()
    )
    lines = lines.with_columns(bare=bare.otherwise(pl.col("part")), longest=longest)
    lines = lines.with_columns(lower=pl.col("bare").str.to_lowercase()).with_columns(rule=cut)
    rules = Rules(len(texts))
    _drop_with(rules, lines, len(texts))
    stay = lines.filter(pl.col("rule").is_null())
    sentences = _sentences(stay, len(texts))
    rules.drop("too_few_sentences", sentences < _FEWEST_SENTENCES, sentences, _FEWEST_SENTENCES)
    return cut_lines(rules.verdict(), lines)


def _drop_with(rules: Rules, lines: pl.DataFrame, texts: int) -> None:
    """Drop articles with a line for which C4 drops the whole; the first such line says why."""
    fatal = lines.filter(pl.col("rule").is_in(["lorem_ipsum", "curly_bracket"]))
    first = fatal.unique("text", keep="first", maintain_order=True)
    line = pl.Series([None], dtype=pl.String).new_from_index(0, texts).scatter(first["text"], first["part"])
    for name in ("lorem_ipsum", "curly_bracket"):
        flags = np.zeros(texts, bool)
        flags[first.filter(rule=name)["text"].to_numpy()] = True
        rules.drop(name, flags, line=line)


def _sentences(stay: pl.DataFrame, texts: int) -> Any:
    """Return how many sentences the lines of each text have. Where each line is one that is enough, none is counted."""
    count = np.bincount(stay["text"].to_numpy(), minlength=texts)
    few = stay.filter(pl.Series(count < _FEWEST_SENTENCES).gather(stay["text"]))
    if few.height:
        more = Tokens(few["bare"].str.strip_chars()).sentences() - 1
        np.add.at(count, few["text"].to_numpy(), np.maximum(more, 0))
    return count


def refinedweb(texts: pl.Series, _: Tokens) -> pl.DataFrame:
    """Judge texts by RefinedWeb's rules of lines: each line that breaks one is cut."""
    lines = _lines(texts, "\n").filter(pl.col("words") > 0)
    part = pl.col("part")
    capitals = part.str.count_matches(r"\p{Lu}") > _CAPITALS * part.str.len_chars()
    rule = (
        pl.when(capitals)
        .then(pl.lit("mostly_upper_case"))
        .when(part.str.contains(r"^\d+$"))
        .then(pl.lit("only_digits"))
        .when(part.str.contains(_COUNTER))
        .then(pl.lit("counter"))
        .when(pl.col("words") < 2)
        .then(pl.lit("one_word"))
    )
    return cut_lines(Rules(len(texts)).verdict(), lines.with_columns(rule=rule))


class SeenParagraphs:
    """CCNet's removal of paragraphs that were seen before, in the order of the collection.

    Its memory is bounded: after SHARD different paragraphs it forgets them, as CCNet compares within a shard.

    Attributes:
        shards: how many it began.
    """

    def __init__(self, shard: int = SHARD) -> None:
        self._shard = shard
        self._seen = np.empty(0, np.uint64)
        self.shards = 1

    def __call__(self, texts: pl.Series, _: Tokens) -> pl.DataFrame:
        """Judge texts: each paragraph that came before, in this text or another, is cut."""
        lines = _lines(texts, "\n")
        # Lower case, digits are 0, no accents and no punctuation, as in CCNet's `text_normalizer`.
        plain = pl.col("part").str.normalize("NFD").str.to_lowercase().str.replace_all(r"\d", "0")
        lines = lines.with_columns(plain.str.replace_all(r"\p{Mn}|\p{P}", "").str.strip_chars().alias("key"))
        lines = lines.filter(pl.col("key") != "").with_columns(hash=pl.col("key").hash())
        first = lines["hash"].is_first_distinct().to_numpy()
        new = first & ~np.isin(lines["hash"].to_numpy(), self._seen)
        if len(self._seen) > self._shard:
            self._seen, self.shards = np.empty(0, np.uint64), self.shards + 1
        self._seen = np.union1d(self._seen, lines["hash"].to_numpy()[new])
        rule = pl.Series(["seen_before", None], dtype=pl.String).gather(new.astype(np.int64))
        verdict = Rules(len(texts)).verdict()
        return cut_lines(verdict, lines.with_columns(rule=rule))
