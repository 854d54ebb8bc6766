/* Lines as a lexicon compares them. */

#include "kernel.h"

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
