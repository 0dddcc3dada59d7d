/*
 * playlist/plain_title.h: titles and artists without what one service writes and another does not.
 */
#ifndef MSCHED_PLAYLIST_PLAIN_TITLE_H
#define MSCHED_PLAYLIST_PLAIN_TITLE_H

#include "base/slice.h"

#include <musicsched/base.h>

/*
 * Copy a title to `out` (at least title.size bytes) without "(feat. ..)", "[Official Video]",
 * "- Remastered 2011" and the like. "(Live)" and "- Remix" stay: they are other recordings. Returns
 * its size; a title of nothing else stays as it is.
 */
size_t msched__plain_title(char *out, msched__slice title);

/* The first of several artists: what comes before ", ", ";", " & ", " feat. " and the like. */
msched__slice msched__first_artist(msched__slice artists);

/*
 * 1 if both texts name the same song: equal plain titles, and artists that are equal or have one in
 * common, but for case, accents and the like; -1 when out of memory.
 */
int msched__same_song(const msched_allocator *allocator, const msched__slice title[2],
                      const msched__slice artist[2]);

#endif
