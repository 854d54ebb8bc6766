"""UTF-8 that was read in another encoding is read back to what it was."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from copydesk_expectations.detection.text.encodings import misread_runs

CODECS = ("cp1252", "cp1250", "cp1251", "mac_roman")


def misread(text: str, codec: str) -> str:
    """Read the bytes of UTF-8 in another encoding; a byte that it lacks stays what Latin-1 makes of it."""
    return "".join(bytes([b]).decode(codec, errors="ignore") or chr(b) for b in text.encode())


@pytest.mark.parametrize("codec", CODECS)
@given(st.text(st.characters(min_codepoint=0xA1, max_codepoint=0x4FF, categories=["Ll", "Lu"]), min_size=1, max_size=5))
def test_what_was_misread_is_read_back(codec: str, word: str) -> None:
    assume(not any(misread_runs(word, [(0, len(word))])))  # else it is read back further
    wrong = misread(word, codec)
    text = f"so {wrong} it is"
    runs = {run.codec: run for runs in misread_runs(text, [(0, len(text))]) for run in runs}
    assert (runs[codec].broken, runs[codec].mended) == (wrong, word)
    assert (runs[codec].before, runs[codec].after) == (" ", " ")


def test_what_was_misread_twice_is_read_back_twice() -> None:
    wrong = misread(misread("é", "cp1252"), "cp1252")
    runs = [run for runs in misread_runs(wrong, [(0, len(wrong))]) for run in runs if run.codec == "cp1252"]
    assert [run.mended for run in runs] == ["é"]


def test_a_run_knows_its_neighbours() -> None:
    ((run,), *_) = misread_runs("cafÃ©s", [(0, 6)])
    assert (run.broken, run.before, run.after, run.in_word) == ("Ã©", "f", "s", True)
    ((alone,), *_) = misread_runs("Ã©", [(0, 2)])
    assert (alone.before, alone.after, alone.in_word) == ("", "", False)


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_plain_text_has_no_runs(text: str) -> None:
    assert not any(misread_runs(text, [(0, len(text))]))
