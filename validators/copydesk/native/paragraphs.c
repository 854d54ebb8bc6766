/* Paragraphs: bodies cut into lines, and what is known of each line. */

#include "kernel.h"

/* Tables of characters: what they are (bits), and their upper case. */
typedef struct {
    const u8 *kinds;     /* [KINDS] */
    const u32 *upper;    /* [UPPER]; from SEVERAL on: a row of `several` */
    const u32 *several;  /* [SEVERAL_ROWS]; three characters each, zeros behind fewer */
} Characters;

static inline int kind_of(const Characters *known, u32 c) { return c < KINDS ? known->kinds[c] : 0; }

/* Count the bytes, of the next eight, that are ASCII beyond the space, before the first that is not. */
static inline int visible_run(const u8 *at) {
    return bytes_before(load(at) | ~((load(at) & ~HIGH) + 0x5F5F5F5F5F5F5F5F));
}

typedef struct {
    i64 chars, words, unspaced;
    int uneven;  /* whether it has other white space than one space between words */
    int white;   /* whether it has white space beyond ASCII */
} Line;

/* Measure a line that is not empty and has no white space at its edges. Only white space in ASCII counts here. */
static Line measure_line(const u8 *data, i64 begin, i64 end) {
    Line line = {end - begin, 1, 0, 0, 0};
    Bytes uneven = {0};
    for (i64 at = begin; at < end;) {
        i64 stop = end - at < COUNTED ? end : at + COUNTED;
        Bytes words = {0}, some = {0};
        for (; at < stop; at += 16) {
            Bytes byte = bytes_at(data + at), next = bytes_at(data + at + 1);
            Bytes there = first_bytes(end - at);
            Bytes white = (Bytes)(byte <= ' ') & there, blank = (Bytes)(next <= ' ');
            some -= continuing(byte) & there;
            words -= white & ~blank;
            uneven |= white & ((Bytes)(byte != ' ') | blank);
        }
        line.chars -= sum_bytes(some);
        line.words += sum_bytes(words);
    }
    line.words -= (data[end - 1] <= ' ') & (data[end] > ' ');
    line.uneven = any_bit(uneven);
    return line;
}

/* Count words between white space of any kind. In scripts without spaces, two characters are a word. */
static i64 count_words(const Characters *known, const u8 *data, i64 begin, i64 end, i64 unspaced) {
    i64 words = 0;
    int before = 1;
    for (i64 at = begin; at < end;) {
        int size, white = kind_of(known, decode(data + at, &size)) & WHITE;
        words += before && !white;
        before = white;
        at += size;
    }
    words += unspaced / 2 - (unspaced > 0);
    return words < 0 ? 0 : words;
}

typedef struct { u64 h, rest; i64 size; } Hash;  /* of `size` bytes; `rest` holds the last of them, fewer than eight */

/* Hash up to eight more bytes; those beyond `size` are zeros. The bit that tells the cases apart in ASCII is left out. */
static inline void hash_bytes(Hash *hash, u64 bytes, int size) {
    int filled = (int)(hash->size & 7);
    hash->rest |= bytes << 8 * filled;
    hash->size += size;
    if (filled + size < 8) return;
    hash->h = mix(hash->h, hash->rest & 0xDFDFDFDFDFDFDFDF);
    hash->rest = bytes >> 1 >> (63 - 8 * filled);
}

static inline void hash_upper(const Characters *known, Hash *hash, u32 c) {
    int size;
    u32 upper = c < UPPER && c >= 0x80 ? known->upper[c] : c;
    if (upper < SEVERAL) {
        u64 bytes = encode(upper, &size);
        hash_bytes(hash, bytes, size);
        return;
    }
    const u32 *several = known->several + 3 * (upper & (SEVERAL_ROWS - 1));
    for (int n = 0; n < 3 && several[n]; n++) {
        u64 bytes = encode(several[n], &size);
        hash_bytes(hash, bytes, size);
    }
}

/* Return the hash; 0 for an empty line. */
static u64 finish_hash(const Hash *hash) {
    return hash->size ? mix(mix(hash->h, hash->rest & 0xDFDFDFDFDFDFDFDF), (u64)hash->size) : 0;
}

/* Hash a line with its white space as it is. Count characters of scripts without spaces, and look for white space. */
static u64 hash_line(const Characters *known, const u8 *data, i64 begin, i64 end, Line *line) {
    Hash hash = {0, 0, 0};
    for (i64 at = begin; at < end;) {
        for (; end - at >= 8 && !(load(data + at) & HIGH); at += 8) hash_bytes(&hash, load(data + at), 8);
        int size = ascii_run(data + at);
        if (size > end - at) size = (int)(end - at);
        hash_bytes(&hash, low_bytes(load(data + at), size), size);
        at += size;
        if (at == end) break;
        u32 c = decode(data + at, &size);
        int is = kind_of(known, c);
        line->unspaced += (is & UNSPACED) != 0;
        line->white |= is & WHITE;
        hash_upper(known, &hash, c);
        at += size;
    }
    return finish_hash(&hash);
}

/* Hash a line with one space for each run of white space, or without white space where `none`. */
static u64 hash_respaced(const Characters *known, const u8 *data, i64 begin, i64 end, int none) {
    Hash hash = {0, 0, 0};
    int gap = 0, size;
    for (i64 at = begin; at < end; at += size) {
        u32 c = decode(data + at, &size);
        if (kind_of(known, c) & WHITE) { gap = !none; continue; }
        if (gap) hash_bytes(&hash, ' ', 1);
        gap = 0;
        int run = visible_run(data + at);
        if (run > end - at) run = (int)(end - at);
        if (run) { size = run; hash_bytes(&hash, low_bytes(load(data + at), size), size); continue; }
        hash_upper(known, &hash, c);
    }
    return finish_hash(&hash);
}

/* Hash a line. Case makes no difference, nor does the amount of white space between words; in scripts without spaces
   white space makes none at all. Return 0 if nothing is left. Complete what is known of the line beyond ASCII. */
static u64 line_key(const Characters *known, const u8 *data, i64 begin, i64 end, Line *line) {
    u64 key = hash_line(known, data, begin, end, line);
    if (line->white || line->unspaced) line->words = count_words(known, data, begin, end, line->unspaced);
    else if (!line->uneven) return key;
    return hash_respaced(known, data, begin, end, line->unspaced > 0);
}

EXPORT void hash_lines(const u8 *kinds, const u32 *upper, const u32 *several, const u8 *data, const i64 *begin,
                       const i64 *end, i64 count, i64 squeezed, u64 *hashes) {
    Characters known = {kinds, upper, several};
    for (i64 n = 0; n < count; n++) {
        if (n + AHEAD < count) prefetch_line(data, begin[n + AHEAD], end[n + AHEAD]);
        hashes[n] = 0;
        if (begin[n] == end[n]) continue;
        if (squeezed) { hashes[n] = hash_respaced(&known, data, begin[n], end[n], 1); continue; }
        Line line = measure_line(data, begin[n], end[n]);
        hashes[n] = line_key(&known, data, begin[n], end[n], &line);
    }
}

static i64 strip_start(const Characters *known, const u8 *data, i64 begin, i64 end) {
    while (begin < end) {
        if (data[begin] > ' ' && data[begin] < 0x80) break;
        int size;
        if (!(kind_of(known, decode(data + begin, &size)) & WHITE)) break;
        begin += size;
    }
    return begin;
}

static i64 strip_end(const Characters *known, const u8 *data, i64 begin, i64 end) {
    while (begin < end) {
        if (data[end - 1] > ' ' && data[end - 1] < 0x80) break;
        int size;
        if (!(kind_of(known, decode_before(data, end, begin, &size)) & WHITE)) break;
        end -= size;
    }
    return end;
}

static int ends_sentence(const Characters *known, const u8 *data, i64 begin, i64 end) {
    while (begin < end) {
        int size, is = kind_of(known, decode_before(data, end, begin, &size));
        if (!(is & CLOSER)) return (is & ENDING) != 0;
        end -= size;
    }
    return 0;
}

/* Cut texts into paragraphs: lines that are not blank. Return how many there are; -1 where there is no room for them,
   or a text does not end in a line break. There may be as many as line breaks. */
EXPORT i64 split_paragraphs(const u8 *kinds, const u32 *upper, const u32 *several, const u8 *data, const i64 *bounds,
                            i64 count, i64 room, i64 *begin, i64 *end, i64 *start, i64 *chars, i64 *words, u32 *text,
                            u32 *par, u64 *key, u8 *ends, u8 *lower) {
    Characters known = {kinds, upper, several};
    i64 n = 0;
    for (i64 owner = 0; owner < count; owner++) {
        i64 characters = 0;
        u32 number = 0;
        for (i64 at = bounds[owner]; at < bounds[owner + 1];) {
            const u8 *line_break = memchr(data + at, '\n', bounds[owner + 1] - at);
            if (!line_break) return -1;
            i64 stop = line_break - data;
            i64 first = strip_start(&known, data, at, stop), last = strip_end(&known, data, first, stop);
            characters += first - at - count_continuing(data, at, first);
            if (first < last) {
                if (n == room) return -1;
                Line line = measure_line(data, first, last);
                int size;
                key[n] = line_key(&known, data, first, last, &line);
                begin[n] = first;
                end[n] = last;
                start[n] = characters;
                chars[n] = line.chars;
                words[n] = line.words;
                text[n] = (u32)owner;
                par[n] = number++;
                ends[n] = (u8)ends_sentence(&known, data, first, last);
                lower[n] = (kind_of(&known, decode(data + first, &size)) & LOWER) != 0;
                characters += line.chars;
                n++;
            }
            characters += stop - last - count_continuing(data, last, stop) + 1;
            at = stop + 1;
        }
    }
    return n;
}
