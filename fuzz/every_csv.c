/*
 * fuzz/every_csv.c: every input of a few bytes that matter to the grammar of CSV is read as libcsv
 * reads it. usage: every_csv [BYTES] (at most; 7: 100,000 inputs; 11: 61 million)
 */
#include "csv_compare.h"

#include <string.h>

#define MOST_BYTES 20

/* All inputs of this size. Returns their number. */
static unsigned long compare_all(size_t size)
{
    static const char bytes[] = {'a', ',', '"', '\n', '\r'};
    int digits[MOST_BYTES] = {0};
    char *input = malloc(size + 1); /* of this size, so that a checker sees reads past the end */
    unsigned long count = 0;
    CHECK(input != NULL);
    for (;;) {
        for (size_t i = 0; i < size; i++)
            input[i] = bytes[digits[i]];
        compare_rows(input, size, ',', count % 3 + 1);
        count++;
        size_t at = 0;
        while (at < size && ++digits[at] == (int)sizeof bytes)
            digits[at++] = 0;
        if (at == size)
            break;
    }
    free(input);
    return count;
}

int main(int argc, char **argv)
{
    const long most = argc > 1 ? strtol(argv[1], NULL, 10) : 7;
    unsigned long count = 0;
    CHECK(most >= 0 && most <= MOST_BYTES);
    for (long size = 0; size <= most; size++)
        count += compare_all((size_t)size);
    printf("%lu inputs are read as libcsv reads them\n", count);
    return 0;
}
