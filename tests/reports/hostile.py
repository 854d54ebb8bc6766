"""Results whose every text tries to be more than text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from copydesk.model.chunk import Rejected
from copydesk.model.overview import (
    EDGES,
    Change,
    Copies,
    Copy,
    Lengths,
    Line,
    Overview,
    Publisher,
    Volume,
    Work,
    Workload,
)
from copydesk.model.result import Collection, ExpectationResult, Result, Sample

from .newsroom import article, expectation, finding, frame, result

HOSTILE = st.one_of(
    st.text(st.characters(codec=None, exclude_categories=()), max_size=80),
    st.lists(
        st.sampled_from(
            [
                "<script>alert(1)</script>", "</script>", "<!--", "-->", "]]>", '"', "'", "`", "&lt;", "&#60;", "&",
                "<img src=x onerror=alert(1)>", "</style><style>*{display:none}", "{{7*7}}", "{% raw %}", "${1}",
                "<svg/onload=alert(1)>", "javascript:alert(1)", "\u202e", "\u2066", "\x00", "\u200b", "\ud800", "\r",
                "\n", "\t", " ", "=", "/", ">", "<", "word", "words and more words", "新聞", "خبر", "e\u0301",
                "👩\u200d🌾",
                " onmouseover=alert(1) x=", "</title>", "</p>", "</bdi></summary></details>", "<plaintext>",
                "::error title=x::y", "::", ":", "##[add-mask]a", "##vso[x]", "#", "[", "](http://a.example)", "@all",
                "www.a.example", "```", "|", "\\", "\n::stop-commands::z", "%0A", "\ufffe", "\uffff", "{0}",
            ]
        ),
        max_size=12,
    ).map("".join),
)  # fmt: skip


def writable(text: str) -> str:
    """Leave out lone surrogates, which a frame cannot hold; a sample, read from JSON, can."""
    return text.encode("utf-8", "ignore").decode()


@st.composite
def hostile_overviews(draw: st.DrawFn) -> Overview:
    checks = tuple(draw(st.lists(st.sampled_from(["ad-residue", "mojibake"]) | HOSTILE, max_size=3)))
    places = st.builds(Copy, id=HOSTILE, file=HOSTILE, row=st.integers(1, 10**9), reason=HOSTILE)
    counts = st.integers(0, 10**9)
    texts = st.none() | st.fixed_dictionaries(
        {f: st.none() | HOSTILE for f in ("headline", "body", "publisher", "published", "language")}
    )
    return Overview(
        checks=checks,
        publishers=tuple(
            Publisher(draw(HOSTILE), draw(counts), tuple((n, max(n, draw(counts))) for n in range(len(checks))))
            for _ in range(draw(st.integers(0, 3)))
        ),
        publishers_in_all=draw(counts),
        work=Work(
            findings=9,
            repairable=draw(counts),
            publishers=(
                Workload(
                    draw(HOSTILE),
                    9,
                    draw(counts),
                    9,
                    draw(counts),
                    ((draw(HOSTILE), 9, 9),),
                    (Change(draw(HOSTILE), draw(HOSTILE), draw(HOSTILE), 7, 7),),
                ),
            ),
            publishers_in_all=draw(counts),
            concentrated=1,
        ),
        volume=draw(
            st.none()
            | st.builds(
                Volume,
                unit=st.sampled_from(["day", "week", "month", "year"]),
                start=st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(lambda d: d.replace(day=1)),
                counts=st.lists(counts, min_size=1, max_size=12).filter(any).map(tuple),
                before=counts,
                after=counts,
                undated=counts,
            )
        ),
        lengths=draw(
            st.none()
            | st.builds(
                Lengths,
                counts=st.lists(counts, min_size=len(EDGES), max_size=len(EDGES)).filter(any).map(tuple),
                quartiles=st.tuples(counts, counts, counts),
                empty=counts,
                fewest=st.none() | counts,
                most=st.none() | counts,
            )
        ),
        lines=tuple(draw(st.lists(st.builds(Line, HOSTILE, HOSTILE, counts, counts, HOSTILE, counts), max_size=2))),
        lines_in_all=draw(counts),
        copies=tuple(
            Copies(
                draw(HOSTILE),
                draw(st.integers(2, 99)),
                replace(draw(places), article=draw(texts)),
                tuple(replace(draw(places), article=draw(texts)) for _ in range(draw(st.integers(1, 2)))),
            )
            for _ in range(draw(st.integers(0, 2)))
        ),
        clusters=draw(counts),
    )


@st.composite
def hostile_results(draw: st.DrawFn) -> Result:
    fields = (
        "id",
        "url",
        "publisher",
        "headline",
        "standfirst",
        "byline",
        "body",
        "published",
        "language",
        "keywords",
    )
    samples = []
    for _ in range(draw(st.integers(0, 2))):
        story: dict[str, str | None] = {f: draw(st.none() | HOSTILE) for f in fields}
        story["body"] = draw(HOSTILE)
        found: list[dict[str, Any]] = []
        for _ in range(draw(st.integers(0, 4))):
            field = draw(st.sampled_from([*fields, "body", "body"]))
            found.append(
                {
                    "article_id": story["id"],
                    "file": draw(HOSTILE),
                    "row": draw(st.none() | st.integers(1, 10**12)),
                    "check": draw(st.sampled_from(["ad-residue", "mojibake"]) | HOSTILE),
                    "family": draw(st.sampled_from(["text", "residue"]) | st.none() | HOSTILE),
                    "field": field,
                    "start": draw(st.integers(-3, 90)),
                    "end": draw(st.integers(-3, 90)),
                    "reason": draw(HOSTILE),
                    "related": draw(st.none() | HOSTILE),
                    "twin_id": draw(st.none() | HOSTILE),
                    "twin_file": draw(st.none() | HOSTILE),
                    "twin_row": draw(st.none() | st.integers(1, 10**12)),
                    "related_paragraph": draw(st.none() | st.integers(1, 9)),
                    "related_start": draw(st.none() | st.integers(-3, 90)),
                    "repair": draw(st.sampled_from(["delete", "replace", "none"]) | HOSTILE),
                    "replacement": draw(st.none() | HOSTILE),
                    "severity": draw(st.sampled_from(["critical", "info"]) | HOSTILE),
                    "fingerprint": draw(HOSTILE),
                }
            )
        samples.append(Sample(story, found))
    judged = tuple(
        ExpectationResult(
            type=draw(HOSTILE),
            check=draw(st.none() | st.sampled_from(["ad-residue", "unreadable-row"]) | HOSTILE.map(writable)),
            severity=draw(st.sampled_from(["critical", "warning", "info"])),
            success=draw(st.none() | st.booleans()),
            kwargs=draw(st.dictionaries(HOSTILE | st.just("mostly"), HOSTILE | st.floats() | st.none(), max_size=3)),
            articles_checked=draw(st.none() | st.integers(0, 9)),
            articles_unexpected=draw(st.none() | st.integers(0, 9)),
            unexpected_percent=draw(st.none() | st.floats()),
            message=draw(HOSTILE),
            family=draw(st.none() | HOSTILE),
            title=draw(HOSTILE),
            values=tuple(draw(st.lists(HOSTILE, max_size=3))),
            of_rows=draw(st.booleans()),
        )
        for _ in range(draw(st.integers(0, 3)))
    )
    return result(
        version=draw(HOSTILE),
        suite=draw(HOSTILE),
        fail_on=draw(st.sampled_from(["critical", "warning", "info", "never"])),
        collection=Collection(1, 1, 1, draw(st.dictionaries(HOSTILE, HOSTILE, max_size=3)), draw(HOSTILE)),
        overview=draw(st.none() | hostile_overviews()),
        expectations=judged,
        rejected=tuple(Rejected(draw(HOSTILE), draw(st.none() | st.integers(1)), draw(HOSTILE)) for _ in range(2)),
        findings=frame(
            (),
            [
                {k: writable(v) if isinstance(v, str) else v for k, v in f.items()} | {"check": check}
                for s in samples
                for f in s.findings
                for check in (f["check"], "ad-residue", "ad-residue")
                if writable(check) == check
            ],
        ),
        samples=tuple(samples),
        timing=draw(st.dictionaries(HOSTILE, st.floats(0, 1e6), max_size=2)),
        command=draw(HOSTILE),
    )


def about(words: str, *, check: str = "ad-residue", many: int = 1) -> Result:
    """Make a failed run in which every finding quotes the words: they are article, id, reason and file name too."""
    story = article(id=f"id {words}", body=f"A story. {words}")
    said: dict[str, Any] = {
        "reason": f"because of {words}",
        "related": words,
        "replacement": words,
        "repair": "replace",
    }
    place = (9, 9 + len(words))
    found = [finding(story, check, place, file=f"news/{words}.jsonl", row=n + 1, **said) for n in range(many)]
    for n, row in enumerate(found):
        row["fingerprint"] = f"{n:016x}"
    own = ExpectationResult(
        type="expect_column_values_to_match_regex",
        check=None,
        severity="critical",
        success=False,
        kwargs={"column": words, "regex": words},
        articles_checked=9,
        articles_unexpected=1,
        unexpected_percent=11.1,
        message=f"observed {words}",
        values=(words,),
    )
    failed = expectation(check, many, many, findings=many, message=words)
    return result((Sample(story, found),), expectations=(failed, own), suite=words, command=f"copydesk check {words}")
