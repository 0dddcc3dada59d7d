/*
 * Each technique of the search for wanted songs by itself, against trying every order of every set
 * of a few songs: the bounds by capacity, the two exact searches, the moves of the local search,
 * and the songs shared out among stretches.
 */
#include "../testing.h"
#include "base/alloc.h"
#include "schedule/songs/songs_assign.h"
#include "schedule/songs/songs_capacity.h"
#include "schedule/songs/songs_insert.h"
#include "schedule/songs/songs_partition.h"
#include "schedule/songs/songs_search.h"
#include "schedule/songs/songs_sequence.h"
#include "small_songs.h"
#include "work.h"

#define PROBLEMS 600
#define PLAYS    6

typedef struct small {
    random_problem random;
    msched__arena arena;
    msched__pack pack;
    int32_t horizon;
    int64_t best; /* value of the best placement of all */
} small;

static int64_t value_of(int64_t must, int64_t weight)
{
    return must * MSCHED__MUST_VALUE + weight;
}

/* The value of the best placement of all. */
static int64_t best_value(const msched__songs_problem *p, int32_t horizon)
{
    int32_t start[MAX_PLAYS];
    int64_t must = -1, weight = -1;
    for (uint32_t i = 0; i < MAX_PLAYS; i++)
        start[i] = MSCHED_UNSET;
    try_orders(p, start, -100, horizon, &must, &weight);
    return value_of(must, weight);
}

static void open_pack(small *s, msched__budget *budget)
{
    msched_allocator allocator = msched__allocator_copy(NULL);
    msched__arena_init(&s->arena, &allocator, 0);
    assert_true(msched__pack_init(&s->pack, &s->arena, &s->random.problem, budget));
    assert_true(msched__pack_sort(&s->pack));
    s->best = best_value(&s->random.problem, s->horizon);
}

static void make_small(small *s, uint64_t seed, msched__budget *budget)
{
    s->horizon = 12 + (int32_t)(seed % 25);
    make_problem(&s->random, seed << 12, (uint32_t)(2 + seed % (PLAYS - 1)), s->horizon);
    open_pack(s, budget);
}

/* Put what has begun in its place; the sequence is empty but for that. */
static void place_locked(msched__pack *pack)
{
    msched__pack_clear(pack);
    for (uint32_t i = 0; i < pack->count; i++)
        if (pack->items[i].locked)
            assert_true(msched__pack_insert(pack, i, 0));
}

/* The sequence keeps every rule and knows its value and its length. */
static void check_sequence(const small *s, const msched__sequence *sequence)
{
    int32_t start[MAX_PLAYS], total_s = 0;
    int64_t must, weight;
    for (uint32_t i = 0; i < MAX_PLAYS; i++)
        start[i] = MSCHED_UNSET;
    for (uint32_t i = 0; i < sequence->count; i++) {
        const msched__item *item = &s->pack.items[sequence->item[i]];
        assert_true(i == 0 || sequence->start[i] > sequence->start[i - 1]);
        assert_true(start[item->play] == MSCHED_UNSET);
        start[item->play] = sequence->start[i];
        total_s += item->length;
    }
    assert_true(check(&s->random.problem, start, &must, &weight));
    assert_true(value_of(must, weight) == sequence->value);
    assert_int_equal(sequence->total_s, total_s);
    assert_true(sequence->value <= s->best);
}

static void bounds_by_capacity_hold_for_every_placement(void **state)
{
    small s;
    uint32_t tight = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        int64_t must_bound, weight_bound, sack;
        make_small(&s, seed, WORK(UINT64_MAX));
        int64_t must = s.best / MSCHED__MUST_VALUE, weight = s.best % MSCHED__MUST_VALUE,
                locked_must = s.pack.locked_value / MSCHED__MUST_VALUE;
        assert_true(msched__pack_bound(&s.pack, INT64_MAX, &must_bound, &weight_bound));
        assert_true(value_of(must_bound, weight_bound) >= s.best);
        tight += must_bound == must && weight_bound == weight;
        /* at most so many must plays are asked for: the bound does not exceed them */
        assert_true(msched__pack_bound(&s.pack, must, &must_bound, NULL));
        assert_true(must_bound == must);
        assert_true(msched__pack_sack_bound(&s.pack, must - locked_must, &sack));
        assert_true(sack + s.pack.locked_value % MSCHED__MUST_VALUE >= weight);
        msched__arena_reset(&s.arena);
    }
    assert_true(tight > PROBLEMS / 2);
}

/* What plays inside of any part of the day, with its gaps, is within the capacity of that part. */
static void capacity_holds_what_plays_in_a_part_of_the_day(void **state)
{
    small s;
    (void)state;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        make_small(&s, seed, WORK(UINT64_MAX));
        place_locked(&s.pack);
        for (uint32_t i = 0; i < s.pack.count; i++)
            if (!s.pack.items[i].locked)
                msched__pack_insert(&s.pack, i, 0);
        for (int32_t from = 0; from < s.horizon; from++)
            for (int32_t to = from + 1; to <= s.horizon; to++) {
                int64_t used = 0;
                for (uint32_t i = 0; i < s.pack.now.count; i++) {
                    const msched__item *item = &s.pack.items[s.pack.now.item[i]];
                    int32_t start = s.pack.now.start[i];
                    if (!item->locked && start >= from && start + item->length <= to)
                        used += item->length + s.pack.gap;
                }
                assert_true(used <= msched__pack_capacity(&s.pack, from, to));
            }
        msched__arena_reset(&s.arena);
    }
}

/* Both exact searches, from the empty day: what they call optimal is, and the rest is valid. */
static void assignment_finds_the_best_where_it_says_so(void **state)
{
    small s;
    uint32_t proved = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        int64_t bound = INT64_MAX;
        make_small(&s, seed, WORK(UINT64_MAX));
        place_locked(&s.pack);
        msched__pack_keep_best(&s.pack);
        int result = msched__pack_assign(&s.pack, &bound);
        assert_true(result >= 0);
        check_sequence(&s, &s.pack.best);
        assert_true(bound >= s.best);
        if (result == 1)
            assert_true(s.pack.best.value == s.best);
        proved += result == 1;
        msched__arena_reset(&s.arena);
    }
    assert_true(proved > PROBLEMS / 2);
}

static void search_finds_the_best(void **state)
{
    small s;
    (void)state;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        make_small(&s, seed, WORK(UINT64_MAX));
        place_locked(&s.pack);
        msched__pack_keep_best(&s.pack);
        assert_int_equal(msched__pack_search(&s.pack, INT64_MAX), 1);
        check_sequence(&s, &s.pack.best);
        assert_true(s.pack.best.value == s.best);
        msched__arena_reset(&s.arena);
    }
}

/* Out of work, a search keeps a valid day, no worse than before, and claims no proof. */
static void searches_out_of_work_keep_a_valid_day(void **state)
{
    small s;
    uint32_t stopped = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        int64_t bound = INT64_MAX;
        make_small(&s, seed, WORK(seed % 8));
        place_locked(&s.pack);
        msched__pack_keep_best(&s.pack);
        int64_t before = s.pack.best.value;
        int result = seed % 2 == 0 ? msched__pack_assign(&s.pack, &bound)
                                   : msched__pack_search(&s.pack, bound);
        assert_true(result >= 0 && bound >= s.best && s.pack.best.value >= before);
        check_sequence(&s, &s.pack.best);
        if (result == 1)
            assert_true(s.pack.best.value == s.best);
        stopped += result == 0 && s.pack.best.value < s.best;
        msched__arena_reset(&s.arena);
    }
    assert_true(stopped > 20);
}

/* Every move leaves a valid sequence and never loses value. */
static void moves_keep_the_rules(void **state)
{
    small s;
    uint32_t anywhere = 0, exchanged = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        make_small(&s, seed, WORK(UINT64_MAX));
        msched__pack *pack = &s.pack;
        place_locked(pack);
        for (uint32_t round = 0; round < 3; round++)
            for (uint32_t i = 0; i < pack->count; i++) {
                int64_t before = pack->now.value;
                if (pack->placed[i])
                    continue;
                int in = round == 0   ? msched__pack_insert(pack, i, (int)(seed % 2))
                         : round == 1 ? msched__pack_insert_anywhere(pack, i)
                                      : msched__pack_exchange(pack, i);
                anywhere += in && round == 1;
                exchanged += in && round == 2;
                assert_int_equal(in, pack->placed[i]);
                assert_true(round == 2
                                ? pack->now.value >= before
                                : pack->now.value == before + (in ? pack->items[i].value : 0));
                check_sequence(&s, &pack->now);
            }
        int32_t start[MAX_PLAYS];
        memcpy(start, pack->now.start, pack->now.count * sizeof *start);
        msched__pack_close_up(pack);
        for (uint32_t i = 0; i < pack->now.count; i++)
            assert_true(pack->now.start[i] <= start[i]);
        check_sequence(&s, &pack->now);
        msched__pack_restore_starts(pack);
        check_sequence(&s, &pack->now);
        msched__arena_reset(&s.arena);
    }
    assert_true(anywhere > 20 && exchanged > 20);
}

/* Songs that may play anywhere in one stretch: the knapsack's choice, so the best there is. */
static void sharing_is_exact_in_one_stretch(void **state)
{
    small s;
    (void)state;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        msched__songs_problem *p = &s.random.problem;
        s.horizon = 12 + (int32_t)(seed % 25);
        make_problem(&s.random, seed << 12, (uint32_t)(2 + seed % (PLAYS - 1)), s.horizon);
        p->free_count = 1;
        p->max_total_s = MSCHED_UNSET;
        p->artist_separation_s = 0;
        for (uint32_t i = 0; i < p->play_count; i++) {
            msched__play *play = &s.random.plays[i];
            play->windows = p->free;
            play->window_count = 1;
            play->pinned_s = MSCHED_UNSET;
            play->frozen = 0;
        }
        open_pack(&s, WORK(UINT64_MAX));
        assert_true(msched__pack_share(&s.pack));
        check_sequence(&s, &s.pack.now);
        assert_true(s.pack.now.value == s.best);
        msched__arena_reset(&s.arena);
    }
}

static void sharing_keeps_the_rules(void **state)
{
    small s;
    uint32_t best = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        s.horizon = 12 + (int32_t)(seed % 25);
        make_problem(&s.random, seed << 12, (uint32_t)(2 + seed % (PLAYS - 1)), s.horizon);
        s.random.problem.artist_separation_s = 0;
        open_pack(&s, WORK(UINT64_MAX));
        assert_true(msched__pack_share(&s.pack));
        check_sequence(&s, &s.pack.now);
        best += s.pack.now.value == s.best;
        msched__arena_reset(&s.arena);
    }
    assert_true(best > PROBLEMS / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_by_capacity_hold_for_every_placement),
        cmocka_unit_test(capacity_holds_what_plays_in_a_part_of_the_day),
        cmocka_unit_test(assignment_finds_the_best_where_it_says_so),
        cmocka_unit_test(search_finds_the_best),
        cmocka_unit_test(searches_out_of_work_keep_a_valid_day),
        cmocka_unit_test(moves_keep_the_rules),
        cmocka_unit_test(sharing_is_exact_in_one_stretch),
        cmocka_unit_test(sharing_keeps_the_rules)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
