/*
 * Place the wanted plays. On most days everything fits: then inserting each play once, hardest
 * first, is the answer and its own proof. Otherwise: several greedy orders, insertion anywhere in
 * the sequence, exchanges, and the exact search.
 */
#include "schedule/songs/songs_solve.h"

#include "algo/index_sort.h"
#include "schedule/songs/songs_assign.h"
#include "schedule/songs/songs_capacity.h"
#include "schedule/songs/songs_insert.h"
#include "schedule/songs/songs_partition.h"
#include "schedule/songs/songs_search.h"
#include "schedule/songs/songs_sequence.h"

#include <string.h>

#define RESTORE_PASSES  4
#define SHORT_SILENCE_S 300 /* songs closer than this are moved together */

/* Greedy insertion of all items in one order; 1: all of them are placed. */
static int place_greedily(msched__pack *pack, msched__keyed *keys, int prefer,
                          enum msched__pack_order order)
{
    int all = 1, failed = 0;
    uint32_t last = MSCHED__NONE;
    msched__pack_clear(pack);
    for (uint32_t i = 0; i < pack->count; i++)
        keys[i] = (msched__keyed){msched__pack_order_key(pack, i, prefer, order), i};
    msched__key_sort(keys, pack->count);
    for (uint32_t i = 0; i < pack->count; i++) {
        uint32_t index = keys[i].index;
        /* a song without room for one play has none for equal plays */
        if (failed && pack->items[index].same && last == index - 1 && keys[i - 1].index == last) {
            last = index;
            continue;
        }
        failed = !msched__pack_insert(pack, index, prefer);
        last = index;
        if (failed)
            all = 0;
    }
    return all;
}

/* Rounds of repair: with few songs and with many. */
#define PASSES_FEW  50
#define PASSES_MANY 2

/* Insert and exchange plays, the most valuable first, until nothing helps. */
static void improve(msched__pack *pack, msched__keyed *keys)
{
    int changed = 1, passes = pack->count <= MSCHED__SEARCH_MAX_ITEMS ? PASSES_FEW : PASSES_MANY;
    while (changed && passes-- > 0 && !msched__budget_over(pack->budget)) {
        uint32_t count = 0;
        changed = 0;
        for (uint32_t i = 0; i < pack->count; i++)
            if (!pack->placed[i])
                keys[count++] =
                    (msched__keyed){msched__pack_order_key(pack, i, 0, MSCHED__BY_VALUE), i};
        msched__key_sort(keys, count);
        for (uint32_t i = 0; i < count && !msched__budget_over(pack->budget); i++)
            if (!pack->placed[keys[i].index])
                changed |= msched__pack_insert_anywhere(pack, keys[i].index) ||
                           msched__pack_exchange(pack, keys[i].index);
    }
}

static int has_previous(const msched__pack *pack)
{
    for (uint32_t i = 0; i < pack->count; i++)
        if (pack->problem->plays[pack->items[i].play].preferred_s != MSCHED_UNSET)
            return 1;
    return 0;
}

/*
 * Try to place exactly the items flagged in pack->placed, hardest first, anywhere in the sequence.
 */
static void place_flagged(msched__pack *pack, msched__keyed *keys)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < pack->count; i++)
        if (pack->placed[i] || pack->items[i].locked)
            keys[count++] =
                (msched__keyed){msched__pack_order_key(pack, i, 0, MSCHED__BY_TIGHTNESS), i};
    msched__key_sort(keys, count);
    msched__pack_clear(pack);
    for (uint32_t i = 0; i < count; i++)
        if (!msched__pack_insert(pack, keys[i].index, 0))
            msched__pack_insert_anywhere(pack, keys[i].index);
    improve(pack, keys);
    msched__pack_keep_best(pack);
}

/*
 * Upper bound on the value of all placements, by the windows and by a knapsack; 0 when out of
 * memory.
 */
static int bound_all(msched__pack *pack, int64_t *bound)
{
    int64_t must, weight, by_sack, locked_must = pack->locked_value / MSCHED__MUST_VALUE;
    if (!msched__pack_bound(pack, INT64_MAX, &must, &weight) ||
        !msched__pack_sack_bound(pack, must - locked_must, &by_sack))
        return 0;
    by_sack += pack->locked_value % MSCHED__MUST_VALUE;
    *bound = must * MSCHED__MUST_VALUE + (by_sack < weight ? by_sack : weight);
    return 1;
}

/* Greedy orders, each repaired, as long as the bound is not met. */
static void try_orders(msched__pack *pack, msched__keyed *keys, int orders, int64_t bound)
{
    for (int order = MSCHED__BY_TIGHTNESS;
         order < orders && pack->best.value < bound && !msched__budget_interrupted(pack->budget);
         order++) {
        place_greedily(pack, keys, 0, (enum msched__pack_order)order);
        msched__pack_close_up(pack);
        improve(pack, keys);
        msched__pack_keep_best(pack);
    }
}

/*
 * More songs than can be searched: assign the choice of a knapsack, then repair; other orders only
 * if must plays are missing.
 */
static int place_many(msched__pack *pack, msched__keyed *keys, int64_t bound)
{
    if (pack->artist_count == 0) {
        if (!msched__pack_share(pack))
            return 0;
        msched__pack_keep_best(pack);
    }
    if (pack->best.value >= bound || msched__budget_interrupted(pack->budget))
        return 1;
    if (pack->artist_count == 0) {
        improve(pack, keys);
        msched__pack_keep_best(pack);
    }
    if (pack->best.value / MSCHED__MUST_VALUE < bound / MSCHED__MUST_VALUE ||
        pack->artist_count > 0)
        try_orders(pack, keys, MSCHED__BY_VALUE, bound);
    return 1;
}

/* Branch and bound; lowers `*bound` to what is proved. 0 when out of memory. */
static int search(msched__pack *pack, msched__keyed *keys, int64_t *bound)
{
    int proved = msched__pack_assign(pack, bound);
    if (proved == 2) {
        place_flagged(pack, keys);
        proved = 0;
    }
    if (proved == 0 && pack->best.value < *bound)
        proved = msched__pack_search(pack, *bound);
    if (proved > 0)
        *bound = pack->best.value;
    return proved >= 0;
}

/* The total value of all items: the bound if there is no time for a better one. */
static int64_t all_value(const msched__pack *pack)
{
    int64_t value = 0;
    for (uint32_t i = 0; i < pack->count; i++)
        value += pack->items[i].value;
    return value;
}

/* Everything beyond one greedy insertion. 0 when out of memory. */
static int place_hard(msched__pack *pack, msched__keyed *keys, msched__songs_placement *out)
{
    int64_t bound = all_value(pack);
    int many = pack->count > MSCHED__SEARCH_MAX_ITEMS,
        hurry = msched__budget_interrupted(pack->budget);
    int done = hurry || (msched__pack_sort(pack) && bound_all(pack, &bound));
    if (done && many)
        done = place_many(pack, keys, bound);
    else if (done)
        try_orders(pack, keys, MSCHED__ORDER_COUNT, bound);
    if (done && !many && pack->best.value < bound && !msched__budget_interrupted(pack->budget))
        done = search(pack, keys, &bound);
    out->must_bound = bound / MSCHED__MUST_VALUE;
    out->weight_bound = bound % MSCHED__MUST_VALUE;
    return done;
}

/* Whether its window and the previous schedule allow a song to start `later` seconds later. */
static int may_wait(const msched__pack *pack, uint32_t place, int32_t later)
{
    const msched__item *item = &pack->items[pack->now.item[place]];
    int32_t start = pack->now.start[place];
    if (item->locked || item->artist != MSCHED__NONE ||
        pack->problem->plays[item->play].preferred_s == start)
        return 0;
    for (uint32_t w = 0; w < item->window_count; w++)
        if (item->windows[w].start <= start && start + later <= item->windows[w].end - item->length)
            return 1;
    return 0;
}

/*
 * Delay songs until the next ones if only a short silence separates them, so that sessions stay
 * whole and slots merge.
 */
static void join_sessions(msched__pack *pack)
{
    msched__sequence *now = &pack->now;
    for (uint32_t i = now->count; i-- > 1;) {
        int32_t end = now->start[i - 1] + pack->items[now->item[i - 1]].length + pack->gap;
        int32_t silence = now->start[i] - end;
        if (silence > 0 && silence <= SHORT_SILENCE_S && may_wait(pack, i - 1, silence))
            now->start[i - 1] += silence;
    }
}

static void write_out(const msched__pack *pack, msched__songs_placement *out)
{
    for (uint32_t i = 0; i < pack->now.count; i++)
        out->start[pack->items[pack->now.item[i]].play] = pack->now.start[i];
    out->must = pack->now.value / MSCHED__MUST_VALUE;
    out->weight = pack->now.value % MSCHED__MUST_VALUE;
}

msched_result msched__songs_place(msched__arena *arena, const msched__songs_problem *problem,
                                  msched__budget *budget, msched__songs_placement *out)
{
    msched__pack pack;
    memset(out, 0, sizeof *out);
    out->start = msched__arena_alloc(arena, problem->play_count, sizeof *out->start);
    if (out->start == NULL || !msched__pack_init(&pack, arena, problem, budget))
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < problem->play_count; i++)
        out->start[i] = MSCHED_UNSET;
    msched__keyed *keys = msched__arena_alloc(arena, pack.count, sizeof *keys);
    if (keys == NULL)
        return MSCHED_ERROR_MEMORY;
    msched__budget_count(budget, pack.count);
    int previous = has_previous(&pack);
    int all = place_greedily(&pack, keys, previous, MSCHED__BY_TIGHTNESS);
    if (all) {
        join_sessions(&pack);
        write_out(&pack, out);
        out->must_bound = out->must;
        out->weight_bound = out->weight;
        return MSCHED_OK;
    }
    msched__pack_keep_best(&pack);
    if (!place_hard(&pack, keys, out))
        return MSCHED_ERROR_MEMORY;
    msched__pack_take_best(&pack);
    for (int pass = 0; previous && pass < RESTORE_PASSES && msched__pack_restore_starts(&pack);
         pass++)
        ; /* one song's time may be free only after another has moved back to its own */
    join_sessions(&pack);
    write_out(&pack, out);
    return MSCHED_OK;
}
