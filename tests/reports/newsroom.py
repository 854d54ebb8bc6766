"""A run over stories of our own invention, in the shape that the report reads."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import polars as pl

from copydesk.model.chunk import Rejected
from copydesk.model.finding import FINDING, LINKS, no_findings
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
from copydesk.model.result import Collection, Comparison, ExpectationResult, Result, Sample

FAMILY = {
    "ad-residue": "residue",
    "empty-label": "residue",
    "repeated-paragraph": "structure",
    "mid-sentence-break": "structure",
    "body-length": "structure",
    "headline-missing": "metadata",
    "mojibake": "text",
    "duplicate-article": "collection",
    "byline-junk": "metadata",
}
SEVERITY = {
    "ad-residue": "critical",
    "repeated-paragraph": "critical",
    "headline-missing": "critical",
    "mid-sentence-break": "warning",
    "duplicate-article": "warning",
    "mojibake": "warning",
    "body-length": "info",
    "empty-label": "info",
    "byline-junk": "info",
}


def finding(
    article: dict[str, str | None],
    check: str,
    words: str | tuple[int, int],
    reason: str,
    *,
    field: str = "body",
    nth: int = 0,
    row: int = 1,
    **more: Any,
) -> dict[str, Any]:
    """Make a finding on the nth stand of some words, or on a stretch of the field."""
    text = article.get(field) or ""
    if isinstance(words, str):
        start = -1
        for _ in range(nth + 1):
            start = text.index(words, start + 1)
        end = start + len(words)
    else:
        start, end = words
    name = f"{article['id']}|{check}|{field}|{start}|{end}"
    return {
        **dict.fromkeys((*FINDING, *LINKS)),
        "article_id": article["id"],
        "file": "stories/2031-04.jsonl",
        "row": row,
        "line": row,
        "check": check,
        "family": FAMILY.get(check),
        "field": field,
        "start": start,
        "end": end,
        "text": text[start:end],
        "reason": reason,
        "repair": "none",
        "severity": SEVERITY.get(check, "info"),
        "fingerprint": hashlib.blake2b(name.encode(), digest_size=8).hexdigest(),
        **more,
    }


def article(**fields: str | None) -> dict[str, str | None]:
    """Make an article with every usual field, missing ones None."""
    usual = ("id", "url", "publisher", "headline", "standfirst", "byline", "body", "published", "language")
    return {**dict.fromkeys(usual), **fields}


def expectation(check: str, checked: int | None, unexpected: int | None, **more: Any) -> ExpectationResult:
    """Make a judged expectation; its success follows from `mostly`, unless said."""
    percent = None if not checked or unexpected is None else 100 * unexpected / checked
    kwargs = more.pop("kwargs", {})
    success = more.pop("success", percent is None or percent <= 100 * (1 - kwargs.get("mostly", 1.0)) + 1e-9)
    return ExpectationResult(
        type=f"expect_news_{check.replace('-', '_')}",
        check=check,
        severity=more.pop("severity", SEVERITY.get(check, "info")),
        success=success,
        kwargs=kwargs,
        articles_checked=checked,
        articles_unexpected=unexpected,
        unexpected_percent=percent,
        family=FAMILY.get(check),
        of_rows=check == "unreadable-row",
        **more,
    )


def frame(samples: tuple[Sample, ...], more: list[dict[str, Any]] | None = None) -> pl.LazyFrame:
    """Return the findings of the samples, and more, as the frame of a result."""
    rows = [f for s in samples for f in s.findings] + (more or [])
    schema = no_findings(links=True).schema
    return pl.DataFrame([{k: r.get(k) for k in schema} for r in rows], schema=schema).lazy()


def result(samples: tuple[Sample, ...] = (), **more: Any) -> Result:
    """Make a result with the least that one can hold."""
    defaults: dict[str, Any] = {
        "version": "0.1.0",
        "suite": "news",
        "fail_on": "critical",
        "collection": Collection(articles=1, files=1, bytes=100, columns={"body": "body"}),
        "expectations": (),
        "rejected": (),
        "samples": samples,
    }
    if "findings" not in more:
        more["findings"] = frame(samples)
    return Result(**{**defaults, **more})


def _harbour() -> Sample:
    standfirst = "Ferries to Skerrow will run again from Friday, seven weeks after a storm tore away the pier."
    body = "\n".join(
        (
            standfirst,
            "Hide Ad",
            standfirst,
            "“It has been a long spring for everyone on the island,” said Ailsa Drummond,"
            " who keeps the post office"
            " and drives the only taxi. “People have been sharing freezers and borrowing"
            " each other’s boats to get"
            " to the",
            "dentist and back.”",
            "Hide Ad",
            "The new pier stands forty metres further east, where surveyors found rock three"
            " metres below the sand."
            " It cost £4.2m, of which the islanders raised £61,000 in a year of bake sales"
            " and one sponsored swim.",
            "",
            "The first boat leaves Portnahaven at 7.40am. Tickets bought for the cancelled"
            " sailings remain valid until"
            " the end of the year.",
            "Hide Ad",
            "Councillors will decide in June whether the old pilings are to be pulled out or left for the cormorants.",
            "Related topics:",
        )
    )
    story = article(
        id="harbour-1",
        url="https://www.example.org/news/skerrow-ferries-return",
        publisher="The Portnahaven Mail",
        headline="Skerrow ferries to sail again after seven weeks",
        standfirst=standfirst,
        byline="By Staff Reporter",
        published="2031-04-17T06:10:00+01:00",
        language="en",
        body=body,
    )
    ad = "a line that the page shows above an advertisement (English: ‘hide ad’)"
    return Sample(
        story,
        [
            *(finding(story, "ad-residue", "Hide Ad", ad, nth=n, row=12, repair="delete") for n in range(3)),
            finding(
                story,
                "repeated-paragraph",
                standfirst,
                "repeats paragraph 1 of the article",
                nth=1,
                row=12,
                repair="delete",
                related="paragraph 1 (body from character 0)",
                related_paragraph=1,
                related_start=0,
            ),
            finding(
                story,
                "mid-sentence-break",
                "the\ndentist",
                "the paragraph breaks off in the middle of a sentence, and the next goes on with it",
                row=12,
                repair="replace",
                replacement="the dentist",
            ),
            finding(
                story,
                "empty-label",
                "Related topics:",
                "a label with nothing behind it",
                row=12,
                repair="delete",
            ),
            finding(
                story,
                "byline-junk",
                "By Staff Reporter",
                "a role, and no name",
                field="byline",
                row=12,
            ),
        ],
    )


def _arabic() -> Sample:
    body = (
        "أعادت بلدية وادي الزهر فتح المكتبة العامة بعد أعمال ترميم استمرت ثمانية أشهر،"
        " وحضر الافتتاح أكثر من مئتي"
        " طفل.\nإعلان\nوقالت أمينة المكتبة سلمى الخطيب إن قاعة المخطوطات ستبقى مفتوحة حتى العاشرة مساء كل يوم"
        " خميس، وإن عدد الكتب ارتفع من 12,400 إلى 19,750 كتابا.\nإعلان"
    )
    story = article(
        id="library-ar",
        url="https://www.example.org/ar/library",
        publisher="صحيفة وادي الزهر",
        headline="المكتبة العامة تفتح أبوابها من جديد",
        byline="ليلى منصور",
        published="2031-04-02",
        language="ar",
        body=body,
    )
    ad = "a line that the page shows above an advertisement (Arabic: ‘إعلان’)"
    return Sample(story, [finding(story, "ad-residue", "إعلان", ad, nth=n, row=27, repair="delete") for n in range(2)])


def _chinese() -> Sample:
    body = (
        "青石镇的老茶馆周六重新开张，门口排起了近百米的长队。\n店主林月华说，翻修时在墙里发现了一封1937年的信，信中"
        "写着茶馆\n最早的菜单和价目。\n镇政府计划明年把这条街改为步行街。"
    )
    story = article(
        id="tea-zh",
        publisher="青石晚报",
        headline="百年茶馆重新开张",
        language="zh",
        published="2031-03-29",
        body=body,
    )
    return Sample(
        story,
        [
            finding(
                story,
                "mid-sentence-break",
                "写着茶馆\n最早的菜单",
                "the paragraph breaks off in the middle of a sentence, and the next goes on with it",
                row=31,
                repair="replace",
                replacement="写着茶馆最早的菜单",
            )
        ],
    )


def _hostile() -> Sample:
    body = (
        "<script>alert(1)</script> was the whole of the first paragraph, and the system printed it.\n"
        "An invoice named \u202efdp.exe\u202c went round the ministry, with a"
        " zero-width\u200bspace and a NUL \x00 in it.\n"
        "The cafÃ© on the corner kept its sign: “cafÃ© and bar”."
    )
    story = article(
        id="hostile",
        publisher="Byte & Ledger",
        headline=None,
        language="en",
        body=body,
        url="javascript:alert(1)",
    )
    bad = "UTF-8 that was read as Latin-1"
    return Sample(
        story,
        [
            finding(story, "headline-missing", (0, 0), "there is no headline", field="headline", row=44),
            finding(story, "mojibake", "cafÃ©", bad, row=44, repair="replace", replacement="café"),
            finding(story, "mojibake", "cafÃ©", bad, nth=1, row=44, repair="replace", replacement="café"),
            finding(
                story,
                "duplicate-article",
                "“cafÃ© and bar”",
                "the same sentence as in another article",
                row=44,
                related="harbour-1",
                twin_id="harbour-1",
                twin_file="stories/2031-04.jsonl",
                twin_row=12,
            ),
        ],
    )


def _long() -> Sample:
    sentence = "The committee heard evidence for the {}th hour and adjourned without a vote on the culvert. "
    parts = ["".join(sentence.format(n * 5 + k) for k in range(5)).strip() for n in range(60)]
    parts[40] = "Advertisement"
    story = article(
        id="culvert",
        publisher="The Lower Tarn Examiner",
        headline="Culvert inquiry enters its third week",
        language="en",
        published="2031-04-20",
        body="\n\n".join(parts),
    )
    return Sample(
        story,
        [
            finding(
                story,
                "ad-residue",
                "Advertisement",
                "a line that the page shows above an advertisement (English: ‘advertisement’)",
                row=58,
                repair="delete",
            ),
            finding(
                story,
                "body-length",
                (0, len(story["body"] or "")),
                "the body has 4,740 words, more than 3,000",
                row=58,
            ),
        ],
    )


def _elsewhere(check: str, words: str, findings: int, articles: int) -> list[dict[str, Any]]:
    """Make findings of the same words in articles that are not kept as samples."""
    story = article(id=words, body=words)
    return [finding(story, check, words, "found elsewhere", row=1000 + n % articles) for n in range(findings)]


def _overview() -> Overview:
    harbour = _harbour().article
    later = {
        **harbour,
        "id": "harbour-2",
        "headline": "Ferries back",
        "body": (harbour["body"] or "").replace("seven", "eight"),
    }
    reason = "about 90 % of its passages stand in an earlier article"
    return Overview(
        checks=("ad-residue", "mojibake", "duplicate-article"),
        publishers=(
            Publisher("The Portnahaven Mail", 2400, ((301, 2400), (0, 2400), (36, 2400))),
            Publisher("صحيفة وادي الزهر", 900, ((40, 900), (2, 900), (1, 900))),
            Publisher("", 883, ((0, 883), (0, 0), (0, 883)), publishers=12),
        ),
        publishers_in_all=14,
        volume=Volume("day", date(2031, 3, 28), (40, 41, 0, 0, 39, 38, 44, 3, 51, 50), before=2, after=0, undated=7),
        lengths=Lengths(
            counts=tuple(90 if 3 < n < 14 else 4 if n == 2 else 0 for n in range(len(EDGES))),
            quartiles=(120, 340, 610),
            empty=1,
            fewest=25,
            most=3000,
        ),
        lines=(
            Line("The Portnahaven Mail", "Take the Mail with you: our app", 301, 2400, "stories/2031-04.jsonl", 12),
            Line("صحيفة وادي الزهر", "حمّل تطبيقنا", 40, 900, "stories/2031-04.jsonl", 27),
        ),
        lines_in_all=2,
        copies=(
            Copies(
                "near-duplicate-article",
                3,
                Copy("harbour-1", "stories/2031-04.jsonl", 12, article=harbour),
                (
                    Copy("harbour-2", "stories/2031-04.jsonl", 70, reason, later),
                    Copy("harbour-3", "stories/2031-04.jsonl", 71, reason),
                ),
            ),
            Copies(
                "duplicate-article",
                2,
                Copy("far", "stories/2031-05.jsonl", 100_000),
                (Copy("away", "stories/2031-05.jsonl", 100_001, "the whole body is the same"),),
            ),
        ),
        clusters=37,
        work=_work(),
    )


def _work() -> Work:
    mail = Workload(
        publisher="The Portnahaven Mail",
        articles=2400,
        affected=341,
        findings=1300,
        repairable=1204,
        checks=(("ad-residue", 1204, 341), ("byline-junk", 96, 96)),
        changes=(
            Change("ad-residue", "body", "Hide Ad", 898, 258),
            Change("ad-residue", "body", "Advertisement", 300, 80),
        ),
        changes_in_all=2,
    )
    unknown = Workload("", 30, 12, 12, 0, (("body-length", 12, 12),), ())
    return Work(findings=1972, repairable=1204, publishers=(mail, unknown), publishers_in_all=2, concentrated=1)


def newsroom() -> Result:
    """Return a realistic result: several failures, several scripts, rejected rows, one hostile article."""
    samples = (_harbour(), _arabic(), _chinese(), _hostile(), _long())
    more = [
        *_elsewhere("ad-residue", "Hide Ad", 898, 258),
        *_elsewhere("ad-residue", "Advertisement", 300, 80),
        *_elsewhere("repeated-paragraph", "More on this story as it comes in to the newsroom.", 130, 95),
        *_elsewhere("mid-sentence-break", "of\nthe", 69, 56),
        *_elsewhere("mojibake", "â€™", 3, 1),
        *_elsewhere("duplicate-article", "The council met.", 36, 36),
        *_elsewhere("body-length", "Sorry.", 11, 11),
        *_elsewhere("empty-label", "Related topics:", 119, 119),
        *_elsewhere("byline-junk", "Newsdesk", 401, 401),
    ]
    return result(
        samples,
        collection=Collection(
            articles=4183,
            files=3,
            bytes=18_420_331,
            columns={
                "id": "guid",
                "url": "url",
                "publisher": "source_domain",
                "headline": "title",
                "byline": "authors",
                "body": "maintext",
                "published": "date_publish",
                "language": "language",
            },
            hash="0123456789abcdef",
        ),
        overview=_overview(),
        expectations=(
            expectation("headline-missing", 4183, 1, findings=1, title="The article has a headline"),
            expectation("body-missing", 4183, 0, title="The article has a body", severity="critical"),
            expectation(
                "ad-residue",
                4183,
                341,
                findings=1204,
                kwargs={"mostly": 0.99},
                title="No line of the page's advertising stands in the body",
            ),
            expectation(
                "repeated-paragraph",
                4183,
                96,
                findings=131,
                title="No paragraph is printed twice in an article",
            ),
            expectation(
                "mid-sentence-break",
                4183,
                58,
                findings=71,
                kwargs={"mostly": 0.995, "min_words": 4},
                title="No paragraph breaks off in the middle of a sentence",
            ),
            expectation("mojibake", 4183, 2, findings=5, title="The text was decoded with the right encoding"),
            expectation(
                "duplicate-article",
                4183,
                37,
                findings=37,
                kwargs={"mostly": 0.999},
                title="No article has the whole body of another",
            ),
            expectation(
                "body-length",
                4183,
                12,
                findings=12,
                kwargs={"mostly": 0.95, "min_words": 50, "max_words": 3000},
                title="The body is as long as news is",
            ),
            expectation("empty-label", 4183, 120, findings=120, title="No label stands without what it labels"),
            expectation("byline-junk", 4183, 402, findings=402, title="The byline names a person"),
            expectation(
                "date-implausible",
                4183,
                0,
                title="The date of publication can be right",
                severity="warning",
            ),
            expectation("headline-site-suffix", 4183, 0, title="The headline does not end in the name of the site"),
            expectation(
                "standfirst-missing",
                None,
                None,
                success=None,
                title="The article has a standfirst",
                message="the collection has no column for standfirst",
            ),
            ExpectationResult(
                type="expect_column_values_to_match_regex",
                check=None,
                severity="warning",
                success=False,
                kwargs={"column": "url", "regex": r"^https://", "mostly": 1.0},
                articles_checked=4183,
                articles_unexpected=3,
                unexpected_percent=100 * 3 / 4183,
                message="3 values of url do not match ^https://",
                values=("javascript:alert(1)", "http://www.example.org/a", "ftp://example.org/<b>"),
            ),
            expectation(
                "unreadable-row",
                4190,
                7,
                findings=7,
                severity="critical",
                title="Every row can be read as an article",
            ),
        ),
        rejected=(
            Rejected("stories/2031-04.jsonl", 118, "not JSON: expected ',' or '}' at character 4,096"),
            Rejected("stories/2031-04.jsonl", 640, "cut short: the line ends inside a string"),
            *(Rejected("stories/2031-05.csv", n, "3 cells where the header has 9") for n in (12, 13, 14, 90)),
            Rejected("stories/archive.parquet", None, "<b>body</b> is a list, not text"),
        ),
        findings=frame(samples, more),
        timing={"reading": 0.412, "analysis": 0.233, "judging": 4.81, "report": 0.061},
        command="copydesk check stories/ --suite news --report report.html --fail-on critical",
    )


def against_baseline() -> Result:
    """Return a result with a baseline: a story has one new finding of seven, and two stories only known ones."""
    harbour, arabic, chinese = _harbour(), _arabic(), _chinese()
    new, known = harbour.findings[:1], harbour.findings[1:]
    samples = (
        Sample(harbour.article, new, known),
        *(Sample(sample.article, [], sample.findings) for sample in (arabic, chinese)),
    )
    everything, counted = frame((harbour, arabic, chinese)), frame(samples)
    known_in_all = everything.collect().height - counted.collect().height
    return result(
        samples,
        collection=Collection(articles=90, files=1, bytes=9_000, columns={"body": "body"}),
        expectations=(
            expectation("ad-residue", 90, 1, findings=1, title="No line of the page's advertising stands in the body"),
            expectation("repeated-paragraph", 90, 0, title="No paragraph is printed twice in an article"),
        ),
        findings=everything,
        baseline=Comparison(1, known_in_all, 0, 0, counted, pl.Series([], dtype=pl.Boolean)),
    )
