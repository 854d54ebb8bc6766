"""The filters that judge whole articles by ratios: Gopher's quality, FineWeb's, and NeMo Curator's heuristics."""

from __future__ import annotations

from copydesk.lazy import np, pl
from copydesk.simulation.repetition import duplicates
from copydesk.simulation.tokens import Tokens
from copydesk.simulation.verdict import Rules

__all__ = ["TERMINAL", "fineweb", "gopher_quality", "nemo"]

#: The marks that end a sentence for FineWeb: Unicode's Sentence_Terminal, for scripts that news is written in.
TERMINAL = (
    "!.?\u0589\u061d\u061e\u061f\u06d4\u0700-\u0702\u07f9\u0837\u0839\u083d\u083e\u0964\u0965\u104a\u104b\u1362\u1367"
    "\u1368\u166e\u1735\u1736\u17d4-\u17d6\u17d9\u17da\u1803\u1809\u1944\u1945\u1aa8-\u1aab\u1b5a\u1b5b\u1b5e\u1b5f\u1b7d"
    "\u1b7e\u1c3b\u1c3c\u1c7e\u1c7f\u203c\u203d\u2047-\u2049\u2e2e\u2e3c\u2e53\u2e54\u3002\ua4ff\ua60e\ua60f\ua6f3"
    "\ua6f7\ua876\ua877\ua8ce\ua8cf\ua92f\ua9c8\ua9c9\uaa5d-\uaa5f\uaaf0\uaaf1\uabeb\ufe52\ufe56\ufe57\uff01\uff0e"
    "\uff1f\uff61"
)


def gopher_quality(texts: pl.Series, tokens: Tokens) -> pl.DataFrame:
    """Judge texts by Gopher's rules of quality (Rae et al. 2021, A1.1), which are made for English."""
    rules = Rules(len(texts))
    words = tokens.words()
    count, every = tokens.sums(words.astype(np.int64)), tokens.count
    length = tokens.sums(np.where(words, tokens.chars, 0)) / np.maximum(count, 1)
    rules.drop("gopher_short_doc", count < 50, count, 50)
    rules.drop("gopher_long_doc", count > 100_000, count, 100_000)
    rules.drop("gopher_below_avg_threshold", length < 3, length, 3)
    rules.drop("gopher_above_avg_threshold", length > 10, length, 10)
    ellipses = texts.str.count_matches(r"\.\.\.") + texts.str.count_matches("…")
    rules.drop_over("gopher_too_many_hashes", texts.str.count_matches("#"), every, 0.1)
    rules.drop_over("gopher_too_many_ellipsis", ellipses, every, 0.1)
    # Python's `splitlines`: what breaks a line ends it, so that none follows the last break.
    broken = texts.str.replace_all("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n").str.strip_suffix("\n")
    lines = broken.str.split("\n").alias("line").to_frame().with_row_index("text").explode("line")
    first, last = pl.col("line").str.strip_chars_start(), pl.col("line").str.strip_chars_end()
    flagged = lines.group_by("text", maintain_order=True).agg(
        lines=pl.len(),
        bullets=(first.str.starts_with("•") | first.str.starts_with("-")).sum(),
        ellipses=(last.str.ends_with("...") | last.str.ends_with("…")).sum(),
    )
    rules.drop_over("gopher_too_many_bullets", flagged["bullets"], flagged["lines"], 0.9)
    rules.drop_over("gopher_too_many_end_ellipsis", flagged["ellipses"], flagged["lines"], 0.3)
    rules.drop_under("gopher_below_alpha_threshold", tokens.sums(tokens.lettered().astype(np.int64)), every, 0.8)
    stops = tokens.stop_words()
    rules.drop("gopher_enough_stop_words", stops < 2, stops, 2)
    return rules.verdict()


def fineweb(texts: pl.Series, tokens: Tokens) -> pl.DataFrame:
    """Judge texts by FineWeb's own rules (Penedo et al. 2024, section 3.6)."""
    rules = Rules(len(texts))
    lines = texts.str.split("\n").alias("part").to_frame().with_row_index("text").explode("part")
    lines = lines.filter(pl.col("part").str.contains(r"\S"))
    counted = lines.group_by("text").agg(
        ends=pl.col("part").str.contains(f"[{TERMINAL}]$").sum(),
        short=(pl.col("part").str.len_chars() <= 30).sum(),
        shortest=pl.col("part").filter(pl.col("part").str.len_chars() <= 30).first(),
    )
    whole = pl.DataFrame({"text": np.arange(len(texts), dtype=np.uint32)})
    counted = whole.join(counted, on="text", how="left", maintain_order="left")
    ends, short = (counted[c].fill_null(0).to_numpy() for c in ("ends", "short"))
    again = duplicates(lines, len(texts))
    breaks = texts.str.count_matches("\n").cast(pl.Int64).to_numpy()
    rules.drop("empty", again.elements == 0)
    rules.drop_under("line_punct_ratio", ends, again.elements, 0.12)
    rules.drop_over("short_line_ratio", short, again.elements, 0.67, counted["shortest"])
    rules.drop_over("char_dup_ratio", again.chars, texts.str.len_chars().to_numpy() - breaks, 0.01, again.line)
    rules.drop_over("list_ratio", breaks, tokens.count, 0.3)
    return rules.verdict()


def nemo(texts: pl.Series, _: Tokens) -> pl.DataFrame:
    """Judge texts by the ratios of NeMo Curator's heuristic filters for English."""
    rules = Rules(len(texts))
    chars = texts.str.len_chars().to_numpy()
    lines = texts.str.split("\n").alias("line").to_frame().with_row_index("text").explode("line")
    lines = lines.filter(pl.col("line").str.contains(r"\S"))
    open_ended = ~pl.col("line").str.strip_chars_end().str.contains(r"[.!?\"”’']$")
    counted = lines.group_by("text").agg(
        lines=pl.len(), open=open_ended.sum(), line=pl.col("line").filter(open_ended).first()
    )
    whole = pl.DataFrame({"text": np.arange(len(texts), dtype=np.uint32)})
    counted = whole.join(counted, on="text", how="left", maintain_order="left")
    addresses = texts.str.extract_all(r"https?://\S+|www\.\S+").list.eval(pl.element().str.len_chars()).list.sum()
    rules.drop("empty", chars == 0)
    rules.drop_over("digits", texts.str.count_matches(r"\d"), chars, 0.15)
    rules.drop_over("addresses", addresses, chars, 0.2)
    rules.drop_over("white_space", texts.str.count_matches(r"\s"), chars, 0.25)
    rules.drop_over("brackets", texts.str.count_matches(r"[()\[\]{}]"), chars, 0.1)
    open_lines, every = (counted[c].fill_null(0).to_numpy() for c in ("open", "lines"))
    rules.drop_over("lines_without_end_mark", open_lines, every, 0.85, counted["line"])
    return rules.verdict()
