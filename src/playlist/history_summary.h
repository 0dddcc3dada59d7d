/* playlist/history_summary.h: the internals of a summary. */
#ifndef MSCHED_PLAYLIST_HISTORY_SUMMARY_H
#define MSCHED_PLAYLIST_HISTORY_SUMMARY_H

#include "playlist/history_data.h"

#define MSCHED__HISTORY_LISTS 5

typedef struct msched__history_tally {
    int64_t ms;
    uint32_t plays, skipped, skipped_known;
    uint32_t song;  /* for its texts */
    uint32_t first; /* of its plays that were counted */
    int32_t number, year;
} msched__history_tally;

struct msched_history_summary {
    msched__refcount refs;
    msched_allocator allocator;
    msched_history *history; /* owned */
    msched_history_totals totals;
    uint32_t min_played_ms, by_time;
    char timezone[72];
    msched__history_tally *rows[MSCHED__HISTORY_LISTS];
    uint32_t counts[MSCHED__HISTORY_LISTS];
};

#endif
