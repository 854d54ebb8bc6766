"""The check `private-data`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.model.finding import flagged
from copydesk_expectations.detection.privacy.private_data import private_data_in

#: Text without any of these has no private data.
_SUSPICIOUS = (
    rb"@[\w-]{1,63}\.",
    rb"\+[0-9]{1,3}[ .()/-]?[0-9(]",
    rb"[0-9][ .()/-]?[0-9]{2}[ .()/-]?[0-9]{2}[ .()/-]?[0-9]{2}|[0-9]{3}[ .()/-]{1,2}[0-9]{3,4}[ .()/-]{0,2}[0-9]{2}",
    rb"AKIA|ASIA|gh[opsu]_|github_pat_|glpat-|AIza|xox[abprs]-|sk-|eyJ|PRIVATE KEY",
)


@dataclass(frozen=True, kw_only=True)
class PrivateData(ArticleCheck):
    """Expect no e-mail addresses, telephone numbers, keys or tokens in the text.

    What it finds:
        In bodies: addresses of e-mail, telephone numbers with a country's code or behind a word for telephone, and keys
        and tokens of services. Addresses of desks ('newsroom@…'), those of the publisher's own host, and numbers that
        are free of charge are left alone.

    Why it matters:
        A collection is copied and printed again for years. A model that learned an address can be made to say it. The
        law of many countries asks for a reason to keep such data.

    Known limits:
        Off in the suite `news`, as stories name contacts on purpose. Names, postal addresses and numbers of accounts
        are not looked for. A number without country code or label is not taken for a telephone's.

    Passes:
        - body: "Write to newsroom@courier.example. The index rose +1.25 to 4 500 300. Call 0800 111 222 for help."

    Fails:
        - body: "Write to jane.doe@mail.example or call +44 20 7946 0958. Tel: 030 1234567."
          finds: ["jane.doe@mail.example", "+44 20 7946 0958", "030 1234567"]

    Options:
        allow: addresses, domains and numbers (digits alone) that may stand in a text.

    Source:
        The personal data that filters of text collections mask (e-mail, telephone), and the forms of keys that services
        publish for scanners of secrets.
    """

    name: ClassVar[str] = "private-data"
    family: ClassVar[str] = "privacy"
    severity: ClassVar[str] = "warning"

    allow: tuple[str, ...] = ()

    @property
    def suspicious(self) -> tuple[bytes, ...]:
        """What addresses, numbers and keys have in them."""
        return _SUSPICIOUS

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the private data of bodies, to be deleted by whoever decides so."""
        at = batch.suspects("body", _SUSPICIOUS).arg_true()
        allowed = frozenset(entry.lower() for entry in self.allow)
        columns = (batch.articles[name].gather(at) for name in ("article", "body", "url"))
        rows = [
            {"article": article, **data._asdict()}
            for article, body, url in zip(*columns, strict=True)
            for data in private_data_in(body, allowed, _host(url or ""))
        ]
        schema = {"article": pl.UInt32, "start": pl.Int64, "end": pl.Int64, "reason": pl.String}
        return flagged(pl.LazyFrame(rows, schema), reason=pl.col("reason"))


def _host(url: str) -> str:
    """Return the host of a URL; empty where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
