/*
 * A calendar file in one pass: it keeps only the properties that give times, and skips alarms,
 * attachments and descriptions. An item that cannot be read becomes a remark and does not fail the
 * file.
 */
#include "calendar/calendar_read.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/number.h"
#include "base/utf8.h"
#include "calendar/calendar_property.h"
#include "format/recurrence.h"
#include "calendar/value.h"
#include "calendar/zone_rules.h"

#include <stdio.h>
#include <string.h>

#define MAX_TEXT_BYTES 1000 /* of a title or UID */
#define MAX_LIST       5000 /* exceptions or extra dates of a component */
#define MAX_ZONES      1000
#define MAX_RULES      16
#define MAX_REMARKS    1000

/* A list that grows by reallocation and then moves to the arena. */
typedef struct list {
    void *data;
    size_t count, capacity;
} list;

typedef struct calendar_reader {
    msched_calendar *calendar;
    msched__content_reader lines;
    msched__buffer scratch;
    list rules, exrules, exdates, rdates, predecessors, observances;
    int memory;        /* 0: out of memory */
    int is_not_utf8;   /* a text that is kept */
    int cancels;       /* METHOD:CANCEL: the events of the file are canceled */
    const char *owner; /* X-WR-CALNAME, or "" */
} calendar_reader;

static void *push(calendar_reader *r, list *to, size_t size)
{
    if (!msched__grow(&r->calendar->allocator, &to->data, &to->capacity, to->count + 1, size)) {
        r->memory = 0;
        return NULL;
    }
    void *slot = (char *)to->data + to->count++ * size;
    return memset(slot, 0, size);
}

/* Move a list into the arena and empty it. */
static void *settle(calendar_reader *r, list *from, size_t size, uint32_t *count)
{
    *count = (uint32_t)from->count;
    from->count = 0;
    if (*count == 0)
        return NULL;
    void *kept = msched__arena_alloc(&r->calendar->arena, *count, size);
    if (kept == NULL)
        r->memory = 0;
    else
        memcpy(kept, from->data, *count * size);
    return kept;
}

static const char *copy_text(calendar_reader *r, msched__slice text, size_t max_bytes)
{
    const char *copy = msched__calendar_copy_text(&r->calendar->arena, text, max_bytes);
    r->is_not_utf8 |= msched__utf8_check(text.data, text.size) < text.size;
    if (copy == NULL)
        r->memory = 0;
    return copy == NULL ? "" : copy;
}

static void remark(calendar_reader *r, const char *uid, uint64_t line, const char *format,
                   msched__slice detail)
{
    msched_calendar *calendar = r->calendar;
    void *block = calendar->remarks;
    char reason[240];
    if (calendar->remark_count == MAX_REMARKS)
        return;
    const int shown = (int)msched__utf8_cut(detail.data, detail.size, 60);
    if (calendar->remark_count == MAX_REMARKS - 1)
        snprintf(reason, sizeof reason, "further remarks are left out");
    else
        snprintf(reason, sizeof reason, format, shown, detail.data);
    if (!msched__grow(&calendar->allocator, &block, &calendar->remark_capacity,
                      calendar->remark_count + 1, sizeof *calendar->remarks)) {
        r->memory = 0;
        return;
    }
    calendar->remarks = block;
    calendar->remarks[calendar->remark_count++] = (msched__calendar_remark){
        uid, copy_text(r, (msched__slice){reason, strlen(reason)}, sizeof reason), line};
}

static const msched__slice nothing = {"", 0};

/* Number of a zone by its TZID, added if it is new. */
static uint32_t zone_index(calendar_reader *r, msched__slice tzid)
{
    msched_calendar *calendar = r->calendar;
    for (size_t i = 0; i < calendar->zone_count; i++)
        if (strlen(calendar->zones[i].name) == tzid.size &&
            memcmp(calendar->zones[i].name, tzid.data, tzid.size) == 0)
            return (uint32_t)i;
    void *block = calendar->zones;
    if (tzid.size == 0 || tzid.size > 200 || calendar->zone_count == MAX_ZONES)
        return MSCHED__ZONE_FLOATING;
    if (!msched__grow(&calendar->allocator, &block, &calendar->zone_capacity,
                      calendar->zone_count + 1, sizeof *calendar->zones)) {
        r->memory = 0;
        return MSCHED__ZONE_FLOATING;
    }
    calendar->zones = block;
    const char *name = msched__arena_copy(&calendar->arena, tzid.data, tzid.size);
    r->memory = r->memory && name != NULL;
    calendar->zones[calendar->zone_count] = (msched__calendar_zone){.name = name == NULL ? ""
                                                                                         : name};
    return (uint32_t)calendar->zone_count++;
}

static int read_time(calendar_reader *r, const msched__content *content, msched__slice value,
                     msched__calendar_time *out)
{
    msched__calendar_time time = {.zone = MSCHED__ZONE_FLOATING};
    msched__slice tzid = msched__content_parameter(content, "TZID");
    if (!msched__calendar_read_time(value, &time) &&
        (!msched__calendar_split_zone(&tzid, &value) || !msched__calendar_read_time(value, &time)))
        return 0;
    /* a time that is not midnight is meant, except where it only names an instance */
    int only_names = msched__content_equals(content->name, "EXDATE") ||
                     msched__content_equals(content->name, "RECURRENCE-ID");
    if (!time.is_date && (only_names || time.local % 86400 == 0) &&
        msched__content_equals(msched__content_parameter(content, "VALUE"), "DATE")) {
        time.is_date = 1;
        time.local -= ((time.local % 86400) + 86400) % 86400;
    }
    if (time.is_date)
        time.zone = MSCHED__ZONE_FLOATING;
    else if (time.zone != MSCHED__ZONE_UTC)
        time.zone = zone_index(r, tzid);
    *out = time;
    return 1;
}

static void read_exdates(calendar_reader *r, const msched__content *content, const char *uid,
                         uint64_t line)
{
    msched__slice rest = content->value, part;
    while (msched__calendar_next_part(&rest, &part) && r->memory) {
        msched__calendar_time time;
        if (!read_time(r, content, part, &time)) {
            remark(r, uid, line, "EXDATE \"%.*s\" is not a date and is ignored", part);
        } else if (r->exdates.count < MAX_LIST) {
            msched__calendar_time *slot = push(r, &r->exdates, sizeof time);
            if (slot != NULL)
                *slot = time;
        }
    }
}

/* A date, a time, or a period "start/end" or "start/length". */
static int read_rdate(calendar_reader *r, const msched__content *content, msched__slice part,
                      msched__calendar_rdate *out)
{
    const char *slash = memchr(part.data, '/', part.size);
    msched__slice first = {part.data, slash == NULL ? part.size : (size_t)(slash - part.data)};
    if (!read_time(r, content, first, &out->start))
        return 0;
    if (slash == NULL)
        return 1;
    msched__slice second = {slash + 1, part.size - first.size - 1};
    if (second.size > 0 &&
        (second.data[0] == 'P' || second.data[0] == 'p' || second.data[0] == '+'))
        return msched__calendar_read_length(second, &out->length);
    return read_time(r, content, second, &out->end);
}

static void read_rdates(calendar_reader *r, const msched__content *content, const char *uid,
                        uint64_t line)
{
    msched__slice rest = content->value, part;
    while (msched__calendar_next_part(&rest, &part) && r->memory) {
        msched__calendar_rdate rdate = {0};
        if (!read_rdate(r, content, part, &rdate)) {
            remark(r, uid, line, "RDATE \"%.*s\" is not a date or period and is ignored", part);
        } else if (r->rdates.count < MAX_LIST) {
            msched__calendar_rdate *slot = push(r, &r->rdates, sizeof rdate);
            if (slot != NULL)
                *slot = rdate;
        }
    }
}

static void read_related(calendar_reader *r, const msched__content *content)
{
    msched__slice type = msched__content_parameter(content, "RELTYPE");
    if ((!msched__content_equals(type, "DEPENDS-ON") &&
         !msched__content_equals(type, "FINISHTOSTART")) ||
        r->predecessors.count == 100)
        return;
    const char **slot = push(r, &r->predecessors, sizeof *slot);
    if (slot != NULL)
        *slot = copy_text(r, content->value, MAX_TEXT_BYTES);
}

/* State for reading a component. */
typedef struct item_state {
    msched__calendar_item item;
    const char *fault; /* why it is left out; NULL: no fault so far */
} item_state;

static void read_moment(calendar_reader *r, item_state *state, const msched__content *content,
                        msched__calendar_time *out, uint64_t line, int required)
{
    if (read_time(r, content, content->value, out))
        return;
    remark(r, state->item.uid, line,
           required ? "\"%.*s\" is not a date or time"
                    : "\"%.*s\" is not a date or time and is ignored",
           content->value);
    if (required)
        state->fault = "its start cannot be read";
}

/* An RRULE or EXRULE. */
static void read_recurrence(calendar_reader *r, item_state *state, const msched__content *content,
                            uint64_t line, list *rules)
{
    int excludes = rules == &r->exrules;
    msched__calendar_rule rule;
    if (!msched__recurrence_available()) {
        state->fault = "it recurs, and " MSCHED__RECURRENCE_MISSING;
    } else if (rules->count == MAX_RULES) {
        remark(r, state->item.uid, line, "rule \"%.*s\" is ignored: there are too many",
               content->value);
    } else if (!msched__calendar_read_rule(&r->calendar->arena, content->value, &rule)) {
        remark(r, state->item.uid, line,
               excludes ? "EXRULE \"%.*s\" cannot be read: its dates are not left out"
                        : "RRULE \"%.*s\" cannot be read: only the first date is used",
               content->value);
    } else {
        r->memory = r->memory && rule.text != NULL;
        msched__calendar_rule *slot = push(r, rules, sizeof rule);
        if (slot != NULL)
            *slot = rule;
    }
}

static void read_status(item_state *state, msched__slice value)
{
    state->item.cancelled |= (uint8_t)(msched__content_equals(value, "CANCELLED") ||
                                       msched__content_equals(value, "CANCELED"));
    state->item.completed |= (uint8_t)msched__content_equals(value, "COMPLETED");
}

static void read_length(calendar_reader *r, const msched__calendar_item *item, msched__slice value,
                        msched__calendar_length *out, uint64_t line)
{
    if (msched__calendar_read_length(value, out))
        return;
    *out = (msched__calendar_length){0};
    remark(r, item->uid, line, "the length \"%.*s\" cannot be read and is ignored", value);
}

/* The busy times of a VFREEBUSY, as dates of one event. */
static void read_busy(calendar_reader *r, item_state *state, const msched__content *content,
                      uint64_t line)
{
    if (msched__content_equals(msched__content_parameter(content, "FBTYPE"), "FREE"))
        return;
    read_rdates(r, content, state->item.uid, line);
    if (r->rdates.count > 0 && r->memory) {
        const msched__calendar_rdate *first = r->rdates.data;
        state->item.start = first->start;
        state->item.end = first->end;
        state->item.length = first->length;
    }
}

/* Read a property that gives a time and return 1; 0 for others. */
static int read_time_property(calendar_reader *r, item_state *state, const msched__content *content,
                              uint64_t line)
{
    msched__calendar_item *item = &state->item;
    msched__slice name = content->name;
    if (msched__content_equals(name, "DTSTART"))
        read_moment(r, state, content, &item->start, line, 1);
    else if (msched__content_equals(name, "DTEND") || msched__content_equals(name, "DUE"))
        read_moment(r, state, content, &item->end, line, 0);
    else if (msched__content_equals(name, "RECURRENCE-ID")) {
        read_moment(r, state, content, &item->recurrence_id, line, 0);
        item->this_and_future = (uint8_t)msched__content_equals(
            msched__content_parameter(content, "RANGE"), "THISANDFUTURE");
    } else if (msched__content_equals(name, "DURATION"))
        read_length(r, item, content->value, &item->length, line);
    else if (msched__content_equals(name, "ESTIMATED-DURATION") ||
             msched__content_equals(name, "X-ESTIMATED-DURATION"))
        read_length(r, item, content->value, &item->estimate, line);
    else if (msched__content_equals(name, "X-APPLE-TRAVEL-DURATION"))
        read_length(r, item, content->value, &item->travel, line);
    else if (msched__content_equals(name, "RRULE"))
        read_recurrence(r, state, content, line, &r->rules);
    else if (msched__content_equals(name, "RDATE"))
        read_rdates(r, content, item->uid, line);
    else if (msched__content_equals(name, "EXDATE"))
        read_exdates(r, content, item->uid, line);
    else if (msched__content_equals(name, "EXRULE"))
        read_recurrence(r, state, content, line, &r->exrules);
    else
        return 0;
    return 1;
}

static void read_other_property(calendar_reader *r, item_state *state,
                                const msched__content *content)
{
    msched__calendar_item *item = &state->item;
    msched__slice name = content->name, value = content->value;
    if (msched__content_equals(name, "UID"))
        item->uid = copy_text(r, value, MAX_TEXT_BYTES);
    else if (msched__content_equals(name, "SUMMARY"))
        item->title = copy_text(r, value, MAX_TEXT_BYTES);
    else if (msched__content_equals(name, "STATUS"))
        read_status(state, value);
    else if (msched__content_equals(name, "TRANSP"))
        item->says_transp = 1,
        item->transparent = (uint8_t)msched__content_equals(value, "TRANSPARENT");
    else if (msched__content_equals(name, "X-MICROSOFT-CDO-BUSYSTATUS"))
        item->marked_free = (uint8_t)msched__calendar_says_free(value);
    else if (msched__content_equals(name, "X-MICROSOFT-CDO-ALLDAYEVENT"))
        item->whole_days = (uint8_t)msched__content_equals(value, "TRUE");
    else if (msched__content_equals(name, "COMPLETED"))
        item->completed = 1;
    else if (msched__content_equals(name, "ATTENDEE"))
        item->declined |= (uint8_t)msched__calendar_declines(content, r->owner);
    else if (msched__content_equals(name, "PRIORITY"))
        item->priority = msched__calendar_read_small(value, 9);
    else if (msched__content_equals(name, "PERCENT-COMPLETE"))
        item->percent_complete = msched__calendar_read_small(value, 100);
    else if (msched__content_equals(name, "RELATED-TO"))
        read_related(r, content);
    else if (msched__content_equals(name, "SEQUENCE")) {
        int64_t number;
        if (msched__parse_int(value.data, value.size, &number) && number == (number & INT32_MAX))
            item->sequence = (int32_t)number;
    }
}

static void keep_item(calendar_reader *r, item_state *state)
{
    msched_calendar *calendar = r->calendar;
    msched__calendar_item *item = &state->item;
    item->cancelled |= (uint8_t)(item->declined || msched__calendar_titles_canceled(item->title));
    if (state->fault == NULL && !item->is_todo && !item->start.present)
        state->fault = item->recurrence_id.present && item->cancelled ? NULL : "it has no DTSTART";
    if (state->fault != NULL) {
        remark(r, item->uid, item->line, "left out: %.*s",
               (msched__slice){state->fault, strlen(state->fault)});
        r->rules.count = r->exrules.count = r->exdates.count = r->rdates.count =
            r->predecessors.count = 0;
        return;
    }
    item->rules = settle(r, &r->rules, sizeof *item->rules, &item->rule_count);
    item->exrules = settle(r, &r->exrules, sizeof *item->exrules, &item->exrule_count);
    item->exdates = settle(r, &r->exdates, sizeof *item->exdates, &item->exdate_count);
    item->rdates = settle(r, &r->rdates, sizeof *item->rdates, &item->rdate_count);
    item->predecessors = settle(r, &r->predecessors, sizeof *item->predecessors,
                                &item->predecessor_count);
    void *block = calendar->items;
    if (!msched__grow(&calendar->allocator, &block, &calendar->item_capacity,
                      calendar->item_count + 1, sizeof *calendar->items)) {
        r->memory = 0;
        return;
    }
    calendar->items = block;
    calendar->items[calendar->item_count++] = *item;
}

enum kind { EVENT, TODO, FREE_BUSY };

static void read_item(calendar_reader *r, uint64_t begin, enum kind kind)
{
    item_state state = {.item = {.uid = "",
                                 .title = kind == FREE_BUSY ? "Busy" : "",
                                 .line = begin,
                                 .is_todo = (uint8_t)(kind == TODO),
                                 .cancelled = (uint8_t)r->cancels}};
    msched__content_line line;
    msched__content content;
    for (;;) {
        const msched__content_reader before = r->lines;
        if (!msched__content_next(&r->lines, &line)) {
            state.fault = "the file ends inside it";
            break;
        }
        if (msched__content_is(&line, "BEGIN") && msched__calendar_names_item(&line)) {
            remark(r, state.item.uid, begin, "adjusted: it has no END line%.*s", nothing);
            r->lines = before;
            break;
        }
        if (msched__content_is(&line, "END"))
            break;
        if (msched__content_is(&line, "BEGIN")) {
            msched__calendar_skip(&r->lines);
            continue;
        }
        if (!r->memory)
            return;
        if (!msched__calendar_may_read(&line))
            continue;
        if (!msched__content_split(&line, &r->scratch, &content)) {
            r->memory = r->memory && !r->scratch.failed;
            remark(r, state.item.uid, line.line, "\"%.*s\" is not a property and is ignored",
                   line.raw);
            continue;
        }
        if (kind == FREE_BUSY && msched__content_equals(content.name, "FREEBUSY"))
            read_busy(r, &state, &content, line.line);
        else if (kind == FREE_BUSY ? !msched__content_equals(content.name, "UID")
                                   : read_time_property(r, &state, &content, line.line))
            continue;
        else
            read_other_property(r, &state, &content);
    }
    if (kind == FREE_BUSY && r->rdates.count == 0)
        state.fault = "it has no busy times";
    keep_item(r, &state);
}

static void read_observance_line(calendar_reader *r, msched__observance *observance,
                                 const msched__content *content)
{
    if (msched__content_equals(content->name, "DTSTART"))
        msched__calendar_read_time(content->value, &observance->start);
    else if (msched__content_equals(content->name, "TZOFFSETFROM"))
        observance->has_offsets |=
            (uint8_t)(msched__calendar_read_offset(content->value, &observance->offset_from) ? 1
                                                                                             : 4);
    else if (msched__content_equals(content->name, "TZOFFSETTO"))
        observance->has_offsets |=
            (uint8_t)(msched__calendar_read_offset(content->value, &observance->offset_to) ? 2 : 4);
    else if (msched__content_equals(content->name, "RRULE")) {
        if (msched__calendar_read_rule(&r->calendar->arena, content->value, &observance->rule))
            r->memory = r->memory && observance->rule.text != NULL;
    } else if (msched__content_equals(content->name, "RDATE"))
        read_rdates(r, content, "", 0);
}

/* A STANDARD or DAYLIGHT part; 0 if the file ends. */
static int read_observance(calendar_reader *r, int is_daylight)
{
    msched__observance observance = {.is_daylight = (uint8_t)is_daylight};
    msched__content_line line;
    msched__content content;
    for (;;) {
        const msched__content_reader before = r->lines;
        if (!msched__content_next(&r->lines, &line))
            return 0;
        if (msched__calendar_names_item(&line)) { /* it has no END */
            r->lines = before;
            break;
        }
        if (msched__content_is(&line, "END"))
            break;
        if (msched__content_is(&line, "BEGIN"))
            msched__calendar_skip(&r->lines);
        else if (msched__content_split(&line, &r->scratch, &content))
            read_observance_line(r, &observance, &content);
    }
    observance.rdates = settle(r, &r->rdates, sizeof *observance.rdates, &observance.rdate_count);
    if (observance.start.present && !observance.start.is_date && observance.has_offsets == 3 &&
        r->observances.count < MSCHED__ZONE_MAX_OBSERVANCES) {
        msched__observance *slot = push(r, &r->observances, sizeof observance);
        if (slot != NULL)
            *slot = observance;
    }
    return 1;
}

static void keep_zone(calendar_reader *r, uint32_t index, uint64_t line)
{
    msched_error ignored;
    if (index == MSCHED__ZONE_FLOATING)
        return;
    msched__calendar_zone *zone = &r->calendar->zones[index];
    if (zone->has_rules)
        return; /* the first definition applies */
    msched_result result = msched__zone_from_observances(
        &zone->zone, r->observances.data, (uint32_t)r->observances.count, &r->calendar->allocator,
        &zone->until, &ignored);
    zone->known = zone->has_rules = result == MSCHED_OK;
    r->memory = r->memory && result != MSCHED_ERROR_MEMORY;
    if (result != MSCHED_OK)
        remark(r, "", line, "VTIMEZONE \"%.*s\" has no valid rules",
               (msched__slice){zone->name, strlen(zone->name)});
}

static void read_zone(calendar_reader *r, uint64_t begin)
{
    uint32_t index = MSCHED__ZONE_FLOATING;
    msched__content_line line;
    msched__content content;
    r->observances.count = 0;
    msched__content_reader before = r->lines;
    for (; msched__content_next(&r->lines, &line) && !msched__content_is(&line, "END") && r->memory;
         before = r->lines) {
        if (msched__calendar_names_item(&line)) { /* it has no END */
            r->lines = before;
            break;
        }
        if (msched__content_is(&line, "BEGIN")) {
            msched__content_split(&line, &r->scratch, &content);
            read_observance(r, msched__content_equals(content.value, "DAYLIGHT"));
        } else if (msched__content_is(&line, "TZID") &&
                   msched__content_split(&line, &r->scratch, &content)) {
            const char *name = copy_text(r, content.value, 200);
            index = zone_index(r, (msched__slice){name, strlen(name)});
        }
    }
    keep_zone(r, index, begin);
}

static void read_component(calendar_reader *r, const msched__content *content, uint64_t line)
{
    if (msched__content_equals(content->value, "VCALENDAR"))
        return;
    if (msched__content_equals(content->value, "VTIMEZONE"))
        read_zone(r, line);
    else if (msched__content_equals(content->value, "VEVENT"))
        read_item(r, line, EVENT);
    else if (msched__content_equals(content->value, "VTODO"))
        read_item(r, line, TODO);
    else if (msched__content_equals(content->value, "VFREEBUSY"))
        read_item(r, line, FREE_BUSY);
    else {
        remark(r, "", line, "left out: a %.*s is neither an event nor a to-do", content->value);
        msched__calendar_skip(&r->lines);
    }
}

static void read_header(calendar_reader *r, const msched__content *content)
{
    msched_calendar *calendar = r->calendar;
    if (msched__content_equals(content->name, "METHOD"))
        r->cancels = msched__content_equals(content->value, "CANCEL");
    else if (msched__content_equals(content->name, "X-WR-TIMEZONE"))
        calendar->default_zone = zone_index(r, content->value);
    else if (msched__content_equals(content->name, "X-WR-CALNAME")) {
        r->owner = copy_text(r, content->value, MAX_TEXT_BYTES);
        calendar->name = calendar->name[0] == '\0' ? r->owner : calendar->name;
    }
}

msched_result msched__calendar_scan(msched_calendar *calendar, const char *data, size_t size,
                                    msched_error *err)
{
    calendar_reader r = {.calendar = calendar, .memory = 1, .owner = ""};
    msched__content_line line;
    msched__content content;
    int calendars = 0;
    msched__content_reader_init(&r.lines, data, size);
    msched__buffer_init(&r.scratch, &calendar->allocator);
    while (r.memory && calendar->item_count < MSCHED_CALENDAR_MAX_ITEMS &&
           msched__content_next(&r.lines, &line)) {
        int begins = msched__content_is(&line, "BEGIN");
        if ((!begins && (line.raw.data[0] | 0x20) != 'x' && !msched__content_is(&line, "METHOD")) ||
            !msched__content_split(&line, &r.scratch, &content))
            continue;
        calendars += begins && msched__content_equals(content.value, "VCALENDAR");
        if (calendars == 0)
            continue;
        r.cancels &= !begins || !msched__content_equals(content.value, "VCALENDAR");
        if (begins)
            read_component(&r, &content, line.line);
        else
            read_header(&r, &content);
    }
    if (calendar->item_count == MSCHED_CALENDAR_MAX_ITEMS && msched__content_next(&r.lines, &line))
        remark(&r, "", line.line, "left out: everything after the first 200,000 components%.*s",
               nothing);
    if (r.is_not_utf8)
        remark(&r, "", 0, "not UTF-8: read as Windows-1252%.*s", nothing);
    r.memory = r.memory && !r.scratch.failed;
    msched__buffer_free(&r.scratch);
    msched__free(&calendar->allocator, r.rules.data);
    msched__free(&calendar->allocator, r.exrules.data);
    msched__free(&calendar->allocator, r.exdates.data);
    msched__free(&calendar->allocator, r.rdates.data);
    msched__free(&calendar->allocator, r.predecessors.data);
    msched__free(&calendar->allocator, r.observances.data);
    if (!r.memory)
        return msched__fail_memory(err);
    return calendars > 0 ? MSCHED_OK : MSCHED_ERROR_SYNTAX;
}
