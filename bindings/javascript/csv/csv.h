/*
 * csv.h: the part of libcsv's interface that the library uses, for builds that cannot link libcsv.
 *
 * A WebAssembly module is linked as a whole, so libcsv's licence (LGPL) would ask each page that
 * serves it for the means to link it anew. csv.c is written for this project and has its license.
 * tests/javascript/compare_csv.c holds it against libcsv.
 *
 * Only the strict mode exists (CSV_STRICT | CSV_STRICT_FINI), and nothing is a space.
 */
#ifndef MUSICSCHED_JAVASCRIPT_CSV_H
#define MUSICSCHED_JAVASCRIPT_CSV_H

#include <stddef.h>

#define CSV_STRICT      1
#define CSV_STRICT_FINI 4

struct csv_parser {
    int state;
    int quoted; /* the field at hand began with a quote */
    unsigned char *entry_buf;
    size_t entry_pos, entry_size;
    unsigned char delimiter;
};

/* `options` is CSV_STRICT | CSV_STRICT_FINI. Returns 0. */
int csv_init(struct csv_parser *parser, unsigned char options);
void csv_set_delim(struct csv_parser *parser, unsigned char delimiter);
/* Neither is ever called: nothing is a space, and the caller makes entry_buf large enough. */
void csv_set_space_func(struct csv_parser *parser, int (*is_space)(unsigned char));
void csv_set_realloc_func(struct csv_parser *parser, void *(*resize)(void *, size_t));

/*
 * Parse bytes; `on_field` gets each field, `on_row` the byte that ended a row. Returns how many
 * bytes were used: less than `size` where a quote stands where none may. entry_size - entry_pos is
 * at least `size`.
 */
size_t csv_parse(struct csv_parser *parser, const void *bytes, size_t size,
                 void (*on_field)(void *, size_t, void *), void (*on_row)(int, void *), void *ctx);
/* The input ends here. -1: within a quoted field. */
int csv_fini(struct csv_parser *parser, void (*on_field)(void *, size_t, void *),
             void (*on_row)(int, void *), void *ctx);

#endif
