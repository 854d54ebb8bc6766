/* Lines as a lexicon compares them, and the words of such lines. */

#include "kernel.h"

/* `folds` says what each character below FOLDS becomes, with bits of what that is; 0 where Python must fold it. */
static inline u32 fold_of(const u32 *folds, u32 c) { return c < FOLDS ? folds[c] : 0; }

/* Say of each line whether it has a character that Python must fold. */
EXPORT void find_unfoldable_lines(const u32 *folds, const u8 *data, const i64 *begin, const i64 *end, i64 count,
                                  u8 *unfoldable) {
    for (i64 n = 0; n < count; n++) {
        int size, any = 0;
        for (i64 at = begin[n]; at < end[n] && !any; at += size) any = !fold_of(folds, decode(data + at, &size));
        unfoldable[n] = (u8)any;
    }
}

/* Say whether a character may stand at the edge of a line: a letter, a digit, or what Python must fold. */
static inline int may_be_edge(u32 fold) { return !fold || fold & ALPHANUMERIC; }

static void trim(const u32 *folds, const u8 *data, i64 *begin, i64 *end) {
    int size;
    while (*begin < *end && !may_be_edge(fold_of(folds, decode(data + *begin, &size)))) *begin += size;
    while (*begin < *end && !may_be_edge(fold_of(folds, decode_before(data, *end, *begin, &size)))) *end -= size;
}

/* Write normalised lines one after the other; Python need not fold any of them. Return how many bytes they are; -1 where
   `out` has no room for twice the bytes of a line: a character of one byte stays one, but a colon gets a space. */
EXPORT i64 normalise_lines(const u32 *folds, const u8 *data, const i64 *begin, const i64 *end, i64 count, u8 *out,
                           i64 room, i64 *out_begin, i64 *out_end) {
    i64 to = 0;
    for (i64 n = 0; n < count; n++) {
        i64 at = begin[n], stop = end[n];
        int size, gap = 0;
        if (2 * (stop - at) > room - to) return -1;
        trim(folds, data, &at, &stop);
        out_begin[n] = to;
        for (; at < stop; at += size) {
            u32 c = fold_of(folds, decode(data + at, &size)) & FOLDED;
            if (c == ' ') { gap = 1; continue; }
            if (gap && c != ':' && out[to - 1] != ' ') out[to++] = ' ';
            gap = 0;
            int bytes;
            for (u32 rest = encode(c, &bytes); bytes--; rest >>= 8) out[to++] = (u8)rest;
            if (c == ':') out[to++] = ' ';
        }
        out_end[n] = to;
    }
    return to;
}

/* ---- words in a row -------------------------------------------------------------------------------------------- */

static inline u64 add_character(u64 word, u32 c) { return (word ^ c) * ODD_ONE; }

static inline u64 add_word(u64 row, u64 word) { return row * ODD_ONE + word; }

/* Hash rows of words; single spaces stand between the words. */
EXPORT void hash_word_rows(const u8 *data, const i64 *begin, const i64 *end, i64 count, u64 *hashes) {
    for (i64 n = 0; n < count; n++) {
        u64 row = 0, word = 0;
        int size;
        for (i64 at = begin[n]; at < end[n]; at += size) {
            u32 c = decode(data + at, &size);
            if (c == ' ') { row = add_word(row, mix(word, 0)); word = 0; }
            else word = add_character(word, c);
        }
        hashes[n] = add_word(row, mix(word, 0));
    }
}

/* Put the number of each row, from 1, into an open table that is all zeros. Return -1 where it has no place for them and
   an empty one. */
EXPORT i64 number_word_rows(const u64 *hashes, i64 count, u32 *table, i64 places) {
    if (count >= places || places & (places - 1)) return -1;
    u64 mask = (u64)places - 1;
    for (i64 n = 0; n < count; n++) {
        u64 at = hashes[n] >> 20 & mask;
        while (table[at]) at = (at + 1) & mask;
        table[at] = (u32)n + 1;
    }
    return count;
}

/* A line of so many bytes has at most so many words, its two ends among them: each has a byte, and a byte between two. */
static inline i64 most_words(i64 bytes) { return bytes / 2 + 3; }

/* Hash the words of a line, and its two ends as words. Return how many there are. */
static i64 hash_words_of(const u32 *folds, const u8 *data, i64 at, i64 end, u64 *words) {
    i64 count = 0;
    u64 word = 0;
    int size, in_word = 0, figures = 0;
    words[count++] = mix(add_character(0, '^'), 0);
    trim(folds, data, &at, &end);
    for (; at < end; at += size) {
        u32 c = decode(data + at, &size), fold = fold_of(folds, c);
        if (fold & FIGURE && figures) continue;
        figures = (fold & FIGURE) != 0;
        c = figures ? '0' : fold ? fold & FOLDED : c;
        if (may_be_edge(fold) || c == '\'' || c == '-') {
            word = add_character(word, c);
            in_word = 1;
        } else if (in_word) {
            words[count++] = mix(word, 0);
            word = 0;
            in_word = 0;
        }
    }
    if (in_word) words[count++] = mix(word, 0);
    words[count++] = mix(add_character(0, '$'), 0);
    return count;
}

/* Find the known rows of words of each line: of one word, then of two, then of three. Return how many there are; -1
   where `words` has no room for the words of a line, or `line` and `number` for WORDS_IN_A_ROW rows at each word. */
EXPORT i64 find_word_rows(const u32 *folds, const u64 *hashes, i64 hash_count, const u32 *table, i64 places,
                          const u8 *data, const i64 *begin, const i64 *end, i64 count, u64 *words, i64 word_room,
                          i64 *line, i64 *number, i64 room) {
    if (places & (places - 1)) return -1;
    u64 mask = (u64)places - 1;
    i64 found = 0;
    for (i64 n = 0; n < count; n++) {
        i64 most = most_words(end[n] - begin[n]);
        if (most > word_room || WORDS_IN_A_ROW * most > room - found) return -1;
        i64 size = hash_words_of(folds, data, begin[n], end[n], words);
        for (int length = 1; length <= WORDS_IN_A_ROW; length++)
            for (i64 at = 0; at + length <= size; at++) {
                u64 row = 0;
                for (int next = 0; next < length; next++) row = add_word(row, words[at + next]);
                for (u64 place = row >> 20 & mask; table[place]; place = (place + 1) & mask) {
                    i64 known = (i64)table[place] - 1;
                    if (known >= hash_count) return -1;
                    if (hashes[known] != row) continue;
                    line[found] = n;
                    number[found++] = known;
                    break;
                }
            }
    }
    return found;
}
