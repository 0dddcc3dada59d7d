/*
 * Most titles belong to a single recording, so a first pass over their hashes, in a bit table,
 * leaves few candidates. Each candidate gives a name for each of its artists. Names of equal title
 * and artist are sorted by length, so that it suffices to compare neighbors.
 */
#include "query/lookup/duplicates.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/fold.h"
#include "base/slice.h"
#include "base/stable_hash.h"
#include "catalog/catalog_check.h"
#include "query/lookup/plain_title.h"
#include "query/sort_ids.h"

#include <string.h>

#define ARTISTS_MAX 64 /* of a text: others are ignored */

/* A track under its title and one of its artists. */
typedef struct name {
    uint64_t hash; /* of title and artist */
    uint32_t length_ms, recording;
} name;

typedef struct finder {
    const msched_catalog *catalog;
    const msched_allocator *allocator;
    uint64_t *titles;       /* by recording: hash of its plain title */
    uint64_t *once, *twice; /* bits by hash: a title has it; several have */
    uint64_t mask;          /* of bits */
    char *scratch[2];       /* for folded texts */
    size_t room;
    name *names;
    size_t name_count, name_room;
    uint32_t *root; /* by recording: an earlier one that it equals, or itself */
    int found;
} finder;

static void finder_free(finder *f)
{
    msched__free(f->allocator, f->titles);
    msched__free(f->allocator, f->once);
    msched__free(f->allocator, f->twice);
    msched__free(f->allocator, f->scratch[0]);
    msched__free(f->allocator, f->scratch[1]);
    msched__free(f->allocator, f->names);
    msched__free(f->allocator, f->root);
}

/* Make room for folded texts of `size` bytes. 0 when out of memory. */
static int make_room(finder *f, size_t size)
{
    if (3 * size <= f->room)
        return 1;
    for (int i = 0; i < 2; i++) {
        char *grown = msched__realloc_array(f->allocator, f->scratch[i], 6 * size + 64, 1);
        if (grown == NULL)
            return 0;
        f->scratch[i] = grown;
    }
    f->room = 6 * size + 64;
    return 1;
}

/* A text with its case folded; NULL data when out of memory. */
static msched__slice folded(finder *f, uint32_t offset)
{
    const char *text = msched__catalog_text(f->catalog, offset);
    size_t size = strlen(text);
    if (!make_room(f, size))
        return (msched__slice){NULL, 0};
    return (msched__slice){f->scratch[0], msched__fold_case(f->scratch[0], text, size)};
}

/* Find the titles that several recordings have. 0 when out of memory. */
static int hash_titles(finder *f)
{
    const msched_catalog *c = f->catalog;
    size_t words = 1;
    while (words * 64 / 8 < c->recording_count)
        words *= 2;
    f->mask = words * 64 - 1;
    f->titles = msched__alloc_array(f->allocator, c->recording_count, sizeof *f->titles);
    f->once = msched__alloc_zero(f->allocator, words, sizeof *f->once);
    f->twice = msched__alloc_zero(f->allocator, words, sizeof *f->twice);
    if (f->titles == NULL || f->once == NULL || f->twice == NULL)
        return 0;
    for (uint32_t r = 0; r < c->recording_count; r++) {
        uint32_t track = c->recording_tracks.rows[c->recording_tracks.starts[r]];
        msched__slice title = folded(f, c->track_name[track]);
        if (title.data == NULL)
            return 0;
        size_t size = msched__plain_title(f->scratch[1], title);
        uint64_t hash = msched__stable_hash(MSCHED__STABLE_HASH_START, f->scratch[1], size);
        uint64_t bit = (hash ^ hash >> 32) & f->mask, flag = UINT64_C(1) << bit % 64;
        f->titles[r] = hash;
        f->twice[bit / 64] |= f->once[bit / 64] & flag;
        f->once[bit / 64] |= flag;
    }
    return 1;
}

static int add_name(finder *f, uint32_t track, uint64_t title, msched__slice artist)
{
    if (f->name_count == f->name_room) {
        size_t room = 2 * f->name_room + 64;
        name *grown = msched__realloc_array(f->allocator, f->names, room, sizeof *grown);
        if (grown == NULL)
            return 0;
        f->names = grown;
        f->name_room = room;
    }
    f->names[f->name_count++] = (name){msched__stable_hash(title, artist.data, artist.size),
                                       f->catalog->duration_ms[track],
                                       f->catalog->track_recording[track]};
    return 1;
}

/* A name of the track for each artist of a text. 0 when out of memory. */
static int add_artists(finder *f, uint32_t track, uint64_t title, msched__slice artists)
{
    for (int i = 0; i < ARTISTS_MAX && artists.size > 0; i++) {
        msched__slice one = msched__take_artist(&artists);
        if (one.size > 0 && !add_name(f, track, title, one))
            return 0;
    }
    return 1;
}

static int name_tracks(finder *f)
{
    const msched_catalog *c = f->catalog;
    for (uint32_t t = 0; t < c->track_count; t++) {
        uint64_t title = f->titles[c->track_recording[t]], bit = (title ^ title >> 32) & f->mask;
        if (c->duration_ms[t] == 0 || (f->twice[bit / 64] >> bit % 64 & 1) == 0)
            continue;
        msched__slice text = folded(f, c->artist_name[c->track_artist[t]]);
        if (text.data == NULL || !add_artists(f, t, title, text))
            return 0;
        text = folded(f, c->track_name[t]);
        if (text.data == NULL || !add_artists(f, t, title, msched__featured_artists(text)))
            return 0;
    }
    return 1;
}

static uint32_t root_of(const uint32_t *root, uint32_t recording)
{
    while (root[recording] != recording)
        recording = root[recording];
    return recording;
}

static void join(finder *f, uint32_t a, uint32_t b)
{
    uint32_t x = root_of(f->root, a), y = root_of(f->root, b), first = x < y ? x : y;
    f->found |= x != y;
    f->root[x] = f->root[y] = first;
    f->root[a] = f->root[b] = first; /* keeps the paths short */
}

/* Names in order of title and artist, then of length. */
static int compare_names(const void *ctx, uint32_t a, uint32_t b)
{
    const name *x = (const name *)ctx + a, *y = (const name *)ctx + b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->length_ms > y->length_ms) - (x->length_ms < y->length_ms);
}

/* Join recordings of equal names whose lengths are neighbors. 0 when out of memory. */
static int join_neighbors(finder *f)
{
    const uint32_t count = (uint32_t)f->name_count;
    uint32_t *ids = msched__alloc_array(f->allocator, count, sizeof *ids);
    uint32_t *scratch = msched__alloc_array(f->allocator, count, sizeof *scratch);
    int is_done = ids != NULL && scratch != NULL;
    for (uint32_t i = 0; i < count && is_done; i++)
        ids[i] = i;
    if (is_done)
        msched__sort_ids(ids, scratch, count, compare_names, f->names);
    for (uint32_t i = 1; i < count && is_done; i++) {
        const name *a = &f->names[ids[i - 1]], *b = &f->names[ids[i]];
        if (a->hash == b->hash && b->length_ms - a->length_ms <= MSCHED__DUPLICATE_MS)
            join(f, a->recording, b->recording);
    }
    msched__free(f->allocator, ids);
    msched__free(f->allocator, scratch);
    return is_done;
}

static int find(finder *f)
{
    uint32_t count = f->catalog->recording_count;
    f->root = msched__alloc_array(f->allocator, count, sizeof *f->root);
    if (f->root == NULL || !hash_titles(f) || !name_tracks(f))
        return 0;
    for (uint32_t r = 0; r < count; r++)
        f->root[r] = r;
    return join_neighbors(f);
}

/* Number the joined recordings and list their tracks. 0 when out of memory. */
static int number(msched__duplicates *self, const finder *f)
{
    const msched_catalog *c = f->catalog;
    uint32_t *starts = self->tracks.starts, *rows = self->tracks.rows;
    uint32_t *numbers = msched__alloc_array(f->allocator, c->recording_count, sizeof *numbers);
    if (numbers == NULL)
        return 0;
    for (uint32_t r = 0; r < c->recording_count; r++)
        numbers[r] = f->root[r] == r ? self->count++ : numbers[root_of(f->root, r)];
    memset(starts, 0, ((size_t)c->recording_count + 1) * sizeof *starts);
    for (uint32_t t = 0; t < c->track_count; t++) {
        self->of_track[t] = numbers[c->track_recording[t]];
        starts[self->of_track[t] + 1]++;
    }
    for (uint32_t r = 0; r < self->count; r++)
        starts[r + 1] += starts[r];
    for (uint32_t i = 0; i < c->track_count; i++) {
        uint32_t track = c->tracks_by_popularity[i];
        rows[starts[self->of_track[track]]++] = track;
    }
    memmove(starts + 1, starts, (size_t)self->count * sizeof *starts);
    starts[0] = 0;
    msched__free(f->allocator, numbers);
    return 1;
}

/* Arrays of its own, where there are duplicates. 0 when out of memory. */
static int make_own(msched__duplicates *self, const finder *f)
{
    const msched_catalog *c = f->catalog;
    self->of_track = msched__alloc_array(f->allocator, c->track_count, sizeof *self->of_track);
    self->count = 0;
    self->tracks.starts = msched__alloc_array(f->allocator, (size_t)c->recording_count + 1,
                                              sizeof *self->tracks.starts);
    self->tracks.rows = msched__alloc_array(f->allocator, c->track_count,
                                            sizeof *self->tracks.rows);
    self->attached.memory_bytes += (2 * (size_t)c->track_count + c->recording_count + 1) *
                                   sizeof(uint32_t);
    return self->of_track != NULL && self->tracks.starts != NULL && self->tracks.rows != NULL &&
           number(self, f);
}

static void destroy(msched__attached *attached)
{
    msched__duplicates *self = (msched__duplicates *)attached;
    msched_allocator allocator = attached->allocator;
    if (self->owned) {
        msched__free(&allocator, self->of_track);
        msched__free(&allocator, self->tracks.starts);
        msched__free(&allocator, self->tracks.rows);
    }
    msched__free(&allocator, self);
}

void msched__duplicates_form(msched__attached *attached, const msched_catalog *catalog,
                             msched__form *form)
{
    msched__duplicates *self = (msched__duplicates *)attached;
    *form = (msched__form){.section = MSCHED__FORM_DUPLICATES};
    msched__form_number(form, &self->count);
    MSCHED__FORM_ADD(form, self->of_track, catalog->track_count);
    MSCHED__FORM_ADD(form, self->tracks.starts, (uint64_t)self->count + 1);
    MSCHED__FORM_ADD(form, self->tracks.rows, catalog->track_count);
}

static int is_sound(const msched__attached *attached, const msched_catalog *c)
{
    const msched__duplicates *self = (const msched__duplicates *)attached;
    uint32_t right = 1;
    if (self->count > c->recording_count ||
        !msched__all_below(self->of_track, c->track_count, self->count, 0) ||
        !msched__is_index(&self->tracks, self->count, c->track_count, c->track_count, 1))
        return 0;
    for (uint32_t r = 0; r < self->count; r++)
        for (uint32_t i = self->tracks.starts[r]; i < self->tracks.starts[r + 1]; i++)
            right &= self->of_track[self->tracks.rows[i]] == r;
    return (int)right;
}

msched__attached *msched__duplicates_open(const msched_catalog *catalog)
{
    return msched__form_open(msched__attached_new(catalog, sizeof(msched__duplicates)), catalog,
                             msched__duplicates_form, is_sound);
}

static msched__attached *build(const msched_catalog *catalog)
{
    msched__attached *opened = msched__duplicates_open(catalog);
    if (opened != NULL)
        return opened;
    if (msched__catalog_need_all(catalog, NULL) != MSCHED_OK)
        return NULL;
    finder f = {.catalog = catalog, .allocator = &catalog->allocator};
    msched__duplicates *self = msched__alloc_zero(f.allocator, 1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->attached = (msched__attached){destroy, sizeof *self, catalog->allocator};
    self->count = catalog->recording_count;
    self->of_track = catalog->track_recording;
    self->tracks = catalog->recording_tracks;
    int is_done = find(&f);
    if (is_done && f.found) {
        self->owned = 1;
        is_done = make_own(self, &f);
    }
    finder_free(&f);
    if (is_done)
        return &self->attached;
    destroy(&self->attached);
    return NULL;
}

const msched__duplicates *msched__duplicates_of(const msched_catalog *catalog, msched_error *err)
{
    return (const msched__duplicates *)msched__catalog_attach(catalog, MSCHED__ATTACH_DUPLICATES,
                                                              build, err);
}
