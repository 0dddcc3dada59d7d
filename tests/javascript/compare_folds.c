/*
 * The fold tables of the package for JavaScript, which are packed, have the same text for each code
 * point as the library's.
 */
#include "base/fold_table.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* The packed ones under names of their own, beside the library's. */
#define msched__fold_case_blocks   own_case_blocks
#define msched__fold_case_values   own_case_values
#define msched__fold_search_blocks own_search_blocks
#define msched__fold_search_values own_search_values
#define msched__fold_texts         own_texts
#include "module/fold_table.c"
#undef msched__fold_case_blocks
#undef msched__fold_case_values
#undef msched__fold_search_blocks
#undef msched__fold_search_values
#undef msched__fold_texts

static const unsigned char *text(const uint16_t *block, const uint16_t *values,
                                 const unsigned char *texts, uint32_t code)
{
    uint16_t place = values[block[code / BLOCK] * BLOCK + code % BLOCK];
    return place == 0 ? NULL : texts + place;
}

static int differ(const unsigned char *one, const unsigned char *two)
{
    return (one == NULL) != (two == NULL) ||
           (one != NULL && memcmp(one, two, (size_t)1 + *one) != 0);
}

int main(void)
{
    uint32_t failed = 0;
    for (uint32_t code = 0; code < MSCHED__FOLD_SEARCH_END; code++) {
        if (code < MSCHED__FOLD_CASE_END)
            failed += differ(text(msched__fold_case_blocks, msched__fold_case_values,
                                  msched__fold_texts, code),
                             text(own_case_blocks, own_case_values, own_texts, code)) != 0;
        failed += differ(text(msched__fold_search_blocks, msched__fold_search_values,
                              msched__fold_texts, code),
                         text(own_search_blocks, own_search_values, own_texts, code)) != 0;
    }
    if (failed > 0)
        fprintf(stderr, "%u texts differ\n", failed);
    return failed > 0 || BLOCK != MSCHED__FOLD_BLOCK;
}
