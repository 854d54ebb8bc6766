"""The check `consent-notice`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import CERTAIN
from copydesk.lazy import pl
from copydesk.lexicon.check import LexiconCheck
from copydesk_expectations.detection.text.quotations import is_speech


@dataclass(frozen=True, kw_only=True)
class ConsentNotice(LexiconCheck):
    """Expect no notice on cookies or consent in a body.

    What it finds:
        A line that is nothing but a notice or a button of a consent dialogue: 'We use cookies …', 'Accept all', 'Manage
        preferences', and their like in the languages of the lexicons.

    Why it matters:
        The dialogue lay over the page when it was fetched; where it is all there is, the story was never seen.

    Known limits:
        A body that is nothing but the dialogue is for `boilerplate-page`. A notice that somebody quotes is left alone:
        a line of four words or more that begins with a quotation, or that a dash opens and another one attributes.

    Passes:
        - body: |-
            The baker said that cookies were the best lure for mice.
            The regulator fined the firm because it did not ask for consent to its cookies.
            “We use cookies to make you hungry,” the baker told the court.

    Fails:
        - body: |-
            The council met on Monday.
            Manage cookie preferences
            The plan was put off.
          finds: [Manage cookie preferences]

    Options:
        lexicons: files of your own with further phrases, named after their language (`en.house.txt`).

    Source:
        Lines of real pages; the kind consent of the lexicons; C4 drops lines by such phrases.
    """

    name: ClassVar[str] = "consent-notice"
    family: ClassVar[str] = "residue"
    severity: ClassVar[str] = "warning"
    confidence: ClassVar[str] = CERTAIN
    kinds: ClassVar[tuple[str, ...]] = ("consent",)
    reason: ClassVar[str] = "a notice on cookies or consent, not a line of the story"

    def may_be_residue(self) -> pl.Expr:
        """Return whether nobody says the line."""
        return ~is_speech()
