"""The check `byline-junk`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.lexicon.lexicon import load
from copydesk.metadata.dates import read_dates
from copydesk.metadata.publishers import own_named
from copydesk.model.finding import flagged
from copydesk.text.buffer import Text
from copydesk.text.expressions import normalised

#: What stands between authors. A mark of its own (a control character) is put around it to cut there.
_BETWEEN = r"(\s*[,;|•·\n\r]+\s*|\s+(?:&|/|and|und|et|och|og|en|y|e|и|та|і|ja|ve)\s+)"
_CUT = "\x1e"

#: What opens a byline before the name.
_BY = r"^(?:by|von|par|por|di|door|av|af|od|от|autor|author|written by|text)\b[:\s]+"

#: Agencies, as `normalised` gives them: whoever takes their text says so, and rightly.
_AGENCIES = (
    *("reuters", "thomson reuters", "afp", "agence france-presse", "ap", "associated press", "the associated press"),
    *("dpa", "deutsche presse-agentur", "dpa-infocom", "epd", "kna", "sid", "apa", "sda", "keystone-sda", "ats", "awp"),
    *("ansa", "adnkronos", "agi", "askanews", "lapresse", "efe", "agencia efe", "europa press", "notimex", "télam"),
    *("lusa", "agência lusa", "agência brasil", "agência estado", "estadão conteúdo", "folhapress", "la presse"),
    *("ritzau", "ntb", "tt", "stt", "anp", "belga", "pap", "čtk", "tasr", "sita", "mti", "bta", "hina", "agerpres"),
    *("тасс", "риа новости", "интерфакс", "прайм", "укрінформ", "уніан", "інтерфакс-україна", "tass", "interfax"),
    *(
        "ria novosti",
        "ukrinform",
        "unian",
        "απε-μπε",
        "αμπε",
        "aa",
        "anadolu",
        "anadolu agency",
        "anadolu ajansı",
        "dha",
    ),
    *("iha", "xinhua", "新华社", "新華社", "中新社", "kyodo", "kyodo news", "共同", "共同通信", "jiji", "時事通信"),
    *(
        "yonhap",
        "연합뉴스",
        "pti",
        "ians",
        "ani",
        "antara",
        "vna",
        "bernama",
        "aap",
        "pa",
        "pa media",
        "the canadian press",
    ),
    *("時事通信社", "afp=時事", "ロイター", "路透社", "法新社", "美联社", "共同社", "뉴스1", "뉴시스", "anka", "ttxvn"),
    *("رويترز", "أ ف ب", "وام", "واس", "ایرنا", "ایسنا", "فارس", "भाषा", "पीटीआई"),
    *("press association", "upi", "bloomberg", "cna", "中央社", "la presse canadienne", "wam", "spa", "irna", "mena"),
)

#: What a page prints beside a name and no name is: when, and what to do with it.
_CLOCK = (
    r"(?i)^(?:(?:published|posted|updated|stand|publié|mis à jour|aktualisiert)\b.*)?\d{1,2}[:.h]\d{2}"
    r"\s*(?:[ap]\.?m\.?|uhr|h|[a-z]{3,4})?$"
)
_AGO = (
    r"(?i)^(?:\d+|an?|one|few)?\s*(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s?\s+(?:ago|read)$"
    r"|^\d+\s+[\p{L}\p{M}.]+\s+(?:назад|тому|temu|önce|geleden|sitten|fa|پیش|पहले|trước|lalu|yang lalu|πριν)$"
    r"|^(?:vor|hace|il y a|há|for|för|πριν(?: από)?|před|منذ)\s+\d+\s+[\p{L}\p{M}.]+(?:\s+(?:siden|sedan))?$"
    r"|^\d+\s*(?:分钟|分鐘|小时|小時|天|分|時間|日|분|시간|일)\s*(?:之?前|전)$"
)
_CONTROL = r"(?i)^(?:e-?mail (?:the )?author|view (?:all )?(?:posts|articles)|follow(?: @\S+)?|share|bio)$"
_ADDRESS = r"(?i)^(?:https?://\S+|www\.\S+|@[\w.]+|\S+@\S+\.[a-z]{2,}|[\w.-]+\.(?:com|org|net)(?:/\S*)?)$"
#: Stands in, or before, whatever is found but for phrases: digits, addresses, markup, words of times and controls,
#: no letter; and characters that are others once they are `normalised`.
_SUSPECT = (
    r"(?i:\d|^\P{L}|@|://|www\.|\.(?:com|org|net)|<|&[a-z#]|\b(?:ago|read|e-?mail|view|follow|share|bio)\b)"
    r"|[\x{ad}\x{640}\x{200b}-\x{24ff}\x{fb00}-\x{10ffff}]"
)
_BY_BEFORE = rf"(?i)^[^\p{{L}}\p{{N}}]*{_BY[1:]}"
_BUT_FIRST = rf"(?s){_BETWEEN}.*"

#: A year alone, of so many characters, is no date.
_YEAR = 4

_OWN = "the publisher's name, not an author's"
_MARKUP = r"<[a-zA-Z/!][^>]*>|&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,6});"


@dataclass(frozen=True, kw_only=True)
class BylineJunk(ArticleCheck):
    """Expect a byline to name somebody.

    What it finds:
        A byline that names nobody: a role alone ('Senior Reporter'), a control of the page ('Email The Author',
        'Minutes Ago'), 'By', 'Staff' or 'admin', in the languages of the lexicons; the publisher's own name; a date
        or a time; an address, a handle, or digits only; markup. Of several authors, separated by commas or 'and',
        all must be such, but a date, a time or a control of the page is found between names too.

    Why it matters:
        Bylines are counted, credited and searched. 'Minutes Ago' is the most productive author of many a corpus.

    Known limits:
        The names of agencies (Reuters, AFP, dpa) are legitimate, alone too, and so are 'By' before a name and a role
        behind one. An empty byline is no finding: many stories have none.

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
        spans = {"start": pl.lit(None, pl.Int64), "end": pl.lit(None, pl.Int64), "reason": pl.lit(_OWN)}
        junk = articles.clear().select("article", "byline", **spans)
        bylines = batch.distinct("byline")
        likely = articles.filter(bylines.spread(self._likely(bylines.values)))
        likely = likely.filter(pl.col("byline").str.strip_chars() != "")
        if likely.height:
            reasons = self._junk(_parts(likely.select("byline").unique())).collect(engine="in-memory")
            junk = likely.select("article", "byline").join(reasons, on="byline")
        own = articles.filter(own_named(articles["byline"], articles["article"], batch))
        if own.height:
            agency = normalised(pl.col("byline")).is_in(_AGENCIES)
            own = own.filter(~agency).join(junk, on="article", how="anti")
        own = own.select("article", "byline", **spans)
        stripped = pl.col("byline").str.strip_chars()
        lead = pl.col("byline").str.len_chars() - pl.col("byline").str.strip_chars_start().str.len_chars()
        found = (
            pl.concat([junk, own])
            .lazy()
            .with_columns(
                start=pl.coalesce("start", lead.cast(pl.Int64)),
                end=pl.coalesce("end", (lead + stripped.str.len_chars()).cast(pl.Int64)),
            )
        )
        return flagged(found.sort("article", "start"), field="byline", reason=pl.col("reason"))

    def _likely(self, bylines: pl.Series) -> pl.Series:
        """Say which bylines are worth to be cut into authors and looked into: few more than are found.

        All of the authors must be nobody, hence the first one, but for what is found anywhere.
        """
        lexicon = load(self.lexicons)
        whole = bylines.fill_null("")
        likely = whole.str.contains(_SUSPECT)
        named = whole.str.replace(_BY_BEFORE, "")
        for lines in (whole, named, whole.str.replace(_BUT_FIRST, ""), named.str.replace(_BUT_FIRST, "")):
            other = (~likely if lines is whole else ~likely & (lines != whole)).arg_true()
            if len(other):
                can = lexicon.can_be(Text(lines.gather(other)), self.name)
                likely = likely.scatter(other.filter(can), True)
        return likely

    def _junk(self, parts: pl.DataFrame) -> pl.LazyFrame:
        """Return of each byline what is no name: `byline`, `start` and `end` (null: the whole), `reason`."""
        both = pl.concat([parts["byline"].str.strip_chars(), parts["text"]]).rename("text")
        reasons = self._reasons(both.unique()).lazy()
        whole = reasons.rename({"text": "whole", "reason": "whole_reason"}).drop("anywhere")
        judged = (
            parts.lazy()
            .with_columns(whole=pl.col("byline").str.strip_chars())
            .join(reasons, on="text", how="left", maintain_order="left")
            .join(whole, on="whole", how="left", maintain_order="left")
            .with_columns(
                all_reason=pl.when(pl.col("reason").is_not_null().all()).then(pl.col("reason").first()).over("byline")
            )
            .with_columns(of_all=pl.coalesce("whole_reason", "all_reason"))
        )
        wholly = judged.filter(pl.col("of_all").is_not_null()).unique("byline", keep="first", maintain_order=True)
        in_part = judged.filter(pl.col("of_all").is_null() & pl.col("anywhere").fill_null(False))
        none = pl.lit(None, pl.Int64)
        return pl.concat(
            [
                wholly.select("byline", start=none, end=none, reason="of_all"),
                in_part.select("byline", "start", "end", "reason"),
            ]
        )

    def _reasons(self, texts: pl.Series) -> pl.DataFrame:
        """Say of texts why they are no names: `text`, `reason`, and `anywhere`, none beside a name either."""
        text, line = pl.col("text"), pl.col("line")
        digits = texts.str.contains(r"\d").fill_null(False)
        dates = read_dates(texts.set(~digits, None))["low"].is_not_null() & (texts.str.len_chars() > _YEAR)
        lexicon = load(self.lexicons)
        name = line.str.replace(_BY, "")
        phrase = lexicon.is_phrase(line, self.name) | lexicon.is_phrase(name, self.name)
        anywhere = (
            (pl.col("date"), "a date, not a name"),
            (text.str.contains(_CLOCK) | text.str.contains(_AGO), "a time, not a name"),
            (text.str.contains(_CONTROL), "a control of the page, not a name"),
        )
        alone = (
            (~text.str.contains(r"\p{L}"), "holds no letter"),
            (text.str.contains(_ADDRESS), "an address or a handle, not a name"),
            (text.str.contains(_MARKUP), "holds markup"),
            (phrase, "nobody's name"),
        )
        both = [pl.when(condition).then(pl.lit(why)) for condition, why in (*anywhere, *alone)]
        judged = (
            pl.DataFrame({"text": texts, "date": dates})
            .with_columns(line=normalised(text))
            .with_columns(
                anywhere=pl.any_horizontal(condition for condition, _ in anywhere),
                reason=pl.when(~(line.is_in(_AGENCIES) | name.is_in(_AGENCIES))).then(pl.coalesce(*both)),
            )
        )
        return judged.filter(pl.col("reason").is_not_null()).select("text", "reason", "anywhere")


def _parts(bylines: pl.DataFrame) -> pl.DataFrame:
    """Cut bylines at what stands between authors: `byline`, `text`, `start`, `end`, a row an author."""
    cut = pl.col("byline").str.replace_all(_CUT, " ").str.replace_all(_BETWEEN, f"{_CUT}${{1}}{_CUT}").str.split(_CUT)
    pieces = bylines.with_columns(piece=cut).explode("piece")
    length = pl.col("piece").str.len_chars().cast(pl.Int64)
    lead = length - pl.col("piece").str.strip_chars_start().str.len_chars()
    placed = pieces.with_columns(
        start=length.cum_sum().over("byline") - length + lead,
        name=pl.int_range(pl.len()).over("byline") % 2 == 0,
        text=pl.col("piece").str.strip_chars(),
    )
    return placed.filter(pl.col("name") & (pl.col("text") != "")).select(
        "byline", "text", "start", end=pl.col("start") + pl.col("text").str.len_chars()
    )
