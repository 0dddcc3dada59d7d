#include "schedule/output/schedule.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

msched_schedule *msched__schedule_create(const msched_allocator *allocator)
{
    msched_allocator own = msched__allocator_copy(allocator);
    msched_schedule *schedule = msched__alloc_zero(&own, 1, sizeof *schedule);
    if (schedule == NULL)
        return NULL;
    msched__refcount_init(&schedule->refs);
    msched__arena_init(&schedule->arena, &own, 0);
    schedule->timezone = schedule->calendar_id = "";
    schedule->objective.struct_size = sizeof schedule->objective;
    schedule->has_unplaced = schedule->has_objective = 1;
    return schedule;
}

msched_schedule *msched_schedule_ref(msched_schedule *schedule)
{
    if (schedule != NULL)
        msched__refcount_add(&schedule->refs);
    return schedule;
}

void msched_schedule_unref(msched_schedule *schedule)
{
    if (schedule == NULL || !msched__refcount_drop(&schedule->refs))
        return;
    msched_allocator allocator = schedule->arena.allocator;
    msched__deferred_free(schedule->deferred);
    msched_catalog_unref(schedule->catalog);
    msched_plan_unref(schedule->plan);
    msched__arena_reset(&schedule->arena);
    msched__free(&allocator, schedule);
}

static int compare_entries(const void *left, const void *right)
{
    const msched_schedule_entry *a = left, *b = right;
    if (a->start_s != b->start_s)
        return a->start_s < b->start_s ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return strcmp(a->id, b->id);
}

/* up to this many entries, qsort, which allocates, is not faster */
#define FEW 64

const msched__plan_todo *msched__schedule_todo(const msched_schedule *schedule,
                                               const msched_schedule_entry *entry)
{
    const char *id = entry->id;
    if (schedule->days > 0)
        return schedule->plan != NULL && entry->todo < schedule->plan->todo_count
                   ? &schedule->plan->todos[entry->todo]
                   : NULL;
    for (uint32_t i = 0; schedule->plan != NULL && i < schedule->plan->todo_count; i++)
        if (strcmp(schedule->plan->todos[i].id, id) == 0)
            return &schedule->plan->todos[i];
    return NULL;
}

const char *msched__schedule_of(const msched_schedule *schedule, const msched_schedule_entry *entry)
{
    if (schedule->days == 0)
        return entry->id;
    if (schedule->of != NULL)
        return schedule->of[entry - schedule->entries];
    const msched__plan_todo *todo = msched__schedule_todo(schedule, entry);
    return todo == NULL ? entry->id : todo->id;
}

uint32_t msched__schedule_occurrence(const msched_schedule_entry *entry)
{
    size_t size = strlen(entry->id);
    uint32_t number = 0;
    if (strncmp(entry->identity, entry->id, size) != 0)
        return 0;
    const char *rest = entry->identity + size;
    if (*rest == '\0')
        return 1;
    if (*rest++ != '~')
        return 0;
    for (; *rest >= '0' && *rest <= '9' && number < 1000000; rest++)
        number = number * 10 + (uint32_t)(*rest - '0');
    return *rest == '\0' ? number : 0;
}

void msched__schedule_sort_entries(msched_schedule *schedule)
{
    msched_schedule_entry *entries = schedule->entries;
    for (uint32_t i = 1; schedule->entry_count <= FEW && i < schedule->entry_count; i++) {
        uint32_t at = i;
        while (at > 0 && compare_entries(&entries[at - 1], &entries[i]) > 0)
            at--;
        if (at == i)
            continue;
        msched_schedule_entry moved = entries[i];
        memmove(&entries[at + 1], &entries[at], (i - at) * sizeof *entries);
        entries[at] = moved;
    }
    if (schedule->entry_count > FEW)
        qsort(schedule->entries, schedule->entry_count, sizeof *schedule->entries, compare_entries);
}

/* Seconds since the first midnight, or since 1970 if the zone is known. */
static int64_t moment_of(const msched_schedule_entry *e)
{
    return e->start_utc != MSCHED_NO_UTC ? e->start_utc : e->start_s + (int64_t)e->day * 86400;
}

/* The upper half of `reserved` keeps each start while moments take its place. */
void msched__schedule_sort_span(msched_schedule *schedule)
{
    int64_t zero = schedule->entry_count > 0 ? moment_of(&schedule->entries[0]) : 0;
    for (uint32_t i = 0; i < schedule->entry_count; i++) {
        msched_schedule_entry *e = &schedule->entries[i];
        e->reserved[0] |= (uint64_t)(uint32_t)e->start_s << 32;
        e->start_s = (int32_t)(moment_of(e) - zero);
    }
    msched__schedule_sort_entries(schedule);
    for (uint32_t i = 0; i < schedule->entry_count; i++) {
        msched_schedule_entry *e = &schedule->entries[i];
        e->start_s = (int32_t)(e->reserved[0] >> 32);
        e->reserved[0] &= UINT32_MAX;
    }
}

uint32_t msched_schedule_entry_count(const msched_schedule *schedule)
{
    return schedule == NULL ? 0 : schedule->entry_count;
}

uint32_t msched_schedule_unplaced_count(const msched_schedule *schedule)
{
    return schedule == NULL ? 0 : schedule->unplaced_count;
}

uint32_t msched_schedule_overload_count(const msched_schedule *schedule)
{
    return schedule == NULL ? 0 : schedule->overload_count;
}

uint32_t msched_schedule_warning_count(const msched_schedule *schedule)
{
    return schedule == NULL ? 0 : schedule->warning_count;
}

msched_result msched_schedule_get_entry(const msched_schedule *schedule, uint32_t index,
                                        msched_schedule_entry *entry)
{
    if (schedule == NULL || index >= schedule->entry_count)
        return MSCHED_ERROR_ARGUMENT;
    return msched__options_write(entry, &schedule->entries[index], sizeof *entry);
}

msched_result msched_schedule_get_unplaced(const msched_schedule *schedule, uint32_t index,
                                           msched_unplaced *unplaced)
{
    if (schedule == NULL || index >= schedule->unplaced_count)
        return MSCHED_ERROR_ARGUMENT;
    msched_result result = msched__deferred_complete(schedule->deferred);
    if (result != MSCHED_OK)
        return result;
    return msched__options_write(unplaced, &schedule->unplaced[index], sizeof *unplaced);
}

msched_result msched_schedule_get_overload(const msched_schedule *schedule, uint32_t index,
                                           msched_overload *overload)
{
    if (schedule == NULL || index >= schedule->overload_count)
        return MSCHED_ERROR_ARGUMENT;
    return msched__options_write(overload, &schedule->overloads[index], sizeof *overload);
}

msched_result msched_schedule_get_warning(const msched_schedule *schedule, uint32_t index,
                                          msched_warning *warning)
{
    if (schedule == NULL || index >= schedule->warning_count)
        return MSCHED_ERROR_ARGUMENT;
    return msched__options_write(warning, &schedule->warnings[index], sizeof *warning);
}

msched_result msched_schedule_get_objective(const msched_schedule *schedule,
                                            msched_objective *objective)
{
    if (schedule == NULL)
        return MSCHED_ERROR_ARGUMENT;
    return msched__options_write(objective, &schedule->objective, sizeof *objective);
}

const char *msched_schedule_date(const msched_schedule *schedule)
{
    return schedule == NULL ? "" : schedule->date;
}

const char *msched_schedule_timezone(const msched_schedule *schedule)
{
    return schedule == NULL ? "" : schedule->timezone;
}

const char *msched_reason_name(uint32_t reason)
{
    static const char *const names[] = {
        "no_gap",          "overbooked",    "after_unplaced",
        "after_too_late",  "unknown_song",  "no_listening_time",
        "listening_full",  "max_total",     "artist_separation",
        "during_unplaced", "during_silent", "past",
        "fill_short",      "stopped",       "unknown_length",
    };
    return reason < COUNT(names) ? names[reason] : NULL;
}

const char *msched_status_name(uint32_t status)
{
    static const char *const names[] = {"optimal", "feasible", "unknown"};
    return status < COUNT(names) ? names[status] : NULL;
}

const char *msched__stop_name(uint32_t stop)
{
    static const char *const names[] = {"none", "work", "time", "cancel"};
    return stop < COUNT(names) ? names[stop] : NULL;
}

static const char *copy_text(msched_schedule *out, const char *text)
{
    return msched__arena_copy(&out->arena, text, strlen(text));
}

int msched__schedule_copy_fixes(msched_schedule *out, const msched_unplaced *from,
                                msched_unplaced *to)
{
    uint32_t count = from->alternative_count;
    const msched_fix **list = msched__arena_alloc(&out->arena, count, sizeof *list);
    msched_fix *fixes = msched__arena_alloc(&out->arena, count, sizeof *fixes);
    to->fix = from->fix;
    to->fix_s = from->fix_s;
    to->fix_id = copy_text(out, from->fix_id);
    to->fix_text = copy_text(out, from->fix_text);
    if (list == NULL || fixes == NULL || to->fix_id == NULL || to->fix_text == NULL)
        return 0;
    for (uint32_t i = 0; i < count; i++) {
        fixes[i] = *from->alternatives[i];
        fixes[i].id = copy_text(out, fixes[i].id);
        fixes[i].text = copy_text(out, fixes[i].text);
        list[i] = &fixes[i];
        if (fixes[i].id == NULL || fixes[i].text == NULL)
            return 0;
    }
    to->alternatives = list;
    to->alternative_count = count;
    return 1;
}

const char *msched__fix_name(uint32_t fix)
{
    static const char *const names[] = {"none",       "later",        "shorter", "split",
                                        "drop",       "music",        "choose",  "earlier",
                                        "move_later", "move_earlier", "date"};
    return fix < COUNT(names) ? names[fix] : NULL;
}
