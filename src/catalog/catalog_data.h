/*
 * catalog/catalog_data.h: the columns of a catalog, for the layers above. Everything here is
 * read-only once built. Texts are offsets into `text`, where each ends with a NUL; offset 0 is "".
 */
#ifndef MSCHED_CATALOG_DATA_H
#define MSCHED_CATALOG_DATA_H

#include "base/refcount.h"
#include "format/section_file.h"

#include <math.h>
#include <pthread.h>

#include <musicsched/catalog.h>

#define MSCHED__NONE               UINT32_MAX
#define MSCHED__POPULARITY_UNKNOWN 255u

/*
 * Objects that other layers build from a catalog at first use and that live as long as the catalog.
 */
enum msched__attachment {
    MSCHED__ATTACH_LOOKUP = 0,
    MSCHED__ATTACH_MOODS = 1,
    MSCHED__ATTACH_KEY_ORDER = 2,
    MSCHED__ATTACH_GROUPS = 3,
    MSCHED__ATTACH_DUPLICATES = 4,
    MSCHED__ATTACH_COUNT = 5
};

typedef struct msched__attached {
    void (*destroy)(struct msched__attached *self); /* frees itself with the catalog's allocator */
    size_t memory_bytes;
    msched_allocator allocator;
} msched__attached;

/* Row numbers grouped by a key: rows[starts[k]] .. rows[starts[k + 1] - 1] have key k. */
typedef struct msched__index {
    uint32_t *starts;
    uint32_t *rows;
} msched__index;

/* A number of all tracks; NaN: not known. Few different values are kept once each. */
typedef struct msched__feature {
    double *values;
    uint16_t *codes;      /* by track: place in `values`; NULL: values are by track */
    uint32_t value_count; /* of tracks, without codes */
} msched__feature;

struct msched_catalog {
    msched__refcount refs;
    msched_allocator allocator;

    uint32_t track_count, entry_count, recording_count, artist_count, album_count, playlist_count,
        genre_count, subgenre_count;

    const char *text;
    size_t text_size;

    /* tracks, in order of first appearance */
    uint32_t *track_id, *track_name;      /* text offsets */
    uint32_t *track_artist, *track_album; /* indices below; album MSCHED__NONE: not known */
    uint32_t *track_recording;            /* late: see below */
    /* the highest of the track's entries; MSCHED__POPULARITY_UNKNOWN */
    uint8_t *popularity;
    uint32_t *duration_ms;                /* 0: not known */
    int16_t *release_year;                /* 0: not known */
    uint8_t *release_month, *release_day; /* 0: not known */
    /* packed with the late columns, see below; use duration_ms for MSCHED_FEATURE_DURATION_MS */
    msched__feature feature[MSCHED_FEATURE_DURATION_MS];

    uint32_t *artist_name; /* text offsets; also of texts that name several */
    uint32_t *album_id, *album_name;
    uint32_t *playlist_id, *playlist_name;
    uint32_t *genre_name, *subgenre_name;

    /* entries, in input order */
    uint32_t *entry_track;
    uint32_t *entry_playlist;               /* MSCHED__NONE: not known */
    uint32_t *entry_genre, *entry_subgenre; /* MSCHED__NONE: not known */
    uint8_t *entry_popularity;
    int popularity_varies; /* some entry's is not its track's */

    /*
     * by artist, genre or subgenre: the ones that its text names, or itself if it names only one;
     * starts NULL: no text names several
     */
    msched__index artist_members, genre_members, subgenre_members;
    uint32_t single_artists, single_genres, single_subgenres; /* that are not lists */

    /*
     * Late: a catalog that was built makes these when something first needs them, with
     * track_recording and recording_count; catalog/build/late.h
     */
    msched__index track_entries; /* key track: entries */
    /* key recording: tracks, most popular first, then input order */
    msched__index recording_tracks;
    uint32_t *tracks_by_popularity; /* all tracks, most popular first, then input order */

    /* open addressing by msched__hash of the id: track index or MSCHED__NONE */
    uint32_t *id_slots;
    uint32_t id_slot_count; /* a power of two */
    uint64_t hash_key;      /* of id_slots and of the tables of the lookup */

    char *report_json, *report_text;
    uint64_t unreadable_cells, conflicts, assumptions; /* of the report */

    uint64_t rows_skipped;
    uint32_t skip_reason_count;
    msched_error *skip_reasons;

    _Atomic(msched__attached *) attached[MSCHED__ATTACH_COUNT];
    size_t memory_bytes; /* without attachments and late columns */

    pthread_mutex_t late_lock; /* of a built catalog, while it makes its late columns */
    size_t late_bytes;         /* of them */
    /* as artist_name, before lists were rewritten; NULL: the same */
    uint32_t *late_artist_name;

    /* where all of the above lies in a saved catalog; data NULL: the catalog was built */
    msched__section_file saved;
    int checks_saved;        /* 1: attachments read from `saved` are checked, too */
    int checks_by_threads;   /* 1: several threads may check it */
    int prepares_by_threads; /* 1: or build attachments, as the allocator is not the caller's */
    const struct msched__catalog_checks *checks;
    uint32_t member_rows[3]; /* of artist_members, genre_members and subgenre_members */
    char saved_name[121];    /* for messages */
    /* bits of enum msched__catalog_part; all but the late ones where it was built */
    _Atomic uint32_t checked;
    _Atomic uint32_t damaged; /* 1: a check failed */
};

static inline const char *msched__catalog_text(const msched_catalog *catalog, uint32_t offset)
{
    return catalog->text + offset;
}

/* The members of an item: *members receives the first. Returns their number. */
static inline uint32_t msched__members_of(const msched__index *lists, const uint32_t *item,
                                          const uint32_t **members)
{
    if (lists->starts == NULL || *item == MSCHED__NONE) {
        *members = item;
        return *item != MSCHED__NONE;
    }
    *members = lists->rows + lists->starts[*item];
    return lists->starts[*item + 1] - lists->starts[*item];
}

/* 1 if an item is not a list. */
static inline int msched__is_single(const msched__index *lists, uint32_t item)
{
    return lists->starts == NULL || (lists->starts[item + 1] - lists->starts[item] == 1 &&
                                     lists->rows[lists->starts[item]] == item);
}

/* Set the flag of each list that has a member whose flag is set. */
static inline void msched__flag_lists(const msched__index *lists, uint32_t count, uint8_t *flags)
{
    for (uint32_t item = 0; lists->starts != NULL && item < count; item++)
        for (uint32_t i = lists->starts[item]; i < lists->starts[item + 1]; i++)
            flags[item] |= flags[lists->rows[i]];
}

/* 0..100, or -1. */
static inline int32_t msched__known_popularity(const msched_catalog *catalog, uint32_t track)
{
    const uint32_t popularity = catalog->popularity[track];
    return popularity == MSCHED__POPULARITY_UNKNOWN ? -1 : (int32_t)popularity;
}

/* For rankings: an unknown popularity counts as 0. */
static inline int32_t msched__popularity_or_0(const msched_catalog *catalog, uint32_t track)
{
    const uint32_t popularity = catalog->popularity[track];
    return popularity == MSCHED__POPULARITY_UNKNOWN ? 0 : (int32_t)popularity;
}

/* Milliseconds, or NaN. */
static inline double msched__known_duration(const msched_catalog *catalog, uint32_t track)
{
    return catalog->duration_ms[track] == 0 ? (double)NAN : (double)catalog->duration_ms[track];
}

/* A feature other than MSCHED_FEATURE_DURATION_MS, or NaN. */
static inline double msched__feature_of(const msched_catalog *catalog, uint32_t feature,
                                        uint32_t track)
{
    const msched__feature *f = &catalog->feature[feature];
    return f->values[f->codes == NULL ? track : f->codes[track]];
}

/* Free a catalog that nobody owns. */
void msched__catalog_free(msched_catalog *catalog);

/*
 * The attachment in `slot`, which the first call builds with `build`. Two threads may build at the
 * same time; then one result is kept and the other destroyed. `build` returns NULL when out of
 * memory, or where the saved catalog is damaged. NULL and an error: MSCHED_ERROR_MEMORY or SYNTAX.
 */
msched__attached *msched__catalog_attach(const msched_catalog *catalog,
                                         enum msched__attachment slot,
                                         msched__attached *(*build)(const msched_catalog *catalog),
                                         msched_error *err);

#endif
