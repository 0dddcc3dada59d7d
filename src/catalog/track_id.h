/* catalog/track_id.h: ids of tracks in URIs and links. */
#ifndef MSCHED_CATALOG_TRACK_ID_H
#define MSCHED_CATALOG_TRACK_ID_H

#include "base/slice.h"

/* The same for a text that may be a link, without blanks. */
msched__slice msched__track_id_in_link(msched__slice text);

/* The id of a track in "spotify:track:ID" and in links to it; other texts as they are. */
static inline msched__slice msched__track_id_of(msched__slice text)
{
    const msched__slice rest = msched__trim(text);
    if (rest.size < 14 || (rest.data[0] != 's' && rest.data[0] != 'h' && rest.data[0] != 'o'))
        return text;
    const msched__slice id = msched__track_id_in_link(rest);
    return id.data == rest.data ? text : id;
}

#endif
