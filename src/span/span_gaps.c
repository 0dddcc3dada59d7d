#include "span/span_gaps.h"

#define MOST_GAPS  24  /* per date; more are not checked */
#define MOST_NODES 400 /* after which the search gives up */

msched_result msched__span_measure_windows(msched__span *span)
{
    size_t count = (size_t)span->plan->todo_count * span->days;
    span->windows = msched__arena_alloc(span->arena, count, sizeof *span->windows);
    if (span->windows == NULL)
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < span->plan->todo_count; i++)
        for (uint32_t d = 0; d < span->days; d++) {
            msched__span_bounds *w = &span->windows[(size_t)i * span->days + d];
            if (span->occurrences[i] == 0 ||
                !msched__span_window(span, i, d, &w->earliest_s, &w->latest_s))
                *w = (msched__span_bounds){0, 0};
        }
    return MSCHED_OK;
}

/* A task in one piece. */
typedef struct piece {
    int32_t length_s, earliest_s, latest_s;
} piece;

/* A search that gives each piece an interval, the longest piece first. */
typedef struct packing {
    const msched__span_date *date;
    uint32_t count, nodes;
    piece pieces[MSCHED__SPAN_SET_MAX];
    uint8_t gap_of[MSCHED__SPAN_SET_MAX];
    int64_t left_s[MOST_GAPS]; /* per interval */
    int64_t parts_s;           /* length of the tasks that may be split */
    int32_t least_s;           /* their shortest piece */
    int32_t others_s;          /* the shortest piece of tasks outside the set */
    int64_t enough_s, best_s;  /* time left for those; the search ends at `enough_s` */
} packing;

/* 0 if the pieces of an interval that must come early or late in it do not fit there. */
static int fits_within(const packing *p, uint32_t depth, uint32_t g)
{
    const int32_t *gap = p->date->gaps[g];
    int64_t after = p->pieces[depth].length_s, before = after;
    int32_t from = p->pieces[depth].earliest_s > gap[0] ? p->pieces[depth].earliest_s : gap[0];
    int32_t to = p->pieces[depth].latest_s < gap[1] ? p->pieces[depth].latest_s : gap[1];
    if (to - from + p->date->gained_s < after)
        return 0;
    for (uint32_t i = 0; i < depth; i++) {
        if (p->gap_of[i] != g)
            continue;
        after += p->pieces[i].earliest_s >= from ? p->pieces[i].length_s : 0;
        before += p->pieces[i].latest_s <= to ? p->pieces[i].length_s : 0;
    }
    return (from <= gap[0] || after <= gap[1] - from + p->date->gained_s) &&
           (to >= gap[1] || before <= to - gap[0] + p->date->gained_s);
}

/* Record the time that the intervals leave for other tasks. 1 if it is enough. */
static int count_rest(packing *p)
{
    int32_t least = p->least_s < p->others_s ? p->least_s : p->others_s;
    int64_t own = 0, all = 0;
    for (uint32_t g = 0; g < p->date->gap_count; g++) {
        own += p->left_s[g] >= p->least_s ? p->left_s[g] : 0;
        all += p->left_s[g] >= least ? p->left_s[g] : 0;
    }
    if (own >= p->parts_s && all - p->parts_s > p->best_s)
        p->best_s = all - p->parts_s;
    return p->best_s >= p->enough_s;
}

static int pack(packing *p, uint32_t depth)
{
    if (depth == p->count)
        return count_rest(p);
    for (uint32_t g = 0; g < p->date->gap_count; g++) {
        if (p->left_s[g] < p->pieces[depth].length_s || !fits_within(p, depth, g))
            continue;
        if (p->nodes++ > MOST_NODES) {
            p->best_s = p->enough_s;
            return 1;
        }
        p->gap_of[depth] = (uint8_t)g;
        p->left_s[g] -= p->pieces[depth].length_s;
        if (pack(p, depth + 1))
            return 1;
        p->left_s[g] += p->pieces[depth].length_s;
    }
    return 0;
}

static void add_piece(packing *p, piece of)
{
    uint32_t i = p->count++;
    for (; i > 0 && p->pieces[i - 1].length_s < of.length_s; i--)
        p->pieces[i] = p->pieces[i - 1];
    p->pieces[i] = of;
}

/* Separate pieces and parts of a set. Returns their sum; -1: a task cannot be on the date. */
static int64_t read_set(const msched__span *span, uint32_t day, const msched__span_set *set,
                        packing *p)
{
    int64_t sum = 0;
    for (uint32_t k = 0; k < set->count; k++) {
        uint32_t todo = span->tasks[set->task[k]].todo;
        int32_t least = span->plan->todos[todo].split_min_s;
        const msched__span_bounds *w = msched__span_bounds_on(span, todo, day);
        sum += set->seconds[k];
        if (w->latest_s <= w->earliest_s)
            return -1;
        if (least > 0 && set->seconds[k] >= 2 * least) {
            p->parts_s += set->seconds[k];
            p->least_s = least < p->least_s ? least : p->least_s;
        } else {
            add_piece(p, (piece){set->seconds[k], w->earliest_s, w->latest_s});
        }
    }
    return sum;
}

/* The most time for other tasks; `enough_s` as in a packing. -1: the set does not fit. */
static int64_t most_left(const msched__span *span, uint32_t day, const msched__span_set *set,
                         int32_t least_s, int64_t enough_s)
{
    const msched__span_date *date = &span->dates[day];
    packing p;
    p.date = date;
    p.count = p.nodes = 0;
    p.parts_s = 0;
    p.least_s = INT32_MAX;
    p.others_s = least_s;
    p.best_s = -1;
    int64_t sum = read_set(span, day, set, &p), room = date->capacity_s + date->gained_s - sum;
    if (sum < 0 || room < 0)
        return -1;
    p.enough_s = enough_s < room ? enough_s : room;
    if (date->gap_count > MOST_GAPS || date->is_kept)
        return room;
    for (uint32_t g = 0; g < date->gap_count; g++)
        p.left_s[g] = date->gaps[g][1] - date->gaps[g][0] + date->gained_s;
    pack(&p, 0);
    return p.best_s < room ? p.best_s : room;
}

int msched__span_fits(const msched__span *span, uint32_t day, const msched__span_set *set)
{
    return most_left(span, day, set, INT32_MAX, 0) >= 0;
}

int64_t msched__span_leaves(const msched__span *span, uint32_t day, const msched__span_set *set,
                            int32_t least_s)
{
    int64_t left = most_left(span, day, set, least_s, INT64_MAX);
    return left > 0 && left < least_s ? 0 : left;
}
