#include "schedule/output/schedule_revision.h"

#include "base/civil.h"

#include <stdlib.h>
#include <string.h>

const char *msched__entry_kind_name(const msched_schedule_entry *entry)
{
    if (entry->kind == MSCHED_ENTRY_TODO)
        return "todo";
    return entry->identity[0] != '\0' ? "song" : "fill";
}

const char *msched__entry_identity(const msched_schedule_entry *entry)
{
    return entry->identity[0] != '\0' ? entry->identity : entry->id;
}

static int compare_names(const msched_schedule_entry *a, const msched_schedule_entry *b)
{
    int order = strcmp(msched__entry_kind_name(a), msched__entry_kind_name(b));
    return order != 0 ? order : strcmp(msched__entry_identity(a), msched__entry_identity(b));
}

/* By name, then in the order of the entries, which is in `number` until they are counted. */
static int compare_items(const void *left, const void *right)
{
    const msched__named_entry *a = *(msched__named_entry *const *)left,
                              *b = *(msched__named_entry *const *)right;
    int order = compare_names(&a->entry, &b->entry);
    if (order != 0)
        return order;
    return a->number < b->number ? -1 : a->number > b->number;
}

/* Pointers to the items by name and number; NULL when out of memory. */
static msched__named_entry **sort_items(msched__arena *arena, msched__named_entry *items,
                                        uint32_t count)
{
    msched__named_entry **sorted = msched__arena_alloc(arena, count, sizeof *sorted);
    if (sorted == NULL)
        return NULL;
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = &items[i];
    if (count > 1)
        qsort(sorted, count, sizeof *sorted, compare_items);
    return sorted;
}

msched__named_entry *msched__name_entries(msched__arena *arena, const msched_schedule *schedule)
{
    uint32_t count = schedule->entry_count;
    msched__named_entry *items = msched__arena_alloc(arena, count, sizeof *items);
    if (items == NULL)
        return NULL;
    for (uint32_t i = 0; i < count; i++)
        items[i] = (msched__named_entry){.entry = schedule->entries[i], .number = i};
    msched__named_entry **sorted = sort_items(arena, items, count);
    if (sorted == NULL)
        return NULL;
    uint32_t number = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || compare_names(&sorted[i - 1]->entry, &sorted[i]->entry) != 0)
            number = 0;
        sorted[i]->number = ++number;
    }
    return items;
}

/* The items of a schedule by name and number: its own, and those it knows to be gone. */
typedef struct listing {
    msched__named_entry *items;
    msched__named_entry **sorted;
    uint32_t count;
} listing;

static int make_listing(listing *list, msched__arena *arena, const msched_schedule *schedule)
{
    uint32_t gone = schedule->cancelled_count;
    msched__named_entry *present = msched__name_entries(arena, schedule);
    list->count = schedule->entry_count + gone;
    list->items = msched__arena_alloc(arena, list->count, sizeof *list->items);
    if (present == NULL || list->items == NULL)
        return 0;
    if (schedule->entry_count > 0)
        memcpy(list->items, present, schedule->entry_count * sizeof *present);
    for (uint32_t i = 0; i < gone; i++)
        list->items[schedule->entry_count + i] = schedule->cancelled[i];
    list->sorted = sort_items(arena, list->items, list->count);
    return list->sorted != NULL;
}

static int is_changed(const msched_schedule_entry *a, const msched_schedule_entry *b)
{
    int utc = a->start_utc != MSCHED_NO_UTC && b->start_utc != MSCHED_NO_UTC;
    int moved = utc ? a->start_utc != b->start_utc || a->end_utc != b->end_utc
                    : a->start_s != b->start_s || a->end_s != b->end_s || a->day != b->day;
    return moved || strcmp(a->title, b->title) != 0 || strcmp(a->artist, b->artist) != 0;
}

static const char *keep(msched__arena *arena, const char *text, int *failed)
{
    const char *copy = msched__arena_copy(arena, text, strlen(text));
    *failed |= copy == NULL;
    return copy;
}

/*
 * An item of another schedule that this one lacks, with its own copies of texts. 0: out of memory.
 */
static int add_cancelled(msched_schedule *schedule, const msched__named_entry *item,
                         uint32_t sequence)
{
    msched__arena *arena = &schedule->arena;
    msched__named_entry *copy = &schedule->cancelled[schedule->cancelled_count];
    int failed = 0;
    *copy = *item;
    copy->entry.id = keep(arena, item->entry.id, &failed);
    copy->entry.title = keep(arena, item->entry.title, &failed);
    copy->entry.artist = keep(arena, item->entry.artist, &failed);
    copy->entry.during = keep(arena, item->entry.during, &failed);
    copy->entry.identity = keep(arena, item->entry.identity, &failed);
    copy->entry.todo = copy->entry.track = UINT32_MAX;
    copy->entry.sequence = sequence;
    copy->is_cancelled = 1;
    schedule->cancelled_count += !failed;
    return !failed;
}

/* Copy the sequence numbers from `old`; old items without a match are left in *left. */
static uint32_t match(const listing *old, const listing *new, msched_schedule *schedule,
                      const msched__named_entry **left)
{
    uint32_t at = 0, missing = 0;
    for (uint32_t i = 0; i < old->count; i++) {
        const msched__named_entry *before = old->sorted[i];
        while (at < new->count && compare_items(&new->sorted[at], &old->sorted[i]) < 0)
            at++;
        if (at == new->count || compare_items(&new->sorted[at], &old->sorted[i]) != 0) {
            left[missing++] = before;
            continue;
        }
        const msched__named_entry *after = new->sorted[at];
        uint32_t raise = before->is_cancelled || is_changed(&before->entry, &after->entry);
        schedule->entries[after - new->items].sequence = before->entry.sequence + raise;
    }
    return missing;
}

/* A plan without its own calendar continues that of the previous schedule. 0: no memory. */
static int inherit_calendar(msched_schedule *schedule, const msched_schedule *previous)
{
    int failed = 0;
    if (schedule->calendar_id[0] == '\0' && previous->calendar_id[0] != '\0')
        schedule->calendar_id = keep(&schedule->arena, previous->calendar_id, &failed);
    return !failed;
}

static int is_same_calendar(const msched_schedule *a, const msched_schedule *b)
{
    return strcmp(a->calendar_id, b->calendar_id) == 0 &&
           (a->calendar_id[0] != '\0' || strcmp(a->timezone, b->timezone) == 0);
}

/* Make the days of the items of an older schedule count from the first date of this one. */
static void shift_days(listing *old, const msched_schedule *previous,
                       const msched_schedule *schedule)
{
    msched__date from = {1970, 1, 1}, to = {1970, 1, 1};
    msched__date_parse(previous->date, strlen(previous->date), &from);
    msched__date_parse(schedule->date, strlen(schedule->date), &to);
    int64_t shift = msched__date_to_days(from) - msched__date_to_days(to);
    for (uint32_t i = 0; i < old->count; i++) {
        int64_t day = shift + old->items[i].entry.day;
        old->items[i].entry.day = day < 0 || day > UINT32_MAX ? UINT32_MAX : (uint32_t)day;
    }
}

msched_result msched__schedule_revise(msched_schedule *schedule, const msched_schedule *previous,
                                      msched__arena *scratch)
{
    if (previous == NULL)
        return MSCHED_OK;
    if (!inherit_calendar(schedule, previous))
        return MSCHED_ERROR_MEMORY;
    if (!is_same_calendar(schedule, previous))
        return MSCHED_OK;
    listing old, new;
    if (!make_listing(&old, scratch, previous) || !make_listing(&new, scratch, schedule))
        return MSCHED_ERROR_MEMORY;
    shift_days(&old, previous, schedule);
    const msched__named_entry **left = msched__arena_alloc(scratch, old.count, sizeof *left);
    if (left == NULL)
        return MSCHED_ERROR_MEMORY;
    uint32_t missing = match(&old, &new, schedule, left);
    uint32_t room = missing < MSCHED__MAX_CANCELLED ? missing : MSCHED__MAX_CANCELLED;
    schedule->cancelled = msched__arena_alloc(&schedule->arena, room, sizeof *schedule->cancelled);
    if (schedule->cancelled == NULL)
        return MSCHED_ERROR_MEMORY;
    for (uint32_t earlier = 0; earlier < 2; earlier++)
        for (uint32_t i = 0; i < missing && schedule->cancelled_count < room; i++) {
            int here = left[i]->entry.day < (schedule->days > 0 ? schedule->days : 1);
            if (left[i]->is_cancelled != earlier || !here)
                continue;
            if (!add_cancelled(schedule, left[i], left[i]->entry.sequence + (earlier ? 0 : 1)))
                return MSCHED_ERROR_MEMORY;
        }
    return MSCHED_OK;
}
