/* Decision trees, of which many score the same lines. */

#include "kernel.h"

enum { LINES = 256 };  /* so many lines are scored together */

/* Add to each total what each tree says of the line. A test compares a byte of a column: `low` and `high` say which
   leaves are left where it is at most `cut`, and where it is more. Of the leaves that are left, the best one counts; a
   column that is not there (NULL) leaves all. Return -1 where a test lies outside, or asks for a column that does. */
EXPORT i64 score_trees(const u8 *cut, const u16 *column, const u16 *low, const u16 *high, i64 tests, const i64 *bounds,
                       const double *leaves, const u16 *all_leaves, i64 trees, const u8 *const *columns,
                       i64 column_count, i64 count, double *totals) {
    if (find_bad_span(bounds, bounds + 1, trees, tests) >= 0) return -1;
    for (i64 test = 0; test < tests; test++) if (column[test] >= column_count) return -1;
    for (i64 block = 0; block < count; block += LINES) {
        i64 lines = count - block < LINES ? count - block : LINES;
        for (i64 tree = 0; tree < trees; tree++) {
            u16 left[LINES];
            const double *leaf = leaves + LEAVES * tree;
            for (i64 n = 0; n < lines; n++) left[n] = all_leaves[tree];
            for (i64 test = bounds[tree]; test < bounds[tree + 1]; test++) {
                if (!columns[column[test]]) continue;
                const u8 *bytes = columns[column[test]] + block;
                u8 most = cut[test];
                u16 at_most = low[test], more = high[test];
                for (i64 n = 0; n < lines; n++) left[n] &= bytes[n] <= most ? at_most : more;
            }
            for (i64 n = 0; n < lines; n++) {
                double best = leaf[__builtin_ctz(left[n] | 1u << (LEAVES - 1))];  /* a tree leaves one; else the last */
                for (u32 more = left[n] & (left[n] - 1u); more; more &= more - 1)
                    if (leaf[__builtin_ctz(more)] > best) best = leaf[__builtin_ctz(more)];
                totals[block + n] += best;
            }
        }
    }
    return count;
}
