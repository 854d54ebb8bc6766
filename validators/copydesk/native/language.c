/* Frequent words, which confirm the language of a text. */

#include "kernel.h"

static inline u64 hash_word(const u8 *at, i64 size) {
    u64 h = (u64)size * ODD_THREE;
    for (; size > 8; size -= 8, at += 8) h = mix(h, load(at));
    return mix(h, low_bytes(load(at), (int)size));
}

EXPORT void hash_words(const u8 *data, const i64 *begin, const i64 *end, i64 count, u64 *hashes) {
    for (i64 n = 0; n < count; n++) hashes[n] = hash_word(data + begin[n], end[n] - begin[n]);
}

/* Return where so many characters end, or the text where it has fewer. */
static i64 place_after(const u8 *data, i64 at, i64 end, i64 chars) {
    while (chars && at < end) {
        i64 stop = end - at < chars ? end : at + chars;
        chars -= stop - at - count_continuing(data, at, stop);
        at = stop;
    }
    while (at < end && (data[at] & 0xC0) == 0x80) at++;
    return at;
}

/* Return the next space, or 0. */
static inline const u8 *find_space(const u8 *at, const u8 *end) {
    for (; at < end; at += 8) {
        u64 other = load(at) ^ 0x2020202020202020, there = (other - 0x0101010101010101) & ~other & 0x8080808080808080;
        if (!there) continue;
        at += __builtin_ctzll(there) / 8;
        return at < end ? at : 0;
    }
    return 0;
}

/* Say of each text whether `least` words of its table stand in its first characters. Each must have two spaces of its
   own around it. Return -1 where a text names a table that is not there. */
EXPORT i64 find_frequent_words(const u64 *const *tables, const i64 *places, i64 table_count, const i64 *of,
                               const u8 *data, const i64 *begin, const i64 *end, i64 count, i64 chars, i64 least,
                               u8 *confirmed) {
    for (i64 n = 0; n < count; n++) {
        if (of[n] < 0 || of[n] >= table_count) return -1;
        const u64 *table = tables[of[n]];
        i64 size = places[of[n]], words = 0;
        const u8 *stop = data + place_after(data, begin[n], end[n], chars), *before = find_space(data + begin[n], stop);
        while (before && words < least) {
            const u8 *behind = find_space(before + 1, stop);
            if (!behind) break;
            int counts = has_code(table, size, hash_word(before + 1, behind - before - 1));
            words += counts;
            before = counts ? find_space(behind + 1, stop) : behind;
        }
        confirmed[n] = words >= least;
    }
    return count;
}
