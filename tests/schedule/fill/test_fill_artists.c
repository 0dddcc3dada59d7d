/* Fill by artists who are kept apart: its bound beside trying everything, and its pool. */
#include "../small_catalogs.h"
#include "schedule/fill/fill_artists.h"

#define POOL 6

/* Songs one after the other within a horizon, those of an artist so far apart. */
typedef struct tried {
    const small_catalog *s;
    int32_t horizon, apart;
    int32_t free_at[TRACKS];
    uint64_t used; /* recordings */
    int64_t best;
} tried;

static void extend(tried *t, int32_t time, int64_t seconds)
{
    const msched_catalog *catalog = t->s->catalog;
    t->best = seconds > t->best ? seconds : t->best;
    for (uint32_t track = 0; track < catalog->track_count; track++) {
        uint32_t artist = catalog->track_artist[track];
        uint64_t recording = UINT64_C(1) << catalog->track_recording[track];
        int32_t length = msched__track_length_s(catalog, track), was = t->free_at[artist];
        int32_t start = time > was ? time : was;
        if ((t->used & recording) != 0 || start + length > t->horizon ||
            !msched__fill_filter_passes(&t->s->filter, track))
            continue;
        t->used |= recording;
        t->free_at[artist] = start + length + t->apart;
        extend(t, start + length, seconds + length);
        t->free_at[artist] = was;
        t->used &= ~recording;
    }
}

static void no_day_has_more_than_the_bound(void **state)
{
    uint32_t met = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= CATALOGS; seed++) {
        small_catalog s;
        open_catalog(&s, seed);
        tried t = {.s = &s, .horizon = pick(60, 400), .apart = pick(1, 300)};
        msched__songs_problem songs = {
            .catalog = s.catalog, .plan = &s.plan, .artist_separation_s = t.apart};
        msched__fill_problem fill = {.songs = &songs};
        int64_t bound = t.horizon;
        extend(&t, 0, 0);
        assert_int_equal(msched__songs_apart(&s.arena, &fill, t.horizon, &bound), MSCHED_OK);
        assert_true(t.best <= bound && bound <= t.horizon);
        met += t.best == bound;
        close_catalog(&s);
    }
    assert_true(met > CATALOGS / 4);
}

static void a_pool_has_the_longest_songs_first(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= CATALOGS; seed++) {
        small_catalog s;
        open_catalog(&s, seed);
        uint64_t none = 0;
        uint32_t each = (uint32_t)pick(1, 3);
        msched__fill_used used = {&none, &none, &none};
        msched__pool_question asked = {
            .filter = &s.filter, .used = &used, .want = POOL, .longest_s = pick(60, 130)};
        msched__fill_pool pool;
        assert_true(msched__fill_pool_apart(&pool, &s.arena, &asked, each));
        assert_true(pool.count <= 2 * POOL);
        for (uint32_t i = 0; i < pool.count; i++) {
            const msched__fill_candidate *item = &pool.items[i];
            assert_true(item->length <= asked.longest_s);
            assert_true(i == 0 || item->length <= pool.items[i - 1].length);
            assert_true(msched__fill_filter_passes(&s.filter, item->track));
        }
        close_catalog(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_day_has_more_than_the_bound),
        cmocka_unit_test(a_pool_has_the_longest_songs_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
