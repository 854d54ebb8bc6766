/* Columns of text: from Arrow's views to one buffer, and back. */

#include "kernel.h"

/* Return the first of the spans that does not lie in so many bytes, or -1. */
EXPORT i64 find_bad_span(const i64 *begin, const i64 *end, i64 count, i64 size) {
    i64 signs = 0;  /* negative where one of these is; of numbers that are not negative, no difference overflows */
    for (i64 n = 0; n < count; n++)
        signs |= begin[n] | end[n] | (i64)((u64)end[n] - (u64)begin[n]) | (i64)((u64)size - (u64)end[n]);
    if (signs >= 0) return -1;
    for (i64 n = 0; n < count; n++) if (begin[n] < 0 || end[n] < begin[n] || end[n] > size) return n;
    return -1;
}

/* Say whether a text has other characters that break a line than \n: \r, VT, FF, NEL, LS, PS. */
static int has_odd_breaks(const u8 *text, i64 size) {
    u8 odd = 0;
    for (i64 n = 0; n < size; n++) {
        odd |= (text[n] == '\r') | (text[n] == '\v') | (text[n] == '\f');
        odd |= (text[n] == 0xC2) & (text[n + 1] == 0x85);
        odd |= (text[n] == 0xE2) & (text[n + 1] == 0x80) & ((text[n + 2] & 0xFE) == 0xA8);
    }
    return odd;
}

/* Make every such character one \n. Return the length. */
static i64 unify_breaks(u8 *text, i64 size) {
    if (!has_odd_breaks(text, size)) return size;
    i64 to = 0;
    for (i64 n = 0; n < size; n++) {
        u8 byte = text[n];
        if (byte == '\r' || byte == '\v' || byte == '\f') byte = '\n';
        else if (byte == 0xC2 && n + 1 < size && text[n + 1] == 0x85) { byte = '\n'; n += 1; }
        else if (byte == 0xE2 && n + 2 < size && text[n + 1] == 0x80 && (text[n + 2] & 0xFE) == 0xA8) {
            byte = '\n';
            n += 2;
        }
        text[to++] = byte;
    }
    return to;
}

/* Write texts one after the other, with a line break behind each. Two bytes of `out` are needed beyond them.
   Return how many bytes they are; -1 where a view lies in no buffer, or `out` is too small. */
EXPORT i64 write_texts(const View *views, i64 count, const u8 *const *buffers, const i64 *sizes, i64 buffer_count,
                       i64 breaks, u8 *out, i64 room, i64 *bounds) {
    i64 at = 0;
    for (i64 n = 0; n < count; n++) {
        bounds[n] = at;
        const View *view = views + n;
        i64 size = view->size;
        const u8 *text = view->text;
        if (size > VIEW_BYTES) {
            if (view->buffer >= buffer_count || view->offset + size > sizes[view->buffer]) return -1;
            text = buffers[view->buffer] + view->offset;
        }
        if (size + 2 > room - at) return -1;
        memcpy(out + at, text, size);
        memset(out + at + size, 0, 2);
        at += breaks ? unify_breaks(out + at, size) : size;
        out[at++] = '\n';
    }
    bounds[count] = at;
    return at;
}

/* Say whether the texts lie in a buffer as `write_texts` would write them, with SPARE zeros behind them. */
EXPORT i64 find_texts(const View *views, i64 count, const u8 *data, i64 size, i64 breaks, i64 *bounds) {
    i64 at = 0;
    for (i64 n = 0; n < count; n++) {
        View view = views[n];
        bounds[n] = at;
        if (view.size >= size - at) return 0;
        if (view.size > VIEW_BYTES ? view.buffer || view.offset != at : memcmp(view.text, data + at, view.size))
            return 0;
        at += view.size;
        if (data[at++] != '\n') return 0;
    }
    bounds[count] = at;
    if (size - at < SPARE) return 0;
    for (i64 n = 0; n < SPARE; n++) if (data[at + n]) return 0;
    return !breaks || !has_odd_breaks(data, at);
}

EXPORT void make_views(const u8 *data, const i64 *begin, const i64 *end, i64 count, i64 buffer, View *views) {
    for (i64 n = 0; n < count; n++) views[n] = view_of(data + begin[n], end[n] - begin[n], buffer, begin[n]);
}

EXPORT i64 count_line_breaks(const u8 *data, i64 size) {
    i64 count = 0;
    for (i64 at = 0; at < size;) {
        i64 stop = size - at < COUNTED ? size : at + COUNTED;
        Bytes counts = {0};
        for (; stop - at >= 16; at += 16) counts -= (Bytes)(bytes_at(data + at) == '\n');
        count += sum_bytes(counts);
        for (; at < stop; at++) count += data[at] == '\n';
    }
    return count;
}
