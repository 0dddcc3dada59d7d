/* query/lookup/plain_title.h: titles and artists without the additions of services. */
#ifndef MSCHED_QUERY_LOOKUP_PLAIN_TITLE_H
#define MSCHED_QUERY_LOOKUP_PLAIN_TITLE_H

#include "base/slice.h"

#include <musicsched/base.h>

/*
 * Copy a title to `out` (at least title.size bytes) without "(feat. ..)", "[Official Video]", "-
 * Remastered 2011" and the like. "(Live)" and "- Remix" stay: they are other recordings. Returns
 * its size; a title that consists only of additions is unchanged.
 */
size_t msched__plain_title(char *out, msched__slice title);

/*
 * The artists that a title names in its first addition "(feat. ..)", "ft. .." or the like, as a
 * part of `title`; size 0: none.
 */
msched__slice msched__featured_artists(msched__slice title);

/* The first of several artists: the text before ", ", ";", " & ", " feat. " and the like. */
msched__slice msched__first_artist(msched__slice artists);

/* Remove the next of several artists from `rest` and return it; size 0: there are none left. */
msched__slice msched__take_artist(msched__slice *rest);

/*
 * 1 if both texts name the same song: equal plain titles, and equal artists or a common artist,
 * ignoring case, accents and the like; -1 when out of memory.
 */
int msched__same_song(const msched_allocator *allocator, const msched__slice title[2],
                      const msched__slice artist[2]);

#endif
