#include "query/key_order.h"

#include "base/alloc.h"
#include "base/error.h"
#include "catalog/catalog_check.h"
#include "query/sort_ids.h"

#include <string.h>

typedef struct texts {
    const msched_catalog *catalog;
    const uint32_t *offsets;
} texts;

static int compare_texts(const void *ctx, uint32_t a, uint32_t b)
{
    const texts *names = ctx;
    return strcmp(msched__catalog_text(names->catalog, names->offsets[a]),
                  msched__catalog_text(names->catalog, names->offsets[b]));
}

static uint32_t *order_texts(const msched_catalog *catalog, const uint32_t *offsets, uint32_t count,
                             uint32_t *scratch)
{
    uint32_t *ids = msched__alloc_array(&catalog->allocator, count, sizeof *ids);
    if (ids == NULL)
        return NULL;
    for (uint32_t i = 0; i < count; i++)
        ids[i] = i;
    texts names = {catalog, offsets};
    msched__sort_ids(ids, scratch, count, compare_texts, &names);
    return ids;
}

static void destroy(msched__attached *attached)
{
    msched__key_order *self = (msched__key_order *)attached;
    msched_allocator allocator = attached->allocator;
    msched__free(&allocator, self->genres);
    msched__free(&allocator, self->subgenres);
    msched__free(&allocator, self->artists);
    msched__free(&allocator, self->playlists);
    msched__free(&allocator, self);
}

static uint32_t largest(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

void msched__key_order_form(msched__attached *attached, const msched_catalog *c, msched__form *form)
{
    msched__key_order *o = (msched__key_order *)attached;
    *form = (msched__form){.section = MSCHED__FORM_KEY_ORDER};
    MSCHED__FORM_ADD(form, o->genres, c->genre_count);
    MSCHED__FORM_ADD(form, o->subgenres, c->subgenre_count);
    MSCHED__FORM_ADD(form, o->artists, c->artist_count);
    MSCHED__FORM_ADD(form, o->playlists, c->playlist_count);
}

static int order_is_sound(const msched__attached *attached, const msched_catalog *c)
{
    const msched__key_order *o = (const msched__key_order *)attached;
    return msched__is_permutation(o->genres, c->genre_count, &c->allocator) > 0 &&
           msched__is_permutation(o->subgenres, c->subgenre_count, &c->allocator) > 0 &&
           msched__is_permutation(o->artists, c->artist_count, &c->allocator) > 0 &&
           msched__is_permutation(o->playlists, c->playlist_count, &c->allocator) > 0;
}

msched__attached *msched__key_order_open(const msched_catalog *catalog)
{
    return msched__form_open(msched__attached_new(catalog, sizeof(msched__key_order)), catalog,
                             msched__key_order_form, order_is_sound);
}

static msched__attached *build(const msched_catalog *catalog)
{
    const msched_allocator *allocator = &catalog->allocator;
    msched__attached *opened = msched__key_order_open(catalog);
    if (opened != NULL)
        return opened;
    if (msched__catalog_need_all(catalog, NULL) != MSCHED_OK)
        return NULL;
    msched__key_order *self = msched__alloc_zero(allocator, 1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->attached.destroy = destroy;
    self->attached.allocator = *allocator;
    self->attached.memory_bytes = sizeof *self +
                                  ((size_t)catalog->genre_count + catalog->subgenre_count +
                                   catalog->artist_count + catalog->playlist_count) *
                                      sizeof(uint32_t);
    size_t room = largest(largest(catalog->artist_count, catalog->playlist_count),
                          largest(catalog->genre_count, catalog->subgenre_count));
    uint32_t *scratch = msched__alloc_array(allocator, room, sizeof *scratch);
    if (scratch != NULL) {
        self->genres = order_texts(catalog, catalog->genre_name, catalog->genre_count, scratch);
        self->subgenres = order_texts(catalog, catalog->subgenre_name, catalog->subgenre_count,
                                      scratch);
        self->artists = order_texts(catalog, catalog->artist_name, catalog->artist_count, scratch);
        self->playlists = order_texts(catalog, catalog->playlist_id, catalog->playlist_count,
                                      scratch);
    }
    msched__free(allocator, scratch);
    if (self->genres == NULL || self->subgenres == NULL || self->artists == NULL ||
        self->playlists == NULL) {
        destroy(&self->attached);
        return NULL;
    }
    return &self->attached;
}

const msched__key_order *msched__key_order_of(const msched_catalog *catalog, msched_error *err)
{
    return (const msched__key_order *)msched__catalog_attach(catalog, MSCHED__ATTACH_KEY_ORDER,
                                                             build, err);
}

uint32_t msched__key_find(const msched_catalog *catalog, const uint32_t *ordered,
                          const uint32_t *offsets, uint32_t count, const char *key)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(msched__catalog_text(catalog, offsets[ordered[middle]]), key);
        if (order == 0)
            return ordered[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return MSCHED__NONE;
}
