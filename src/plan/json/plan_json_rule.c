#include "plan/json/plan_json_rule.h"

#include "base/civil.h"
#include "base/error.h"
#include "format/recurrence.h"

#include <stdio.h>
#include <string.h>

#define DAY_S       86400
#define RULE_BYTES  256
#define AHEAD_YEARS 8       /* after the plan, for the next instance */
#define LAST_DATE   2932896 /* 9999-12-31 */

typedef msched__json_node node;

/* A rule of dates, and what it gives. */
typedef struct dated_rule {
    char text[RULE_BYTES]; /* without UNTIL */
    int64_t start, until;  /* dates since 1970; INT64_MAX: without end */
    int64_t first;         /* of the plan */
    uint32_t days;
    uint32_t dates; /* those that it has, as bits */
    int64_t next;   /* where it has none: the first one after the plan */
} dated_rule;

static int begins(const char *text, const char *word)
{
    for (; *word != '\0'; text++, word++)
        if ((*text & ~0x20) != (*word & ~0x20))
            return 0;
    return 1;
}

/* "20261127" or "20261127T235959", which is the same date; 0 for one in UTC. */
static int read_until(const char *text, size_t size, int64_t *until)
{
    char dashed[16];
    msched__date date;
    if ((size != 8 && size != 15) || (size == 15 && text[8] != 'T'))
        return 0;
    snprintf(dashed, sizeof dashed, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
    if (!msched__date_parse(dashed, 10, &date))
        return 0;
    *until = msched__date_to_days(date);
    return 1;
}

/* The parts of a rule; UNTIL is kept apart. What is wrong with it, or NULL. */
static const char *split_rule(const char *text, dated_rule *out)
{
    size_t used = 0;
    if (begins(text, "RRULE:"))
        text += 6;
    if (strlen(text) >= RULE_BYTES)
        return "is too long for a rule";
    while (*text != '\0') {
        size_t size = strcspn(text, ";");
        if (begins(text, "BYHOUR") || begins(text, "BYMINUTE") || begins(text, "BYSECOND") ||
            begins(text, "FREQ=HOURLY") || begins(text, "FREQ=MINUTELY") ||
            begins(text, "FREQ=SECONDLY"))
            return "is of times of day: a rule gives dates here, and start, earliest and latest "
                   "the times";
        if (begins(text, "UNTIL=")) {
            if (!read_until(text + 6, size - 6, &out->until))
                return "has an UNTIL that is not a date: write UNTIL=20261127";
        } else {
            memcpy(out->text + used, text, size);
            used += size;
            out->text[used++] = ';';
        }
        text += size + (text[size] == ';');
    }
    out->text[used > 0 ? used - 1 : 0] = '\0';
    return msched__recurrence_valid(out->text)
               ? NULL
               : "is not a rule: write one as FREQ=WEEKLY;INTERVAL=2;BYDAY=MO (RFC 5545)";
}

static int take_date(void *ctx, int64_t local)
{
    dated_rule *rule = ctx;
    int64_t date = local / DAY_S - (local % DAY_S < 0), at = date - rule->first;
    if (date > rule->until || date > LAST_DATE)
        return 1;
    if (at < rule->days) {
        rule->dates |= 1u << at;
        return 0;
    }
    if (rule->dates == 0)
        rule->next = date;
    return 1;
}

static msched_result add_name(msched_plan *plan, int64_t day, const char **name)
{
    char text[32];
    msched__date date = msched__date_from_days(day);
    snprintf(text, sizeof text, "%04d-%02u-%02u", (int)date.year, (unsigned)date.month,
             (unsigned)date.day);
    *name = msched__arena_copy(&plan->arena, text, 10);
    return *name == NULL ? MSCHED_ERROR_MEMORY : MSCHED_OK;
}

static msched_result name_dates(msched_plan *plan, const dated_rule *rule, msched__span_item *item,
                                msched_error *err)
{
    const char **names = msched__arena_alloc(&plan->arena, rule->days, sizeof *names);
    msched_result result = names == NULL ? MSCHED_ERROR_MEMORY : MSCHED_OK;
    uint32_t count = 0;
    for (uint32_t d = 0; d < rule->days && result == MSCHED_OK; d++)
        if ((rule->dates >> d & 1) != 0)
            result = add_name(plan, rule->first + d, &names[count++]);
    if (result == MSCHED_OK && count == 0)
        result = add_name(plan, rule->next, &names[count++]);
    if (result != MSCHED_OK)
        return msched__fail_memory(err);
    item->on = (msched__span_names){names, count};
    item->dates = rule->dates;
    return MSCHED_OK;
}

static msched_result expand(const msched__rule_nodes *nodes, dated_rule *rule, msched_error *err)
{
    const node *member = nodes->rule;
    uint64_t before = *nodes->budget, *budget = nodes->budget;
    const msched__recurrence series = {rule->text, rule->start * DAY_S, 1};
    int64_t to = rule->first + rule->days + AHEAD_YEARS * 366;
    enum msched__recurrence_end end = msched__recurrence_expand(
        &series, rule->first * DAY_S, to * DAY_S, budget, take_date, rule);
    if (end == MSCHED__RECURRENCE_DONE && *budget == before) /* it never comes, or years later */
        *budget -= before < MSCHED__RECURRENCE_NEVER ? before : MSCHED__RECURRENCE_NEVER;
    if (end == MSCHED__RECURRENCE_EXPENSIVE)
        return msched__json_fail(
            member, MSCHED_ERROR_LIMIT, err,
            "takes too long: choose a later \"rrule_from\", or leave out rules "
            "that never have a date");
    if (end == MSCHED__RECURRENCE_INVALID)
        return msched__json_fail(member, MSCHED_ERROR_VALUE, err, "is not a rule");
    return MSCHED_OK;
}

msched_result msched__read_rule(msched_plan *plan, const msched__rule_nodes *nodes,
                                msched__span_item *item, msched_error *err)
{
    const node *member = nodes->rule, *from = nodes->from;
    const char *text = "", *start = NULL;
    msched__date date;
    if (member->value == NULL)
        return from->value == NULL
                   ? MSCHED_OK
                   : msched__json_fail(from, MSCHED_ERROR_VALUE, err,
                                       "\"rrule_from\" is where a rule begins: write \"rrule\"");
    if (!msched__recurrence_available())
        return msched__json_fail(member, MSCHED_ERROR_VALUE, err,
                                 "this library was built without libical, which expands rules: "
                                 "write the dates as \"on\"");
    msched_result result = msched__json_string(member, &text, err);
    if (result == MSCHED_OK && from->value != NULL)
        result = msched__json_string(from, &start, err);
    if (result != MSCHED_OK)
        return result;
    dated_rule rule = {.start = plan->date_days,
                       .until = INT64_MAX,
                       .first = plan->date_days,
                       .days = plan->span->days};
    rule.next = rule.first + rule.days <= LAST_DATE ? rule.first + rule.days : rule.first - 1;
    if (start != NULL && !msched__date_parse(start, strlen(start), &date))
        return msched__json_fail(from, MSCHED_ERROR_VALUE, err,
                                 "\"%.40s\" is not a date: write YYYY-MM-DD", start);
    if (start != NULL)
        rule.start = msched__date_to_days(date);
    const char *problem = split_rule(text, &rule);
    if (problem != NULL)
        return msched__json_fail(member, MSCHED_ERROR_VALUE, err, "\"%.60s\" %s", text, problem);
    result = expand(nodes, &rule, err);
    return result == MSCHED_OK ? name_dates(plan, &rule, item, err) : result;
}
