"""A sentence in each of some languages."""

from __future__ import annotations

import pytest

TEXTS = {
    "ru": "Мэр сказал, что мост открыт и что он не закроется до конца года.",
    "el": "Ο δήμαρχος είπε ότι η γέφυρα θα είναι ανοιχτή από την Δευτέρα και μετά.",
    "ar": "قال رئيس البلدية إن الجسر سوف يفتح يوم الاثنين بعد أن تم إصلاحه في المدينة",
    "he": "ראש העיר אמר כי הגשר ייפתח ביום ראשון אחרי שנה של עבודות",
    "zh": "市长说，大桥在星期一开放，他们已经等了很久，这是两年来的第一次。",
    "ja": "市長は橋が月曜日に開くと言った。これは二年ぶりのことで、住民たちも待っていた。",
    "ko": "시장은 다리가 월요일에 열린다고 말했다. 주민들은 이 다리를 오래 기다렸다.",
    "hi": "महापौर ने कहा कि पुल सोमवार को खुलेगा और यह दो साल के बाद है",
    "tr": "Belediye başkanı, köprünün pazartesi günü açılacağını ve bu yolun çok önemli olduğunu söyledi.",
}


@pytest.fixture
def texts() -> dict[str, str]:
    """Return a sentence by the code of its language."""
    return TEXTS
