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
    MSCHED__SPLIT_FEATURING = 4, /* "feat.", "ft.", "featuring", in brackets or not */
    MSCHED__SPLIT_ALL = 7,
    MSCHED__SPLIT_MARKED = 8 /* the text has MSCHED__MEMBER_END */
};

/* The next member of a text; *rest is what follows it. 0 at the end. */
int msched__next_member(msched__slice *rest, uint32_t split, msched__slice *member);
/* Which of MSCHED__SPLIT_* the text at an offset of a pool has, as bits. */
uint32_t msched__separators_of(const msched__text_pool *pool, uint32_t offset);

/* The table of a kind of text. */
msched__intern *msched__list_table(msched_catalog_builder *builder, enum msched__list_kind kind);

/* All rows are there: number the members, and write lists as "A, B". MEMORY, LIMIT or MSCHED_OK. */
msched_result msched__builder_split_lists(msched_catalog_builder *builder, msched_error *err);

#endif
