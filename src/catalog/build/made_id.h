/* catalog/build/made_id.h: ids for songs without one. */
#ifndef MSCHED_CATALOG_BUILD_MADE_ID_H
#define MSCHED_CATALOG_BUILD_MADE_ID_H

#include "base/slice.h"

#include <musicsched/base.h>

#define MSCHED__MADE_ID_ROOM 24

/*
 * "made-" and 16 hexadecimal digits: FNV-1a (64 bits) of title, MSCHED__MEMBER_END and artists
 * after case folding, so that a song has the same id in every file. 0 when out of memory.
 */
int msched__made_id(char out[MSCHED__MADE_ID_ROOM], msched__slice title, msched__slice artist,
                    const msched_allocator *allocator);

#endif
