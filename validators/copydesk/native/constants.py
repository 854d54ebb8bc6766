"""Numbers that Python and C both need. They stand here alone: the build writes them into a header for C.

Only whole numbers and tuples of bytes may stand here, because `copydesk.native.header` writes each of them.
"""

from __future__ import annotations

# ---- text

#: Zeros behind the last text of a buffer: C may read so many bytes beyond any place in the text.
SPARE = 512

# ---- JSON lines: what a row says of a column

ABSENT, TEXT, NONE = 0, 1, 2

#: A separator of the items of a list may have so many bytes: what `","` takes in the file, so that a text never grows.
LONGEST_SEPARATOR = 3

#: What `split_json_array` keeps between two calls: so many numbers. They are how deep the place is, and what stands
#: before it (ARRAY_END behind the array); then the numbers of lines, of line breaks in strings, and of BREAK_MARKs.
ARRAY_STATE, ARRAY_DEPTH, ARRAY_NEXT, ARRAY_END, ARRAY_LINES, ARRAY_BREAKS, ARRAY_MARKS = 7, 0, 3, 4, 4, 5, 6

#: Stands for a line break in a string of a JSON array: no text in UTF-8 has this byte.
BREAK_MARK = 0xFF

# ---- characters

#: Bits of what a character is.
WHITE, UNSPACED, ENDING, CLOSER, LOWER = 1, 2, 4, 8, 16

#: So many characters have kinds; so many have an upper case.
KINDS, UPPER = 0x40000, 0x20000

#: From here on an upper case is a row in the table of those that are several characters, of three each.
SEVERAL, SEVERAL_ROWS = 1 << 31, 256

# ---- first and last words

#: How many codes there are: one for each byte and the byte after it.
CODES = 0x10000

#: Codes of bytes: no part of a word; inside a character, of no weight; of a character that may become others.
APART, INSIDE, STRANGE = 0, 0xFE, 0xFF

#: The code of a word that cannot be told.
UNKNOWN = 2**64 - 1

#: An odd number to mix bits with.
ODD_ONE = 0x9E3779B97F4A7C15

#: The tables of a lexicon, in this order: the first words of phrases; first and second words; first words that are a
#: whole phrase; first words that other words may follow; last words.
FIRST, PAIRS, ALONE, LED, LAST, PHRASE_TABLES = 0, 1, 2, 3, 4, 5

#: A prefix of a phrase is compared by so many bytes at most.
PREFIXES = 8

# ---- folded lines

#: So many characters are folded by C.
FOLDS = 0x2070

#: Bits of what a character is folded to: a letter or a digit; a digit. Below them stands the character.
ALPHANUMERIC, FIGURE, FOLDED = 1 << 31, 1 << 30, 0x1FFFFF

# ---- lines of the page

#: What a line looks like is said in so many bytes; see `copydesk.furniture.shape`.
SHAPES = 19

#: The table of the words of an article has so many rows. Words that come to one row count as one word.
WORD_ROWS = 1 << 14

# ---- sketches

#: So many passages of a text are kept, on average.
KEPT = 72

#: The words of so many of these are kept, on average, to be quoted; and so many bytes of each.
QUOTED, QUOTE = 10, 42

#: Texts are brought together by the lowest third of their passages.
PART = 3

#: The lowest two bits of a hash say whether the passage holds a digit (1), or a capital after its first byte (2).
NAMED = 3

#: Bytes of a passage, by the script of its first byte.
LATIN_WIDTH, WIDE_WIDTH, HAN_WIDTH = 14, 24, 9

#: Bytes of a passage, by its first byte. Measured on real articles: of passages so long, two articles of which one has
#: a fifth of its words changed share 0.38 in English, 0.46 in Russian, 0.34 in Chinese (Jaccard index); two stories on
#: one subject less than 0.2.
WIDTHS = (
    *(LATIN_WIDTH for _ in range(0xCE)),
    *(WIDE_WIDTH for _ in range(0xCE, 0xE3)),  # Greek, Cyrillic, Armenian, Hebrew, Arabic, Indic, Thai
    *(HAN_WIDTH for _ in range(0xE3, 0xEA)),  # kana, Han
    *(WIDE_WIDTH for _ in range(0xEA, 0xEF)),  # Hangul
    HAN_WIDTH,  # full width
    *(LATIN_WIDTH for _ in range(0xF0, 0x100)),
)

# ---- trees

#: A tree has so many leaves at most.
LEAVES = 16
