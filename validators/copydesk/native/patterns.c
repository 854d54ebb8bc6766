/* Patterns that begin as much of all text does: sixteen bytes at once say where none begins. */

#include "kernel.h"

/* Look for matches where sixteen bytes at once say that one may be. Write the places behind the first `room` matches.
   Return how many there are. */
static inline i64 find_matches(const u8 *data, i64 size, i64 *ends, i64 room, Bytes (*likely)(const u8 *),
                               i64 (*match)(const u8 *, i64)) {
    i64 found = 0;
    for (i64 block = 0; block < size; block += 16) {
        Bytes here = likely(data + block);
        u64 both[2];
        memcpy(both, &here, 16);
        for (int half = 0; half < 2; half++)
            for (u64 bits = both[half] & HIGH; bits; bits &= bits - 1) {
                i64 end = match(data, block + 8 * half + __builtin_ctzll(bits) / 8);
                if (!end || end > size) continue;
                if (found < room) ends[found] = end;
                found++;
            }
    }
    return found;
}

static inline int between(u8 byte, u8 first, u8 last) { return (u8)(byte - first) <= last - first; }

/* Find marks that end a sentence, with no space behind them. */
static inline Bytes may_lack_space(const u8 *at) {
    Bytes byte = bytes_at(at);
    return (Bytes)((Bytes)(byte == '.') | (Bytes)(byte == '!') | (Bytes)(byte == '?')) & (Bytes)(bytes_at(at + 1) > ' ');
}

/* Return where a match ends whose mark stands here, or 0. */
static inline i64 match_missing_space(const u8 *data, i64 at) {
    u8 before = at ? data[at - 1] : 0;
    if (!between(before, 'a', 'z') && !between(before, 0x80, 0xBF)) return 0;
    const u8 *next = data + at + 1;
    if (next[0] == ')' || next[0] == '"') next += 1;
    else if (next[0] == 0xC2 && next[1] == 0xBB) next += 2;
    else if (next[0] == 0xE2 && next[1] == 0x80 && (next[2] == 0x99 || next[2] == 0x9D)) next += 3;
    u8 lead = next[0], second = next[1];
    int capital = lead == 0xC3 ? between(second, 0x80, 0x9E)
                : lead == 0xC4 || lead == 0xC5 || lead == 0xC8 ? between(second, 0x80, 0xBF)
                : lead == 0xCE ? between(second, 0x86, 0xAB)
                : lead == 0xD0 ? between(second, 0x80, 0xAF) : lead == 0xD2 && second == 0x90;
    if (between(lead, 'A', 'Z')) next += 1;
    else if (capital) next += 2;
    else return 0;
    return between(*next | 32, 'a', 'z') || *next == ' ' || between(*next, 0xC3, 0xD2) ? next + 1 - data : 0;
}

/* Find a small letter, a mark that ends a sentence, perhaps a closing quote, a capital, a letter or a space. */
EXPORT i64 find_missing_spaces(const u8 *data, i64 size, i64 *ends, i64 room) {
    return find_matches(data, size, ends, room, may_lack_space, match_missing_space);
}

/* Find letters with accents that another letter of the kind follows. */
static inline Bytes may_be_mojibake(const u8 *at) {
    return (Bytes)(bytes_at(at) == 0xC3) & (Bytes)(bytes_at(at + 2) > 0xC1);
}

/* Say whether a byte begins a character that a byte beyond ASCII is shown as, in Latin-1 or Windows-1252. */
static inline int is_shown_byte(u8 byte) {
    return byte == 0xC2 || byte == 0xC5 || byte == 0xC6 || byte == 0xCB || byte == 0xE2;
}

/* Return where a match ends whose first letter stands here, or 0. */
static inline i64 match_mojibake(const u8 *data, i64 at) {
    u8 letter = data[at + 1], second = data[at + 2];
    if (!between(letter, 0xA3, 0xA9) && letter != 0xA0 && letter != 0xAF) return 0;
    if (!is_shown_byte(second)) return 0;
    at += second == 0xE2 ? 5 : 4;
    return is_shown_byte(data[at]) ? at + 1 : 0;
}

/* Find a letter that stands for the first of three bytes, and two characters that may stand for the others. */
EXPORT i64 find_mojibake(const u8 *data, i64 size, i64 *ends, i64 room) {
    return find_matches(data, size, ends, room, may_be_mojibake, match_mojibake);
}
