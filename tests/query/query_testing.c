#include "query_testing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

msched_catalog *load_real_catalog(void)
{
    const char *path = getenv("MUSICSCHED_CSV");
    msched_catalog *catalog = NULL;
    msched_error error;
    if (path == NULL)
        path = REAL_CSV;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    fclose(file);
    if (msched_catalog_load_path(&catalog, path, NULL, &error) != MSCHED_OK)
        fail_msg("%s", error.message);
    return catalog;
}

uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static uint32_t below(uint64_t *state, uint32_t limit)
{
    return (uint32_t)(next_random(state) % limit);
}

static void make_date(char *date, size_t size, uint64_t *state)
{
    uint32_t year = 1957 + below(state, 64), month = 1 + below(state, 12),
             day = 1 + below(state, 28);
    switch (below(state, 6)) {
    case 0:
        date[0] = '\0';
        break;
    case 1:
        snprintf(date, size, "%u", (unsigned)year);
        break;
    case 2:
        snprintf(date, size, "%u-%02u", (unsigned)year, (unsigned)month);
        break;
    case 3:
        snprintf(date, size, "%u-01-01", (unsigned)year);
        break;
    default:
        snprintf(date, size, "%u-%02u-%02u", (unsigned)year, (unsigned)month, (unsigned)day);
        break;
    }
}

uint32_t make_rows(made_row *rows, uint32_t tracks, uint64_t seed)
{
    uint32_t count = 0;
    for (uint32_t t = 0; t < tracks; t++) {
        made_row row = {.popularity = (int32_t)(below(&seed, 4) == 0 ? 0 : below(&seed, 101)),
                        .duration_ms = 1000 + below(&seed, 500000)};
        uint32_t artist = below(&seed, tracks / 3 + 1), song = below(&seed, 4);
        snprintf(row.track_id, sizeof row.track_id, "id%05u", (unsigned)t);
        snprintf(row.artist, sizeof row.artist, "Artist %u", (unsigned)artist);
        /* one artist's same song on several tracks */
        snprintf(row.name, sizeof row.name, "Song %u", (unsigned)song);
        make_date(row.date, sizeof row.date, &seed);
        row.energy = below(&seed, 10) == 0 ? NAN : below(&seed, 1001) / 1000.0;
        row.tempo = 60 + below(&seed, 120000) / 1000.0;
        uint32_t copies = 1 + below(&seed, 8) / 5 * (1 + below(&seed, 3));
        for (uint32_t c = 0; c < copies; c++) {
            uint32_t genre = below(&seed, 5);
            snprintf(row.playlist, sizeof row.playlist, "list%02u", (unsigned)below(&seed, 30));
            row.genre[0] = row.subgenre[0] = '\0';
            if (genre > 0) {
                snprintf(row.genre, sizeof row.genre, "genre %u", (unsigned)genre);
                snprintf(row.subgenre, sizeof row.subgenre, "sub %u",
                         (unsigned)(genre * 3 + below(&seed, 3)));
            }
            rows[count++] = row;
        }
    }
    return count;
}

msched_catalog *catalog_of_rows(const made_row *rows, uint32_t count, const uint32_t *pick,
                                uint32_t which)
{
    msched_catalog_builder *builder = NULL;
    msched_catalog *catalog = NULL;
    msched_error error;
    assert_int_equal(msched_catalog_builder_create(&builder, NULL, NULL), MSCHED_OK);
    for (uint32_t i = 0; i < count; i++) {
        if (pick != NULL && pick[i] != which)
            continue;
        msched_catalog_row row;
        msched_catalog_row_init(&row, sizeof row);
        row.track_id = rows[i].track_id;
        row.track_name = rows[i].name;
        row.track_artist = rows[i].artist;
        row.popularity = rows[i].popularity;
        row.duration_ms = rows[i].duration_ms;
        row.release_date = rows[i].date;
        row.playlist_id = rows[i].playlist;
        row.playlist_name = rows[i].playlist;
        row.genre = rows[i].genre;
        row.subgenre = rows[i].subgenre;
        row.feature[MSCHED_FEATURE_ENERGY] = rows[i].energy;
        row.feature[MSCHED_FEATURE_TEMPO] = rows[i].tempo;
        if (msched_catalog_builder_add(builder, &row, &error) != MSCHED_OK)
            fail_msg("%s", error.message);
    }
    assert_int_equal(msched_catalog_builder_finish(&catalog, builder, NULL), MSCHED_OK);
    return catalog;
}

static int refuse(failing *state)
{
    return state->fail_at >= 0 && state->calls++ >= state->fail_at;
}

static void *failing_allocate(void *ctx, size_t size)
{
    failing *state = ctx;
    if (refuse(state))
        return NULL;
    state->held++;
    return malloc(size);
}

static void *failing_reallocate(void *ctx, void *block, size_t size)
{
    failing *state = ctx;
    if (refuse(state))
        return NULL;
    state->held += block == NULL;
    return realloc(block, size);
}

static void failing_release(void *ctx, void *block)
{
    failing *state = ctx;
    state->held -= block != NULL;
    free(block);
}

msched_allocator failing_allocator(failing *state)
{
    return (msched_allocator){.ctx = state,
                              .allocate = failing_allocate,
                              .reallocate = failing_reallocate,
                              .release = failing_release};
}
