#include "catalog/build/late.h"

#include "base/alloc.h"
#include "base/fold.h"
#include "base/hash.h"
#include "base/intern.h"
#include "catalog/build/pack.h"
#include "catalog/cells/row.h"

#include <string.h>

/* A slot of the table of recordings. */
typedef struct slot {
    uint32_t hash;
    uint32_t track; /* the recording's first; MSCHED__NONE: the slot is free */
} slot;

/* Recordings while they are numbered: tracks with the same folded title and artist. */
typedef struct numbering {
    const msched_catalog *catalog;
    const uint32_t *artist_name;
    uint32_t *artist_key; /* by artist: equal if the folded names are */
    uint32_t *recording;  /* by track */
    uint32_t recording_count;
    slot *slots;
    uint32_t slot_count; /* a power of two */
    char *folded[2];     /* titles that are compared */
    size_t folded_capacity[2];
    msched__text_pool pool; /* of folded artists */
    msched__intern artists;
} numbering;

/* `text` with its case folded, in the memory of number `place`. data NULL: out of memory. */
static msched__slice fold(numbering *n, size_t place, const char *text)
{
    const size_t size = strlen(text);
    if (!msched__grow(&n->catalog->allocator, (void **)&n->folded[place],
                      &n->folded_capacity[place], 3 * size + 1, 1))
        return (msched__slice){NULL, 0};
    return (msched__slice){n->folded[place], msched__fold_case(n->folded[place], text, size)};
}

static msched__slice fold_title(numbering *n, size_t place, uint32_t track)
{
    return fold(n, place, msched__catalog_text(n->catalog, n->catalog->track_name[track]));
}

/* A list is folded as the text that people see. 0 when out of memory. */
static int number_artist(numbering *n, uint32_t artist)
{
    msched__slice name = fold(n, 0, msched__catalog_text(n->catalog, n->artist_name[artist]));
    if (name.data == NULL || !msched__text_pool_reserve(&n->pool, name.size + 1) ||
        !msched__intern_reserve(&n->artists))
        return 0;
    for (char *at = n->folded[0], *end = at + name.size;
         (at = memchr(at, MSCHED__MEMBER_END, (size_t)(end - at))) != NULL;)
        *at = ',';
    const uint64_t hash = msched__intern_hash(&name, 1);
    uint32_t key = msched__intern_find(&n->artists, &name, 1, hash);
    if (key == MSCHED__NONE)
        key = msched__intern_add(&n->artists, &name, 1, hash);
    n->artist_key[artist] = key;
    return 1;
}

static uint32_t hash_of(const numbering *n, uint32_t track, msched__slice title)
{
    const uint64_t key = n->artist_key[n->catalog->track_artist[track]];
    return (uint32_t)msched__hash_word(msched__hash(title.data, title.size), key,
                                       msched__hash_key());
}

/* 1 if both tracks are the same recording, 0 if not, -1 when out of memory. */
static int is_same(numbering *n, uint32_t a, uint32_t b)
{
    const uint32_t *artists = n->catalog->track_artist;
    if (n->artist_key[artists[a]] != n->artist_key[artists[b]])
        return 0;
    const msched__slice title = fold_title(n, 0, a), other = fold_title(n, 1, b);
    if (title.data == NULL || other.data == NULL)
        return -1;
    return title.size == other.size && memcmp(title.data, other.data, title.size) == 0;
}

/* Number the recording of a track. 0 when out of memory. */
static int number_track(numbering *n, uint32_t track, uint32_t hash)
{
    const uint32_t mask = n->slot_count - 1;
    for (uint32_t at = hash & mask;; at = (at + 1) & mask) {
        slot *found = &n->slots[at];
        if (found->track == MSCHED__NONE) {
            *found = (slot){hash, track};
            n->recording[track] = n->recording_count++;
            return 1;
        }
        const int same = found->hash == hash ? is_same(n, track, found->track) : 0;
        if (same < 0)
            return 0;
        if (same == 1) {
            n->recording[track] = n->recording[found->track];
            return 1;
        }
    }
}

/* Titles are hashed in groups, so that their slots arrive before they are used. */
#define GROUP 32u
static int number_tracks(numbering *n)
{
    const uint32_t tracks = n->catalog->track_count;
    uint32_t hashes[GROUP];
    for (uint32_t from = 0; from < tracks; from += GROUP) {
        const uint32_t count = tracks - from < GROUP ? tracks - from : GROUP;
        for (uint32_t i = 0; i < count; i++) {
            const msched__slice title = fold_title(n, 0, from + i);
            if (title.data == NULL)
                return 0;
            hashes[i] = hash_of(n, from + i, title);
#if defined(__GNUC__) || defined(__clang__)
            __builtin_prefetch(&n->slots[hashes[i] & (n->slot_count - 1)]);
#endif
        }
        for (uint32_t i = 0; i < count; i++)
            if (!number_track(n, from + i, hashes[i]))
                return 0;
    }
    return 1;
}

#define FEW_ARTISTS 512 /* for so few, a table grows quickly */
static int number_all(numbering *n)
{
    const msched_allocator *allocator = &n->catalog->allocator;
    const uint32_t tracks = n->catalog->track_count;
    uint32_t artists = 0; /* without the members of lists, which have no name here */
    for (uint32_t t = 0; t < tracks; t++)
        artists = n->catalog->track_artist[t] >= artists ? n->catalog->track_artist[t] + 1
                                                         : artists;
    for (n->slot_count = 64; n->slot_count / 2 < tracks && n->slot_count < UINT32_C(1) << 31;)
        n->slot_count *= 2;
    n->artist_key = msched__alloc_array(allocator, artists, sizeof *n->artist_key);
    n->recording = msched__alloc_array(allocator, tracks, sizeof *n->recording);
    n->slots = msched__alloc_array(allocator, n->slot_count, sizeof *n->slots);
    if (n->artist_key == NULL || n->recording == NULL || n->slots == NULL)
        return 0;
    msched__use_large_pages(allocator, n->slots, n->slot_count * sizeof *n->slots);
    msched__populate(allocator, n->slots, 0, n->slot_count * sizeof *n->slots);
    memset(n->slots, 0xFF, n->slot_count * sizeof *n->slots);
    if (artists > FEW_ARTISTS)
        msched__intern_expect(&n->artists, artists);
    for (uint32_t artist = 0; artist < artists; artist++)
        if (!number_artist(n, artist))
            return 0;
    msched__intern_free_slots(&n->artists);
    return number_tracks(n);
}

/* Each track's recording, numbered in order of first appearance. NULL when out of memory. */
static uint32_t *number_recordings(const msched_catalog *catalog, uint32_t *count)
{
    const msched_allocator *allocator = &catalog->allocator;
    numbering n = {.catalog = catalog,
                   .artist_name = catalog->late_artist_name != NULL ? catalog->late_artist_name
                                                                    : catalog->artist_name};
    msched__text_pool_init(&n.pool, allocator);
    msched__intern_init(&n.artists, &n.pool);
    if (!number_all(&n)) {
        msched__free(allocator, n.recording);
        n.recording = NULL;
    }
    *count = n.recording_count;
    msched__intern_free(&n.artists);
    msched__text_pool_free(&n.pool);
    msched__free(allocator, n.artist_key);
    msched__free(allocator, n.slots);
    msched__free(allocator, n.folded[0]);
    msched__free(allocator, n.folded[1]);
    return n.recording;
}

/* Counting sort of `rows` (NULL: 0 .. row_count - 1) by key; equal keys keep their order. */
static void group(msched__index *index, uint32_t key_count, const uint32_t *key_of,
                  const uint32_t *rows, uint32_t row_count)
{
    memset(index->starts, 0, ((size_t)key_count + 1) * sizeof *index->starts);
    for (uint32_t r = 0; r < row_count; r++)
        index->starts[key_of[r] + 1]++;
    for (uint32_t k = 0; k < key_count; k++)
        index->starts[k + 1] += index->starts[k];
    for (uint32_t i = 0; i < row_count; i++) {
        uint32_t row = rows == NULL ? i : rows[i];
        index->rows[index->starts[key_of[row]]++] = row;
    }
    /* every start has moved to the next key's: move them back */
    memmove(index->starts + 1, index->starts, key_count * sizeof *index->starts);
    index->starts[0] = 0;
}

static void sort_by_popularity(const msched_catalog *catalog, uint32_t *sorted)
{
    uint32_t next[MSCHED__POPULARITY_UNKNOWN + 1] = {0}, place = 0;
    for (uint32_t t = 0; t < catalog->track_count; t++)
        next[catalog->popularity[t]]++;
    const uint32_t unknown = next[MSCHED__POPULARITY_UNKNOWN];
    for (int p = 100; p >= 0; p--) {
        uint32_t count = next[p];
        next[p] = place;
        place += count;
    }
    next[MSCHED__POPULARITY_UNKNOWN] = catalog->track_count - unknown;
    for (uint32_t t = 0; t < catalog->track_count; t++)
        sorted[next[catalog->popularity[t]]++] = t;
}

/* Make all late columns; 0 when out of memory: only features may have been packed. */
static int make(msched_catalog *catalog)
{
    const msched_allocator *allocator = &catalog->allocator;
    const size_t tracks = catalog->track_count, entries = catalog->entry_count;
    if (!msched__pack_features(catalog))
        return 0;
    uint32_t recordings, *recording = number_recordings(catalog, &recordings);
    if (recording == NULL)
        return 0;
    const size_t items = tracks + (tracks + 1) + entries + ((size_t)recordings + 1) + tracks;
    uint32_t *at = msched__alloc_array(allocator, items, sizeof *at);
    if (at == NULL) {
        msched__free(allocator, recording);
        return 0;
    }
    msched__populate(allocator, at, 0, items * sizeof *at);
    catalog->track_recording = recording;
    catalog->recording_count = recordings;
    catalog->tracks_by_popularity = at; /* owns what follows */
    catalog->track_entries.starts = at += tracks;
    catalog->track_entries.rows = at += tracks + 1;
    catalog->recording_tracks.starts = at += entries;
    catalog->recording_tracks.rows = at + recordings + 1;
    sort_by_popularity(catalog, catalog->tracks_by_popularity);
    group(&catalog->track_entries, catalog->track_count, catalog->entry_track, NULL,
          catalog->entry_count);
    group(&catalog->recording_tracks, recordings, recording, catalog->tracks_by_popularity,
          catalog->track_count);
    catalog->late_bytes = (items + tracks) * sizeof *at;
    msched__free(allocator, catalog->late_artist_name);
    catalog->late_artist_name = NULL;
    return 1;
}

static int make_parts(const msched_catalog *catalog, uint32_t parts)
{
    /* to callers, a catalog whose late columns are made has not changed */
    msched_catalog *known = (msched_catalog *)(uintptr_t)catalog;
    (void)parts; /* they are made together */
    pthread_mutex_lock(&known->late_lock);
    const int made = catalog->track_recording != NULL || make(known);
    pthread_mutex_unlock(&known->late_lock);
    return made ? 1 : -1;
}

static int is_sound(const msched_catalog *catalog, uint32_t item)
{
    (void)catalog, (void)item;
    return 1;
}

const msched__catalog_checks msched__late_checks = {make_parts, is_sound, is_sound};
