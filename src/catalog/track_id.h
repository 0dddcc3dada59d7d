/* catalog/track_id.h: ids of tracks in URIs and links. */
#ifndef MSCHED_CATALOG_TRACK_ID_H
#define MSCHED_CATALOG_TRACK_ID_H

#include "base/slice.h"

/* The id of a track in "spotify:track:ID" and in links to it; other texts as they are. */
msched__slice msched__track_id_of(msched__slice text);

#endif
