/* tests/schedule/small_catalogs.h: small random catalogs, each with the filter of a fill. */
#ifndef TEST_SMALL_CATALOGS_H
#define TEST_SMALL_CATALOGS_H

#include "../algo/random.h"
#include "../testing.h"
#include "base/alloc.h"
#include "catalog/catalog_data.h"
#include "plan/plan_data.h"
#include "schedule/fill/fill_filter.h"
#include "sound/mood.h"

#include <musicsched/catalog.h>
#include <stdio.h>

#define TRACKS   10
#define CATALOGS 150

typedef struct small_catalog {
    msched_catalog *catalog;
    msched_plan plan;
    msched__arena arena;
    msched__fill_filter filter;
} small_catalog;

/* Tracks by four artists; some are one recording. */
static inline msched_catalog *make_catalog(uint32_t tracks)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
    msched_catalog_builder *builder;
    msched_catalog *catalog;
    msched_error err;
    assert_int_equal(msched_catalog_builder_create(&builder, NULL, &err), MSCHED_OK);
    for (uint32_t i = 0; i < tracks; i++) {
        char id[16], date[16];
        msched_catalog_row row;
        msched_catalog_row_init(&row, sizeof row);
        snprintf(id, sizeof id, "t%u", i);
        snprintf(date, sizeof date, "%d", pick(1990, 2020));
        row.track_id = id;
        row.track_name = names[pick(0, 3) == 0 ? 0 : i];
        row.track_artist = names[pick(0, 3)];
        row.popularity = pick(0, 100);
        row.duration_ms = (uint32_t)pick(20, 130) * 1000 - (uint32_t)pick(0, 999);
        row.release_date = date;
        row.genre = names[pick(0, 1)];
        row.subgenre = names[pick(2, 3)];
        assert_int_equal(msched_catalog_builder_add(builder, &row, &err), MSCHED_OK);
    }
    assert_int_equal(msched_catalog_builder_finish(&catalog, builder, &err), MSCHED_OK);
    return catalog;
}

static inline void open_catalog(small_catalog *s, uint64_t seed)
{
    static const char *const wanted[] = {"a", "c"};
    msched_allocator allocator = msched__allocator_copy(NULL);
    memset(s, 0, sizeof *s);
    random_state = seed;
    s->catalog = make_catalog((uint32_t)pick(1, TRACKS));
    msched_listening *rules = &s->plan.listening;
    if (pick(0, 1)) {
        rules->fill_genres = &wanted[0];
        rules->fill_genre_count = 1;
    }
    if (pick(0, 3) == 0) {
        rules->fill_subgenres = &wanted[1];
        rules->fill_subgenre_count = 1;
    }
    if (pick(0, 3) == 0) {
        rules->fill_artists = wanted;
        rules->fill_artist_count = 2;
    }
    if (pick(0, 3) == 0)
        rules->fill_year_min = pick(1995, 2005);
    if (pick(0, 3) == 0)
        rules->fill_min_popularity = (uint32_t)pick(0, 50);
    msched__arena_init(&s->arena, &allocator, 0);
    assert_true(msched__fill_filter_init(&s->filter, &s->arena, s->catalog,
                                         msched__moods_of(s->catalog, NULL), rules));
}

static inline void close_catalog(small_catalog *s)
{
    msched__arena_reset(&s->arena);
    msched_catalog_unref(s->catalog);
}

#endif
