/*
 * catalog/build/members.h: texts that name several artists or genres, and their members. The tables
 * of a builder hold whole texts; a text that is a list gets members, which are items of the same
 * table.
 */
#ifndef MSCHED_CATALOG_BUILD_MEMBERS_H
#define MSCHED_CATALOG_BUILD_MEMBERS_H

#include "catalog/build/builder_data.h"

/* What separates members in addition to MSCHED__MEMBER_END, as bits. */
enum {
    MSCHED__SPLIT_SEMICOLON = 1,
    MSCHED__SPLIT_COMMA = 2,
    MSCHED__SPLIT_FEATURING = 4 /* "feat.", "ft.", "featuring", in brackets or not */
};

/* The next member of a text; *rest is what follows it. 0 at the end. */
int msched__next_member(msched__slice *rest, uint32_t split, msched__slice *member);
/* Whether a text has this one of MSCHED__SPLIT_*. */
int msched__has_separator(msched__slice text, uint32_t separator);

/* The table of a kind of text. */
msched__intern *msched__list_table(msched_catalog_builder *builder, enum msched__list_kind kind);

/* All rows are there: number the members, and write lists as "A, B". MEMORY, LIMIT or MSCHED_OK. */
msched_result msched__builder_split_lists(msched_catalog_builder *builder, msched_error *err);

#endif
