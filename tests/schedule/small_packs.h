/*
 * tests/schedule/small_packs.h: packs of a few wanted songs, with the value of the best placement
 * known from trying every order of every set.
 */
#ifndef TEST_SMALL_PACKS_H
#define TEST_SMALL_PACKS_H

#include "../testing.h"
#include "base/alloc.h"
#include "schedule/songs/songs_insert.h"
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

static inline int64_t value_of(int64_t must, int64_t weight)
{
    return must * MSCHED__MUST_VALUE + weight;
}

/* The value of the best placement of all. */
static inline int64_t best_value(const msched__songs_problem *p, int32_t horizon)
{
    int32_t start[MAX_PLAYS];
    int64_t must = -1, weight = -1;
    for (uint32_t i = 0; i < MAX_PLAYS; i++)
        start[i] = MSCHED_UNSET;
    try_orders(p, start, -100, horizon, &must, &weight);
    return value_of(must, weight);
}

static inline void open_pack(small *s, msched__budget *budget)
{
    msched_allocator allocator = msched__allocator_copy(NULL);
    msched__arena_init(&s->arena, &allocator, 0);
    assert_true(msched__pack_init(&s->pack, &s->arena, &s->random.problem, budget));
    assert_true(msched__pack_sort(&s->pack));
    s->best = best_value(&s->random.problem, s->horizon);
}

static inline void make_small(small *s, uint64_t seed, msched__budget *budget)
{
    s->horizon = 12 + (int32_t)(seed % 25);
    make_problem(&s->random, seed << 12, (uint32_t)(2 + seed % (PLAYS - 1)), s->horizon);
    open_pack(s, budget);
}

/* Put what has begun in its place; the sequence is empty but for that. */
static inline void place_locked(msched__pack *pack)
{
    msched__pack_clear(pack);
    for (uint32_t i = 0; i < pack->count; i++)
        if (pack->items[i].locked)
            assert_true(msched__pack_insert(pack, i, 0));
}

/* The sequence keeps every rule and knows its value and its length. */
static inline void check_sequence(const small *s, const msched__sequence *sequence)
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

/* Out of work, a search keeps a valid day, no worse than before, and claims no proof. */
static inline void keeps_a_valid_day_out_of_work(int (*search)(msched__pack *pack, int64_t *bound))
{
    small s;
    uint32_t stopped = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        int64_t bound = INT64_MAX;
        make_small(&s, seed, WORK(seed % 8));
        place_locked(&s.pack);
        msched__pack_keep_best(&s.pack);
        int64_t before = s.pack.best.value;
        int result = search(&s.pack, &bound);
        assert_true(result >= 0 && bound >= s.best && s.pack.best.value >= before);
        check_sequence(&s, &s.pack.best);
        if (result == 1)
            assert_true(s.pack.best.value == s.best);
        stopped += result == 0 && s.pack.best.value < s.best;
        msched__arena_reset(&s.arena);
    }
    assert_true(stopped > 20);
}

#endif
