/* What all files share: types, sixteen bytes at once, characters, hashes.

   Text is valid UTF-8: one text after the other, a line break behind each, and SPARE zeros behind them all. So a few
   bytes may be read beyond the end of any text. Places are numbers of bytes from the start of the buffer.

   Python checks each call first, see `signatures.py`: arrays have the type and the length that is named there, and all
   places lie in their buffer. A function returns -1 where its arrays are too small, or what they say makes no sense. */

#ifndef COPYDESK_KERNEL_H
#define COPYDESK_KERNEL_H

#include <stdint.h>
#include <string.h>

#if !defined __BYTE_ORDER__ || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "copydesk needs a little-endian processor: it compares several bytes as one number, the first byte lowest."
#endif

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int64_t i64;

enum { VIEW_BYTES = 12 };

/* A string as Arrow has it. One of up to VIEW_BYTES bytes lies in the view; of a longer one the first four do. */
typedef struct {
    u32 size;
    union {
        u8 text[VIEW_BYTES];
        struct { u8 start[4]; u32 buffer, offset; };
    };
} View;

#include "generated.h"  /* the constants and the prototypes, from constants.py and signatures.py */

static inline View view_of(const u8 *text, i64 size, i64 buffer, i64 offset) {
    View view = {(u32)size, {{0}}};
    memcpy(view.text, text, size <= VIEW_BYTES ? size : 4);
    if (size > VIEW_BYTES) { view.buffer = (u32)buffer; view.offset = (u32)offset; }
    return view;
}

static inline u64 load(const u8 *at) { u64 value; memcpy(&value, at, 8); return value; }

enum { AHEAD = 16 };  /* a line is fetched into the cache so many lines before its turn */

static inline void prefetch_line(const u8 *data, i64 begin, i64 end) {
    __builtin_prefetch(data + begin);
    __builtin_prefetch(data + end);
}

/* ---- sixteen bytes at once ------------------------------------------------------------------------------------- */

typedef u8 Bytes __attribute__((vector_size(16)));

enum { COUNTED = 16 * 255 };  /* a count in each of sixteen bytes does not overflow in so many bytes */

static inline Bytes bytes_at(const u8 *at) { Bytes bytes; memcpy(&bytes, at, 16); return bytes; }

/* Return sixteen bytes: all bits set in the first `size`, none in the rest. */
static inline Bytes first_bytes(i64 size) {
    static const u8 ones[32] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    return bytes_at(ones + (size < 16 ? 16 - size : 0));
}

/* Set all bits of each byte that continues a character. */
static inline Bytes continuing(Bytes bytes) { return (Bytes)((bytes & 0xC0) == 0x80); }

static inline i64 sum_bytes(Bytes counts) {
    u64 both[2], low = 0x00FF00FF00FF00FF;
    memcpy(both, &counts, 16);
    u64 sums = (both[0] & low) + (both[0] >> 8 & low) + (both[1] & low) + (both[1] >> 8 & low);
    return (i64)(sums * 0x0001000100010001 >> 48);
}

static inline int any_bit(Bytes bytes) {
    u64 both[2];
    memcpy(both, &bytes, 16);
    return (both[0] | both[1]) != 0;
}

/* ---- characters ------------------------------------------------------------------------------------------------ */

/* The highest bit of each of eight bytes. */
#define HIGH 0x8080808080808080

/* Count the bytes, of eight, before the first whose highest bit is set. */
static inline int bytes_before(u64 high) { return high & HIGH ? __builtin_ctzll(high & HIGH) / 8 : 8; }

/* Count the ASCII bytes, of the next eight, before the first byte that is not ASCII. */
static inline int ascii_run(const u8 *at) { return bytes_before(load(at)); }

/* Count the small letters of ASCII, of the next eight bytes, before the first byte that is none. */
static inline int small_run(const u8 *at) {
    u64 bytes = load(at), low = bytes & ~HIGH;
    u64 from_a = low + 0x1F1F1F1F1F1F1F1F, behind_z = low + 0x0505050505050505;  /* 'a' and '{' become 0x80 */
    return bytes_before(bytes | ~from_a | behind_z);
}

static inline u32 decode(const u8 *at, int *size) {
    u8 lead = at[0];
    if (lead < 0x80) { *size = 1; return lead; }
    if (lead < 0xE0) { *size = 2; return (u32)(lead & 0x1F) << 6 | (at[1] & 0x3F); }
    if (lead < 0xF0) { *size = 3; return (u32)(lead & 0x0F) << 12 | (u32)(at[1] & 0x3F) << 6 | (at[2] & 0x3F); }
    *size = 4;
    return (u32)(lead & 0x07) << 18 | (u32)(at[1] & 0x3F) << 12 | (u32)(at[2] & 0x3F) << 6 | (at[3] & 0x3F);
}

static inline u32 decode_before(const u8 *data, i64 end, i64 begin, int *size) {
    i64 at = end - 1;
    while (at > begin && (data[at] & 0xC0) == 0x80) at--;
    return decode(data + at, size);
}

/* Return the bytes of a character, the first one lowest. */
static inline u32 encode(u32 c, int *size) {
    if (c < 0x80) { *size = 1; return c; }
    u32 last = 0x80 | (c & 0x3F), third = 0x80 | (c >> 6 & 0x3F), second = 0x80 | (c >> 12 & 0x3F);
    if (c < 0x800) { *size = 2; return 0xC0 | c >> 6 | last << 8; }
    if (c < 0x10000) { *size = 3; return 0xE0 | c >> 12 | third << 8 | last << 16; }
    *size = 4;
    return 0xF0 | c >> 18 | second << 8 | third << 16 | last << 24;
}

/* `folds` says what each character below FOLDS becomes, with bits of what that is; 0 where Python must fold it. */
static inline u32 fold_of(const u32 *folds, u32 c) { return c < FOLDS ? folds[c] : 0; }

/* Count the bytes that continue a character. */
static inline i64 count_continuing(const u8 *data, i64 begin, i64 end) {
    i64 count = 0;
    while (begin < end) {
        i64 stop = end - begin < COUNTED ? end : begin + COUNTED;
        Bytes counts = {0};
        for (; begin < stop; begin += 16) counts -= continuing(bytes_at(data + begin)) & first_bytes(end - begin);
        count += sum_bytes(counts);
    }
    return count;
}

/* ---- hashes ---------------------------------------------------------------------------------------------------- */

#define ODD_TWO 0xC2B2AE3D27D4EB4F
#define ODD_THREE 0x165667B19E3779F9

static inline u64 mix(u64 hash, u64 value) {
    unsigned __int128 product = (unsigned __int128)(hash ^ value ^ ODD_ONE) * ODD_TWO;
    return (u64)product ^ (u64)(product >> 64);
}

/* Keep the lowest bytes, and make the rest zeros. */
static inline u64 low_bytes(u64 value, int bytes) { return bytes ? value & (~(u64)0 >> (64 - 8 * bytes)) : 0; }

/* ---- tables of codes ------------------------------------------------------------------------------------------- */

/* An open table of codes: `places` of them, a power of two; 0 is an empty place, and there is one. */
static inline u64 place_of(u64 code) { return code * ODD_ONE >> 20; }

static inline int has_code(const u64 *table, i64 places, u64 code) {
    u64 mask = (u64)places - 1;
    for (u64 at = place_of(code) & mask; table[at]; at = (at + 1) & mask)
        if (table[at] == code) return 1;
    return 0;
}

#endif
