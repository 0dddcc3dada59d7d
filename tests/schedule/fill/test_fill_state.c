/* A day while it is filled: its slots, songs put into them and taken out again. */
#include "../small_catalogs.h"
#include "../work.h"
#include "schedule/fill/fill_state.h"

#define HOLES 3

typedef struct filled {
    small_catalog base;
    msched__interval free[HOLES];
    msched__songs_problem songs;
    msched__songs_placement placement;
    msched__fill_problem problem;
    msched__fill_day day;
} filled;

static void open_day(filled *f, uint64_t seed, msched__budget *budget)
{
    memset(f, 0, sizeof *f);
    open_catalog(&f->base, seed);
    int32_t time = 0;
    for (int i = 0; i < HOLES; i++) {
        int32_t start = time + pick(1, 50);
        f->free[i] = (msched__interval){start, start + pick(100, 400)};
        time = f->free[i].end;
    }
    f->songs = (msched__songs_problem){.catalog = f->base.catalog,
                                       .plan = &f->base.plan,
                                       .free = f->free,
                                       .free_count = HOLES,
                                       .gap_s = pick(0, 3),
                                       .max_total_s = MSCHED_UNSET};
    f->problem = (msched__fill_problem){.songs = &f->songs,
                                        .placement = &f->placement,
                                        .windows = f->free,
                                        .window_count = HOLES,
                                        .fill_s = pick(100, 900)};
    assert_true(msched__fill_day_init(&f->day, &f->base.arena, &f->problem, 0, budget));
}

static int32_t slot_seconds(filled *f)
{
    int32_t seconds = 0;
    uint32_t count = msched__fill_day_slots(&f->day, 0);
    for (uint32_t i = 0; i < count; i++)
        seconds += f->day.slots[i].end - f->day.slots[i].start;
    return seconds;
}

static void a_song_takes_its_time_and_its_gaps(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= CATALOGS; seed++) {
        filled f;
        msched__budget *budget = WORK(UINT64_MAX);
        open_day(&f, seed, budget);
        int32_t free = 0, before = slot_seconds(&f);
        for (int i = 0; i < HOLES; i++)
            free += f.free[i].end - f.free[i].start;
        assert_int_equal(before, free);
        int32_t length = msched__track_length_s(f.base.catalog, 0), latest = f.free[1].end - length;
        if (latest >= f.free[1].start) {
            msched__fill_day_add(&f.day, 0, pick(f.free[1].start, latest), 0);
            assert_int_equal(f.day.song_count, 1);
            int32_t after = slot_seconds(&f);
            assert_true(after <= free - length && after >= free - length - 2 * f.songs.gap_s);
            msched__fill_day_drop_last(&f.day);
            assert_int_equal(slot_seconds(&f), free);
        }
        close_catalog(&f.base);
    }
}

/* What is allowed passes the filter, lies in listenable time and repeats no recording. */
static void a_track_is_allowed_where_no_rule_is_broken(void **state)
{
    (void)state;
    uint32_t allowed = 0;
    for (uint64_t seed = 1; seed <= CATALOGS; seed++) {
        filled f;
        msched__budget *budget = WORK(UINT64_MAX);
        open_day(&f, seed, budget);
        const msched_catalog *c = f.base.catalog;
        int32_t first = msched__track_length_s(c, 0);
        if (first > f.free[1].end - f.free[1].start) {
            close_catalog(&f.base);
            continue;
        }
        msched__fill_day_add(&f.day, 0, f.free[1].start, 0);
        for (uint32_t track = 0; track < c->track_count; track++)
            for (int32_t start = 0; start < f.free[HOLES - 1].end; start += 7) {
                int32_t end = start + msched__track_length_s(c, track);
                if (!msched__fill_day_allows(&f.day, track, start))
                    continue;
                allowed++;
                assert_true(msched__interval_covers(f.free, HOLES, start, end));
                assert_true(end + f.songs.gap_s <= f.free[1].start ||
                            start >= f.free[1].start + first + f.songs.gap_s);
                assert_true(msched__fill_filter_passes(&f.day.filter, track));
                assert_true(c->track_recording[track] != c->track_recording[0]);
            }
        close_catalog(&f.base);
    }
    assert_true(allowed > CATALOGS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_song_takes_its_time_and_its_gaps),
        cmocka_unit_test(a_track_is_allowed_where_no_rule_is_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
