/*
 * fold_table.c: the tables of src/base/fold_table.c, packed to a fifth of their size. pack_folds.py
 * writes fold_packed.h, which encodes as differences what each code point becomes. The module
 * unpacks the tables when it starts.
 */
#include "fold_packed.h"

#include "base/utf8.h"

#include <string.h>

#define BLOCK 32

uint16_t msched__fold_case_blocks[FOLD_CASE_BLOCKS];
uint16_t msched__fold_case_values[BLOCK * FOLD_CASE_USED];
uint16_t msched__fold_search_blocks[FOLD_SEARCH_BLOCKS];
uint16_t msched__fold_search_values[BLOCK * FOLD_SEARCH_USED];
unsigned char msched__fold_texts[FOLD_TEXT_BYTES];

/* The packed streams of a table; pack_folds.py explains them. */
typedef struct streams {
    const unsigned char *gaps, *heads, *codes, *counts;
    uint32_t runs;
} streams;

typedef struct tables {
    uint16_t *blocks, *values;
    uint32_t used; /* number of blocks; block 0 is for code points that do not change */
} tables;

static uint32_t texts_used;

/* Read an unsigned number: seven bits per byte, the lowest first. */
static uint32_t next(const unsigned char **at)
{
    uint32_t value = 0, shift = 0;
    do
        value |= (uint32_t)(**at & 0x7F) << shift;
    while (shift += 7, *(*at)++ & 0x80);
    return value;
}

/* Append a length byte and code points in UTF-8 to the texts. Returns their place. */
static uint16_t add_text(const uint32_t *codes, uint32_t count)
{
    const uint32_t place = texts_used;
    unsigned char *text = msched__fold_texts + place;
    size_t size = 0;
    for (uint32_t i = 0; i < count; i++)
        size += msched__utf8_put((char *)text + 1 + size, codes[i]);
    *text = (unsigned char)size;
    texts_used += 1 + (uint32_t)size;
    return (uint16_t)place;
}

static void set(tables *to, uint32_t code, uint16_t place)
{
    uint16_t *block = &to->blocks[code / BLOCK];
    if (*block == 0)
        *block = (uint16_t)to->used++;
    to->values[*block * BLOCK + code % BLOCK] = place;
}

static void unpack(tables *to, streams from)
{
    uint32_t codes[FOLD_MOST_CODES] = {0}, code = 0;
    while (from.runs-- > 0) {
        const uint32_t head = *from.heads++, size = head & 0x1F;
        const uint32_t step = head >> 7 & 1, times = head & 0x40 ? next(&from.counts) : 1;
        const uint32_t rise = head & 0x40 ? *from.counts++ : 0;
        code += next(&from.gaps);
        for (uint32_t i = 0; i < size; i++) {
            uint32_t change = next(&from.codes);
            codes[i] += change & 1 ? ~(change >> 1) : change >> 1;
        }
        for (uint32_t i = 0; i < times; i++, code += 1 + step) {
            set(to, code, add_text(codes, size));
            if (size > 0)
                codes[size - 1] += rise;
        }
        code -= step;
        if (size > 0)
            codes[size - 1] -= rise * times;
    }
}

__attribute__((constructor)) static void unpack_folds(void)
{
    static const streams of_case = {FOLD_CASE_STREAMS}, of_search = {FOLD_SEARCH_STREAMS};
    tables case_tables = {msched__fold_case_blocks, msched__fold_case_values, 1};
    tables search_tables = {msched__fold_search_blocks, msched__fold_search_values, 1};
    texts_used = 1;
    unpack(&case_tables, of_case);
    /* a search folds like a comparison, except for the code points of its own streams */
    unpack(&search_tables, of_case);
    unpack(&search_tables, of_search);
}
