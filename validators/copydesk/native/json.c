/* JSON lines: the wanted columns of each line, as texts. */

#include "kernel.h"

/* Each of these functions reads one value and returns the place behind it. It returns 0 where Python must decide: at
   what is no JSON, what is not UTF-8, half a surrogate pair, and a number that Python would write in another way.
   A line ends at `end`, where \n or a zero stands. Where the file is right, a text has no more bytes than its JSON. */

enum { DEEPEST = 64, PRECISE = 15, LONGEST_NUMBER = 4000 };  /* lists in lists; digits */

static inline const u8 *skip_space(const u8 *at) {
    while (*at == ' ' || *at == '\t' || *at == '\r') at++;
    return at;
}

static int is_utf8(const u8 *at, const u8 *end) {
    while (at < end) {
        int size = ascii_run(at);
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

/* Return the number that four digits are; more than 16 bits where they are none. */
static u32 read_hexadecimal(const u8 *at) {
    u32 value = 0;
    for (int n = 0; n < 4; n++) {
        u8 digit = at[n] - '0', letter = (at[n] | 0x20) - 'a';
        if (digit > 9 && letter > 5) return ~(u32)0;
        value = value << 4 | (digit > 9 ? letter + 10u : digit);
    }
    return value;
}

/* Write the character that stands for what follows a backslash. */
static const u8 *read_escape(const u8 *at, u8 **to) {
    static const u8 escapes[] = "\"\\/bfnrt", characters[] = "\"\\/\b\f\n\r\t";
    if (*at != 'u') {
        const u8 *found = memchr(escapes, *at, sizeof escapes - 1);
        if (!found) return 0;
        *(*to)++ = characters[found - escapes];
        return at + 1;
    }
    u32 c = read_hexadecimal(at + 1);
    if (c > 0xFFFF) return 0;
    at += 5;
    if (c >> 11 == 0x1B) {
        if (c >= 0xDC00 || at[0] != '\\' || at[1] != 'u') return 0;
        u32 other = read_hexadecimal(at + 2);
        if (other >> 10 != 0x37) return 0;
        c = 0x10000 + ((c & 0x3FF) << 10 | (other & 0x3FF));
        at += 6;
    }
    int size;
    u32 bytes = encode(c, &size);
    memcpy(*to, &bytes, 4);
    *to += size;
    return at;
}

/* Write the text of a string. */
static const u8 *read_string(const u8 *at, const u8 *end, u8 **to) {
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
        int size = both[0] ? bytes_before(both[0]) : 8 + bytes_before(both[1]);
        all |= bytes & first_bytes(size);
        at += size;
        out += size;
        if (at >= end) return 0;
        if (*at == '"') {
            *to = out;
            return any_bit(all & 0x80) && !is_utf8(first, out) ? 0 : at + 1;
        }
        if (!(at = read_escape(at + 1, &out))) return 0;
    }
    return 0;
}

/* Skip a number; say whether Python would write it as it stands (`same`). */
static const u8 *skip_number(const u8 *at, int *same) {
    const u8 *first = at += *at == '-';
    int zero = *at == '0';
    if (zero) at++;
    else while ((u8)(*at - '0') < 10) at++;
    if (at == first) return 0;
    *same = at - first < LONGEST_NUMBER && !(zero && first[-1] == '-');
    if (*at == '.') {
        const u8 *point = at++;
        while ((u8)(*at - '0') < 10) at++;
        if (at == point + 1) return 0;
        *same = at - first <= PRECISE && at[-1] != '0';
    }
    if ((*at | 0x20) == 'e') {
        at++;
        at += *at == '-' || *at == '+';
        first = at;
        while ((u8)(*at - '0') < 10) at++;
        if (at == first) return 0;
        *same = 0;
    }
    return at;
}

/* Skip true, false or null. */
static const u8 *skip_literal(const u8 *at) {
    if (!memcmp(at, "true", 4) || !memcmp(at, "null", 4)) return at + 4;
    return memcmp(at, "false", 5) ? 0 : at + 5;
}

/* Skip any value; `to` has room for a text. */
static const u8 *skip_value(const u8 *at, const u8 *end, u8 *to, int depth) {
    int same;
    if (*at == '"') return read_string(at, end, &to);
    if (*at == '-' || (u8)(*at - '0') < 10) return skip_number(at, &same);
    if (*at != '[' && *at != '{') return skip_literal(at);
    u8 close = *at + 2;
    at = skip_space(at + 1);
    if (*at == close) return at + 1;
    if (depth == DEEPEST) return 0;
    for (;;) {
        if (close == '}') {
            u8 *key = to;
            if (*at != '"' || !(at = read_string(at, end, &key))) return 0;
            at = skip_space(at);
            if (*at != ':') return 0;
            at = skip_space(at + 1);
        }
        if (!(at = skip_value(at, end, to, depth + 1))) return 0;
        at = skip_space(at);
        if (*at == close) return at + 1;
        if (*at != ',') return 0;
        at = skip_space(at + 1);
    }
}

/* Write the strings of a list. */
static const u8 *read_list(const u8 *at, const u8 *end, const u8 *separator, i64 size, u8 **to) {
    at = skip_space(at + 1);
    if (*at == ']') return at + 1;
    for (int any = 0;;) {
        if (*at == '"') {
            if (any) { memcpy(*to, separator, size); *to += size; }
            any = 1;
            if (!(at = read_string(at, end, to))) return 0;
        } else if (!memcmp(at, "null", 4)) at += 4;
        else return 0;
        at = skip_space(at);
        if (*at == ']') return at + 1;
        if (*at != ',') return 0;
        at = skip_space(at + 1);
    }
}

/* Write the text that stands for a value. */
static const u8 *read_text(const u8 *at, const u8 *end, const u8 *separator, i64 size, u8 **to) {
    if (*at == '"') return read_string(at, end, to);
    if (*at == '[') return read_list(at, end, separator, size, to);
    int same = 1;
    const u8 *behind = (u8)(*at - '0') < 10 || *at == '-' ? skip_number(at, &same) : skip_literal(at);
    if (!behind || !same) return 0;
    memcpy(*to, at, behind - at);
    *to += behind - at;
    return behind;
}

/* The columns that are wanted: their names, and what separates the items of their lists. */
typedef struct {
    const u8 *names;
    const i64 *name_bounds;
    const u8 *separators;
    const i64 *separator_bounds;
} Wanted;

enum { BODIES, OTHERS };

/* The texts that are read. Bodies have memory of their own, where a line break follows each; the rest has other memory.
   The views and the states of a column lie one behind the other, `rows` of them. */
typedef struct {
    u8 *memory[2], *to[2];
    i64 buffer[2], columns, body, rows;
    View *views;
    u8 *states;
} Texts;

/* Return the column of a name, -1 if there is none. Look from `next` on: columns mostly come in one order. */
static i64 find_column(const Wanted *wanted, i64 columns, i64 next, const u8 *name, i64 size) {
    for (i64 n = 0; n < columns; n++, next++) {
        if (next == columns) next = 0;
        i64 begin = wanted->name_bounds[next];
        if (wanted->name_bounds[next + 1] - 1 - begin == size && !memcmp(name, wanted->names + begin, size)) return next;
    }
    return -1;
}

/* Read the text of a column. */
static const u8 *read_field(const u8 *at, const u8 *end, const Wanted *wanted, i64 column, Texts *texts, View *view) {
    int memory = column == texts->body ? BODIES : OTHERS;
    u8 **to = texts->to + memory, *text = *to;
    i64 separator = wanted->separator_bounds[column], size = wanted->separator_bounds[column + 1] - 1 - separator;
    if (!(at = read_text(at, end, wanted->separators + separator, size, to))) return 0;
    *view = view_of(text, *to - text, texts->buffer[memory], text - texts->memory[memory]);
    if (memory == OTHERS && view->size <= VIEW_BYTES) *to = text;
    return at;
}

/* Read the wanted columns of an object. */
static const u8 *read_object(const u8 *at, const u8 *end, const Wanted *wanted, Texts *texts, i64 row) {
    at = skip_space(at + 1);
    if (*at == '}') return at + 1;
    for (i64 next = 0;;) {
        u8 *name = texts->to[OTHERS], *behind = name;
        if (*at != '"' || !(at = read_string(at, end, &behind))) return 0;
        at = skip_space(at);
        if (*at != ':') return 0;
        at = skip_space(at + 1);
        i64 column = find_column(wanted, texts->columns, next, name, behind - name), cell = texts->rows * column + row;
        if (column >= 0) next = column + 1;
        if (column < 0 || texts->states[cell]) {
            at = skip_value(at, end, name, 0);
        } else if (!memcmp(at, "null", 4)) {
            texts->states[cell] = NONE;
            at += 4;
        } else {
            texts->states[cell] = TEXT;
            at = read_field(at, end, wanted, column, texts, texts->views + cell);
        }
        if (!at) return 0;
        at = skip_space(at);
        if (*at == '}') return at + 1;
        if (*at != ',') return 0;
        at = skip_space(at + 1);
    }
}

/* Read a row of each line that is not blank. `read`: whether C could read it; if not, it has no texts. Return the number
   of rows. The memory has room for `size` bytes more, and SPARE. */
EXPORT i64 read_json_lines(const u8 *data, i64 size, const u8 *names, i64 name_bytes, const i64 *name_bounds,
                           const u8 *separators, i64 separator_bytes, const i64 *separator_bounds, i64 columns,
                           i64 body, i64 rows, u8 *bodies, i64 body_room, u8 *others, i64 other_room,
                           const i64 *buffers, i64 *written, View *views, u8 *states, i64 cells, i64 *line, i64 *begin,
                           i64 *end, u8 *read) {
    if (find_bad_span(name_bounds, name_bounds + 1, columns, name_bytes) >= 0) return -1;
    if (find_bad_span(separator_bounds, separator_bounds + 1, columns, separator_bytes) >= 0) return -1;
    for (i64 n = 0; n < columns; n++) {
        if (name_bounds[n] == name_bounds[n + 1]) return -1;
        i64 longest = separator_bounds[n + 1] - separator_bounds[n] - 1;
        if (longest < 0 || longest > LONGEST_SEPARATOR) return -1;
    }
    if (columns && rows > cells / columns) return -1;
    if (written[BODIES] < 0 || body_room - written[BODIES] < size + SPARE) return -1;
    if (written[OTHERS] < 0 || other_room - written[OTHERS] < size + SPARE) return -1;
    if (size && data[size - 1] != '\n' && data[size] && data[size] != '\n') return -1;
    Wanted wanted = {names, name_bounds, separators, separator_bounds};
    Texts texts = {
        {bodies, others}, {bodies + written[BODIES], others + written[OTHERS]}, {buffers[BODIES], buffers[OTHERS]},
        columns, body, rows, views, states,
    };
    i64 row = 0, number = 0;
    for (const u8 *at = data, *stop; at < data + size; at = stop + 1, number++) {
        stop = memchr(at, '\n', data + size - at);
        if (!stop) stop = data + size;
        const u8 *first = skip_space(at), *behind = 0;
        if (first == stop) continue;
        if (row == rows) return -1;
        Texts before = texts;
        if (*first == '{') behind = read_object(first, stop, &wanted, &texts, row);
        read[row] = behind && skip_space(behind) == stop;
        if (!read[row]) texts = before;
        for (i64 cell = row; !read[row] && cell < rows * columns; cell += rows) {
            states[cell] = ABSENT;
            views[cell] = (View){0};
        }
        *texts.to[BODIES]++ = '\n';
        line[row] = number;
        begin[row] = at - data;
        end[row++] = stop - data;
    }
    for (int n = 0; n < 2; n++) written[n] = texts.to[n] - texts.memory[n];
    return row;
}

/* Where a JSON array is cut, see ARRAY_STATE: how deep the place is, whether in a string and behind a backslash there;
   and what stands before it; the other numbers have names in constants.py. */
enum { IN_STRING = 1, IN_ESCAPE };
enum { BEFORE_ARRAY, AFTER_BRACKET, AFTER_COMMA, AFTER_VALUE, AFTER_ARRAY };

/* Make lines of the values of a JSON array, in place: the commas between them and the closing bracket become line
   breaks, other line breaks become spaces, and those in strings the byte BREAK_MARK. Write on which line each value
   begins, and return how many begin; -2 minus the place where something else stands than an array has. */
EXPORT i64 split_json_array(u8 *data, i64 size, i64 *state, i64 *lines, i64 room) {
    i64 depth = state[ARRAY_DEPTH], next = state[ARRAY_NEXT], values = 0, fault = -1;
    for (i64 n = 0; n < size; n++) {
        u8 c = data[n];
        if (state[IN_STRING]) {
            if (state[IN_ESCAPE]) { state[IN_ESCAPE] = 0; if (c != '\n') continue; }
            while (n < size && (c = data[n]) != '"' && c != '\\' && c != '\n' && c != BREAK_MARK) n++;
            if (n == size) break;
            if (c == '"') state[IN_STRING] = 0;
            else if (c == '\\') state[IN_ESCAPE] = 1;
            else if (c == '\n') { state[ARRAY_LINES]++; state[ARRAY_BREAKS]++; data[n] = BREAK_MARK; }
            else state[ARRAY_MARKS]++;
            continue;
        }
        if (c == '\n') { state[ARRAY_LINES]++; data[n] = ' '; continue; }
        if (c == ' ' || c == '\t' || c == '\r') continue;
        if (depth == 0) {
            if (next != BEFORE_ARRAY || c != '[') { fault = n; break; }
            data[n] = ' ';
            next = AFTER_BRACKET;
            depth = 1;
            continue;
        }
        if (depth == 1) {
            if (c == ',' || c == ']') {
                if (c == ',' ? next != AFTER_VALUE : next == AFTER_COMMA) { fault = n; break; }
                data[n] = '\n';
                next = c == ',' ? AFTER_COMMA : AFTER_ARRAY;
                depth = c == ',';
                continue;
            }
            if (next != AFTER_VALUE) {
                if (values == room) return -1;
                lines[values++] = state[ARRAY_LINES];
                next = AFTER_VALUE;
            }
        }
        if (c == '"') state[IN_STRING] = 1;
        else if (c == BREAK_MARK) state[ARRAY_MARKS]++;
        else if (c == '{' || c == '[') depth++;
        else if (c == '}' || c == ']') {
            if (depth == 1) { fault = n; break; }
            depth--;
        }
    }
    state[ARRAY_DEPTH] = depth;
    state[ARRAY_NEXT] = next;
    return fault < 0 ? values : -2 - fault;
}
