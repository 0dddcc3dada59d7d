/*
 * Our strict CSV parser, of the package for JavaScript, reads what libcsv reads: the same fields
 * and rows, and the same byte refused. Random texts of the bytes that matter, fed in two pieces.
 */
#include <csv.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Ours under names of its own, beside libcsv's. */
#define csv_parser           own_parser
#define csv_init             own_init
#define csv_set_delim        own_set_delim
#define csv_set_space_func   own_set_space_func
#define csv_set_realloc_func own_set_realloc_func
#define csv_parse            own_parse
#define csv_fini             own_fini
#include "csv/csv.c"
#undef csv_parser
#undef csv_init
#undef csv_set_delim
#undef csv_set_space_func
#undef csv_set_realloc_func
#undef csv_parse
#undef csv_fini

#define TEXTS    300000
#define MAX_TEXT 24

/* What a parser said: fields in brackets, rows as line feeds. */
typedef struct heard {
    char text[4 * MAX_TEXT + 16];
    size_t size;
} heard;

static void hear_field(void *data, size_t size, void *ctx)
{
    heard *to = ctx;
    to->text[to->size++] = '[';
    if (size > 0)
        memcpy(to->text + to->size, data, size);
    to->size += size;
    to->text[to->size++] = ']';
}

static void hear_row(int byte, void *ctx)
{
    heard *to = ctx;
    (void)byte;
    to->text[to->size++] = '\n';
}

static int no_space(unsigned char byte)
{
    (void)byte;
    return 0;
}

static uint64_t random_state = 1;

static uint32_t draw(uint32_t below)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(random_state >> 33) % below;
}

/* Feed both in pieces; 0 where they differ. */
static int compare(const char *text, size_t size, size_t cut)
{
    struct csv_parser theirs;
    struct own_parser ours;
    unsigned char buffer[MAX_TEXT + 1];
    heard said = {.size = 0}, heard_ours = {.size = 0};
    csv_init(&theirs, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&theirs, ';');
    csv_set_space_func(&theirs, no_space);
    own_init(&ours, CSV_STRICT | CSV_STRICT_FINI);
    own_set_delim(&ours, ';');
    ours.entry_buf = buffer;
    ours.entry_size = sizeof buffer;
    const size_t sizes[] = {cut, size - cut};
    int same = 1, ended = 0;
    for (int i = 0; i < 2 && same && !ended; i++) {
        const char *piece = text + (i == 0 ? 0 : cut);
        size_t used = csv_parse(&theirs, piece, sizes[i], hear_field, hear_row, &said);
        same = used == own_parse(&ours, piece, sizes[i], hear_field, hear_row, &heard_ours);
        ended = used < sizes[i];
    }
    if (same && !ended)
        same = csv_fini(&theirs, hear_field, hear_row, &said) ==
               own_fini(&ours, hear_field, hear_row, &heard_ours);
    csv_free(&theirs);
    return same && said.size == heard_ours.size &&
           memcmp(said.text, heard_ours.text, said.size) == 0;
}

int main(void)
{
    static const char bytes[] = {'a', '"', ';', '\n', '\r', ' ', '"', 'b'};
    for (int i = 0; i < TEXTS; i++) {
        char text[MAX_TEXT];
        size_t size = draw(MAX_TEXT + 1);
        for (size_t k = 0; k < size; k++)
            text[k] = bytes[draw(sizeof bytes)];
        if (!compare(text, size, draw((uint32_t)size + 1))) {
            printf("text %d differs: %.*s\n", i, (int)size, text);
            return 1;
        }
    }
    return 0;
}
