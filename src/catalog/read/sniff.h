/* catalog/read/sniff.h: where the header of an input is and what separates its fields. */
#ifndef MSCHED_CATALOG_READ_SNIFF_H
#define MSCHED_CATALOG_READ_SNIFF_H

#include "catalog/read/header.h"

typedef struct msched__layout {
    char delimiter;
    uint32_t skip_lines; /* before the header */
    int found;           /* a header with the columns of a catalog is there */
} msched__layout;

/*
 * Examine the first text of an input. `delimiter` 0: the one that finds the most columns. The
 * header is the first line that names the columns of a catalog, after "sep=;", comments, titles and
 * empty lines; if there is none, the first line with text.
 */
msched__layout msched__sniff(msched__slice head, char delimiter, const msched__header_names *names);

#endif
