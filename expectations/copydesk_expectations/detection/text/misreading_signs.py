"""Signs of a misreading: patterns over UTF-8 of what sound text seldom has."""

from __future__ import annotations

from copydesk.text.scan import either

__all__ = ["SIGNS"]


def _words(text: str) -> bytes:
    """Return a pattern for one of some sequences, which stand between spaces; `_` stands for a space in them."""
    return "|".join(text.split()).replace("_", " ").encode()


#: What one-byte encodings of one region look like in Latin-1 and Windows-1252: four letters or signs in a row.
_RUNS = rb"(?:[\xc2\xc3][\x80-\xbf]){4}"

#: Shift_JIS in Windows-1252.
_KANA = rb"\xe2\x80\x9a.{1,3}\xe2\x80\x9a|\xc6\x92.{1,3}\xc6\x92"

#: Polish, Slovak and Romanian letters; Turkish, Baltic and Croatian ones; Czech; Hungarian.
_EASTERN = (
    rb"\xc2[\xb1\xb3\xb6\xb9\xba\xbc\xbe][a-z]|" + either("þðÞ"),
    _words("pøi pøe pøí ìs ìj ìk ìl ìr ìt ìd ìv rõl bõl tõl elõ idõ"),
)

#: Western letters as Windows-1250, -1251 and -1253 have them.
_WESTERN = (
    _words("ńa ńo ńu ăo _ŕ_"),
    either("йкьцдбтусъинз") + rb"[a-z]",
    either("ιόφδόύξ") + rb"[a-z]",
)

#: Mac Roman in Windows-1252, and the reverse; code page 437 and 850.
_MAC = (
    _words("Ÿr Ÿn Ÿs Ÿh Ÿb Ÿc lŽ rŽ tŽ nŽ sŽ dŽ cŽ vŽ ci—n ˆ_ _ˆ hŠ rŠ tŠ nŠ mŒ pŒ rŒ sŒ nŒ"),
    _words("tÈ rÈ sÈ lÈ nÈ dÈ f¸ r¸ m¸ t¸ v‰ t‰ r‰ h‰ n‰ mˆ rˆ hˆ gˆ ciÛn aÒo ıes ‡_ ‚r ‚t ‚s ‚e h„ r„ t„"),
    _words("├í ├⌐ ├│ ├¬ ├╝ ├╢ ├ñ ╨░ ╨╡ ╨╛ ╨╕"),
)

#: Cyrillic, Greek, Arabic, Hebrew and Thai in another encoding of their script, or of their neighbours.
_SCRIPTS = (
    _words("_Й_ _ОБ_ _ОЕ_ _МЮ_ _МЕ_ п╬ п╟ п╦ п╣ я│ íŕ ďđ ńň đŕ ®в Ґ\u00ad ЎҐ"),
    _words("Ξ± ΞΉ Ο„ ط§ظ„ ظٹ ظ† ׳™ ׳• ׳ž"),
    rb"(?:\xe0\xb9\x80\xe0\xb8\x98.{1,3}){2}",
    rb"(?:\xd0[\x80-\xbf]\xc2[\xa0-\xbf]){2}",
)

#: Chinese, Japanese and Korean in an encoding of their neighbours; UTF-8 and Western letters in GBK.
_EAST_ASIAN = (
    _words(
        "锛 銆 鈥 鐨 锟斤拷 烫烫 偺 傪 偼 窍绰 窍绊 捞促 促. 绰_ 篮_ 縺 繧 繝 돨 岆 婓 靛"
        " 茅r 茅s 茅e 茅t 茫o 贸n 谩s 帽o"
    ),
    rb"(?:\xef(?:\xbd[\xa1-\xbf]|\xbe[\x80-\x9f])){4}",
    _words("褍 薪邪 懈 芯褉"),
)

#: Text without any of these was read in its own encoding.
SIGNS = (_RUNS, _KANA, *_EASTERN, *_WESTERN, *_MAC, *_SCRIPTS, *_EAST_ASIAN)
