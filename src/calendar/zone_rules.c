#include "calendar/zone_rules.h"

#include "base/alloc.h"
#include "base/slice.h"
#include "format/recurrence.h"

#include <stdlib.h>
#include <string.h>

#ifdef MSCHED_WITH_ICU
#include <unicode/ucal.h>
#endif

#define DAY_S 86400
/* 2100-01-01: rules of a VTIMEZONE are expanded up to here */
#define LAST_YEAR (INT64_C(47482) * DAY_S)
#define MAX_TYPES 255

/* The clock changes found so far. */
typedef struct change_list {
    const msched_allocator *allocator;
    struct change {
        int64_t utc;
        uint8_t type;
    } * changes;
    size_t count, capacity;
    int32_t offset_from;
    msched__calendar_time until;
    uint8_t type;
    int failed;
} change_list;

static int add_change(void *ctx, int64_t local)
{
    change_list *list = ctx;
    int64_t utc = local - list->offset_from;
    void *block = list->changes;
    if (list->until.present &&
        (list->until.zone == MSCHED__ZONE_UTC ? utc : local) > list->until.local)
        return 1;
    if (!msched__grow(list->allocator, &block, &list->capacity, list->count + 1,
                      sizeof *list->changes)) {
        list->failed = 1;
        return 1;
    }
    list->changes = block;
    list->changes[list->count++] = (struct change){utc, list->type};
    return 0;
}

static int by_moment(const void *a, const void *b)
{
    const struct change *x = a, *y = b;
    if (x->utc != y->utc)
        return x->utc < y->utc ? -1 : 1;
    return (x->type > y->type) - (x->type < y->type);
}

static uint8_t type_of(msched__tz_type *types, uint32_t *count, int32_t offset, uint8_t is_dst)
{
    uint32_t i = 0;
    while (i < *count && (types[i].offset_s != offset || types[i].is_dst != is_dst))
        i++;
    if (i == *count) {
        types[i] = (msched__tz_type){.offset_s = offset, .is_dst = is_dst};
        *count += 1;
    }
    return (uint8_t)i;
}

/* All changes of the observances; *first receives the offset before the first change. */
static void collect(change_list *list, const msched__observance *observances, uint32_t count,
                    msched__tz_type *types, uint32_t *type_count, int32_t *first)
{
    int64_t earliest = INT64_MAX;
    for (uint32_t i = 0; i < count && !list->failed; i++) {
        const msched__observance *each = &observances[i];
        uint64_t budget = MSCHED__RECURRENCE_MAX_STEPS;
        list->offset_from = each->offset_from;
        list->until = each->rule.until;
        list->type = type_of(types, type_count, each->offset_to, each->is_daylight);
        add_change(list, each->start.local);
        if (each->start.local < earliest) {
            earliest = each->start.local;
            *first = each->offset_from;
        }
        if (each->rule.text != NULL) {
            msched__recurrence series = {each->rule.text, each->start.local, 0};
            msched__recurrence_expand(&series, each->start.local + 1, LAST_YEAR, &budget,
                                      add_change, list);
        }
        list->until.present = 0;
        for (uint32_t r = 0; r < each->rdate_count && !list->failed; r++)
            add_change(list, each->rdates[r].start.local);
    }
}

static msched_result fill_zone(msched__zone *zone, change_list *list, const msched__tz_type *types,
                               uint32_t type_count, int32_t first, msched_error *err)
{
    msched__tzif *data = &zone->data;
    *data = (msched__tzif){.allocator = *list->allocator, .type_count = type_count + 1};
    data->types = msched__alloc_array(list->allocator, type_count + 1, sizeof *data->types);
    data->transition = msched__alloc_array(list->allocator, list->count + 1,
                                           sizeof *data->transition);
    data->transition_type = msched__alloc_array(list->allocator, list->count + 1, 1);
    if (data->types == NULL || data->transition == NULL || data->transition_type == NULL) {
        msched__zone_free(zone);
        return msched__fail_memory(err);
    }
    data->types[0] = (msched__tz_type){.offset_s = first};
    memcpy(data->types + 1, types, type_count * sizeof *types);
    for (size_t i = 0; i < list->count; i++) {
        uint32_t last = data->transition_count;
        if (last > 0 && data->transition[last - 1] == list->changes[i].utc)
            last--; /* of two changes at the same moment, the later in the file applies */
        data->transition[last] = list->changes[i].utc;
        data->transition_type[last] = (uint8_t)(list->changes[i].type + 1);
        data->transition_count = last + 1;
    }
    return MSCHED_OK;
}

/* 1 if the observances never end: a single one, or one with a rule that does not end. */
static int goes_on(const msched__observance *observances, uint32_t count)
{
    int endless = count == 1;
    for (uint32_t i = 0; i < count; i++)
        endless |= observances[i].rule.text != NULL && !observances[i].rule.until.present;
    return endless;
}

msched_result msched__zone_from_observances(msched__zone *zone,
                                            const msched__observance *observances, uint32_t count,
                                            const msched_allocator *allocator, int64_t *until,
                                            msched_error *err)
{
    msched__tz_type types[MSCHED__ZONE_MAX_OBSERVANCES];
    change_list list = {.allocator = allocator};
    uint32_t type_count = 0;
    int32_t first = 0;
    if (count == 0 || count >= MAX_TYPES)
        return msched__fail(err, MSCHED_ERROR_VALUE,
                            "a VTIMEZONE has 1 to %d STANDARD and DAYLIGHT parts", MAX_TYPES - 1);
    collect(&list, observances, count, types, &type_count, &first);
    msched_result result = MSCHED_OK;
    if (list.failed)
        result = msched__fail_memory(err);
    if (result == MSCHED_OK) {
        qsort(list.changes, list.count, sizeof *list.changes, by_moment);
        *until = goes_on(observances, count) ? INT64_MAX : list.changes[list.count - 1].utc;
        result = fill_zone(zone, &list, types, type_count, first, err);
    }
    msched__free(allocator, list.changes);
    return result;
}

int msched__zone_windows_name(const char *name, char *out, size_t capacity)
{
#ifdef MSCHED_WITH_ICU
    UChar windows[128], iana[128];
    UErrorCode status = U_ZERO_ERROR;
    size_t size = strlen(name);
    if (size >= sizeof windows / sizeof *windows)
        return 0;
    for (size_t i = 0; i <= size; i++) {
        if ((unsigned char)name[i] >= 0x80)
            return 0;
        windows[i] = (UChar)name[i];
    }
    int32_t length = ucal_getTimeZoneIDForWindowsID(windows, (int32_t)size, NULL, iana, 128,
                                                    &status);
    if (U_FAILURE(status) || length <= 0 || (size_t)length >= capacity)
        return 0;
    for (int32_t i = 0; i < length; i++)
        out[i] = (char)iana[i];
    out[length] = '\0';
    return 1;
#else
    (void)name, (void)out, (void)capacity;
    return 0;
#endif
}

/* "Z", "tzone://Microsoft/Utc", "GMT+0100", "UTC+1", "+01:00": seconds east of UTC; 0: none. */
static int read_fixed_offset(const char *tzid, int32_t *seconds)
{
    const char *last = strrchr(tzid, '/'), *at = tzid;
    if (strncmp(tzid, "tzone:", 6) == 0 && last != NULL)
        at = last + 1;
    *seconds = 0;
    if (msched__same_letters(at, "Z", SIZE_MAX) ||
        (at != tzid && msched__same_letters(at, "Utc", SIZE_MAX)))
        return 1;
    if (msched__same_letters(at, "GMT", 3) || msched__same_letters(at, "UTC", 3))
        at += 3;
    char digits[8];
    size_t count = 0;
    const char sign = *at;
    if (sign != '+' && sign != '-')
        return 0;
    for (at++; *at != '\0'; at++) {
        if (*at == ':' && count > 0 && count <= 2)
            continue;
        if (*at < '0' || *at > '9' || count == 4)
            return 0;
        digits[count++] = *at;
    }
    int32_t hours = 0, minutes = 0;
    for (size_t i = 0; i + (count > 2 ? 2 : 0) < count; i++)
        hours = hours * 10 + (digits[i] - '0');
    if (count > 2)
        minutes = (digits[count - 2] - '0') * 10 + (digits[count - 1] - '0');
    *seconds = (hours * 3600 + minutes * 60) * (sign == '-' ? -1 : 1);
    return count > 0 && hours <= 14 && minutes < 60;
}

msched_result msched__zone_fixed(msched__zone *zone, int32_t offset,
                                 const msched_allocator *allocator, msched_error *err)
{
    int64_t until;
    const msched__observance only = {.offset_from = offset, .offset_to = offset};
    return msched__zone_from_observances(zone, &only, 1, allocator, &until, err);
}

/* "europe/berlin", "America/New York" as zone files are named. */
static int usual_spelling(const char *tzid, char *out, size_t capacity)
{
    size_t size = strlen(tzid);
    int starts = 1;
    if (size >= capacity || strchr(tzid, '/') == NULL)
        return 0;
    for (size_t i = 0; i <= size; i++) {
        char c = tzid[i] == ' ' ? '_' : tzid[i];
        int lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z';
        out[i] = (char)(lower && starts ? c - 32 : upper && !starts ? c + 32 : c);
        starts = !lower && !upper;
    }
    return strcmp(out, tzid) != 0;
}

msched_result msched__zone_of_tzid(msched__zone *zone, const char *tzid,
                                   const msched_allocator *allocator, msched_error *err)
{
    char iana[64];
    msched_result result = msched__zone_load(zone, NULL, tzid, allocator, err);
    /* Vendors add a path in front, as in /citadel.org/20190914_1/Europe/Berlin. */
    for (const char *at = strchr(tzid, '/'); result == MSCHED_ERROR_NOT_FOUND && at != NULL;
         at = strchr(at + 1, '/'))
        if (strchr(at + 1, '/') != NULL || at == tzid)
            result = msched__zone_load(zone, NULL, at + 1, allocator, err);
    if (result == MSCHED_ERROR_NOT_FOUND && msched__zone_windows_name(tzid, iana, sizeof iana))
        result = msched__zone_load(zone, NULL, iana, allocator, err);
    if (result == MSCHED_ERROR_NOT_FOUND && usual_spelling(tzid, iana, sizeof iana))
        result = msched__zone_load(zone, NULL, iana, allocator, err);
    int32_t offset;
    if (result == MSCHED_ERROR_NOT_FOUND && read_fixed_offset(tzid, &offset))
        result = msched__zone_fixed(zone, offset, allocator, err);
    return result;
}
