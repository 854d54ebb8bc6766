/* Sentences: where they end in a paragraph, and how many spaces each has. */

#include "kernel.h"

/* Set all bits of each byte that may begin a mark at the end of a sentence: '.', '!', and of 。 and ！ the first byte. */
static inline Bytes may_end_sentence(Bytes byte) {
    return (Bytes)(byte == '.') | (Bytes)(byte == '!') | (Bytes)(byte == 0xE3) | (Bytes)(byte == 0xEF);
}

/* Return how many bytes the mark has that ends a sentence here, or 0. White space, a closing mark or the first byte of a
   closing quote stands behind '.' and '!', and anything behind the wide marks. */
static inline int sentence_mark(const u8 *at) {
    u8 next = at[1];
    if (*at == '.' || *at == '!')
        return next == ' ' || next == '\n' || next == '\t' || next == '"' || next == '\'' || next == ')' || next == 0xE2
            || next == 0xC2;
    return !memcmp(at, "\xE3\x80\x82", 3) || !memcmp(at, "\xEF\xBC\x81", 3) ? 3 : 0;
}

static i64 count_spaces(const u8 *data, i64 begin, i64 end) {
    i64 count = 0;
    while (begin < end) {
        i64 stop = end - begin < COUNTED ? end : begin + COUNTED;
        Bytes counts = {0};
        for (; begin < stop; begin += 16) counts -= (Bytes)(bytes_at(data + begin) == ' ') & first_bytes(end - begin);
        count += sum_bytes(counts);
    }
    return count;
}

/* Cut lines into sentences, of which the first begins where the line does. What stands behind the last mark is none. Write
   the first `room` of them: where each begins and ends, the number of its line, and how many spaces it has behind its
   first byte. Return how many there are. */
EXPORT i64 split_sentences(const u8 *data, const i64 *begin, const i64 *end, i64 count, i64 room, i64 *sentence_begin,
                           i64 *sentence_end, i64 *line, i64 *spaces) {
    i64 found = 0;
    for (i64 n = 0; n < count; n++) {
        i64 first = begin[n];
        for (i64 block = begin[n]; block < end[n]; block += 16) {
            Bytes here = may_end_sentence(bytes_at(data + block)) & first_bytes(end[n] - block);
            u64 both[2];
            memcpy(both, &here, 16);
            for (int half = 0; half < 2; half++)
                for (u64 bits = both[half] & HIGH; bits; bits &= bits - 1) {
                    i64 at = block + 8 * half + __builtin_ctzll(bits) / 8, behind = at + sentence_mark(data + at);
                    if (behind == at || behind > end[n]) continue;
                    if (found < room) {
                        sentence_begin[found] = first;
                        sentence_end[found] = behind;
                        line[found] = n;
                        spaces[found] = count_spaces(data, first + 1, behind);
                    }
                    found++;
                    first = behind;
                }
        }
    }
    return found;
}
