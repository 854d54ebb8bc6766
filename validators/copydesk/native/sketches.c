/* Sketches: sampled passages of texts, and which texts share some of them. */

#include "kernel.h"

enum { BLOCK = 256 };  /* so many bytes are looked at together */

/* Give letters one case, and make what is not above the space 0. */
static inline Bytes fold_bytes(Bytes bytes) { return (Bytes)(bytes > ' ') & bytes & 0xDF; }

/* Hash a passage: 32 bits. */
static u64 hash_passage(const u8 *at, int width) {
    Bytes bytes = fold_bytes(bytes_at(at));
    u64 both[2];
    memcpy(both, &bytes, 16);
    u64 h = both[0] * ODD_ONE;
    h ^= h >> 29;
    h += low_bytes(both[1], width < 16 ? width - 8 : 8);
    if (width == WIDE_WIDTH) {
        bytes = fold_bytes(bytes_at(at + 8));
        memcpy(both, &bytes, 16);
        h ^= both[1] * ODD_THREE;
    }
    return h * ODD_TWO >> 32;
}

/* Say whether a passage holds a digit (1), or a capital after its first byte (2). */
static u32 find_names(const u8 *at, int width) {
    Bytes bytes;
    u64 digits[2], capitals[2], first = width < 16 ? low_bytes(~(u64)0, width - 8) : ~(u64)0;
    memcpy(&bytes, at, 16);
    Bytes digit = (Bytes)((bytes - '0') < 10), capital = (Bytes)((bytes - 'A') < 26);
    memcpy(digits, &digit, 16);
    memcpy(capitals, &capital, 16);
    u32 bits = ((digits[0] >> 8 | (digits[1] & first)) != 0) | ((capitals[0] >> 8 | (capitals[1] & first)) != 0) << 1;
    for (int n = 16; n < width; n++) bits |= ((u8)(at[n] - '0') < 10) | ((u8)(at[n] - 'A') < 26) << 1;
    return bits;
}

/* Draw a number for each byte of a block, and say whether a passage starts there whose number is below the level. One
   starts where a word does, and in scripts of three bytes a character at every character. None starts at dashes and
   quotes, which begin with E2. */
static void draw_passages(const u8 *data, int first, u8 level, u8 *drawn, u8 *starts) {
    u8 room[16 + BLOCK + 16], *folded = room + 16;
    for (int n = 0; n < BLOCK + 16; n += 16) {
        Bytes bytes = fold_bytes(bytes_at(data + n));
        memcpy(folded + n, &bytes, 16);
    }
    folded[-1] = !first && data[-1] > ' ';
    for (int n = 0; n < BLOCK; n += 16) {
        Bytes byte = bytes_at(data + n), here = bytes_at(folded + n), before = bytes_at(folded + n - 1);
        Bytes last = bytes_at(folded + n + 8), both = bytes_at(folded + n + 5) + last, draw = both + both + last;
        draw += draw;
        draw += draw + both;
        draw += draw + both;
        draw += draw;
        draw += draw + both + bytes_at(folded + n + 1);  /* 77 times the fifth from here, 109 times the eighth */
        here = (Bytes)(here != 0) & ((Bytes)(before == 0) | (Bytes)((byte ^ 2) > 0xE0)) & (Bytes)(draw < level) & 1;
        memcpy(drawn + n, &draw, 16);
        memcpy(starts + n, &here, 16);
    }
}

/* Sketch texts: write their passages, no more than `room` of them, and return how many there are. `places` and `hashes`
   are for the passages of one text; -1 where they are too small for it, or a level is 0. */
EXPORT i64 sketch_texts(const u8 *data, const i64 *bounds, i64 count, const u8 *levels, const u32 *base,
                        const u64 *span, i64 *places, u32 *hashes, i64 longest, i64 room, u32 *windows, u32 *limit,
                        u32 *passages, u32 *starts, u8 *quotes, i64 *kept, i64 *quoted) {
    i64 all_kept = 0, all_quoted = 0;
    for (i64 text = 0; text < count; text++) {
        i64 begin = bounds[text], end = bounds[text + 1] - 1, found = 0;
        u8 level = levels[text];
        if (!level) return -1;
        for (i64 block = begin; block < end - WIDE_WIDTH + 1; block += BLOCK) {
            u8 drawn[BLOCK], here[BLOCK];
            int size = end - WIDE_WIDTH + 1 - block < BLOCK ? (int)(end - WIDE_WIDTH + 1 - block) : BLOCK;
            draw_passages(data + block, block == begin, level, drawn, here);
            for (int eight = 0; eight < size; eight += 8)
                for (u64 some = load(here + eight); some; some &= some - 1) {
                    int n = eight + __builtin_ctzll(some) / 8;
                    if (n >= size) break;
                    if (found == longest) return -1;
                    const u8 *at = data + block + n;
                    places[found] = block + n;
                    hashes[found++] = (u32)(hash_passage(at, WIDTHS[*at]) * span[drawn[n]] >> 8) + base[drawn[n]];
                }
        }
        i64 all = found * 256 / level;
        double share = KEPT / (double)(all > 1 ? all : 1), most = level == 255 ? 1 : level / 256.0;
        double bound = (share < most ? share : most) * 4294967296.0;
        double draw = QUOTED / (double)(all < 1 ? 1 : all > KEPT ? KEPT : all) * 4294967296.0;
        windows[text] = (u32)all;
        limit[text] = bound < 4294967295.0 ? (u32)bound : 4294967295u;
        u32 below = draw < 4294967295.0 ? (u32)draw : 4294967295u;
        i64 counted = begin, characters = 0, first = all_kept, first_quoted = all_quoted;
        for (i64 n = 0; n < found; n++) {
            if (hashes[n] > limit[text]) continue;
            i64 at = places[n];
            u32 passage = (hashes[n] & ~(u32)NAMED) | find_names(data + at, WIDTHS[data[at]]);
            int quotable = (u32)((passage | NAMED) * (u32)(ODD_ONE >> 32)) < below;
            if (all_kept < room) {
                passages[all_kept] = passage;
                if (quotable) {
                    characters += at - counted - count_continuing(data, counted, at);
                    counted = at;
                    starts[all_quoted] = (u32)characters;
                    i64 size = end - at < QUOTE ? end - at : QUOTE;
                    memcpy(quotes + QUOTE * all_quoted, data + at, size);
                    memset(quotes + QUOTE * all_quoted + size, 0, QUOTE - size);
                }
            }
            all_kept++;
            all_quoted += quotable;
        }
        kept[text] = all_kept - first;
        quoted[text] = all_quoted - first_quoted;
    }
    return all_kept;
}

/* ---- pairs ----------------------------------------------------------------------------------------------------- */

/* Parts, a power of two of them. `sizes` says how many numbers each has, `room` how many it may have. Where `room` is 0
   numbers are counted and not written. */
typedef struct {
    i64 parts;
    u64 *const *numbers;
    const i64 *room;
    i64 *sizes;
} Parts;

/* Put a number into a part where `counts`. It is written either way, which needs no branch, and the next one may take
   its place. */
static inline void put_in_part(const Parts *to, u32 by, u64 number, int counts) {
    i64 part = by & (to->parts - 1), size = to->sizes[part];
    if (size < to->room[part]) to->numbers[part][size] = number;
    to->sizes[part] = size + counts;
}

static int are_parts(i64 parts, i64 *sizes) {
    for (i64 part = 0; part < parts; part++) if (sizes[part] < 0) return 0;
    return !(parts & (parts - 1));
}

/* Share out the lower part of the passages of texts, or all passages of a text so short that all were kept. In each
   number the passage stands above the number of its text. Return -1 where the lengths are more than the passages. */
EXPORT i64 share_out_passages(const u32 *passages, i64 total, const u32 *lengths, const u32 *limits, const u32 *texts,
                              i64 count, i64 parts, u64 *const *numbers, const i64 *room, i64 *sizes) {
    if (!are_parts(parts, sizes)) return -1;
    Parts to = {parts, numbers, room, sizes};
    const u32 *behind = passages + total;
    for (i64 text = 0; text < count; text++) {
        if (lengths[text] > behind - passages) return -1;
        u32 bound = limits[text] == 4294967295u ? limits[text] : limits[text] / PART;
        for (const u32 *end = passages + lengths[text]; passages < end; passages++)
            put_in_part(&to, *passages >> 2, (u64)(*passages & ~(u32)NAMED) << 32 | texts[text], *passages <= bound);
    }
    return count;
}

/* Pair each text with the first one that has the mark, and with the one before it. The marks are in order. */
EXPORT i64 pair_texts(const u64 *marks, i64 count, i64 parts, u64 *const *numbers, const i64 *room, i64 *sizes) {
    if (!are_parts(parts, sizes)) return -1;
    Parts to = {parts, numbers, room, sizes};
    u32 first = 0, before = 0;
    for (i64 n = 0; n < count; n++) {
        u32 text = (u32)marks[n];
        if (!n || marks[n] >> 32 != marks[n - 1] >> 32) {
            first = text;
        } else if (text != before) {
            put_in_part(&to, text, (u64)text << 32 | first, 1);
            put_in_part(&to, text, (u64)text << 32 | before, before != first);
        }
        before = text;
    }
    return count;
}
