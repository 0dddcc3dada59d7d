#include "calendar/series.h"

#include "base/alloc.h"
#include "base/civil.h"

#include <stdlib.h>
#include <string.h>

#define DAY_S    86400
#define MARGIN_S (3 * DAY_S) /* local clocks are up to 26 h apart */

static const msched__zone *zone_of(const msched__calendar_view *view, uint32_t zone)
{
    const msched_calendar *calendar = view->calendar;
    if (zone == MSCHED__ZONE_UTC)
        return NULL;
    if (zone != MSCHED__ZONE_FLOATING && calendar->zones[zone].known)
        return &calendar->zones[zone].zone;
    if (calendar->default_zone != MSCHED__ZONE_FLOATING &&
        calendar->zones[calendar->default_zone].known)
        return &calendar->zones[calendar->default_zone].zone;
    return view->floating;
}

static int64_t moment_in(const msched__calendar_view *view, uint32_t zone, int64_t local)
{
    const msched__zone *clock = zone_of(view, zone);
    int64_t utc = local;
    if (clock != NULL)
        msched__zone_from_local(clock, local, &utc);
    return utc;
}

int64_t msched__calendar_moment(const msched__calendar_view *view,
                                const msched__calendar_time *time)
{
    return time->is_date ? time->local : moment_in(view, time->zone, time->local);
}

static int64_t local_in(const msched__calendar_view *view, uint32_t zone, int64_t utc)
{
    const msched__zone *clock = zone_of(view, zone);
    return clock == NULL ? utc : utc + msched__zone_at(clock, utc)->offset_s;
}

/* End of an instance of `item` that begins at `local` on the clock of its start. */
static int64_t end_of(const msched__calendar_view *view, const msched__calendar_item *item,
                      int64_t local, int64_t start, uint8_t *ends_before)
{
    const msched__calendar_time *from = &item->start, *to = &item->end;
    int64_t end;
    *ends_before = 0;
    if (from->is_date) {
        int64_t days = to->present ? msched__days_of(to->local) - msched__days_of(from->local)
                       : item->length.present ? item->length.days
                                              : 1;
        *ends_before = days < 0;
        return local + (days == 0 ? 1 : days) * DAY_S;
    }
    if (to->present && (to->is_date || to->zone == from->zone))
        end = moment_in(view, from->zone, local + (to->local - from->local));
    else if (to->present)
        end = start + (msched__calendar_moment(view, to) - msched__calendar_moment(view, from));
    else if (item->length.present)
        end = moment_in(view, from->zone, local + item->length.days * DAY_S) + item->length.seconds;
    else
        return start;
    *ends_before = end < start;
    return end;
}

/* An upper limit of the time from the start of an instance of the item to its other end. */
static int64_t longest(const msched__calendar_view *view, const msched__calendar_item *item)
{
    uint8_t ends_before;
    int64_t start = msched__calendar_moment(view, &item->start), length, most;
    length = end_of(view, item, item->start.local, start, &ends_before) - start;
    most = length < 0 ? -length : length;
    for (uint32_t i = 0; i < item->rdate_count; i++) {
        const msched__calendar_rdate *each = &item->rdates[i];
        if (each->end.present)
            length = msched__calendar_moment(view, &each->end) -
                     msched__calendar_moment(view, &each->start);
        else if (each->length.present)
            length = each->length.days * DAY_S + each->length.seconds;
        most = length > most ? length : most;
    }
    return most;
}

/* Starts of a series before exceptions. */
typedef struct start_list {
    const msched__calendar_view *view;
    const msched__calendar_item *item;
    const msched__calendar_time *until; /* of the expanded rule */
    struct start {
        int64_t local, moment; /* local: on the clock of the item's DTSTART */
        const msched__calendar_rdate *rdate;
    } * starts;
    size_t count, capacity;
    int failed;
} start_list;

static int add_start(start_list *list, int64_t local, int64_t moment,
                     const msched__calendar_rdate *rdate)
{
    void *block = list->starts;
    if (!msched__grow(&list->view->calendar->allocator, &block, &list->capacity, list->count + 1,
                      sizeof *list->starts)) {
        list->failed = 1;
        return 1;
    }
    list->starts = block;
    list->starts[list->count++] = (struct start){local, moment, rdate};
    return 0;
}

static int64_t moment_of_start(const start_list *list, int64_t local)
{
    return list->item->start.is_date ? local : moment_in(list->view, list->item->start.zone, local);
}

static int is_past_until(const start_list *list, const msched__calendar_time *until, int64_t local,
                         int64_t moment)
{
    if (!until->present)
        return 0;
    if (until->is_date || list->item->start.is_date)
        return msched__days_of(local) > msched__days_of(until->local);
    return (until->zone == MSCHED__ZONE_UTC ? moment : local) > until->local;
}

static int add_recurring(void *ctx, int64_t local)
{
    start_list *list = ctx;
    int64_t moment = moment_of_start(list, local);
    return is_past_until(list, list->until, local, moment) || add_start(list, local, moment, NULL);
}

static int by_moment(const void *a, const void *b)
{
    const struct start *x = a, *y = b;
    if (x->moment != y->moment)
        return x->moment < y->moment ? -1 : 1;
    return (y->rdate != NULL) - (x->rdate != NULL); /* a start with its own length first */
}

/* 1 if a time names the start `at` of a series of `item`. */
static int names(const msched__calendar_view *view, const msched__calendar_item *item,
                 const msched__calendar_time *time, const struct start *at)
{
    if (time->local - at->local > MARGIN_S || at->local - time->local > MARGIN_S)
        return 0;
    if (time->is_date || item->start.is_date)
        return msched__days_of(time->local) == msched__days_of(at->local);
    if (time->zone == MSCHED__ZONE_FLOATING)
        return time->local == at->local;
    return msched__calendar_moment(view, time) == at->moment;
}

static int is_excluded(const msched__calendar_view *view, const msched__calendar_item *item,
                       const struct start *at)
{
    for (uint32_t i = 0; i < item->exdate_count; i++)
        if (names(view, item, &item->exdates[i], at))
            return 1;
    return 0;
}

/*
 * The components of a series: `count` without a RECURRENCE-ID, then `override_count` by
 * RECURRENCE-ID.
 */
typedef struct series {
    const msched__calendar_item *items, *overrides;
    size_t count, override_count;
    int has_mover; /* one of them has RANGE=THISANDFUTURE */
} series;

/* Whether a component with a RECURRENCE-ID replaces this start. */
static int is_replaced(msched__calendar_view *view, const series *all,
                       const msched__calendar_item *master, const struct start *at)
{
    size_t low = 0, high = all->override_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->overrides[middle].recurrence_id.local < at->local - MARGIN_S)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < all->override_count &&
           all->overrides[low].recurrence_id.local <= at->local + MARGIN_S;
         low++) {
        view->budget -= view->budget > 0;
        if (view->budget == 0 || names(view, master, &all->overrides[low].recurrence_id, at))
            return 1;
    }
    return 0;
}

/* The last RANGE=THISANDFUTURE component at or before this start; NULL: none. */
static const msched__calendar_item *moved_by(msched__calendar_view *view, const series *all,
                                             int64_t moment)
{
    const msched__calendar_item *best = NULL;
    int64_t latest = INT64_MIN;
    for (size_t i = 0; all->has_mover && view->budget > 0 && i < all->override_count; i++) {
        const msched__calendar_item *each = &all->overrides[i];
        view->budget--;
        if (!each->this_and_future || !each->start.present)
            continue;
        int64_t from = msched__calendar_moment(view, &each->recurrence_id);
        if (from <= moment && from >= latest) {
            best = each;
            latest = from;
        }
    }
    return best;
}

static int64_t shift_of(const msched__calendar_view *view, const msched__calendar_item *mover)
{
    int64_t from = msched__calendar_moment(view, &mover->recurrence_id);
    if (!mover->start.is_date && !mover->recurrence_id.is_date)
        from = local_in(view, mover->start.zone, from);
    return mover->start.local - from;
}

static int tell_item(const msched__calendar_view *view, const msched__calendar_item *item,
                     int64_t local, msched__instance_fn tell, void *ctx)
{
    msched__instance instance = {.item = item, .is_date = item->start.is_date};
    instance.start = item->start.is_date ? local : moment_in(view, item->start.zone, local);
    instance.end = end_of(view, item, local, instance.start, &instance.ends_before);
    if (instance.ends_before) { /* the two were exchanged */
        int64_t start = instance.end;
        instance.end = instance.start;
        instance.start = start;
    }
    if (instance.end < view->from - MARGIN_S || instance.start > view->to + MARGIN_S)
        return 0;
    return tell(ctx, &instance);
}

static int tell_rdate(const msched__calendar_view *view, const msched__calendar_item *item,
                      const struct start *at, msched__instance_fn tell, void *ctx)
{
    msched__instance instance = {.item = item, .start = at->moment, .is_date = item->start.is_date};
    const msched__calendar_rdate *rdate = at->rdate;
    instance.end = rdate->end.present
                       ? msched__calendar_moment(view, &rdate->end)
                       : at->moment + rdate->length.days * DAY_S + rdate->length.seconds;
    return instance.end < instance.start ? 0 : tell(ctx, &instance);
}

static int tell_start(msched__calendar_view *view, const series *all,
                      const msched__calendar_item *master, const struct start *at,
                      msched__instance_fn tell, void *ctx)
{
    const msched__calendar_item *mover = moved_by(view, all, at->moment);
    if (mover != NULL && mover->cancelled)
        return 0;
    if (mover != NULL) {
        int64_t local = at->local;
        if (!mover->start.is_date && !master->start.is_date &&
            mover->start.zone != master->start.zone)
            local = local_in(view, mover->start.zone, at->moment);
        return tell_item(view, mover, local + shift_of(view, mover), tell, ctx);
    }
    if (at->rdate != NULL && (at->rdate->end.present || at->rdate->length.present))
        return tell_rdate(view, master, at, tell, ctx);
    return tell_item(view, master, at->local, tell, ctx);
}

static void add_rdate(start_list *list, const msched__calendar_rdate *rdate, int64_t from,
                      int64_t to)
{
    const msched__calendar_time *time = &rdate->start;
    int64_t local = time->local, moment = time->local;
    if (!time->is_date && time->zone == MSCHED__ZONE_FLOATING) {
        moment = moment_of_start(list, local);
    } else if (!time->is_date) {
        moment = msched__calendar_moment(list->view, time);
        local = local_in(list->view, list->item->start.zone, moment);
    }
    if (local >= from && local < to)
        add_start(list, local, moment, rdate);
}

/* All starts of a master component near the time of the view, by moment. */
static enum msched__recurrence_end collect(start_list *list, int64_t reach, uint64_t *budget)
{
    const msched__calendar_item *item = list->item;
    int64_t from = list->view->from - reach - MARGIN_S, to = list->view->to + reach + MARGIN_S;
    enum msched__recurrence_end end = MSCHED__RECURRENCE_DONE;
    int64_t first = moment_of_start(list, item->start.local);
    /* the first date belongs to the series, unless all rules end before it */
    int comes = item->rule_count == 0;
    for (uint32_t i = 0; i < item->rule_count && !list->failed; i++) {
        msched__recurrence recurrence = {item->rules[i].text, item->start.local,
                                         item->start.is_date};
        list->until = &item->rules[i].until;
        comes |= !is_past_until(list, list->until, item->start.local, first);
        enum msched__recurrence_end one = msched__recurrence_expand(&recurrence, from, to, budget,
                                                                    add_recurring, list);
        end = one == MSCHED__RECURRENCE_EXPENSIVE ? one : end;
    }
    if (comes && item->start.local >= from && item->start.local < to && !list->failed)
        add_start(list, item->start.local, first, NULL);
    for (uint32_t i = 0; i < item->rdate_count && !list->failed; i++)
        add_rdate(list, &item->rdates[i], from, to);
    if (list->count > 0)
        qsort(list->starts, list->count, sizeof *list->starts, by_moment);
    return end;
}

/* Collect the dates of the EXRULEs near the time of the view, sorted by moment. */
static enum msched__recurrence_end collect_gone(start_list *gone, int64_t reach, uint64_t *budget)
{
    const msched__calendar_item *item = gone->item;
    int64_t from = gone->view->from - reach - MARGIN_S, to = gone->view->to + reach + MARGIN_S;
    enum msched__recurrence_end end = MSCHED__RECURRENCE_DONE;
    for (uint32_t i = 0; i < item->exrule_count && !gone->failed; i++) {
        msched__recurrence recurrence = {item->exrules[i].text, item->start.local,
                                         item->start.is_date};
        gone->until = &item->exrules[i].until;
        enum msched__recurrence_end one = msched__recurrence_expand(&recurrence, from, to, budget,
                                                                    add_recurring, gone);
        end = one == MSCHED__RECURRENCE_EXPENSIVE ? one : end;
    }
    if (gone->count > 0)
        qsort(gone->starts, gone->count, sizeof *gone->starts, by_moment);
    return end;
}

static int is_gone(const start_list *gone, int64_t moment)
{
    const struct start key = {.moment = moment};
    return gone->count > 0 &&
           bsearch(&key, gone->starts, gone->count, sizeof key, by_moment) != NULL;
}

/* The largest distance of a start from the requested time if its instance overlaps that time. */
static int64_t reach_of(const msched__calendar_view *view, const series *all,
                        const msched__calendar_item *master)
{
    int64_t reach = longest(view, master);
    for (size_t i = 0; all->has_mover && i < all->override_count; i++) {
        const msched__calendar_item *each = &all->overrides[i];
        if (!each->this_and_future || !each->start.present)
            continue;
        int64_t shift = shift_of(view, each), length = longest(view, each);
        shift = (shift < 0 ? -shift : shift) + length;
        reach = shift > reach ? shift : reach;
    }
    return reach;
}

/*
 * 1 if an event that does not recur is far from the requested time, as most events of a calendar
 * are.
 */
static int is_far(const msched__calendar_view *view, const series *all,
                  const msched__calendar_item *item)
{
    int64_t first = item->start.local;
    int64_t last = item->end.present
                       ? item->end.local
                       : first + (item->length.days + 1) * DAY_S + item->length.seconds;
    if (last < first) {
        int64_t swap = first;
        first = last;
        last = swap;
    }
    return item->rule_count == 0 && item->rdate_count == 0 && !all->has_mover &&
           (first > view->to + MARGIN_S || last < view->from - MARGIN_S);
}

static enum msched__series_end expand_master(msched__calendar_view *view, const series *all,
                                             const msched__calendar_item *master,
                                             msched__instance_fn tell, void *ctx)
{
    if (is_far(view, all, master))
        return MSCHED__SERIES_DONE;
    start_list list = {.view = view, .item = master}, gone = list;
    const int64_t reach = reach_of(view, all, master);
    enum msched__recurrence_end end = collect(&list, reach, &view->budget);
    if (list.count > 0 && !list.failed) {
        enum msched__recurrence_end other = collect_gone(&gone, reach, &view->budget);
        end = other == MSCHED__RECURRENCE_EXPENSIVE ? other : end;
        list.failed |= gone.failed;
    }
    for (size_t i = 0; i < list.count && !list.failed; i++) {
        const struct start *at = &list.starts[i];
        if ((i == 0 || at->moment != list.starts[i - 1].moment) && !is_gone(&gone, at->moment) &&
            !is_excluded(view, master, at) && !is_replaced(view, all, master, at))
            list.failed = tell_start(view, all, master, at, tell, ctx);
    }
    msched__free(&view->calendar->allocator, list.starts);
    msched__free(&view->calendar->allocator, gone.starts);
    if (list.failed)
        return MSCHED__SERIES_MEMORY;
    return end == MSCHED__RECURRENCE_EXPENSIVE || view->budget == 0 ? MSCHED__SERIES_EXPENSIVE
                                                                    : MSCHED__SERIES_DONE;
}

/*
 * 1 if a later revision follows: of the same RECURRENCE-ID, or of the whole series with a higher
 * SEQUENCE or the same start and title. Other components with the same UID are events of programs
 * that give it to several.
 */
static int is_superseded(const series *all, const msched__calendar_item *item)
{
    const msched__calendar_item *next = item + 1;
    if (item->recurrence_id.present)
        return next < all->overrides + all->override_count &&
               next->recurrence_id.local == item->recurrence_id.local &&
               next->recurrence_id.zone == item->recurrence_id.zone;
    const msched__calendar_item *last = all->items + all->count - 1;
    return last->sequence > item->sequence ||
           (next <= last && next->start.local == item->start.local &&
            strcmp(next->title, item->title) == 0);
}

/*
 * 1 if the series was revised after this instance (its SEQUENCE is higher) and no longer has a
 * start at its RECURRENCE-ID: a new rule or an EXDATE removed the instance.
 */
static int is_outdated(msched__calendar_view *view, const series *all,
                       const msched__calendar_item *item)
{
    if (all->count == 0 || item->sequence >= all->items[all->count - 1].sequence)
        return 0;
    const msched__calendar_item *master = &all->items[all->count - 1];
    msched__calendar_view at = *view;
    start_list list = {.view = &at, .item = master};
    at.from = at.to = msched__calendar_moment(view, &item->recurrence_id);
    collect(&list, 0, &view->budget);
    int found = list.failed; /* out of memory: it stays, and the next allocation fails */
    for (size_t i = 0; i < list.count && !found; i++)
        found = names(view, master, &item->recurrence_id, &list.starts[i]) &&
                !is_excluded(view, master, &list.starts[i]);
    msched__free(&view->calendar->allocator, list.starts);
    return !found;
}

enum msched__series_end msched__series_expand(msched__calendar_view *view,
                                              const msched__calendar_item *items, size_t count,
                                              msched__instance_fn tell, void *ctx)
{
    enum msched__series_end end = MSCHED__SERIES_DONE;
    series all = {.items = items};
    while (all.count < count && !items[all.count].recurrence_id.present)
        all.count++;
    all.overrides = items + all.count;
    all.override_count = count - all.count;
    for (size_t i = 0; i < all.override_count; i++)
        all.has_mover |= all.overrides[i].this_and_future;
    for (size_t i = 0; i < count && end != MSCHED__SERIES_MEMORY; i++) {
        const msched__calendar_item *item = &items[i];
        if (item->cancelled || !item->start.present || is_superseded(&all, item))
            continue;
        if (item->recurrence_id.present) {
            if (!is_outdated(view, &all, item) &&
                tell_item(view, item, item->start.local, tell, ctx))
                end = MSCHED__SERIES_MEMORY;
        } else {
            enum msched__series_end one = expand_master(view, &all, item, tell, ctx);
            end = one != MSCHED__SERIES_DONE ? one : end;
        }
    }
    return end;
}
