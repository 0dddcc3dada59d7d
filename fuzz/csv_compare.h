/*
 * fuzz/csv_compare.h: our reader of CSV beside libcsv, and beside itself. A difference aborts the
 * program.
 */
#ifndef MSCHED_FUZZ_CSV_COMPARE_H
#define MSCHED_FUZZ_CSV_COMPARE_H

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #condition);          \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/*
 * The rows of an input are what libcsv alone gives for it, up to the first broken one, also if it
 * is read in pieces of `piece` bytes.
 */
void compare_rows(const char *data, size_t size, char delimiter, size_t piece);
/* Lines that are split apart from each other give the rows and errors of the whole input. */
void compare_lines(const char *data, size_t size, char delimiter, size_t piece, int lenient);

#endif
