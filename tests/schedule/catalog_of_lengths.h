/* tests/schedule/catalog_of_lengths.h: songs of one genre, each by an artist of its own. */
#ifndef TEST_CATALOG_OF_LENGTHS_H
#define TEST_CATALOG_OF_LENGTHS_H

#include "../testing.h"

#include <musicsched/catalog.h>
#include <stdio.h>

/* `count` songs "track0", "track1" ...; length_of(i) seconds long. */
static inline msched_catalog *catalog_of_lengths(uint32_t count, int32_t (*length_of)(uint32_t))
{
    msched_catalog_builder *builder;
    msched_catalog *catalog;
    assert_int_equal(msched_catalog_builder_create(&builder, NULL, NULL), MSCHED_OK);
    for (uint32_t i = 0; i < count; i++) {
        char id[16];
        snprintf(id, sizeof id, "track%u", i);
        msched_catalog_row row;
        msched_catalog_row_init(&row, sizeof row);
        row.track_id = row.track_name = row.track_artist = id;
        row.genre = "pop";
        row.popularity = (int32_t)(i % 100);
        row.duration_ms = (uint32_t)length_of(i) * 1000;
        assert_int_equal(msched_catalog_builder_add(builder, &row, NULL), MSCHED_OK);
    }
    assert_int_equal(msched_catalog_builder_finish(&catalog, builder, NULL), MSCHED_OK);
    return catalog;
}

#endif
