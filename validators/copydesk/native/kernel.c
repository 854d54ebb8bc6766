/* The work on every byte of every article. `copydesk.native` calls it; what each function is for is said there.

   Text is valid UTF-8, one text after the other with a line break behind each, and SPARE zeros behind them all, so that
   a few bytes may be read beyond the end of any text. Places are numbers of bytes from the start of the text. */

#include <stdint.h>
#include <string.h>
#if defined __GLIBC__
#include <malloc.h>
#endif

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int64_t i64;

static inline u64 load(const u8 *at) { u64 value; memcpy(&value, at, 8); return value; }

enum { AHEAD = 16 };  /* so many lines before its turn, a line is fetched */

static inline void fetch(const u8 *data, i64 begin, i64 end) {
    __builtin_prefetch(data + begin);
    __builtin_prefetch(data + end);
}

/* ---- memory ---------------------------------------------------------------------------------------------------- */

/* Have memory that is freed kept for what comes next: as glibc is set, it gives back what held a chunk, and each page of
   the next one must be fetched and cleared again. For a process that does nothing else. */
EXPORT void kept(void) {
#if defined __GLIBC__
    if (!mallopt(M_MMAP_THRESHOLD, 256 << 20)) mallopt(M_MMAP_THRESHOLD, 32 << 20);  /* the most where there is one */
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
    mallopt(M_ARENA_MAX, 1);  /* what one thread has freed is of use to all */
#endif
}

/* Give freed memory back to the system, which glibc does for itself in parts only. */
EXPORT void given_back(void) {
#if defined __GLIBC__
    malloc_trim(0);
#endif
}

/* ---- sixteen bytes --------------------------------------------------------------------------------------------- */

typedef u8 Bytes __attribute__((vector_size(16)));

enum { MOST = 16 * 255 };  /* so many bytes are counted by sixteen before a count can overflow */

static inline Bytes bytes_at(const u8 *at) { Bytes bytes; memcpy(&bytes, at, 16); return bytes; }

/* All bits of the first bytes, of sixteen. */
static inline Bytes first_bytes(i64 size) {
    static const u8 given[32] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    return bytes_at(given + (size < 16 ? 16 - size : 0));
}

/* All bits of the bytes that are inside a character, and not its first one. */
static inline Bytes within(Bytes bytes) { return (Bytes)((bytes & 0xC0) == 0x80); }

static inline i64 sum(Bytes counts) {
    u64 both[2], low = 0x00FF00FF00FF00FF;
    memcpy(both, &counts, 16);
    u64 some = (both[0] & low) + (both[0] >> 8 & low) + (both[1] & low) + (both[1] >> 8 & low);
    return (i64)(some * 0x0001000100010001 >> 48);
}

static inline int any(Bytes bytes) {
    u64 both[2];
    memcpy(both, &bytes, 16);
    return (both[0] | both[1]) != 0;
}

/* ---- characters ------------------------------------------------------------------------------------------------ */

/* What is known of characters: bits of each below KINDS, and the upper case of each below UPPER. */
enum { WHITE = 1, UNSPACED = 2, ENDING = 4, CLOSER = 8, LOWER = 16, KINDS = 0x40000, UPPER = 0x20000 };

typedef struct {
    const u8 *kinds;     /* [KINDS] */
    const u32 *upper;    /* [UPPER]; from 2^31 on: a place in `several` */
    const u32 *several;  /* three characters each, zeros behind fewer */
} Characters;

static inline int kind(const Characters *known, u32 c) { return c < KINDS ? known->kinds[c] : 0; }

/* The highest bit of each of eight bytes. */
#define HIGH 0x8080808080808080

/* Return how many of eight bytes are before the first whose highest bit is set. */
static inline int before(u64 high) { return high & HIGH ? __builtin_ctzll(high & HIGH) / 8 : 8; }

/* Return how many of the next eight bytes are ASCII before the first that is not. */
static inline int plain(const u8 *at) { return before(load(at)); }

/* Return how many of them are ASCII beyond the space. */
static inline int visible(const u8 *at) { return before(load(at) | ~((load(at) & ~HIGH) + 0x5F5F5F5F5F5F5F5F)); }

static inline u32 decoded(const u8 *at, int *size) {
    u8 lead = at[0];
    if (lead < 0x80) { *size = 1; return lead; }
    if (lead < 0xE0) { *size = 2; return (u32)(lead & 0x1F) << 6 | (at[1] & 0x3F); }
    if (lead < 0xF0) { *size = 3; return (u32)(lead & 0x0F) << 12 | (u32)(at[1] & 0x3F) << 6 | (at[2] & 0x3F); }
    *size = 4;
    return (u32)(lead & 0x07) << 18 | (u32)(at[1] & 0x3F) << 12 | (u32)(at[2] & 0x3F) << 6 | (at[3] & 0x3F);
}

static inline u32 decoded_before(const u8 *data, i64 end, i64 begin, int *size) {
    i64 at = end - 1;
    while (at > begin && (data[at] & 0xC0) == 0x80) at--;
    return decoded(data + at, size);
}

/* Return the bytes of a character, the first one lowest. */
static inline u32 encoded(u32 c, int *size) {
    if (c < 0x80) { *size = 1; return c; }
    u32 last = 0x80 | (c & 0x3F), third = 0x80 | (c >> 6 & 0x3F), second = 0x80 | (c >> 12 & 0x3F);
    if (c < 0x800) { *size = 2; return 0xC0 | c >> 6 | last << 8; }
    if (c < 0x10000) { *size = 3; return 0xE0 | c >> 12 | third << 8 | last << 16; }
    *size = 4;
    return 0xF0 | c >> 18 | second << 8 | third << 16 | last << 24;
}

/* Count the bytes that are inside a character, and not its first one. */
static i64 inside(const u8 *data, i64 begin, i64 end) {
    i64 count = 0;
    while (begin < end) {
        i64 stop = end - begin < MOST ? end : begin + MOST;
        Bytes some = {0};
        for (; begin < stop; begin += 16) some -= within(bytes_at(data + begin)) & first_bytes(end - begin);
        count += sum(some);
    }
    return count;
}

/* ---- texts ----------------------------------------------------------------------------------------------------- */

/* Say whether a text has other characters that break a line than \n: \r, VT, FF, NEL, LS, PS. */
static int strange(const u8 *text, i64 size) {
    u8 there = 0;
    for (i64 n = 0; n < size; n++) {
        there |= (text[n] == '\r') | (text[n] == '\v') | (text[n] == '\f');
        there |= (text[n] == 0xC2) & (text[n + 1] == 0x85);
        there |= (text[n] == 0xE2) & (text[n + 1] == 0x80) & ((text[n + 2] & 0xFE) == 0xA8);
    }
    return there;
}

/* Make every such character one \n. Return the length. */
static i64 broken(u8 *text, i64 size) {
    if (!strange(text, size)) return size;
    i64 to = 0;
    for (i64 n = 0; n < size; n++) {
        u8 byte = text[n];
        if (byte == '\r' || byte == '\v' || byte == '\f') byte = '\n';
        else if (byte == 0xC2 && n + 1 < size && text[n + 1] == 0x85) { byte = '\n'; n += 1; }
        else if (byte == 0xE2 && n + 2 < size && text[n + 1] == 0x80 && (text[n + 2] & 0xFE) == 0xA8) { byte = '\n'; n += 2; }
        text[to++] = byte;
    }
    return to;
}

enum { WITHIN = 12 };  /* so many bytes lie in a view itself, and of longer texts the first four */

typedef struct { u32 size; u8 text[4]; u32 buffer, offset; } View;  /* Arrow's */

static inline View view_of(const u8 *text, i64 size, i64 buffer, i64 offset) {
    View view = {(u32)size, {0}, 0, 0};
    memcpy(view.text, text, size <= WITHIN ? size : 4);
    if (size > WITHIN) { view.buffer = (u32)buffer; view.offset = (u32)offset; }
    return view;
}

EXPORT void texts(const View *views, i64 count, const u8 **buffers, i64 breaks, u8 *out, i64 *begin) {
    i64 at = 0;
    for (i64 n = 0; n < count; n++) {
        begin[n] = at;
        i64 size = views[n].size;
        memcpy(out + at, size <= WITHIN ? views[n].text : buffers[views[n].buffer] + views[n].offset, size);
        memset(out + at + size, 0, 2);
        at += breaks ? broken(out + at, size) : size;
        out[at++] = '\n';
    }
    begin[count] = at;
}

enum { SPARE = 512 };

/* Say whether the texts lie in a buffer as they are to lie, with SPARE zeros behind them. */
EXPORT i64 lying(const View *views, i64 count, const u8 *data, i64 size, i64 breaks, i64 *begin) {
    i64 at = 0;
    for (i64 n = 0; n < count; n++) {
        View view = views[n];
        begin[n] = at;
        if (view.size >= size - at) return 0;
        if (view.size > WITHIN ? view.buffer || view.offset != at : memcmp(view.text, data + at, view.size)) return 0;
        at += view.size;
        if (data[at++] != '\n') return 0;
    }
    begin[count] = at;
    if (size - at < SPARE) return 0;
    for (i64 n = 0; n < SPARE; n++) if (data[at + n]) return 0;
    return !breaks || !strange(data, at);
}

EXPORT void views(const u8 *data, const i64 *begin, const i64 *end, i64 count, i64 buffer, View *out) {
    for (i64 n = 0; n < count; n++) out[n] = view_of(data + begin[n], end[n] - begin[n], buffer, begin[n]);
}

/* ---- JSON lines ------------------------------------------------------------------------------------------------ */

EXPORT i64 breaks(const u8 *data, i64 size) {
    i64 count = 0;
    for (i64 at = 0; at < size;) {
        i64 stop = size - at < MOST ? size : at + MOST;
        Bytes some = {0};
        for (; stop - at >= 16; at += 16) some -= (Bytes)(bytes_at(data + at) == '\n');
        count += sum(some);
        for (; at < stop; at++) count += data[at] == '\n';
    }
    return count;
}

/* What follows reads one value, and returns what is behind it; 0 where Python must look: what no JSON is, what is not
   UTF-8, half a surrogate pair, and what is not its own text. Lines end before `end` in \n or a zero. */

enum { DEEPEST = 64, PRECISE = 15, LONGEST = 4000 };

static inline const u8 *unspaced(const u8 *at) {
    while (*at == ' ' || *at == '\t' || *at == '\r') at++;
    return at;
}

static int utf8(const u8 *at, const u8 *end) {
    while (at < end) {
        int size = plain(at);
        if (size) { at += size; continue; }
        u8 lead = at[0], low = 0x80, high = 0xBF;
        if (lead < 0xC2 || lead > 0xF4) return 0;
        size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
        if (end - at < size || at[1] < low || at[1] > high) return 0;
        for (int n = 2; n < size; n++) if ((at[n] & 0xC0) != 0x80) return 0;
        at += size;
    }
    return 1;
}

/* Return four digits; beyond 16 bits where they are none. */
static u32 hexadecimal(const u8 *at) {
    u32 value = 0;
    for (int n = 0; n < 4; n++) {
        u8 digit = at[n] - '0', letter = (at[n] | 0x20) - 'a';
        if (digit > 9 && letter > 5) return ~(u32)0;
        value = value << 4 | (digit > 9 ? letter + 10u : digit);
    }
    return value;
}

/* Write what is meant by what follows a backslash. */
static const u8 *meant(const u8 *at, u8 **to) {
    static const u8 escapes[] = "\"\\/bfnrt", characters[] = "\"\\/\b\f\n\r\t";
    if (*at != 'u') {
        const u8 *found = memchr(escapes, *at, sizeof escapes - 1);
        if (!found) return 0;
        *(*to)++ = characters[found - escapes];
        return at + 1;
    }
    u32 c = hexadecimal(at + 1);
    if (c > 0xFFFF) return 0;
    at += 5;
    if (c >> 11 == 0x1B) {
        if (c >= 0xDC00 || at[0] != '\\' || at[1] != 'u') return 0;
        u32 other = hexadecimal(at + 2);
        if (other >> 10 != 0x37) return 0;
        c = 0x10000 + ((c & 0x3FF) << 10 | (other & 0x3FF));
        at += 6;
    }
    int size;
    u32 bytes = encoded(c, &size);
    memcpy(*to, &bytes, 4);
    *to += size;
    return at;
}

/* Write a string. */
static const u8 *string(const u8 *at, const u8 *end, u8 **to) {
    u8 *first = *to, *out = first;
    Bytes all = {0};
    for (at++; at < end;) {
        Bytes bytes = bytes_at(at), stops = (Bytes)(bytes == '"') | (Bytes)(bytes == '\\');
        u64 both[2];
        memcpy(out, &bytes, 16);
        memcpy(both, &stops, 16);
        if (!(both[0] | both[1])) {
            all |= bytes;
            at += 16;
            out += 16;
            continue;
        }
        int size = both[0] ? before(both[0]) : 8 + before(both[1]);
        all |= bytes & first_bytes(size);
        at += size;
        out += size;
        if (at >= end) return 0;
        if (*at == '"') {
            *to = out;
            return any(all & 0x80) && !utf8(first, out) ? 0 : at + 1;
        }
        if (!(at = meant(at + 1, &out))) return 0;
    }
    return 0;
}

/* Pass over a number; say whether it is written as it is meant. */
static const u8 *number(const u8 *at, int *own) {
    const u8 *first = at += *at == '-';
    int zero = *at == '0';
    if (zero) at++;
    else while ((u8)(*at - '0') < 10) at++;
    if (at == first) return 0;
    *own = at - first < LONGEST && !(zero && first[-1] == '-');
    if (*at == '.') {
        const u8 *point = at++;
        while ((u8)(*at - '0') < 10) at++;
        if (at == point + 1) return 0;
        *own = at - first <= PRECISE && at[-1] != '0';
    }
    if ((*at | 0x20) == 'e') {
        at++;
        at += *at == '-' || *at == '+';
        first = at;
        while ((u8)(*at - '0') < 10) at++;
        if (at == first) return 0;
        *own = 0;
    }
    return at;
}

/* Pass over true, false or null. */
static const u8 *word(const u8 *at) {
    if (!memcmp(at, "true", 4) || !memcmp(at, "null", 4)) return at + 4;
    return memcmp(at, "false", 5) ? 0 : at + 5;
}

/* Pass over any value; `to` has room for a text. */
static const u8 *value(const u8 *at, const u8 *end, u8 *to, int depth) {
    int own;
    if (*at == '"') return string(at, end, &to);
    if (*at == '-' || (u8)(*at - '0') < 10) return number(at, &own);
    if (*at != '[' && *at != '{') return word(at);
    u8 close = *at + 2;
    at = unspaced(at + 1);
    if (*at == close) return at + 1;
    if (depth == DEEPEST) return 0;
    for (;;) {
        if (close == '}') {
            u8 *key = to;
            if (*at != '"' || !(at = string(at, end, &key))) return 0;
            at = unspaced(at);
            if (*at != ':') return 0;
            at = unspaced(at + 1);
        }
        if (!(at = value(at, end, to, depth + 1))) return 0;
        at = unspaced(at);
        if (*at == close) return at + 1;
        if (*at != ',') return 0;
        at = unspaced(at + 1);
    }
}

/* Write the strings of a list. */
static const u8 *joined(const u8 *at, const u8 *end, const u8 *separator, i64 size, u8 **to) {
    at = unspaced(at + 1);
    if (*at == ']') return at + 1;
    for (int some = 0;;) {
        if (*at == '"') {
            if (some) { memcpy(*to, separator, size); *to += size; }
            some = 1;
            if (!(at = string(at, end, to))) return 0;
        } else if (!memcmp(at, "null", 4)) at += 4;
        else return 0;
        at = unspaced(at);
        if (*at == ']') return at + 1;
        if (*at != ',') return 0;
        at = unspaced(at + 1);
    }
}

/* Write the text that stands for a value. */
static const u8 *text_of(const u8 *at, const u8 *end, const u8 *separator, i64 size, u8 **to) {
    if (*at == '"') return string(at, end, to);
    if (*at == '[') return joined(at, end, separator, size, to);
    int own = 1;
    const u8 *behind = (u8)(*at - '0') < 10 || *at == '-' ? number(at, &own) : word(at);
    if (!behind || !own) return 0;
    memcpy(*to, at, behind - at);
    *to += behind - at;
    return behind;
}

/* The columns that are wanted: their names, what joins the items of their lists, and where each begins and ends. */
typedef struct {
    const u8 *names; const i64 *begin, *end;
    const u8 *joins; const i64 *join, *joined;
} Wanted;

/* The texts that are read: bodies here, each with a line break behind it, and others there. The views of a column lie
   one behind the other, `rows` of them. */
typedef struct {
    u8 *out[2], *to[2];
    i64 buffer[2], columns, body, rows;
    View *views;
    u8 *there;
} Texts;

enum { ABSENT, TEXT, NONE };

/* Return the column of a name, looking for it from `next` on; -1 if there is none. */
static i64 column_of(const Wanted *wanted, i64 columns, i64 next, const u8 *name, i64 size) {
    for (i64 n = 0; n < columns; n++, next++) {
        if (next == columns) next = 0;
        i64 begin = wanted->begin[next];
        if (wanted->end[next] - begin == size && !memcmp(name, wanted->names + begin, size)) return next;
    }
    return -1;
}

/* Read the text of a column. */
static const u8 *field(const u8 *at, const u8 *end, const Wanted *wanted, i64 column, Texts *texts, View *view) {
    int other = column != texts->body;
    u8 **to = texts->to + other, *text = *to;
    i64 join = wanted->join[column];
    if (!(at = text_of(at, end, wanted->joins + join, wanted->joined[column] - join, to))) return 0;
    *view = view_of(text, *to - text, texts->buffer[other], text - texts->out[other]);
    if (other && view->size <= WITHIN) *to = text;
    return at;
}

static const u8 *object(const u8 *at, const u8 *end, const Wanted *wanted, Texts *texts, i64 row) {
    at = unspaced(at + 1);
    if (*at == '}') return at + 1;
    for (i64 next = 0;;) {
        u8 *name = texts->to[1], *behind = name;
        if (*at != '"' || !(at = string(at, end, &behind))) return 0;
        at = unspaced(at);
        if (*at != ':') return 0;
        at = unspaced(at + 1);
        i64 column = column_of(wanted, texts->columns, next, name, behind - name), place = texts->rows * column + row;
        if (column >= 0) next = column + 1;
        if (column < 0 || texts->there[place]) {
            at = value(at, end, name, 0);
        } else if (!memcmp(at, "null", 4)) {
            texts->there[place] = NONE;
            at += 4;
        } else {
            texts->there[place] = TEXT;
            at = field(at, end, wanted, column, texts, texts->views + place);
        }
        if (!at) return 0;
        at = unspaced(at);
        if (*at == '}') return at + 1;
        if (*at != ',') return 0;
        at = unspaced(at + 1);
    }
}

/* Read a row of each line that is not blank; `ours`: whether it is for us to read. Return how many rows there are. */
EXPORT i64 objects(const u8 *data, i64 size, const Wanted *wanted, i64 columns, i64 body, i64 rows, u8 **out,
                   const i64 *buffers, i64 *written, View *views, u8 *there, i64 *lines, i64 *begin, i64 *end,
                   u8 *ours) {
    Texts texts = {
        {out[0], out[1]}, {out[0] + written[0], out[1] + written[1]}, {buffers[0], buffers[1]},
        columns, body, rows, views, there,
    };
    i64 row = 0, line = 0;
    for (const u8 *at = data, *stop; at < data + size; at = stop + 1, line++) {
        stop = memchr(at, '\n', data + size - at);
        if (!stop) stop = data + size;
        const u8 *first = unspaced(at), *behind = 0;
        if (first == stop) continue;
        Texts before = texts;
        if (*first == '{') behind = object(first, stop, wanted, &texts, row);
        ours[row] = behind && unspaced(behind) == stop;
        if (!ours[row]) texts = before;
        for (i64 place = row; !ours[row] && place < rows * columns; place += rows) {
            there[place] = ABSENT;
            views[place] = (View){0};
        }
        *texts.to[0]++ = '\n';
        lines[row] = line;
        begin[row] = at - data;
        end[row++] = stop - data;
    }
    for (int n = 0; n < 2; n++) written[n] = texts.to[n] - out[n];
    return row;
}

/* Return how much of a text is whole lines. */
EXPORT i64 whole_lines(const u8 *data, i64 size) {
    while (size && data[size - 1] != '\n') size--;
    return size;
}

/* ---- lines ----------------------------------------------------------------------------------------------------- */

typedef struct {
    i64 chars, words, unspaced;
    int uneven, white;  /* white space but one space between words; white space beyond ASCII */
} Line;

/* Look at a line that is not empty, without white space at its edges, as if there was white space in ASCII only. */
static Line looked_at(const u8 *data, i64 begin, i64 end) {
    Line line = {end - begin, 1, 0, 0, 0};
    Bytes uneven = {0};
    for (i64 at = begin; at < end;) {
        i64 stop = end - at < MOST ? end : at + MOST;
        Bytes words = {0}, some = {0};
        for (; at < stop; at += 16) {
            Bytes byte = bytes_at(data + at), next = bytes_at(data + at + 1);
            Bytes there = first_bytes(end - at);
            Bytes white = (Bytes)(byte <= ' ') & there, blank = (Bytes)(next <= ' ');
            some -= within(byte) & there;
            words -= white & ~blank;
            uneven |= white & ((Bytes)(byte != ' ') | blank);
        }
        line.chars -= sum(some);
        line.words += sum(words);
    }
    line.words -= (data[end - 1] <= ' ') & (data[end] > ' ');
    line.uneven = any(uneven);
    return line;
}

/* Count the words where white space is any, and of scripts without spaces two characters are a word. */
static i64 words_in(const Characters *known, const u8 *data, i64 begin, i64 end, i64 unspaced) {
    i64 words = 0;
    int before = 1;
    for (i64 at = begin; at < end;) {
        int size, white = kind(known, decoded(data + at, &size)) & WHITE;
        words += before && !white;
        before = white;
        at += size;
    }
    words += unspaced / 2 - (unspaced > 0);
    return words < 0 ? 0 : words;
}

typedef struct { u64 h, rest; i64 size; } Hash;  /* of `size` bytes; `rest`: those of them that are not yet eight */

static inline u64 mixed(u64 h, u64 value) {
    unsigned __int128 product = (unsigned __int128)(h ^ value ^ 0x9E3779B97F4A7C15) * 0xC2B2AE3D27D4EB4F;
    return (u64)product ^ (u64)(product >> 64);
}

static u64 masked(u64 value, int bytes) { return bytes ? value & (~(u64)0 >> (64 - 8 * bytes)) : 0; }

/* Hash up to eight bytes more; those of `bytes` beyond `size` are zeros. In ASCII one bit tells the cases apart. */
static inline void put(Hash *hash, u64 bytes, int size) {
    int filled = (int)(hash->size & 7);
    hash->rest |= bytes << 8 * filled;
    hash->size += size;
    if (filled + size < 8) return;
    hash->h = mixed(hash->h, hash->rest & 0xDFDFDFDFDFDFDFDF);
    hash->rest = bytes >> 1 >> (63 - 8 * filled);
}

static inline void put_upper(const Characters *known, Hash *hash, u32 c) {
    int size;
    u32 upper = c < UPPER && c >= 0x80 ? known->upper[c] : c;
    if (upper < 0x80000000) {
        u64 bytes = encoded(upper, &size);
        put(hash, bytes, size);
        return;
    }
    const u32 *several = known->several + 3 * (upper & 0x7FFFFFFF);
    for (int n = 0; n < 3 && several[n]; n++) {
        u64 bytes = encoded(several[n], &size);
        put(hash, bytes, size);
    }
}

/* Return the hash; 0 of nothing. */
static u64 finished(const Hash *hash) {
    return hash->size ? mixed(mixed(hash->h, hash->rest & 0xDFDFDFDFDFDFDFDF), (u64)hash->size) : 0;
}

/* Hash a line with its white space as it is; count what is of scripts without spaces, and look for white space. */
static u64 hash_of(const Characters *known, const u8 *data, i64 begin, i64 end, Line *line) {
    Hash hash = {0, 0, 0};
    for (i64 at = begin; at < end;) {
        for (; end - at >= 8 && !(load(data + at) & HIGH); at += 8) put(&hash, load(data + at), 8);
        int size = plain(data + at);
        if (size > end - at) size = (int)(end - at);
        put(&hash, masked(load(data + at), size), size);
        at += size;
        if (at == end) break;
        u32 c = decoded(data + at, &size);
        int is = kind(known, c);
        line->unspaced += (is & UNSPACED) != 0;
        line->white |= is & WHITE;
        put_upper(known, &hash, c);
        at += size;
    }
    return finished(&hash);
}

/* Hash a line with one space for white space; without any of it where `none`. */
static u64 spaced_hash(const Characters *known, const u8 *data, i64 begin, i64 end, int none) {
    Hash hash = {0, 0, 0};
    int gap = 0, size;
    for (i64 at = begin; at < end; at += size) {
        u32 c = decoded(data + at, &size);
        if (kind(known, c) & WHITE) { gap = !none; continue; }
        if (gap) put(&hash, ' ', 1);
        gap = 0;
        int run = visible(data + at);
        if (run > end - at) run = (int)(end - at);
        if (run) { size = run; put(&hash, masked(load(data + at), size), size); continue; }
        put_upper(known, &hash, c);
    }
    return finished(&hash);
}

/* Hash a line without regard to case, and to how much white space parts words; of scripts without spaces, to any.
   0 if nothing is left. Learn what there is beyond ASCII. */
static u64 key_of(const Characters *known, const u8 *data, i64 begin, i64 end, Line *line) {
    u64 key = hash_of(known, data, begin, end, line);
    if (line->white || line->unspaced) line->words = words_in(known, data, begin, end, line->unspaced);
    else if (!line->uneven) return key;
    return spaced_hash(known, data, begin, end, line->unspaced > 0);
}

EXPORT void keys(const Characters *known, const u8 *data, const i64 *begin, const i64 *end, i64 count, i64 squeezed,
                 u64 *out) {
    for (i64 n = 0; n < count; n++) {
        if (n + AHEAD < count) fetch(data, begin[n + AHEAD], end[n + AHEAD]);
        out[n] = 0;
        if (begin[n] == end[n]) continue;
        if (squeezed) { out[n] = spaced_hash(known, data, begin[n], end[n], 1); continue; }
        Line line = looked_at(data, begin[n], end[n]);
        out[n] = key_of(known, data, begin[n], end[n], &line);
    }
}

static i64 stripped_start(const Characters *known, const u8 *data, i64 begin, i64 end) {
    while (begin < end) {
        if (data[begin] > ' ' && data[begin] < 0x80) break;
        int size;
        if (!(kind(known, decoded(data + begin, &size)) & WHITE)) break;
        begin += size;
    }
    return begin;
}

static i64 stripped_end(const Characters *known, const u8 *data, i64 begin, i64 end) {
    while (begin < end) {
        if (data[end - 1] > ' ' && data[end - 1] < 0x80) break;
        int size;
        if (!(kind(known, decoded_before(data, end, begin, &size)) & WHITE)) break;
        end -= size;
    }
    return end;
}

static int ends_sentence(const Characters *known, const u8 *data, i64 begin, i64 end) {
    while (begin < end) {
        int size, is = kind(known, decoded_before(data, end, begin, &size));
        if (!(is & CLOSER)) return (is & ENDING) != 0;
        end -= size;
    }
    return 0;
}

typedef struct {
    i64 *begin, *end, *start, *chars, *words;
    u32 *text, *par;
    u64 *key;
    u8 *ends, *lower;
} Paragraphs;

/* Return how many there are; there may be as many as line breaks. */
EXPORT i64 paragraphs(const Characters *known, const u8 *data, const i64 *texts, i64 count, const Paragraphs *out) {
    i64 n = 0;
    for (i64 text = 0; text < count; text++) {
        i64 characters = 0;
        u32 par = 0;
        for (i64 at = texts[text]; at < texts[text + 1];) {
            i64 stop = (const u8 *)memchr(data + at, '\n', texts[text + 1] - at) - data;
            i64 begin = stripped_start(known, data, at, stop), end = stripped_end(known, data, begin, stop);
            characters += begin - at - inside(data, at, begin);
            if (begin < end) {
                Line line = looked_at(data, begin, end);
                u64 key = key_of(known, data, begin, end, &line);
                int size;
                out->begin[n] = begin;
                out->end[n] = end;
                out->start[n] = characters;
                out->chars[n] = line.chars;
                out->words[n] = line.words;
                out->text[n] = (u32)text;
                out->par[n] = par++;
                out->key[n] = key;
                out->ends[n] = ends_sentence(known, data, begin, end);
                out->lower[n] = (kind(known, decoded(data + begin, &size)) & LOWER) != 0;
                characters += line.chars;
                n++;
            }
            characters += stop - end - inside(data, end, stop) + 1;
            at = stop + 1;
        }
    }
    return n;
}

/* ---- words ----------------------------------------------------------------------------------------------------- */

/* Codes of bytes, by the byte and the one after it: no part of a word; inside a character; one that may become others. */
enum { APART = 0, INSIDE = 0xFE, STRANGE = 0xFF, WORD = 8, LINE = 40, MARKS = 12 };
#define UNKNOWN (~(u64)0)

static inline u8 code(const u8 *codes, const u8 *at) { return codes[at[0] | at[1] << 8]; }

/* Return where the first word of a line begins; beyond too many marks, none is found. */
static i64 first_word(const u8 *codes, const u8 *data, i64 begin, i64 end, int *lost) {
    int n = 0;
    for (; n < MARKS && begin < end; n++) {
        u8 is = code(codes, data + begin);
        if (is != APART && is != INSIDE) break;
        begin++;
    }
    *lost = n == MARKS;
    return begin;
}

/* Say whether the character that a byte is inside of is a part of a word. */
static int in_word(const u8 *codes, const u8 *data, i64 at) {
    for (int back = 1; back < 4; back++) {
        const u8 *lead = data + (at > back ? at - back : 0);
        if (*lead >= 0xC0) return code(codes, lead) != APART;
    }
    return 0;
}

static i64 last_word(const u8 *codes, const u8 *data, i64 begin, i64 end) {
    for (int n = 0; n < MARKS && end > begin; n++) {
        u8 is = code(codes, data + end - 1);
        if (is != APART && (is != INSIDE || in_word(codes, data, end - 1))) break;
        end--;
    }
    return end;
}

/* Return the codes from a place on, up to a gap; raw: all eight; strange: whether one of the eight is. */
static u64 word_at(const u8 *codes, const u8 *data, i64 at, i64 end, u64 *raw, int *strange) {
    u64 all = 0, word = 0;
    int gap = 0;
    *strange = 0;
    for (int n = 0; n < WORD && at + n < end; n++) {
        u64 is = code(codes, data + at + n);
        gap |= is == APART;
        *strange |= is == STRANGE;
        all |= is << 8 * n;
        if (!gap) word |= is << 8 * n;
    }
    if (raw) *raw = all;
    return word;
}

/* Return the code of the second word; 0 where there is none, UNKNOWN behind strange ones. */
static u64 second_word(const u8 *codes, const u8 *data, i64 at, i64 end) {
    int gap = 0, strange;
    i64 place = -1, stop = end - at < LINE ? end : at + LINE;
    for (i64 n = at; n < stop; n++) {
        u8 is = code(codes, data + n);
        if (is == STRANGE) return UNKNOWN;
        if (is == APART) gap = 1;
        else if (gap && is != INSIDE && place < 0) place = n;
    }
    return place < 0 ? 0 : word_at(codes, data, place, end, 0, &strange);
}

static u64 last_code(const u8 *codes, const u8 *data, i64 begin, i64 end) {
    i64 last = last_word(codes, data, begin, end), first = last - begin < WORD ? begin : last - WORD;
    u64 word = 0;
    int gap = 0;
    for (i64 n = last - 1; n >= first; n--) {
        u64 is = code(codes, data + n);
        if (is == STRANGE) return UNKNOWN;
        gap |= is == APART;
        if (!gap) word |= is << 8 * (last - 1 - n);
    }
    return word;
}

EXPORT void first_words(const u8 *codes, const u8 *data, const i64 *begin, const i64 *end, i64 count,
                        u64 *first, u64 *raw, u64 *second, u8 *strange, u8 *length) {
    for (i64 n = 0; n < count; n++) {
        int lost, odd;
        i64 at = first_word(codes, data, begin[n], end[n], &lost);
        first[n] = word_at(codes, data, at, end[n], raw + n, &odd);
        second[n] = second_word(codes, data, at, end[n]);
        strange[n] = lost || odd;
        length[n] = (u8)(end[n] - at < WORD ? end[n] - at : WORD);
    }
}

EXPORT void last_words(const u8 *codes, const u8 *data, const i64 *begin, const i64 *end, i64 count, u64 *out) {
    for (i64 n = 0; n < count; n++) out[n] = last_code(codes, data, begin[n], end[n]);
}

EXPORT void bare(const u8 *codes, const u8 *data, i64 *begin, i64 *end, i64 count) {
    for (i64 n = 0; n < count; n++) {
        int lost;
        i64 first = first_word(codes, data, begin[n], end[n], &lost), last = last_word(codes, data, first, end[n]);
        while (first > begin[n] && (data[first] & 0xC0) == 0x80) first--;
        while (last < end[n] && (data[last] & 0xC0) == 0x80) last++;
        begin[n] = first;
        end[n] = last;
    }
}

/* ---- patterns -------------------------------------------------------------------------------------------------- */

/* Look where sixteen bytes at once say that a match may be, and write the places behind the matches, `room` of them.
   Return how many there are. */
static inline i64 matches(const u8 *data, i64 size, i64 *out, i64 room, Bytes (*likely)(const u8 *),
                          i64 (*match)(const u8 *, i64)) {
    i64 found = 0;
    for (i64 block = 0; block < size; block += 16) {
        Bytes some = likely(data + block);
        u64 both[2];
        memcpy(both, &some, 16);
        for (int half = 0; half < 2; half++)
            for (u64 bits = both[half] & HIGH; bits; bits &= bits - 1) {
                i64 end = match(data, block + 8 * half + __builtin_ctzll(bits) / 8);
                if (!end || end > size) continue;
                if (found < room) out[found] = end;
                found++;
            }
    }
    return found;
}

static inline int between(u8 byte, u8 first, u8 last) { return (u8)(byte - first) <= last - first; }

static inline Bytes mark(const u8 *at) {
    Bytes byte = bytes_at(at);
    return (Bytes)((Bytes)(byte == '.') | (Bytes)(byte == '!') | (Bytes)(byte == '?')) & (Bytes)(bytes_at(at + 1) > ' ');
}

static inline i64 joint(const u8 *data, i64 at) {
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
    return between(*next, 'a', 'z') || *next == ' ' || between(*next, 0xC3, 0xD2) ? next + 1 - data : 0;
}

/* A mark behind a small letter, perhaps a quote, and a capital with a small letter or a space behind it. */
EXPORT i64 joints(const u8 *data, i64 size, i64 *out, i64 room) { return matches(data, size, out, room, mark, joint); }

static inline Bytes accented(const u8 *at) {
    return (Bytes)(bytes_at(at) == 0xC3) & (Bytes)(bytes_at(at + 2) > 0xC1);
}

static inline int shown_lead(u8 byte) { return byte == 0xC2 || byte == 0xC5 || byte == 0xC6 || byte == 0xCB || byte == 0xE2; }

static inline i64 three_bytes(const u8 *data, i64 at) {
    u8 letter = data[at + 1], second = data[at + 2];
    if (!between(letter, 0xA3, 0xA9) && letter != 0xA0 && letter != 0xAF) return 0;
    if (!shown_lead(second)) return 0;
    at += second == 0xE2 ? 5 : 4;
    return shown_lead(data[at]) ? at + 1 : 0;
}

/* A letter that stands for the first of three bytes, and two that may stand for the others. */
EXPORT i64 threes(const u8 *data, i64 size, i64 *out, i64 room) {
    return matches(data, size, out, room, accented, three_bytes);
}

/* ---- openings -------------------------------------------------------------------------------------------------- */

typedef struct { const u64 *codes; u64 mask; } Set;  /* an open table of mask + 1 places; 0 is an empty one */

enum { FIRST, PAIRS, ALONE, LED, LAST, SETS };

static inline u64 spread(u64 code) { return code * 0x9E3779B97F4A7C15 >> 20; }

static inline int has(const Set *set, u64 code) {
    for (u64 at = spread(code) & set->mask; set->codes[at]; at = (at + 1) & set->mask)
        if (set->codes[at] == code) return 1;
    return 0;
}

static inline u64 pair_of(u64 first, u64 second) {
    u64 h = first * 0x9E3779B97F4A7C15;
    return (h ^ h >> 29) + second;
}

EXPORT void filled(const u64 *codes, i64 count, u64 *table, u64 mask) {
    for (i64 n = 0; n < count; n++) {
        u64 at = spread(codes[n]) & mask;
        while (table[at] && table[at] != codes[n]) at = (at + 1) & mask;
        table[at] = codes[n];
    }
}

EXPORT void among(const u8 *codes, const Set *sets, const Set *prefixes, const u64 *masks, i64 kinds, const u8 *data,
                  const i64 *begin, const i64 *end, i64 count, const u8 *numbered, u8 *out) {
    for (i64 n = 0; n < count; n++) {
        if (n + AHEAD < count) fetch(data, begin[n + AHEAD], end[n + AHEAD]);
        int lost, strange;
        u64 raw;
        i64 at = first_word(codes, data, begin[n], end[n], &lost);
        u64 first = word_at(codes, data, at, end[n], &raw, &strange);
        int found = lost || strange || ((u8)((u8)raw - '0') < 10 && numbered[n]) || has(sets + LED, first);
        for (int k = 0; k < kinds && !found; k++) found = has(prefixes + k, raw & masks[k]);
        if (!found) {
            u64 last = last_code(codes, data, begin[n], end[n]);
            found = last == UNKNOWN || has(sets + LAST, last);
        }
        if (!found && has(sets + FIRST, first)) {
            u64 second = second_word(codes, data, at, end[n]);
            found = second == UNKNOWN || has(sets + PAIRS, pair_of(first, second));
            if (!found && has(sets + ALONE, first)) found = !second || has(sets + FIRST, second);
        }
        out[n] = (u8)found;
    }
}

/* ---- frequent words -------------------------------------------------------------------------------------------- */

static inline u64 word_code(const u8 *at, i64 size) {
    u64 h = (u64)size * 0x165667B19E3779F9;
    for (; size > 8; size -= 8, at += 8) h = mixed(h, load(at));
    return mixed(h, masked(load(at), (int)size));
}

EXPORT void word_codes(const u8 *data, const i64 *begin, const i64 *end, i64 count, u64 *out) {
    for (i64 n = 0; n < count; n++) out[n] = word_code(data + begin[n], end[n] - begin[n]);
}

/* Return where so many characters end, or else the text. */
static i64 after(const u8 *data, i64 at, i64 end, i64 chars) {
    while (chars && at < end) {
        i64 stop = end - at < chars ? end : at + chars;
        chars -= stop - at - inside(data, at, stop);
        at = stop;
    }
    while (at < end && (data[at] & 0xC0) == 0x80) at++;
    return at;
}

/* Return the next space, or 0. */
static inline const u8 *space(const u8 *at, const u8 *end) {
    for (; at < end; at += 8) {
        u64 other = load(at) ^ 0x2020202020202020, there = (other - 0x0101010101010101) & ~other & 0x8080808080808080;
        if (!there) continue;
        at += __builtin_ctzll(there) / 8;
        return at < end ? at : 0;
    }
    return 0;
}

/* Say of each text whether so many words of its set stand in its first characters, each between two spaces of its own. */
EXPORT void frequent(const Set *sets, const i64 *of, const u8 *data, const i64 *begin, const i64 *end, i64 count,
                     i64 chars, i64 least, u8 *out) {
    for (i64 n = 0; n < count; n++) {
        const Set *set = sets + of[n];
        const u8 *stop = data + after(data, begin[n], end[n], chars), *before = space(data + begin[n], stop);
        i64 found = 0;
        while (before && found < least) {
            const u8 *behind = space(before + 1, stop);
            if (!behind) break;
            int counts = has(set, word_code(before + 1, behind - before - 1));
            found += counts;
            before = counts ? space(behind + 1, stop) : behind;
        }
        out[n] = found >= least;
    }
}

/* ---- shingles -------------------------------------------------------------------------------------------------- */

enum { KEPT = 72, PART = 3, QUOTED = 10, QUOTE = 42, WIDE = 24, NAMED = 3, BLOCK = 256 };
#define ODD_ONE 0x9E3779B97F4A7C15
#define ODD_TWO 0xC2B2AE3D27D4EB4F
#define ODD_THREE 0x165667B19E3779F9

/* Letters in one case, and nothing up to the space. */
static inline Bytes fold(Bytes bytes) { return (Bytes)(bytes > ' ') & bytes & 0xDF; }

static u64 hashed(const u8 *at, int width) {
    Bytes bytes = fold(bytes_at(at));
    u64 both[2];
    memcpy(both, &bytes, 16);
    u64 h = both[0] * ODD_ONE;
    h ^= h >> 29;
    h += masked(both[1], width < 16 ? width - 8 : 8);
    if (width == WIDE) {
        bytes = fold(bytes_at(at + 8));
        memcpy(both, &bytes, 16);
        h ^= both[1] * ODD_THREE;
    }
    return h * ODD_TWO >> 32;
}

/* Say whether a passage holds a digit (1), or a capital after its first byte (2). */
static u32 named(const u8 *at, int width) {
    Bytes bytes;
    u64 digits[2], capitals[2], first = width < 16 ? masked(~(u64)0, width - 8) : ~(u64)0;
    memcpy(&bytes, at, 16);
    Bytes digit = (Bytes)((bytes - '0') < 10), capital = (Bytes)((bytes - 'A') < 26);
    memcpy(digits, &digit, 16);
    memcpy(capitals, &capital, 16);
    u32 bits = ((digits[0] >> 8 | (digits[1] & first)) != 0) | ((capitals[0] >> 8 | (capitals[1] & first)) != 0) << 1;
    for (int n = 16; n < width; n++) bits |= ((u8)(at[n] - '0') < 10) | ((u8)(at[n] - 'A') < 26) << 1;
    return bits;
}

/* Say of each byte of a block whether a passage starts there that is looked at: where a word starts, and in scripts of
   three bytes a character at every one, but not at dashes and quotes, which begin with E2. */
static void draws(const u8 *data, int first, u8 level, u8 *drawn, u8 *there) {
    u8 room[16 + BLOCK + 16], *folded = room + 16;
    for (int n = 0; n < BLOCK + 16; n += 16) {
        Bytes some = fold(bytes_at(data + n));
        memcpy(folded + n, &some, 16);
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
        memcpy(there + n, &here, 16);
    }
}

typedef struct {
    u32 *windows, *limit, *passages, *starts;
    u8 *quotes;
    i64 *kept, *quoted;  /* how many of each text */
} Sketches;

/* Write no more than `room` passages; return how many there are. `places` and `found` have room for the longest text. */
EXPORT i64 sketches(const u8 *data, const i64 *texts, i64 count, const u8 *widths, const u8 *levels, const u32 *base,
                    const u64 *span, i64 *places, u32 *found, i64 room, const Sketches *out) {
    i64 kept = 0, quoted = 0;
    for (i64 text = 0; text < count; text++) {
        i64 begin = texts[text], end = texts[text + 1] - 1, windows = 0;
        u8 level = levels[text];
        for (i64 block = begin; block < end - WIDE + 1; block += BLOCK) {
            u8 drawn[BLOCK], there[BLOCK];
            int size = end - WIDE + 1 - block < BLOCK ? (int)(end - WIDE + 1 - block) : BLOCK;
            draws(data + block, block == begin, level, drawn, there);
            for (int eight = 0; eight < size; eight += 8)
                for (u64 some = load(there + eight); some; some &= some - 1) {
                    int n = eight + __builtin_ctzll(some) / 8;
                    if (n >= size) break;
                    const u8 *at = data + block + n;
                    places[windows] = block + n;
                    found[windows++] = (u32)(hashed(at, widths[*at]) * span[drawn[n]] >> 8) + base[drawn[n]];
                }
        }
        i64 all = windows * 256 / level;
        double share = KEPT / (double)(all > 1 ? all : 1), most = level == 255 ? 1 : level / 256.0;
        double limit = (share < most ? share : most) * 4294967296.0;
        double drawn = QUOTED / (double)(all < 1 ? 1 : all > KEPT ? KEPT : all) * 4294967296.0;
        out->windows[text] = (u32)all;
        out->limit[text] = limit < 4294967295.0 ? (u32)limit : 4294967295u;
        u32 below = drawn < 4294967295.0 ? (u32)drawn : 4294967295u;
        i64 counted = begin, characters = 0, first = kept, first_quoted = quoted;
        for (i64 n = 0; n < windows; n++) {
            if (found[n] > out->limit[text]) continue;
            i64 at = places[n];
            u32 passage = (found[n] & ~(u32)NAMED) | named(data + at, widths[data[at]]);
            int quotable = (u32)((passage | NAMED) * (u32)(ODD_ONE >> 32)) < below;
            if (kept < room) {
                out->passages[kept] = passage;
                if (quotable) {
                    characters += at - counted - inside(data, counted, at);
                    counted = at;
                    out->starts[quoted] = (u32)characters;
                    i64 size = end - at < QUOTE ? end - at : QUOTE;
                    memcpy(out->quotes + QUOTE * quoted, data + at, size);
                    memset(out->quotes + QUOTE * quoted + size, 0, QUOTE - size);
                }
            }
            kept++;
            quoted += quotable;
        }
        out->kept[text] = kept - first;
        out->quoted[text] = quoted - first_quoted;
    }
    return kept;
}

/* ---- twins ------------------------------------------------------------------------------------------------------ */

/* Put numbers in order, a byte of them after the other from the lowest on; `room` is as large. Return where they are. */
EXPORT i64 ordered(u64 *numbers, u64 *room, i64 count) {
    enum { DIGITS = 8, VALUES = 256 };
    i64 places[DIGITS][VALUES] = {{0}};
    for (i64 n = 0; n < count; n++)
        for (int digit = 0; digit < DIGITS; digit++) places[digit][numbers[n] >> 8 * digit & 0xFF]++;
    u64 *from = numbers, *to = room;
    for (int digit = 0; digit < DIGITS; digit++) {
        i64 *place = places[digit], before = 0, most = 0;
        for (int value = 0; value < VALUES; value++) {
            i64 some = place[value];
            if (some > most) most = some;
            place[value] = before;
            before += some;
        }
        if (most == count) continue;  /* the same in all */
        for (i64 n = 0; n < count; n++) to[place[from[n] >> 8 * digit & 0xFF]++] = from[n];
        u64 *other = from;
        from = to;
        to = other;
    }
    return from == room;
}

/* Parts, a power of two of them: the numbers in each, with room for one more, or NULL where they are only counted. */
typedef struct {
    i64 parts;
    u64 **numbers;
    i64 *sizes;
} Parts;

static inline void put_in_part(const Parts *to, u32 by, u64 number, int there) {
    i64 part = by & (to->parts - 1);
    if (to->numbers) to->numbers[part][to->sizes[part]] = number;
    to->sizes[part] += there;
}

/* Share out the lower part of the passages of texts, all of a text so short that all are kept: each above the number
   of its text. */
EXPORT void marks(const u32 *passages, const u32 *sizes, const u32 *limits, const u32 *texts, i64 count, i64 parts,
                  u64 **out, i64 *out_sizes) {
    Parts to = {parts, out, out_sizes};
    for (i64 text = 0; text < count; text++) {
        u32 bound = limits[text] == 4294967295u ? limits[text] : limits[text] / PART;
        for (const u32 *end = passages + sizes[text]; passages < end; passages++)
            put_in_part(&to, *passages >> 2, (u64)(*passages & ~(u32)NAMED) << 32 | texts[text], *passages <= bound);
    }
}

/* Bring each text together with the first that has the mark and with the one before it, the marks being in order. */
EXPORT void meetings(const u64 *marks, i64 count, i64 parts, u64 **out, i64 *out_sizes) {
    Parts to = {parts, out, out_sizes};
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
}

/* ---- folded lines ---------------------------------------------------------------------------------------------- */

/* What each character below FOLDS becomes, with bits of what that is; 0 for those that are for Python to fold. */
enum { FOLDS = 0x2070, FOLDED = 0x1FFFFF, FIGURE = 1 << 30 };
#define ALPHANUMERIC 0x80000000

static inline u32 fold_of(const u32 *folds, u32 c) { return c < FOLDS ? folds[c] : 0; }

/* Say of each line whether a character of it is for Python to fold. */
EXPORT void foreign(const u32 *folds, const u8 *data, const i64 *begin, const i64 *end, i64 count, u8 *out) {
    for (i64 n = 0; n < count; n++) {
        int size, some = 0;
        for (i64 at = begin[n]; at < end[n] && !some; at += size) some = !fold_of(folds, decoded(data + at, &size));
        out[n] = (u8)some;
    }
}

/* Say whether a line starts with it: a letter, a digit, or what only Python can fold. */
static inline int in_edges(u32 fold) { return !fold || fold & ALPHANUMERIC; }

static void trimmed(const u32 *folds, const u8 *data, i64 *begin, i64 *end) {
    int size;
    while (*begin < *end && !in_edges(fold_of(folds, decoded(data + *begin, &size)))) *begin += size;
    while (*begin < *end && !in_edges(fold_of(folds, decoded_before(data, *end, *begin, &size)))) *end -= size;
}

/* Write the normalised lines, none of them foreign, one after the other; `out` has room for twice their bytes. */
EXPORT void normalised(const u32 *folds, const u8 *data, const i64 *begin, const i64 *end, i64 count, u8 *out,
                       i64 *out_begin, i64 *out_end) {
    i64 to = 0;
    for (i64 n = 0; n < count; n++) {
        i64 at = begin[n], stop = end[n];
        int size, gap = 0;
        trimmed(folds, data, &at, &stop);
        out_begin[n] = to;
        for (; at < stop; at += size) {
            u32 c = fold_of(folds, decoded(data + at, &size)) & FOLDED;
            if (c == ' ') { gap = 1; continue; }
            if (gap && c != ':' && out[to - 1] != ' ') out[to++] = ' ';
            gap = 0;
            int bytes;
            for (u32 rest = encoded(c, &bytes); bytes--; rest >>= 8) out[to++] = (u8)rest;
            if (c == ':') out[to++] = ' ';
        }
        out_end[n] = to;
    }
}

/* ---- words in a row -------------------------------------------------------------------------------------------- */

enum { IN_A_ROW = 3 };

static inline u64 with(u64 word, u32 c) { return (word ^ c) * 0x9E3779B97F4A7C15; }

static inline u64 followed(u64 row, u64 word) { return row * 0x9E3779B97F4A7C15 + word; }

/* Hash words that are parted by single spaces. */
EXPORT void rows(const u8 *data, const i64 *begin, const i64 *end, i64 count, u64 *out) {
    for (i64 n = 0; n < count; n++) {
        u64 row = 0, word = 0;
        int size;
        for (i64 at = begin[n]; at < end[n]; at += size) {
            u32 c = decoded(data + at, &size);
            if (c == ' ') { row = followed(row, mixed(word, 0)); word = 0; }
            else word = with(word, c);
        }
        out[n] = followed(row, mixed(word, 0));
    }
}

/* Put the number of each row, from 1, into an open table of mask + 1 places. */
EXPORT void numbered(const u64 *hashes, i64 count, u32 *table, u64 mask) {
    for (i64 n = 0; n < count; n++) {
        u64 at = hashes[n] >> 20 & mask;
        while (table[at]) at = (at + 1) & mask;
        table[at] = (u32)n + 1;
    }
}

/* Hash the words of a line, between its two ends; return how many there are. */
static i64 words_of(const u32 *folds, const u8 *data, i64 at, i64 end, u64 *out) {
    i64 count = 0;
    u64 word = 0;
    int size, inside = 0, figures = 0;
    out[count++] = mixed(with(0, '^'), 0);
    trimmed(folds, data, &at, &end);
    for (; at < end; at += size) {
        u32 c = decoded(data + at, &size), fold = fold_of(folds, c);
        if (fold & FIGURE && figures) continue;
        figures = (fold & FIGURE) != 0;
        c = figures ? '0' : fold ? fold & FOLDED : c;
        if (in_edges(fold) || c == '\'' || c == '-') {
            word = with(word, c);
            inside = 1;
        } else if (inside) {
            out[count++] = mixed(word, 0);
            word = 0;
            inside = 0;
        }
    }
    if (inside) out[count++] = mixed(word, 0);
    out[count++] = mixed(with(0, '$'), 0);
    return count;
}

/* Find the known rows of words of each line: first those of one word, then of two, then of three. Return how many there
   are. `words` has room for the longest line, `line` and `number` for three for each word. */
EXPORT i64 known_rows(const u32 *folds, const u64 *hashes, const u32 *table, u64 mask, const u8 *data,
                      const i64 *begin, const i64 *end, i64 count, u64 *words, i64 *line, i64 *number) {
    i64 found = 0;
    for (i64 n = 0; n < count; n++) {
        i64 size = words_of(folds, data, begin[n], end[n], words);
        for (int length = 1; length <= IN_A_ROW; length++)
            for (i64 at = 0; at + length <= size; at++) {
                u64 row = 0;
                for (int next = 0; next < length; next++) row = followed(row, words[at + next]);
                for (u64 place = row >> 20 & mask; table[place]; place = (place + 1) & mask)
                    if (hashes[table[place] - 1] == row) {
                        line[found] = n;
                        number[found++] = table[place] - 1;
                        break;
                    }
            }
    }
    return found;
}

/* ---- trees ----------------------------------------------------------------------------------------------------- */

enum { LEAVES = 16, LINES = 256 };

/* Tests of bytes; `low` and `high`: which leaves of the tree are left where a byte is at most `cut`, and where more. */
typedef struct { const u8 *cut; const uint16_t *column, *low, *high; } Tests;

/* Add to each total what each tree says: of the leaves that are left after all tests of known columns, the best. */
EXPORT void scored(const Tests *tests, const i64 *bounds, i64 trees, const double *leaves, const uint16_t *all,
                   const u8 **columns, i64 count, double *total) {
    for (i64 block = 0; block < count; block += LINES) {
        i64 lines = count - block < LINES ? count - block : LINES;
        for (i64 tree = 0; tree < trees; tree++) {
            uint16_t left[LINES];
            const double *leaf = leaves + LEAVES * tree;
            for (i64 n = 0; n < lines; n++) left[n] = all[tree];
            for (i64 test = bounds[tree]; test < bounds[tree + 1]; test++) {
                if (!columns[tests->column[test]]) continue;
                const u8 *bytes = columns[tests->column[test]] + block;
                u8 cut = tests->cut[test];
                uint16_t low = tests->low[test], high = tests->high[test];
                for (i64 n = 0; n < lines; n++) left[n] &= bytes[n] <= cut ? low : high;
            }
            for (i64 n = 0; n < lines; n++) {
                double best = leaf[__builtin_ctz(left[n])];
                for (u32 more = left[n] & (left[n] - 1u); more; more &= more - 1)
                    if (leaf[__builtin_ctz(more)] > best) best = leaf[__builtin_ctz(more)];
                total[block + n] += best;
            }
        }
    }
}
