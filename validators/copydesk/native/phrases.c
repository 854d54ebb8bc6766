/* Words and phrases: what lines begin and end with, and which lines may be phrases of a lexicon. */

#include "kernel.h"

/* A word is known by the codes of eight of its bytes. The second word is looked for in so many bytes, and so many bytes
   of marks are skipped in search of a word. */
enum { WORD = 8, LINE = 40, MARKS = 12 };

/* A byte has a code by itself and by the byte after it. */
static inline u8 code_at(const u8 *codes, const u8 *at) { return codes[at[0] | at[1] << 8]; }

/* Return where the first word of a line begins; `lost` where too many marks stand before it. */
static i64 find_first_word(const u8 *codes, const u8 *data, i64 begin, i64 end, int *lost) {
    int n = 0;
    for (; n < MARKS && begin < end; n++) {
        u8 is = code_at(codes, data + begin);
        if (is != APART && is != INSIDE) break;
        begin++;
    }
    *lost = n == MARKS;
    return begin;
}

/* Say whether the character in which a byte lies is a part of a word. */
static int in_word(const u8 *codes, const u8 *data, i64 at) {
    for (int back = 1; back < 4; back++) {
        const u8 *lead = data + (at > back ? at - back : 0);
        if (*lead >= 0xC0) return code_at(codes, lead) != APART;
    }
    return 0;
}

/* Return where the last word of a line ends. */
static i64 find_last_word(const u8 *codes, const u8 *data, i64 begin, i64 end) {
    for (int n = 0; n < MARKS && end > begin; n++) {
        u8 is = code_at(codes, data + end - 1);
        if (is != APART && (is != INSIDE || in_word(codes, data, end - 1))) break;
        end--;
    }
    return end;
}

/* Return the codes from a place on, up to a gap. `raw`: all eight. `strange`: whether one of the eight is STRANGE. */
static u64 word_code(const u8 *codes, const u8 *data, i64 at, i64 end, u64 *raw, int *strange) {
    u64 all = 0, word = 0;
    int gap = 0;
    *strange = 0;
    for (int n = 0; n < WORD && at + n < end; n++) {
        u64 is = code_at(codes, data + at + n);
        gap |= is == APART;
        *strange |= is == STRANGE;
        all |= is << 8 * n;
        if (!gap) word |= is << 8 * n;
    }
    if (raw) *raw = all;
    return word;
}

/* Return the code of the second word; 0 where there is none, UNKNOWN where a STRANGE byte stands before its end. */
static u64 second_word_code(const u8 *codes, const u8 *data, i64 at, i64 end) {
    int gap = 0, strange;
    i64 place = -1, stop = end - at < LINE ? end : at + LINE;
    for (i64 n = at; n < stop; n++) {
        u8 is = code_at(codes, data + n);
        if (is == STRANGE) return UNKNOWN;
        if (is == APART) gap = 1;
        else if (gap && is != INSIDE && place < 0) place = n;
    }
    return place < 0 ? 0 : word_code(codes, data, place, end, 0, &strange);
}

/* Return the code of the last word, from its last byte back; UNKNOWN where one of its bytes is STRANGE. */
static u64 last_word_code(const u8 *codes, const u8 *data, i64 begin, i64 end) {
    i64 last = find_last_word(codes, data, begin, end), first = last - begin < WORD ? begin : last - WORD;
    u64 word = 0;
    int gap = 0;
    for (i64 n = last - 1; n >= first; n--) {
        u64 is = code_at(codes, data + n);
        if (is == STRANGE) return UNKNOWN;
        gap |= is == APART;
        if (!gap) word |= is << 8 * (last - 1 - n);
    }
    return word;
}

EXPORT void code_first_words(const u8 *codes, const u8 *data, const i64 *begin, const i64 *end, i64 count, u64 *first,
                             u64 *raw, u64 *second, u8 *strange, u8 *length) {
    for (i64 n = 0; n < count; n++) {
        int lost, odd;
        i64 at = find_first_word(codes, data, begin[n], end[n], &lost);
        first[n] = word_code(codes, data, at, end[n], raw + n, &odd);
        second[n] = second_word_code(codes, data, at, end[n]);
        strange[n] = lost || odd;
        length[n] = (u8)(end[n] - at < WORD ? end[n] - at : WORD);
    }
}

EXPORT void code_last_words(const u8 *codes, const u8 *data, const i64 *begin, const i64 *end, i64 count, u64 *last) {
    for (i64 n = 0; n < count; n++) last[n] = last_word_code(codes, data, begin[n], end[n]);
}

/* Write where the first word of each line begins and where the last one ends. */
EXPORT void strip_marks(const u8 *codes, const u8 *data, const i64 *begin, const i64 *end, i64 count, i64 *first,
                        i64 *last) {
    for (i64 n = 0; n < count; n++) {
        int lost;
        i64 from = find_first_word(codes, data, begin[n], end[n], &lost);
        i64 to = find_last_word(codes, data, from, end[n]);
        while (from > begin[n] && (data[from] & 0xC0) == 0x80) from--;
        while (to < end[n] && (data[to] & 0xC0) == 0x80) to++;
        first[n] = from;
        last[n] = to;
    }
}

/* Mix the codes of the first and the second word, as `copydesk.lexicon.openings` does. */
static inline u64 pair_code(u64 first, u64 second) {
    u64 h = first * ODD_ONE;
    return (h ^ h >> 29) + second;
}

/* Put codes other than 0 into an open table that is all zeros; see `has_code`. Return -1 where it has no place for them
   and an empty one. */
EXPORT i64 fill_table(const u64 *codes, i64 count, u64 *table, i64 places) {
    if (count >= places || places & (places - 1)) return -1;
    u64 mask = (u64)places - 1;
    for (i64 n = 0; n < count; n++) {
        u64 at = place_of(codes[n]) & mask;
        while (table[at] && table[at] != codes[n]) at = (at + 1) & mask;
        table[at] = codes[n];
    }
    return count;
}

/* Say of each line whether it may be a phrase: by its first two words, by its last one, or by a prefix. The first
   PHRASE_TABLES tables are those of words, the rest those of prefixes, a mask for each. */
EXPORT void match_phrases(const u8 *codes, const u64 *const *tables, const i64 *places, i64 table_count,
                          const u64 *masks, i64 mask_count, const u8 *data, const i64 *begin, const i64 *end, i64 count,
                          const u8 *numbered, u8 *possible) {
    const u64 *const *prefixes = tables + PHRASE_TABLES;
    const i64 *prefix_places = places + PHRASE_TABLES;
    i64 kinds = table_count - PHRASE_TABLES < mask_count ? table_count - PHRASE_TABLES : mask_count;
    for (i64 n = 0; n < count; n++) {
        if (n + AHEAD < count) prefetch_line(data, begin[n + AHEAD], end[n + AHEAD]);
        int lost, strange;
        u64 raw;
        i64 at = find_first_word(codes, data, begin[n], end[n], &lost);
        u64 first = word_code(codes, data, at, end[n], &raw, &strange);
        int match = lost || strange || ((u8)((u8)raw - '0') < 10 && numbered[n]) || has_code(tables[LED], places[LED], first);
        for (int k = 0; k < kinds && !match; k++) match = has_code(prefixes[k], prefix_places[k], raw & masks[k]);
        if (!match) {
            u64 last = last_word_code(codes, data, begin[n], end[n]);
            match = last == UNKNOWN || has_code(tables[LAST], places[LAST], last);
        }
        if (!match && has_code(tables[FIRST], places[FIRST], first)) {
            u64 second = second_word_code(codes, data, at, end[n]);
            match = second == UNKNOWN || has_code(tables[PAIRS], places[PAIRS], pair_code(first, second));
            if (!match && has_code(tables[ALONE], places[ALONE], first))
                match = !second || has_code(tables[FIRST], places[FIRST], second);
        }
        possible[n] = (u8)match;
    }
}
