#include "span/span_slots.h"

#define MOST_NODES 400 /* after which the search gives up */

/* A task of the set. */
typedef struct part {
    uint32_t task;
    int32_t seconds, least_s; /* least_s: the shortest piece; `seconds` if it is in one piece */
} part;

/* A search: first tasks in one piece, the longest first, then the others. */
typedef struct finder {
    const msched__span *span;
    msched__slots *slots;
    uint32_t count, nodes;
    part parts[MSCHED__SPAN_SET_MAX];
    int32_t shortest_s[MSCHED__SPAN_SET_MAX + 1]; /* shortest piece of the parts from an index on */
    int64_t rest_s[MSCHED__SPAN_SET_MAX + 1];     /* seconds of the parts from an index on */
} finder;

static const msched__span_bounds *window_of(const finder *f, uint32_t task)
{
    return msched__span_bounds_on(f->span, f->span->tasks[task].todo, f->slots->day);
}

static int32_t room_of(const finder *f, const msched__slot *slot, uint32_t task)
{
    const msched__span_bounds *w = window_of(f, task);
    int32_t from = w->earliest_s > slot->start_s ? w->earliest_s : slot->start_s;
    int32_t to = w->latest_s < slot->end_s ? w->latest_s : slot->end_s;
    return to - from < slot->left_s ? to - from : slot->left_s;
}

/* 1 if a piece with window a comes before a piece with window b. */
static int comes_first(const msched__slot *slot, const msched__span_bounds *a,
                       const msched__span_bounds *b)
{
    int32_t x = a->earliest_s > slot->start_s ? a->earliest_s : slot->start_s,
            y = b->earliest_s > slot->start_s ? b->earliest_s : slot->start_s;
    return x != y ? x < y : a->latest_s < b->latest_s;
}

/* The place of a new piece in the order of an interval. */
static uint32_t place_of(const finder *f, const msched__slot *slot, uint32_t task)
{
    const msched__span_bounds *w = window_of(f, task);
    uint32_t at = slot->count;
    while (at > 0 && comes_first(slot, w, window_of(f, slot->task[at - 1])))
        at--;
    return at;
}

/* When a piece ends that starts no sooner than `from`; INT32_MAX: after its window. */
static int32_t end_after(const finder *f, const msched__slot *slot, uint32_t task, int32_t from,
                         int32_t seconds)
{
    const msched__span_bounds *w = window_of(f, task);
    int32_t end = (w->earliest_s > from ? w->earliest_s : from) + seconds;
    return end > w->latest_s || end > slot->end_s ? INT32_MAX : end;
}

static int takes(const finder *f, const msched__slot *slot, uint32_t task, int32_t seconds)
{
    int32_t at = slot->start_s;
    if (slot->count == MSCHED__SLOT_PIECES || room_of(f, slot, task) < seconds)
        return 0;
    uint32_t place = place_of(f, slot, task);
    for (uint32_t i = 0; i <= slot->count && at != INT32_MAX; i++) {
        if (i == place)
            at = end_after(f, slot, task, at, seconds);
        if (i < slot->count && at != INT32_MAX)
            at = end_after(f, slot, slot->task[i], at, slot->seconds[i]);
    }
    return at != INT32_MAX;
}

static void put(const finder *f, msched__slot *slot, uint32_t task, int32_t seconds)
{
    uint32_t place = place_of(f, slot, task);
    for (uint32_t i = slot->count++; i > place; i--) {
        slot->task[i] = slot->task[i - 1];
        slot->seconds[i] = slot->seconds[i - 1];
    }
    slot->task[place] = task;
    slot->seconds[place] = seconds;
    slot->left_s -= seconds;
}

/* Remove the piece of a task from an interval. */
static void remove_piece(msched__slot *slot, uint32_t task)
{
    uint32_t i = 0;
    while (slot->task[i] != task)
        i++;
    slot->left_s += slot->seconds[i];
    for (slot->count--; i < slot->count; i++) {
        slot->task[i] = slot->task[i + 1];
        slot->seconds[i] = slot->seconds[i + 1];
    }
}

/* 1 if the intervals have time for the parts from `at` on, of the first of them `rest` seconds. */
static int has_time(const finder *f, uint32_t at, int32_t rest, int32_t least)
{
    int64_t time = 0, need = rest + f->rest_s[at + 1];
    if (f->shortest_s[at + 1] < least)
        least = f->shortest_s[at + 1];
    for (uint32_t g = 0; g < f->slots->count && time < need; g++)
        time += f->slots->slot[g].left_s >= least ? f->slots->slot[g].left_s : 0;
    return time >= need;
}

static int place(finder *f, uint32_t at, uint32_t from, int32_t rest);

/* Put a piece into an interval, and go on. */
static int try_piece(finder *f, uint32_t at, uint32_t g, int32_t rest, int32_t seconds)
{
    const part *p = &f->parts[at];
    msched__slot *slot = &f->slots->slot[g];
    if (seconds < p->least_s || (seconds < rest && rest - seconds < p->least_s) ||
        f->nodes++ >= MOST_NODES || !takes(f, slot, p->task, seconds))
        return 0;
    put(f, slot, p->task, seconds);
    if (place(f, at, g + 1, rest - seconds))
        return 1;
    remove_piece(slot, p->task);
    return 0;
}

/*
 * Pieces of several lengths: all of the task; what fills the interval; what leaves time for a
 * shortest piece in the interval or of the task; the shortest piece.
 */
static int try_lengths(finder *f, uint32_t at, uint32_t g, int32_t rest)
{
    const part *p = &f->parts[at];
    int32_t room = room_of(f, &f->slots->slot[g], p->task), least = f->shortest_s[at + 1];
    if (room >= rest)
        return try_piece(f, at, g, rest, rest) ||
               (rest > p->least_s && try_piece(f, at, g, rest, rest - p->least_s)) ||
               (rest > 2 * p->least_s && try_piece(f, at, g, rest, p->least_s));
    if (p->least_s == p->seconds)
        return 0;
    return try_piece(f, at, g, rest, room) ||
           (rest - room < p->least_s && try_piece(f, at, g, rest, rest - p->least_s)) ||
           (least < room && try_piece(f, at, g, rest, room - least)) ||
           (room > p->least_s && try_piece(f, at, g, rest, p->least_s));
}

/* Place `rest` seconds of a part in the intervals from `from` on, and then the parts after it. */
static int place(finder *f, uint32_t at, uint32_t from, int32_t rest)
{
    if (rest == 0 && at + 1 >= f->count)
        return 1;
    if (rest == 0)
        return place(f, at + 1, 0, f->parts[at + 1].seconds);
    if (!has_time(f, at, rest, f->parts[at].least_s))
        return 0;
    for (uint32_t g = from; g < f->slots->count; g++)
        if (try_lengths(f, at, g, rest))
            return 1;
    return 0;
}

/* Parts in one piece come first, the longest first; then the others, the shortest first. */
static int comes_before(const part *a, const part *b)
{
    int x = a->least_s == a->seconds, y = b->least_s == b->seconds;
    if (x != y)
        return x;
    return x ? a->seconds > b->seconds : a->seconds < b->seconds;
}

/* Read the set. 0: the rules of a task are more than its length, its pieces and its window. */
static int read_set(finder *f, const msched__span_set *set)
{
    for (uint32_t i = 0; i < set->count; i++) {
        const msched__plan_todo *t = &f->span->plan->todos[f->span->tasks[set->task[i]].todo];
        part p = {set->task[i], set->seconds[i], set->seconds[i]};
        uint32_t n = f->count++;
        if (t->start_s != MSCHED_UNSET || t->buffer_before_s > 0 || t->buffer_after_s > 0 ||
            t->after_count > 0)
            return 0;
        if (t->split_min_s > 0 && p.seconds >= 2 * t->split_min_s)
            p.least_s = t->split_min_s;
        for (; n > 0 && comes_before(&p, &f->parts[n - 1]); n--)
            f->parts[n] = f->parts[n - 1];
        f->parts[n] = p;
    }
    f->rest_s[f->count] = 0;
    f->shortest_s[f->count] = INT32_MAX;
    for (uint32_t i = f->count; i-- > 0;) {
        f->rest_s[i] = f->rest_s[i + 1] + f->parts[i].seconds;
        f->shortest_s[i] = f->parts[i].least_s < f->shortest_s[i + 1] ? f->parts[i].least_s
                                                                      : f->shortest_s[i + 1];
    }
    return 1;
}

enum msched__arranged msched__span_arrange(const msched__span *span, uint32_t day,
                                           const msched__span_set *set, msched__slots *slots)
{
    const msched__span_date *date = &span->dates[day];
    finder f;
    f.span = span;
    f.slots = slots;
    f.count = f.nodes = 0;
    if (!date->is_open || date->is_kept || date->axis.count > 1 ||
        date->gap_count > MSCHED__SLOTS_MAX || !read_set(&f, set))
        return MSCHED__ARRANGED_UNKNOWN;
    slots->day = day;
    slots->count = date->gap_count;
    for (uint32_t g = 0; g < date->gap_count; g++) {
        slots->slot[g].start_s = date->gaps[g][0];
        slots->slot[g].end_s = date->gaps[g][1];
        slots->slot[g].left_s = date->gaps[g][1] - date->gaps[g][0];
        slots->slot[g].count = 0;
    }
    if (f.count == 0 || place(&f, 0, 0, f.parts[0].seconds))
        return MSCHED__ARRANGED;
    return f.nodes >= MOST_NODES ? MSCHED__ARRANGED_UNKNOWN : MSCHED__ARRANGED_NOT;
}

uint32_t msched__slots_times(const msched__span *span, const msched__slots *slots, uint32_t task,
                             msched__interval *out)
{
    finder f;
    uint32_t count = 0;
    f.span = span;
    f.slots = (msched__slots *)slots;
    for (uint32_t g = 0; g < slots->count; g++) {
        const msched__slot *slot = &slots->slot[g];
        int32_t at = slot->start_s;
        for (uint32_t i = 0; i < slot->count; i++) {
            at = end_after(&f, slot, slot->task[i], at, slot->seconds[i]);
            if (slot->task[i] == task)
                out[count++] = (msched__interval){at - slot->seconds[i], at};
        }
    }
    return count;
}
