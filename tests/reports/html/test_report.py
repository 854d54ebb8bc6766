"""The HTML report: hostile text never becomes markup, every finding is shown, and the page stays small."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.model.chunk import Rejected
from copydesk.model.finding import FINDING
from copydesk.model.overview import EDGES, Copies, Copy, Lengths, Line, Overview, Publisher, Volume
from copydesk.model.result import Collection, Comparison, Result, Sample
from copydesk.reports.html.report import render
from copydesk.reports.verdict import verdict

from ..hostile import HOSTILE, hostile_results
from ..newsroom import article, expectation, finding, frame, newsroom, result

VOID = {"meta", "input", "link", "br", "hr", "img"}


class Page(HTMLParser):
    """A page as a browser would read it: its elements, their attributes, and the text of the stories."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, dict[str, str]]] = []
        self.blocks: list[tuple[str, str]] = []
        self.text: list[str] = []
        self.faults: list[str] = []
        self.feed(text)
        self.close()
        if self.open:
            self.faults.append(f"left open: {self.open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {k: v or "" for k, v in attrs}
        self.elements.append((tag, values))
        if "block" in values.get("class", "").split():
            self.blocks.append((values["class"], ""))
        if tag not in VOID:
            self.open.append((tag, values))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop()[0] != tag:
            self.faults.append(f"closed what was not open: {tag}")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment: {data}")

    def handle_data(self, data: str) -> None:
        classes = [c for _, values in self.open for c in values.get("class", "").split()]
        if "cp" in classes:  # a box for a character that is not seen
            shown = re.fullmatch(r"U\+([0-9A-F]{4,6})(?: ×(\d+))?", data)
            assert shown, data
            data = chr(int(shown[1], 16)) * int(shown[2] or 1)
        if "nl" in classes:
            data = "\n"
        self.text.append(data)
        if "text" in classes and not {"ref", "label", "more"} & set(classes):
            role, text = self.blocks[-1]
            self.blocks[-1] = (role, text + data)

    def story(self, role: str) -> list[str]:
        """Return the text of the blocks of a role, as read."""
        return [text for classes, text in self.blocks if f"b-{role}" in classes.split()]

    def named(self, tag: str) -> list[dict[str, str]]:
        return [values for name, values in self.elements if name == tag]


KNOWN_ELEMENTS = {e for e, _ in Page(render(newsroom())).elements}
KNOWN_ATTRIBUTES = {a for _, values in Page(render(newsroom())).elements for a in values}


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(hostile_results())
def test_nothing_in_a_result_becomes_markup(hostile: Result) -> None:
    text = render(hostile)
    text.encode()
    page = Page(text)
    assert not page.faults
    assert {e for e, _ in page.elements} <= KNOWN_ELEMENTS
    assert {a for _, values in page.elements for a in values} <= KNOWN_ATTRIBUTES
    assert len(page.named("script")) == len(page.named("style")) == 1
    for link in page.named("a"):
        assert re.match(r"#|https?://", link.get("href", "#"))
    ids = [values["id"] for _, values in page.elements if "id" in values]
    assert len(ids) == len(set(ids))
    links = {link["href"][1:] for link in page.named("a") if link.get("href", "").startswith("#")}
    assert {link for link in links if not link.startswith("publisher=")} <= set(ids)
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\r")


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(HOSTILE, HOSTILE, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5))
def test_the_text_of_a_story_is_shown_unchanged(headline: str, body: str, places: list[tuple[int, int]]) -> None:
    story = article(id="1", headline=headline, body=body)
    found = []
    for a, b in places:
        at, to = sorted((min(a, len(body)), min(b, len(body))))
        found.append(finding(story, "mojibake", (at, to), "for a reason"))
    page = Page(render(result((Sample(story, found),), findings=frame(()))))
    shown = "".join(page.story("paragraph"))
    if body.strip():
        assert "".join(shown.split()) == "".join(body.split())
    if headline.strip():
        assert page.story("headline") == [headline.rstrip("\n") if headline[-1:] == "\n" else headline]


def test_a_script_in_a_headline_is_shown() -> None:
    story = article(id="1", headline="<script>alert(1)</script>", body="A story.")
    page = Page(render(result((Sample(story, [finding(story, "ad-residue", "story", "why")]),))))
    assert page.story("headline") == ["<script>alert(1)</script>"]
    assert len(page.named("script")) == 1


def test_only_our_own_script_and_style_may_run() -> None:
    text = render(newsroom())
    policy = next(m["content"] for m in Page(text).named("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy and "http" not in policy
    for tag in ("script", "style"):
        source = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert source
        digest = base64.b64encode(hashlib.sha256(source[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not re.search(r"\sstyle=|\son\w+=", text.partition("</style>")[2].partition("<script>")[0])
    assert not any(a in ("src", "srcset", "action") for _, values in Page(text).elements for a in values)


def test_a_page_is_the_same_each_time() -> None:
    assert render(newsroom()) == render(newsroom())


def marks(text: str) -> list[tuple[str, str]]:
    """Return the marks in the stories as read: the anchors that each belongs to, and its markup."""
    return re.findall(r'<mark class="[^"]*" data-f="([^"]*)">(.*?)</mark>', text)


def test_overlapping_findings_are_cut_into_segments() -> None:
    story = article(id="1", headline="H", body="0123456789")
    a = finding(story, "ad-residue", (2, 6), "one", fingerprint="a")
    b = finding(story, "mojibake", (4, 9), "two", fingerprint="b")
    text = render(result((Sample(story, [a, b]),)))
    assert marks(text) == [("f-a", "23"), ("f-a f-b", "45"), ("f-b", "678")]
    assert Page(text).story("paragraph") == ["0123456789"]


def test_a_finding_where_nothing_stands_is_shown() -> None:
    story = article(id="1", headline=None, body="Word by word.")
    found = [
        finding(story, "headline-missing", (0, 0), "there is no headline", field="headline", fingerprint="h"),
        finding(story, "mojibake", (4, 4), "a letter is missing", fingerprint="m"),
    ]
    text = render(result((Sample(story, found),)))
    assert "No headline" in text
    assert ("f-m", "") in marks(text)
    assert {"f-h", "f-m"} <= {v["id"] for _, v in Page(text).elements if "id" in v}


def test_a_break_is_marked_in_both_paragraphs_and_mended() -> None:
    story = article(id="1", headline="H", body="He left the\nhouse at six.")
    found = finding(story, "mid-sentence-break", "the\nhouse", "why", fingerprint="b", repair="replace",
                    replacement="the house")  # fmt: skip
    page = Page(render(result((Sample(story, [found]),))))
    assert page.story("paragraph") == ["He left the\n", "house at six.", "He left the house at six."]


def test_a_repeat_leads_to_what_it_repeats() -> None:
    story = article(id="1", headline="H", body="First words here.\nOther.\nFirst words here.")
    found = finding(story, "repeated-paragraph", "First words here.", "repeats", nth=1, fingerprint="r",
                    repair="delete", related_paragraph=1, related_start=0)  # fmt: skip
    page = Page(render(result((Sample(story, [found]),))))
    anchor = "story-1-body-0-17"
    assert anchor in [v.get("id") for v in page.named("a")]
    assert {"#" + anchor, "#f-r"} <= {v.get("href") for v in page.named("a")}
    assert page.story("paragraph")[3:] == ["First words here.", "Other."]


def test_a_finding_about_the_whole_body_is_said_beside_it() -> None:
    story = article(id="1", headline="H", body="One.\nTwo.")
    text = render(result((Sample(story, [finding(story, "body-length", (0, 9), "the body has 2 words")]),)))
    assert marks(text) == []
    assert "the whole body" in text and "the body has 2 words" in text


def test_failures_come_first_and_what_passed_is_folded() -> None:
    text = render(newsroom())
    rows = re.findall(r'<th scope="row" class="c-check" data-v="([^"]*)"', text)
    assert rows[:5] == [
        "ad-residue",
        "repeated-paragraph",
        "unreadable-row",
        "headline-missing",
        "mid-sentence-break",
    ]
    assert text.index("<summary>1 check not applicable") < text.index("<summary>4 checks passed")
    assert text.index("body-missing") > text.index("<summary>4 checks passed")


def test_rejected_rows_are_counted_beyond_the_cap() -> None:
    many = tuple(Rejected("a.jsonl", n, "not JSON") for n in range(1, 2001))
    text = render(result(rejected=many))
    assert "And 1,900 more rows." in text


def test_a_sample_without_its_article_is_no_story() -> None:
    bare = Sample({"id": "7"}, [finding(article(id="7", body="Words."), "duplicate-article", "Words.", "a copy")])
    failed = expectation("duplicate-article", 10, 1, findings=1)
    text = render(result((bare,), expectations=(failed,)))
    assert "data-story>" not in text
    assert "Words." in text and "a copy" in text


def test_like_words_are_shown_once_with_all_their_places() -> None:
    stories = [article(id=str(n), headline="H", body="Hide Ad\nA story.") for n in range(5)]
    samples = tuple(Sample(s, [finding(s, "ad-residue", "Hide Ad", "an ad", row=n)]) for n, s in enumerate(stories, 1))
    failed = expectation("ad-residue", 5, 5, findings=5)
    evidence = render(result(samples, expectations=(failed,))).partition('id="failed"')[2].partition('id="stories"')[0]
    assert evidence.count("<blockquote") == 1
    assert "5 times" in evidence
    assert len(re.findall(r'class="place"><a href="#f-', evidence)) == 3
    assert evidence.count("<bdi>an ad</bdi>") == 1 and evidence.count("2031-04.jsonl") == 1


def test_a_copy_names_both_articles() -> None:
    first, copy = (article(id=i, headline="H", body="The same words.") for i in ("one", "two"))
    found = finding(copy, "duplicate-article", "The same words.", "a copy", row=2, file="news/a.csv",
                    twin_id="one", twin_file="news/a.csv", twin_row=1)  # fmt: skip
    ad = finding(first, "ad-residue", "words", "an ad", file="news/a.csv")
    failed = expectation("duplicate-article", 2, 1, findings=1)
    text = render(result((Sample(first, [ad]), Sample(copy, [found])), expectations=(failed,)))
    pair = " ".join("".join(Page(text.partition('<dl class="pair">')[2].partition("</dl>")[0]).text).split())
    assert pair == "This articlea.csv, row 2 two The othera.csv, row 1 one"
    assert '<a href="#story-1"><bdi>a.csv, row 1</bdi></a>' in text


def test_a_copy_whose_original_is_no_story_leads_to_the_pair() -> None:
    copy = article(id="two", headline="H", body="The same words.")
    found = finding(
        copy, "duplicate-article", "The same words.", "a copy", twin_id="one", twin_file="a.csv", twin_row=1
    )
    pair = Copies("duplicate-article", 2, Copy("one", "a.csv", 1), (Copy("two", "a.csv", 2),))
    page = Page(render(result((Sample(copy, [found]),), overview=Overview(copies=(pair,), clusters=1))))
    assert "pair-1" in {v.get("id") for v in page.named("section")}
    assert "#pair-1" in {v.get("href") for v in page.named("a")}


def test_what_is_new_against_a_baseline_is_said_first() -> None:
    seen = newsroom()
    against = Comparison(3, 41, 9, 0, findings=seen.findings.head(3), gone=pl.Series([True] * 9))
    text = "".join(Page(render(replace(seen, baseline=against))).text)
    assert "3 new, 41 known, 9 fixed" in text
    assert text.index("9 fixed") < text.index("How the scores are made")


def test_the_verdict_is_that_of_the_terminal() -> None:
    text = " ".join("".join(Page(render(newsroom())).text).split())
    assert str(verdict(newsroom())) in text


def test_ten_thousand_findings_stay_under_three_megabytes() -> None:
    line = "Hide Ad"
    body = "\n".join([line] * 10_000)
    story = article(id="1", headline="H", body=body)
    found = [finding(story, "ad-residue", (n * 8, n * 8 + 7), "why", row=n) for n in range(10_000)]
    text = render(result((Sample(story, found),), expectations=(expectation("ad-residue", 1, 1, findings=10_000),)))
    assert len(text.encode()) < 300_000
    assert re.search(r"9,9\d\d more findings in this article, not shown", text)


@pytest.mark.parametrize("nasty", ["\u202e\u200b", "<&\"'>", "字", "A paragraph of plain words.\n"])
def test_any_collection_stays_under_three_megabytes(nasty: str) -> None:
    long = nasty * 1_500
    samples = []
    for n in range(30):
        story = article(
            id=f"{n}{long}", url=long, publisher=long, headline=long, standfirst=long, byline=long, body=long
        )
        found = [
            finding(story, f"check-{k}", (k * 97, k * 97 + 300), long, field=("body", "headline")[k % 2],
                    related=long, repair="replace", replacement=long, file=long)
            for k in range(80)
        ]  # fmt: skip
        samples.append(Sample(story, found))
    judged = tuple(
        replace(expectation(f"check-{n}", 10, 5, severity="critical"), title=long, message=long, values=(long,) * 20,
                kwargs={f"{long}{k}": long for k in range(20)})
        for n in range(200)
    )  # fmt: skip
    some = tuple(samples)
    text = render(
        result(
            some,
            version=long,
            suite=long,
            command=long,
            findings=frame(some[:1]),
            expectations=judged,
            rejected=tuple(Rejected(long, n, long) for n in range(1, 200)),
            collection=Collection(1, 1, 1, {f"{n}{long}": long for n in range(40)}),
            timing={f"{n}{long}": 1.0 for n in range(40)},
        )
    )
    assert 100_000 < len(text.encode()) < 3_000_000


def test_a_huge_hostile_collection_stays_under_three_megabytes() -> None:
    """2,000 publishers, 200,000 findings with long texts: less than three megabytes, drawn in less than seconds."""
    long = "<b>\u202e&'\" 字" * 60
    names = [f"{n} {long}" for n in range(2_000)]
    columns = {
        "file": [names[n % 2_000] for n in range(200_000)],
        "check": [f"check-{n % 40}" for n in range(200_000)],
        "text": [f"{long[:200]} {n}" for n in range(200_000)],
    }
    rest = {c: pl.lit(long if kind == "String" else 1) for c, kind in FINDING.items() if c not in columns}
    many = pl.DataFrame(columns).with_columns(**rest).select(*FINDING)
    checks = tuple(f"check-{k}" for k in range(40))
    copy = Copy(long, long, 1, long, dict.fromkeys(("headline", "body", "publisher", "published"), long * 20))
    overview = Overview(
        checks=checks,
        publishers=tuple(Publisher(name, 9_999_999, ((4_444_444, 9_999_999),) * 40) for name in names[:31]),
        publishers_in_all=2_000,
        volume=Volume("year", date(1900, 1, 1), (9_999_999,) * 301, 9, 9, 9),
        lengths=Lengths((9_999_999,) * len(EDGES), (1, 2, 3), 9, 25, 100_000),
        lines=(Line(long, long, 9_999_999, 9_999_999, long, 9),) * 24,
        copies=(Copies(long, 9_999_999, copy, (copy,) * 5),) * 6,
        clusters=9_999_999,
    )
    judged = tuple(replace(expectation(c, 200_000, 5_000), family="text", title=long) for c in checks)
    text = render(result(findings=many.lazy(), expectations=judged, overview=overview))
    assert 100_000 < len(text.encode()) < 2_000_000
    assert not Page(text).faults
