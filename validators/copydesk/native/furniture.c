/* Lines that may belong to the page: what each looks like, and which of its words the story has, too. */

#include "kernel.h"

/* ---- what a line looks like ------------------------------------------------------------------------------------ */

static inline int is_figure(u32 c) { return c >= '0' && c <= '9'; }

static inline int is_quote(u32 c) {
    return c == '"' || c == '\'' || c == 0xAB || c == 0xBB || (c >= 0x2018 && c <= 0x201F) || c == 0x2039 || c == 0x203A
        || (c >= 0x300C && c <= 0x300F);
}

/* Return the kind of the mark that a line ends with, from 1; 0 for a letter and the rest. */
static u8 ending_of(u32 c) {
    switch (c) {
    case '.': case 0x3002: case 0x964: case 0x6D4: return 1;
    case '?': case 0xFF1F: case 0x61F: return 2;
    case '!': case 0xFF01: return 3;
    case 0x2026: return 4;
    case ':': case 0xFF1A: return 5;
    case ',': case ';': case 0x60C: case 0x3001: return 6;
    case '-': case 0x2013: case 0x2014: case '|': case '/': case '>': return 7;
    case ')': case ']': case 0xFF09: return 9;
    }
    return is_quote(c) ? 8 : 0;
}

/* Return what a line begins with: a capital, a small letter, a figure, a quote or bracket, a letter without cases, a
   bullet, something else. */
static u8 start_of(const u32 *folds, u32 c) {
    u32 fold = fold_of(folds, c);
    if (is_quote(c) || c == '(' || c == 0xBF || c == 0xA1) return 3;
    if (c == '-' || c == 0x2013 || c == 0x2014 || c == 0x2022 || c == '*' || c == 0xB7) return 5;
    if (fold & FIGURE) return 2;
    if (fold & ALPHANUMERIC) return (fold & FOLDED) != c ? 0 : 1;
    return fold || (c >= 0x2000 && c < 0x2E80) ? 6 : 4;
}

static inline int is_unspaced(u32 c) {
    return (c >= 0xE00 && c < 0xF00) || (c >= 0x1000 && c < 0x10A0) || (c >= 0x1780 && c < 0x1800)
        || (c >= 0x3040 && c < 0x3100) || (c >= 0x3400 && c < 0xA000);
}

static inline int has_figures(const u8 *at, int count) {
    for (int n = 0; n < count; n++) if (!is_figure(at[n])) return 0;
    return 1;
}

/* Say whether figures are a year, or the start of a clock time or of a date. `at` is behind them. */
static int is_time(const u8 *at, i64 figures) {
    if (figures == 4) return has_figures(at - 4, 2) && ((at[-4] == '1' && at[-3] == '9') || (at[-4] == '2' && at[-3] == '0'));
    if (figures > 2) return 0;
    if ((at[0] == ':' || at[0] == '.' || at[0] == 'h') && has_figures(at + 1, 2)) return 1;
    if (at[0] != '.' && at[0] != '/' && at[0] != '-') return 0;
    int more = is_figure(at[1]) ? 1 + is_figure(at[2]) : 0;
    return more && at[1 + more] == at[0];
}

/* Say whether '@', 'http', 'www.' or '.com' begins in a line. */
static int has_address(const u8 *data, i64 begin, i64 end) {
    Bytes any = {0};
    for (i64 at = begin; at < end; at += 16) {
        Bytes a = bytes_at(data + at), b = bytes_at(data + at + 1), c = bytes_at(data + at + 2), d = bytes_at(data + at + 3);
        Bytes http = (Bytes)(a == 'h') & (Bytes)(b == 't') & (Bytes)(c == 't') & (Bytes)(d == 'p');
        Bytes www = (Bytes)(a == 'w') & (Bytes)(b == 'w') & (Bytes)(c == 'w') & (Bytes)(d == '.');
        Bytes com = (Bytes)(a == '.') & (Bytes)(b == 'c') & (Bytes)(c == 'o') & (Bytes)(d == 'm');
        any |= ((Bytes)(a == '@') | http | www | com) & first_bytes(end - at);
    }
    return any_bit(any);
}

static inline u8 byte_of(i64 value) { return value > 255 ? 255 : (u8)value; }

static inline u8 share_of(i64 part, i64 whole) { return whole ? (u8)(100 * part / whole) : 0; }

/* Describe lines by SHAPES bytes each: all of the first, then all of the second, and so on. */
EXPORT void describe_lines(const u32 *folds, const u8 *data, const i64 *begin, const i64 *end, i64 count, u8 *shapes) {
    for (i64 n = 0; n < count; n++) {
        i64 chars = 0, words = 0, capitals = 0, upper = 0, figures = 0, commas = 0, stops = 0, unspaced = 0, run = 0;
        int size, bar = 0, rights = 0, quote = 0, dash = 0, money = 0, time = 0, opened = 0, in_word = 0;
        u32 last = 0, before = ' ', bare = 0;
        for (i64 at = begin[n]; at < end[n]; at += size) {
            size = small_run(data + at);
            if (size > end[n] - at) size = (int)(end[n] - at);
            if (size) {  /* most of a text: of all that is looked for, these letters only make words */
                time |= run && is_time(data + at, run);
                chars += size;
                words += !in_word;
                in_word = 1;
                opened = 0;
                run = 0;
                last = bare = before = data[at + size - 1];
                continue;
            }
            u32 c = decode(data + at, &size);
            int space = c == ' ' || c == '\t' || c == 0xA0 || c == 0x3000;
            u32 fold = fold_of(folds, c);
            int capital = (fold & ALPHANUMERIC) && !(fold & FIGURE) && (fold & FOLDED) != c;
            chars++;
            upper += capital;
            unspaced += is_unspaced(c);
            if (!space && (!in_word || opened)) capitals += capital;
            opened = !space && !in_word && (is_quote(c) || c == '(');
            words += !space && !in_word;
            in_word = !space;
            if (is_figure(c)) { figures++; run++; }
            else { time |= run && is_time(data + at, run); run = 0; }
            commas += c == ',' || c == ';' || c == 0x60C || c == 0xFF0C || c == 0x3001;
            stops += c == ' ' && (before == '.' || before == '!' || before == '?' || before == ':');
            bar |= c == '|' || c == 0xBB;
            rights |= c == 0xA9;
            quote |= is_quote(c) && c != '\'' && c != 0x2019;
            dash |= c == ' ' && (before == '-' || before == 0x2013 || before == 0x2014);
            money |= c == '$' || c == 0x20AC || c == 0xA3 || c == 0xA5 || c == '%';
            if (!space) last = c;
            if (!space && ending_of(c) < 8) bare = c;
            before = c;
        }
        time |= run && is_time(data + end[n], run);
        const u8 shape[SHAPES] = {
            byte_of(chars), byte_of(words), share_of(capitals, words), share_of(upper, chars), share_of(figures, chars),
            byte_of(commas), byte_of(stops), begin[n] < end[n] ? start_of(folds, decode(data + begin[n], &size)) : 6,
            ending_of(last), ending_of(bare), (u8)has_address(data, begin[n], end[n]), (u8)bar, (u8)rights, (u8)quote, (u8)dash, (u8)money, (u8)time,
            unspaced > 0, byte_of(words ? 4 * chars / words : 0),
        };
        for (int s = 0; s < SHAPES; s++) shapes[s * count + n] = shape[s];
    }
}

/* ---- words in common ------------------------------------------------------------------------------------------- */

/* Words of fewer characters are in any text. */
enum { LONG_WORD = 4 };

static inline u32 add_letter(u32 word, u32 c) { return (word ^ c) * 0x01000193; }

/* Hash the words of lines that have LONG_WORD letters or figures, in any case; of scripts without spaces, each two
   letters. `bounds` says where those of each line begin. Return how many there are; -1 where `words` has no room. */
EXPORT i64 hash_long_words(const u32 *folds, const u8 *data, const i64 *begin, const i64 *end, i64 count, u32 *words,
                           i64 room, i64 *bounds) {
    i64 found = 0;
    for (i64 n = 0; n < count; n++) {
        bounds[n] = found;
        if (end[n] - begin[n] > room - found) return -1;
        int size;
        u32 word = 0, letters = 0, before = 0;
        for (i64 at = begin[n]; at <= end[n]; at += size) {
            u32 c = decode(data + at, &size), fold = at < end[n] ? fold_of(folds, c) : ' ';
            if (at < end[n] && is_unspaced(c)) {
                if (before) words[found++] = add_letter(add_letter(1, before), c);
                before = c;
                fold = ' ';
            } else before = 0;
            if (fold & ALPHANUMERIC || (!fold && (c < 0x2000 || c >= 0x2E80))) {
                word = add_letter(word, fold ? fold & FOLDED : c);
                letters++;
                continue;
            }
            if (letters >= LONG_WORD) words[found++] = word;
            word = letters = 0;
        }
    }
    bounds[count] = found;
    return found;
}

/* A row of the table of words: the article in which the word was last seen, and in how many lines of its story; the line
   that was last counted; the article in whose headline it stands. All count from 1. */
enum { ARTICLE, LINES, LINE, HEADLINE, ROW };

/* Compare each line with the rest of its story and with the headline. `known`: the share of its words, in percent, that
   another line of the story has; `headline`: that the headline has; both 255 for no word. `fresh`: how many words no
   other line of the story has. Return -1 where `bounds`, `heads` or `of` make no sense. */
EXPORT i64 share_words(const u32 *words, i64 word_count, const i64 *bounds, i64 count, const u8 *story, const i64 *of,
                       i64 articles, const u32 *head_words, i64 head_count, const i64 *heads, u32 *table, u8 *known,
                       u8 *fresh, u8 *headline) {
    if (find_bad_span(bounds, bounds + 1, count, word_count) >= 0) return -1;
    if (find_bad_span(heads, heads + 1, articles, head_count) >= 0) return -1;
    if (find_bad_span(of, of + 1, articles, count) >= 0 || of[articles] - of[0] != count) return -1;
    for (i64 a = 0; a < articles; a++) {
        u32 article = (u32)a + 1;
        for (i64 w = heads[a]; w < heads[a + 1]; w++) table[ROW * (head_words[w] % WORD_ROWS) + HEADLINE] = article;
        for (i64 n = of[a]; n < of[a + 1]; n++) {
            for (i64 w = bounds[n]; story[n] && w < bounds[n + 1]; w++) {
                u32 *row = table + ROW * (words[w] % WORD_ROWS);
                if (row[ARTICLE] != article) { row[ARTICLE] = article; row[LINES] = 0; }
                if (row[LINE] != 2 * (u32)n + 1) row[LINES]++;
                row[LINE] = 2 * (u32)n + 1;
            }
        }
        for (i64 n = of[a]; n < of[a + 1]; n++) {
            i64 all = 0, shared = 0, headed = 0;
            for (i64 w = bounds[n]; w < bounds[n + 1]; w++) {
                u32 *row = table + ROW * (words[w] % WORD_ROWS);
                if (row[LINE] == 2 * (u32)n + 2) continue;
                row[LINE] = 2 * (u32)n + 2;
                all++;
                shared += row[ARTICLE] == article && row[LINES] > story[n];
                headed += row[HEADLINE] == article;
            }
            known[n] = all ? share_of(shared, all) : 255;
            fresh[n] = byte_of(all - shared);
            headline[n] = all && heads[a + 1] > heads[a] ? share_of(headed, all) : 255;
        }
    }
    return count;
}
