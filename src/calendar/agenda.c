#include "calendar/agenda_data.h"

#include "base/alloc.h"
#include "base/civil.h"
#include "base/error.h"
#include "base/options.h"
#include "calendar/series.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_S     86400
#define BUDGET    5000000 /* instances that an agenda may visit */
#define DEFAULT_S 1800    /* of a to-do without DURATION */
#define UNTITLED  "Untitled"

void msched_agenda_options_init(msched_agenda_options *options, uint32_t struct_size)
{
    msched_agenda_options defaults = {.struct_size = sizeof defaults};
    msched__options_init(options, struct_size, &defaults, sizeof defaults);
}

/* State for adding a calendar to an agenda. */
typedef struct agenda_maker {
    msched_agenda *agenda;
    msched__calendar_view view;
    uint32_t calendar;
    const msched__zone *zone; /* of the dates; NULL: UTC */
    int todo_is_recurring;
    int too_many;
    int failed; /* out of memory */
} agenda_maker;

static int64_t to_local(const agenda_maker *maker, int64_t utc)
{
    return maker->zone == NULL ? utc : utc + msched__zone_at(maker->zone, utc)->offset_s;
}

static int64_t to_utc(const agenda_maker *maker, int64_t local)
{
    int64_t utc = local;
    if (maker->zone != NULL)
        msched__zone_from_local(maker->zone, local, &utc);
    return utc;
}

static void *grow(agenda_maker *maker, void *data, size_t *count, size_t *capacity, size_t size)
{
    if (!msched__grow(&maker->agenda->allocator, (void **)data, capacity, *count + 1, size)) {
        maker->failed = 1;
        return NULL;
    }
    return memset(*(char **)data + (*count)++ * size, 0, size);
}

static void add_remark(agenda_maker *maker, const char *uid, uint64_t line, const char *reason)
{
    msched_agenda *agenda = maker->agenda;
    void *block = agenda->remarks;
    msched_agenda_remark *slot = grow(maker, &block, &agenda->remark_count,
                                      &agenda->remark_capacity, sizeof *slot);
    if (slot == NULL)
        return;
    agenda->remarks = block;
    const char *kept = msched__arena_copy(&agenda->arena, reason, strlen(reason));
    maker->failed |= kept == NULL;
    *slot = (msched_agenda_remark){.struct_size = sizeof *slot,
                                   .calendar = maker->calendar,
                                   .uid = uid,
                                   .reason = kept == NULL ? "" : kept,
                                   .calendar_name = agenda->calendars[maker->calendar]->name,
                                   .line = line};
}

static const char *title_of(const msched__calendar_item *item)
{
    return item->title[0] == '\0' ? UNTITLED : item->title;
}

static int is_busy(const msched__instance *instance)
{
    const msched__calendar_item *item = instance->item;
    return !instance->is_date && !item->transparent && (item->says_transp || !item->marked_free) &&
           instance->end > instance->start;
}

/* "Travel: Dentist"; as its UID, that of the event with "-travel". */
static const char *join(agenda_maker *maker, const char *first, const char *second)
{
    size_t size = strlen(first) + strlen(second) + 1;
    char *text = msched__arena_alloc(&maker->agenda->arena, size, 1);
    maker->failed |= text == NULL;
    if (text != NULL)
        snprintf(text, size, "%s%s", first, second);
    return text == NULL ? "" : text;
}

/* An entry from `start` to `end`, local seconds, on the date of `start`. */
static void add_event(agenda_maker *maker, const msched__instance *instance, int64_t start,
                      int64_t end)
{
    msched_agenda *agenda = maker->agenda;
    void *block = agenda->events;
    if (agenda->event_count >= MSCHED_AGENDA_MAX_ENTRIES) {
        maker->too_many = 1;
        return;
    }
    msched_agenda_event *slot = grow(maker, &block, &agenda->event_count, &agenda->event_capacity,
                                     sizeof *slot);
    if (slot == NULL)
        return;
    agenda->events = block;
    const msched__calendar_item *item = instance->item;
    int is_named = instance->is_travel && item->uid[0] != '\0';
    int64_t day = msched__days_of(start);
    *slot = (msched_agenda_event){
        .struct_size = sizeof *slot,
        .calendar = maker->calendar,
        .title = instance->is_travel ? join(maker, "Travel: ", title_of(item)) : title_of(item),
        .uid = is_named ? join(maker, item->uid, "-travel") : item->uid,
        .calendar_name = agenda->calendars[maker->calendar]->name,
        .start_s = (int32_t)(start - day * DAY_S),
        .end_s = (int32_t)(end - day * DAY_S),
        .all_day = instance->is_date,
        .busy = is_busy(instance),
        .start_utc = instance->is_date ? to_utc(maker, instance->start) : instance->start,
        .end_utc = instance->is_date ? to_utc(maker, instance->end) : instance->end,
    };
    msched__date_write(day, slot->date);
}

static void remark_item(agenda_maker *maker, const msched__calendar_item *item, const char *reason)
{
    add_remark(maker, item->uid, item->line, reason);
}

/* The entries of an instance, one for each date if they are long. 1 if out of memory. */
static int tell_instance(agenda_maker *maker, const msched__instance *instance)
{
    int64_t first = maker->agenda->first_day * DAY_S,
            last = first + (int64_t)maker->agenda->days * DAY_S;
    int64_t start = instance->is_date ? instance->start : to_local(maker, instance->start);
    int64_t end = instance->is_date ? instance->end : to_local(maker, instance->end);
    int has_length = instance->end > instance->start;
    if (end < start) /* clocks went back in it */
        end = start;
    if (start >= last || end < first || (end == first && has_length))
        return 0;
    if (instance->ends_before)
        remark_item(maker, instance->item,
                    "adjusted: it ends before it begins, so its start and end are swapped");
    if (!has_length && !instance->is_date)
        remark_item(maker, instance->item, "adjusted: it has no length and blocks no time");
    start = start < first ? first : start;
    int64_t midnight = msched__days_of(start) * DAY_S;
    if (!instance->is_date && end - midnight <= MSCHED_DAY_END_S) {
        add_event(maker, instance, start, end);
        return maker->failed;
    }
    for (; start < end && start < last && !maker->failed && !maker->too_many; start = midnight) {
        midnight = (msched__days_of(start) + 1) * DAY_S;
        add_event(maker, instance, start, midnight < end ? midnight : end);
    }
    return maker->failed;
}

/* An instance of an event and the travel to it, which Apple's programs add before the event. */
static int tell_event(void *ctx, const msched__instance *instance)
{
    agenda_maker *maker = ctx;
    const msched__calendar_length *travel = &instance->item->travel;
    int64_t seconds = travel->days * DAY_S + travel->seconds;
    if (tell_instance(maker, instance) || !travel->present || seconds <= 0 || !is_busy(instance))
        return maker->failed;
    const msched__instance way = {.item = instance->item,
                                  .start = instance->start - (seconds < DAY_S ? seconds : DAY_S),
                                  .end = instance->start,
                                  .is_travel = 1};
    return tell_instance(maker, &way);
}

/* The remaining length of a to-do, in seconds. */
static int32_t length_of(const msched__calendar_item *item, int *assumed)
{
    const msched__calendar_length *length = item->estimate.present ? &item->estimate
                                                                   : &item->length;
    int64_t seconds = length->days * DAY_S + length->seconds;
    *assumed = !length->present || seconds <= 0;
    if (*assumed)
        seconds = DEFAULT_S;
    seconds = seconds > MSCHED_DAY_END_S ? MSCHED_DAY_END_S : seconds;
    seconds = (seconds * (100 - item->percent_complete) + 99) / 100;
    return (int32_t)(seconds < 60 ? 60 : seconds);
}

/* PRIORITY 1..9 (1 is the highest, 5 the middle) as 1..4. RFC 5545 section 3.8.1.9. */
static int32_t priority_of(const msched__calendar_item *item)
{
    static const uint8_t ours[10] = {0, 1, 1, 2, 2, 3, 4, 4, 4, 4};
    return ours[item->priority];
}

/*
 * A to-do whose window is [earliest, latest] in local seconds; INT64_MIN and INT64_MAX mean no
 * limit.
 */
static void add_task(agenda_maker *maker, const msched__calendar_item *item, int64_t earliest,
                     int64_t latest)
{
    msched_agenda *agenda = maker->agenda;
    int64_t first = agenda->first_day * DAY_S;
    void *block = agenda->tasks;
    int assumed;
    if (agenda->task_count >= MSCHED_AGENDA_MAX_ENTRIES) {
        maker->too_many = 1;
        return;
    }
    msched_agenda_task *slot = grow(maker, &block, &agenda->task_count, &agenda->task_capacity,
                                    sizeof *slot);
    if (slot == NULL)
        return;
    agenda->tasks = block;
    *slot = (msched_agenda_task){
        .struct_size = sizeof *slot,
        .calendar = maker->calendar,
        .title = title_of(item),
        .uid = item->uid,
        .calendar_name = agenda->calendars[maker->calendar]->name,
        .duration_s = length_of(item, &assumed),
        .priority = priority_of(item),
        .earliest_s = earliest == INT64_MIN ? INT64_MIN : earliest - first,
        .latest_s = latest == INT64_MAX ? INT64_MAX : latest - first,
        .after_count = item->predecessor_count,
        .after = item->predecessors,
    };
    slot->duration_is_assumed = (uint32_t)assumed;
}

static int64_t local_of(const agenda_maker *maker, const msched__calendar_time *time)
{
    return time->is_date ? time->local
                         : to_local(maker, msched__calendar_moment(&maker->view, time));
}

/* Remark on a to-do that was due before the first date. */
static void tell_overdue(agenda_maker *maker, const msched__calendar_item *item, int64_t latest)
{
    char reason[120];
    msched__date date = msched__date_from_days(msched__days_of(latest - 1));
    snprintf(
        reason, sizeof reason,
        "overdue: it was due on %04d-%02u-%02u; it gets priority 1 and goes on the first date with "
        "time for it",
        (int)date.year % 10000, date.month % 100u, date.day % 100u);
    remark_item(maker, item, reason);
}

/* A to-do that does not recur. */
static void tell_todo(agenda_maker *maker, const msched__calendar_item *item)
{
    int64_t first = maker->agenda->first_day * DAY_S,
            last = first + (int64_t)maker->agenda->days * DAY_S;
    int64_t earliest = item->start.present ? local_of(maker, &item->start) : INT64_MIN;
    int64_t latest = item->end.present
                         ? local_of(maker, &item->end) + (item->end.is_date ? DAY_S : 0)
                         : INT64_MAX;
    if (item->end.present && item->end.is_date && item->start.present && item->start.is_date &&
        item->end.local > item->start.local)
        latest -= DAY_S; /* DUE;VALUE=DATE after a start of a whole day is exclusive, as DTEND is */
    if (earliest >= last)
        remark_item(maker, item, "left out: it begins later");
    else if (latest != INT64_MAX && latest > last && earliest == INT64_MIN)
        remark_item(maker, item, "left out: it is due later");
    else
        add_task(maker, item, earliest, latest);
    if (latest <= first)
        tell_overdue(maker, item, latest);
}

static int tell_recurring_todo(void *ctx, const msched__instance *instance)
{
    agenda_maker *maker = ctx;
    int64_t first = maker->agenda->first_day * DAY_S,
            last = first + (int64_t)maker->agenda->days * DAY_S;
    int64_t start = instance->is_date ? instance->start : to_local(maker, instance->start);
    int64_t end = instance->is_date ? instance->end : to_local(maker, instance->end);
    if (start >= last || start < first || instance->item->completed ||
        instance->item->percent_complete == 100)
        return 0;
    add_task(maker, instance->item, start, end > start ? end : (start / DAY_S + 1) * DAY_S);
    return maker->failed;
}

static void report_end(agenda_maker *maker, const msched__calendar_item *item,
                       enum msched__series_end end)
{
    maker->failed |= end == MSCHED__SERIES_MEMORY;
    if (end == MSCHED__SERIES_EXPENSIVE)
        remark_item(maker, item, "partly left out: its rule gives too many dates");
}

/* 1 if the component itself is on the requested dates. */
static int is_on_dates(const agenda_maker *maker, const msched__calendar_item *item)
{
    const msched__calendar_time *time = item->start.present ? &item->start : &item->recurrence_id;
    if (!time->present)
        return 0;
    int64_t first = maker->agenda->first_day * DAY_S, local = local_of(maker, time);
    return local >= first && local < first + (int64_t)maker->agenda->days * DAY_S;
}

static const char *why_cancelled(const msched__calendar_item *item)
{
    return item->declined ? "left out: you declined it" : "left out: it is canceled";
}

static void read_todos(agenda_maker *maker, const msched__calendar_item *items, size_t count)
{
    if (items[0].rule_count > 0 && items[0].start.present) {
        report_end(maker, &items[0],
                   msched__series_expand(&maker->view, items, count, tell_recurring_todo, maker));
        return;
    }
    for (size_t i = 0; i < count && !maker->failed; i++) {
        int superseded = i + 1 < count && !items[i].recurrence_id.present &&
                         !items[i + 1].recurrence_id.present;
        if (superseded && items[0].uid[0] != '\0')
            continue;
        if (items[i].completed || items[i].percent_complete == 100 || items[i].cancelled)
            remark_item(maker, &items[i],
                        items[i].cancelled ? why_cancelled(&items[i]) : "left out: it is done");
        else
            tell_todo(maker, &items[i]);
    }
}

static void read_events(agenda_maker *maker, const msched__calendar_item *items, size_t count)
{
    report_end(maker, &items[0],
               msched__series_expand(&maker->view, items, count, tell_event, maker));
    for (size_t i = 0; i < count; i++)
        if (items[i].cancelled && is_on_dates(maker, &items[i]))
            remark_item(maker, &items[i], why_cancelled(&items[i]));
}

/* Add all series of a calendar. */
static void read_calendar(agenda_maker *maker)
{
    const msched_calendar *calendar = maker->view.calendar;
    for (size_t i = 0; i < calendar->remark_count && !maker->failed; i++)
        add_remark(maker, calendar->remarks[i].uid, calendar->remarks[i].line,
                   calendar->remarks[i].reason);
    for (size_t i = 0, next; i < calendar->item_count && !maker->failed && !maker->too_many;
         i = next) {
        const msched__calendar_item *first = &calendar->items[i];
        next = i + 1;
        while (first->uid[0] != '\0' && next < calendar->item_count &&
               strcmp(calendar->items[next].uid, first->uid) == 0)
            next++;
        if (first->is_todo)
            read_todos(maker, first, next - i);
        else
            read_events(maker, first, next - i);
    }
    if (maker->too_many)
        add_remark(maker, "", 0, "partly left out: these dates have more than 100,000 entries");
}

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_time(const void *a, const void *b)
{
    const msched_agenda_event *x = a, *y = b;
    int order = strcmp(x->date, y->date);
    if (order == 0)
        order = compare(y->all_day, x->all_day);
    if (order == 0)
        order = compare(x->start_s, y->start_s);
    if (order == 0)
        order = compare(x->end_s, y->end_s);
    if (order == 0)
        order = strcmp(x->uid, y->uid);
    if (order == 0)
        order = compare(x->calendar, y->calendar);
    return order != 0 ? order : strcmp(x->title, y->title);
}

static int by_due(const void *a, const void *b)
{
    const msched_agenda_task *x = a, *y = b;
    int order = compare(x->latest_s, y->latest_s);
    if (order == 0)
        order = compare(x->calendar, y->calendar);
    if (order == 0)
        order = strcmp(x->title, y->title);
    return order != 0 ? order : strcmp(x->uid, y->uid);
}

/* Keep a single copy of entries that several calendars share. */
static void drop_copies(agenda_maker *maker)
{
    msched_agenda *agenda = maker->agenda;
    size_t kept = 0;
    for (size_t i = 0; i < agenda->event_count; i++) {
        const msched_agenda_event *each = &agenda->events[i],
                                  *last = kept > 0 ? &agenda->events[kept - 1] : NULL;
        if (last != NULL && each->uid[0] != '\0' && each->calendar != last->calendar &&
            strcmp(each->uid, last->uid) == 0 && each->start_utc == last->start_utc &&
            each->end_utc == last->end_utc && strcmp(each->date, last->date) == 0) {
            maker->calendar = each->calendar;
            add_remark(maker, each->uid, 0, "left out: another calendar has the same event");
            continue;
        }
        agenda->events[kept++] = *each;
    }
    agenda->event_count = kept;
}

static msched_result check(const msched_agenda_options *options, msched_calendar *const *calendars,
                           uint32_t count, msched__date *date, msched_error *err)
{
    if (count > 0 && calendars == NULL)
        return msched__fail_null(err, "calendars");
    for (uint32_t i = 0; i < count; i++)
        if (calendars[i] == NULL)
            return msched__fail(err, MSCHED_ERROR_ARGUMENT, "calendars[%u] is NULL", (unsigned)i);
    if (options->date == NULL || strlen(options->date) != 10 ||
        !msched__date_parse(options->date, 10, date))
        return msched__fail(err, MSCHED_ERROR_VALUE, "\"%.40s\" is not a valid date (YYYY-MM-DD)",
                            options->date == NULL ? "" : options->date);
    if (options->days > MSCHED_AGENDA_MAX_DAYS)
        return msched__fail(err, MSCHED_ERROR_LIMIT, "days is %u: must be at most %d",
                            (unsigned)options->days, MSCHED_AGENDA_MAX_DAYS);
    return MSCHED_OK;
}

/*
 * The time zone in which to show a calendar if none is requested: its own, or the first zone that
 * it names.
 */
static const msched__zone *own_zone(const msched_calendar *calendar)
{
    if (calendar->default_zone != MSCHED__ZONE_FLOATING &&
        calendar->zones[calendar->default_zone].known)
        return &calendar->zones[calendar->default_zone].zone;
    for (size_t i = 0; i < calendar->zone_count; i++)
        if (calendar->zones[i].known)
            return &calendar->zones[i].zone;
    return NULL;
}

static void read_all(agenda_maker *maker, const msched__zone *zone)
{
    msched_agenda *agenda = maker->agenda;
    for (maker->calendar = 0; maker->calendar < agenda->calendar_count && !maker->failed;
         maker->calendar++) {
        const msched_calendar *calendar = agenda->calendars[maker->calendar];
        maker->zone = zone != NULL ? zone : own_zone(calendar);
        maker->view = (msched__calendar_view){
            .calendar = calendar, .floating = maker->zone, .budget = BUDGET};
        maker->view.from = agenda->first_day * DAY_S;
        maker->view.to = maker->view.from + (int64_t)agenda->days * DAY_S;
        read_calendar(maker);
    }
    if (agenda->event_count > 0)
        qsort(agenda->events, agenda->event_count, sizeof *agenda->events, by_time);
    if (agenda->task_count > 0)
        qsort(agenda->tasks, agenda->task_count, sizeof *agenda->tasks, by_due);
    drop_copies(maker);
}

static msched_agenda *create(msched_calendar *const *calendars, uint32_t count,
                             const msched_agenda_options *options, msched__date date)
{
    msched_allocator memory = msched__allocator_copy(options->allocator);
    msched_agenda *agenda = msched__alloc_zero(&memory, 1, sizeof *agenda);
    if (agenda == NULL)
        return NULL;
    msched__refcount_init(&agenda->refs);
    agenda->allocator = memory;
    msched__arena_init(&agenda->arena, &memory, 0);
    agenda->days = options->days == 0 ? 1 : options->days;
    agenda->first_day = msched__date_to_days(date);
    memcpy(agenda->date, options->date, 11);
    agenda->timezone = options->timezone == NULL
                           ? ""
                           : msched__arena_copy(&agenda->arena, options->timezone,
                                                strlen(options->timezone));
    agenda->calendars = msched__arena_alloc(&agenda->arena, count + (size_t)1,
                                            sizeof(msched_calendar *));
    if (agenda->timezone == NULL || agenda->calendars == NULL) {
        msched_agenda_unref(agenda);
        return NULL;
    }
    for (; agenda->calendar_count < count; agenda->calendar_count++)
        agenda->calendars[agenda->calendar_count] =
            msched_calendar_ref(calendars[agenda->calendar_count]);
    return agenda;
}

msched_result msched_agenda_make(msched_agenda **out, msched_calendar *const *calendars,
                                 uint32_t count, const msched_agenda_options *options,
                                 msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    msched_agenda_options known;
    msched__date date;
    msched__zone zone;
    msched_agenda_options_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, options, "options", err);
    if (result == MSCHED_OK)
        result = check(&known, calendars, count, &date, err);
    if (result != MSCHED_OK)
        return result;
    msched_agenda *agenda = create(calendars, count, &known, date);
    if (agenda == NULL)
        return msched__fail_memory(err);
    int has_zone = agenda->timezone[0] != '\0';
    if (has_zone)
        result = msched__zone_load(&zone, NULL, agenda->timezone, &agenda->allocator, err);
    if (result == MSCHED_OK) {
        agenda_maker maker = {.agenda = agenda};
        read_all(&maker, has_zone ? &zone : NULL);
        if (has_zone)
            msched__zone_free(&zone);
        if (maker.failed)
            result = msched__fail_memory(err);
    }
    if (result == MSCHED_OK)
        *out = agenda;
    else
        msched_agenda_unref(agenda);
    return result;
}

msched_agenda *msched_agenda_ref(msched_agenda *agenda)
{
    if (agenda != NULL)
        msched__refcount_add(&agenda->refs);
    return agenda;
}

void msched_agenda_unref(msched_agenda *agenda)
{
    if (agenda == NULL || !msched__refcount_drop(&agenda->refs))
        return;
    msched_allocator memory = agenda->allocator;
    for (uint32_t i = 0; i < agenda->calendar_count; i++)
        msched_calendar_unref(agenda->calendars[i]);
    msched__free(&memory, agenda->events);
    msched__free(&memory, agenda->tasks);
    msched__free(&memory, agenda->remarks);
    msched__arena_reset(&agenda->arena);
    msched__free(&memory, agenda);
}

uint32_t msched_agenda_event_count(const msched_agenda *agenda)
{
    return agenda == NULL ? 0 : (uint32_t)agenda->event_count;
}

uint32_t msched_agenda_task_count(const msched_agenda *agenda)
{
    return agenda == NULL ? 0 : (uint32_t)agenda->task_count;
}

uint32_t msched_agenda_remark_count(const msched_agenda *agenda)
{
    return agenda == NULL ? 0 : (uint32_t)agenda->remark_count;
}

msched_result msched_agenda_get_event(const msched_agenda *agenda, uint32_t index,
                                      msched_agenda_event *event)
{
    if (index >= msched_agenda_event_count(agenda))
        return MSCHED_ERROR_ARGUMENT;
    return msched__options_write(event, &agenda->events[index], sizeof *event);
}

msched_result msched_agenda_get_task(const msched_agenda *agenda, uint32_t index,
                                     msched_agenda_task *task)
{
    if (index >= msched_agenda_task_count(agenda))
        return MSCHED_ERROR_ARGUMENT;
    return msched__options_write(task, &agenda->tasks[index], sizeof *task);
}

msched_result msched_agenda_get_remark(const msched_agenda *agenda, uint32_t index,
                                       msched_agenda_remark *remark)
{
    if (index >= msched_agenda_remark_count(agenda))
        return MSCHED_ERROR_ARGUMENT;
    return msched__options_write(remark, &agenda->remarks[index], sizeof *remark);
}
