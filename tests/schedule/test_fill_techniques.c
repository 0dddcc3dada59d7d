/*
 * Each technique of the fill by itself, on small random catalogs: which songs pass the filter,
 * which come into the pool, and which lengths songs can reach, against trying every set.
 */
#include "../testing.h"
#include "../algo/random.h"
#include "algo/bits.h"
#include "base/alloc.h"
#include "schedule/fill/fill_bound.h"
#include "schedule/fill/fill_filter.h"
#include "schedule/fill/fill_pool.h"
#include "songs_checker.h"
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
static msched_catalog *make_catalog(uint32_t tracks)
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

static void open_catalog(small_catalog *s, uint64_t seed)
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

static void close_catalog(small_catalog *s)
{
    msched__arena_reset(&s->arena);
    msched_catalog_unref(s->catalog);
}

static void filter_passes_what_the_rules_allow(void **state)
{
    (void)state;
    uint32_t passed = 0, refused = 0;
    for (uint64_t seed = 1; seed <= CATALOGS; seed++) {
        small_catalog s;
        open_catalog(&s, seed);
        for (uint32_t track = 0; track < s.catalog->track_count; track++) {
            int passes = msched__fill_filter_passes(&s.filter, track);
            assert_int_equal(passes, filter_fault(s.catalog, track, &s.plan.listening) == NULL);
            passed += passes;
            refused += !passes;
        }
        close_catalog(&s);
    }
    assert_true(passed > CATALOGS && refused > CATALOGS);
}

/* Each song of the pool may be fill, no recording comes twice, and a complete pool lacks none. */
static void pool_has_one_track_of_each_recording_that_may_play(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= CATALOGS; seed++) {
        small_catalog s;
        msched__fill_pool pool;
        open_catalog(&s, seed);
        const msched_catalog *c = s.catalog;
        msched__fill_used used = {msched__bits_alloc(&s.arena, c->recording_count),
                                  msched__bits_alloc(&s.arena, c->recording_count),
                                  msched__bits_alloc(&s.arena, c->artist_count)};
        assert_true(used.recordings != NULL && used.wished != NULL && used.artists != NULL);
        if (pick(0, 1)) {
            msched__bit_set(used.recordings, c->track_recording[0]);
            msched__bit_set(used.artists, c->track_artist[0]);
        }
        msched__pool_question asked = {.filter = &s.filter,
                                       .used = &used,
                                       .want = (uint32_t)pick(1, 2 * TRACKS),
                                       .longest_s = pick(40, 140),
                                       .seed = seed};
        assert_true(msched__fill_pool_build(&pool, &s.arena, &asked));
        uint64_t seen = 0, may_play = 0;
        for (uint32_t i = 0; i < pool.count; i++) {
            const msched__fill_candidate *song = &pool.items[i];
            uint32_t recording = c->track_recording[song->track];
            assert_true(msched__fill_filter_passes(&s.filter, song->track));
            assert_false(msched__bit(used.recordings, recording));
            assert_true(song->length <= asked.longest_s);
            assert_int_equal(song->length, msched__track_length_s(c, song->track));
            assert_int_equal(song->artist, c->track_artist[song->track]);
            assert_false(seen >> recording & 1);
            seen |= UINT64_C(1) << recording;
            for (uint32_t k = 0; song->spread && k < pool.count; k++)
                assert_true(k == i || pool.items[k].artist != song->artist);
        }
        for (uint32_t track = 0; track < c->track_count; track++)
            if (msched__fill_filter_passes(&s.filter, track) &&
                !msched__bit(used.recordings, c->track_recording[track]) &&
                msched__track_length_s(c, track) <= asked.longest_s)
                may_play |= UINT64_C(1) << c->track_recording[track];
        assert_true((seen & ~may_play) == 0);
        if (pool.complete)
            assert_true(seen == may_play);
        assert_true(pool.count <= 2 * asked.want);
        close_catalog(&s);
    }
}

/* The largest sum up to `most` of songs that pass, at most one track of each recording. */
static int64_t best_sum(const small_catalog *s, uint32_t track, uint64_t used, int64_t most)
{
    if (track == s->catalog->track_count)
        return 0;
    int64_t best = best_sum(s, track + 1, used, most);
    int32_t length = msched__track_length_s(s->catalog, track);
    uint64_t recording = UINT64_C(1) << s->catalog->track_recording[track];
    if (length <= most && (used & recording) == 0 &&
        msched__fill_filter_passes(&s->filter, track)) {
        int64_t with = length + best_sum(s, track + 1, used | recording, most - length);
        best = with > best ? with : best;
    }
    return best;
}

static void reach_is_the_largest_sum_of_songs(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= CATALOGS; seed++) {
        small_catalog s;
        open_catalog(&s, seed);
        msched__songs_problem songs = {
            .catalog = s.catalog, .plan = &s.plan, .max_total_s = MSCHED_UNSET};
        msched__fill_problem fill = {.songs = &songs};
        for (int i = 0; i < 5; i++) {
            int64_t most = pick(1, MSCHED__REACH_MAX_S), reached = most, supply;
            int32_t longest;
            assert_int_equal(msched__songs_reach(&s.arena, &fill, &reached), MSCHED_OK);
            assert_true(reached == best_sum(&s, 0, 0, most));
            fill.fill_s = (int32_t)most;
            assert_int_equal(msched__songs_supply(&s.arena, &fill, &supply, &longest), MSCHED_OK);
            assert_true(supply >= reached);
        }
        close_catalog(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(filter_passes_what_the_rules_allow),
        cmocka_unit_test(pool_has_one_track_of_each_recording_that_may_play),
        cmocka_unit_test(reach_is_the_largest_sum_of_songs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
