/* Rules of dates (RFC 5545) and the dates of a plan on which they have an instance. */
#include "plan/plan_rule.h"

#include "base/civil.h"
#include "format/recurrence.h"

#include <stdio.h>
#include <string.h>

#define DAY_S       86400
#define AHEAD_YEARS 8       /* after the plan, for the next instance */
#define LAST_DATE   2932896 /* 9999-12-31 */

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

const char *msched__rule_split(const char *text, msched__dated_rule *out)
{
    size_t used = 0;
    if (begins(text, "RRULE:"))
        text += 6;
    if (strlen(text) >= MSCHED__RULE_BYTES)
        return "is too long for a rule";
    while (*text != '\0') {
        size_t size = strcspn(text, ";");
        if (begins(text, "BYHOUR") || begins(text, "BYMINUTE") || begins(text, "BYSECOND") ||
            begins(text, "FREQ=HOURLY") || begins(text, "FREQ=MINUTELY") ||
            begins(text, "FREQ=SECONDLY"))
            return "has times of day: a rule gives only dates; write the times as start, earliest "
                   "and latest";
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
    msched__dated_rule *rule = ctx;
    int64_t date = msched__days_of(local), at = date - rule->first;
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

msched_result msched__rule_expand(msched__dated_rule *rule, uint64_t *budget)
{
    uint64_t before = *budget;
    const msched__recurrence series = {rule->text, rule->start * DAY_S, 1};
    int64_t to = rule->first + rule->days + AHEAD_YEARS * 366;
    rule->dates = 0;
    rule->next = rule->first + rule->days <= LAST_DATE ? rule->first + rule->days : rule->first - 1;
    enum msched__recurrence_end end = msched__recurrence_expand(
        &series, rule->first * DAY_S, to * DAY_S, budget, take_date, rule);
    if (end == MSCHED__RECURRENCE_DONE && *budget == before) /* it never comes, or years later */
        *budget -= before < MSCHED__RECURRENCE_NEVER ? before : MSCHED__RECURRENCE_NEVER;
    return end == MSCHED__RECURRENCE_EXPENSIVE ? MSCHED_ERROR_LIMIT
           : end == MSCHED__RECURRENCE_INVALID ? MSCHED_ERROR_VALUE
                                               : MSCHED_OK;
}

static msched_result add_name(msched__arena *arena, int64_t day, const char **name)
{
    char text[11];
    msched__date_write(day, text);
    *name = msched__arena_copy(arena, text, 10);
    return *name == NULL ? MSCHED_ERROR_MEMORY : MSCHED_OK;
}

msched_result msched__rule_name_dates(const msched__dated_rule *rule, msched__arena *arena,
                                      msched__span_item *item)
{
    const char **names = msched__arena_alloc(arena, rule->days, sizeof *names);
    msched_result result = names == NULL ? MSCHED_ERROR_MEMORY : MSCHED_OK;
    uint32_t count = 0;
    for (uint32_t d = 0; d < rule->days && result == MSCHED_OK; d++)
        if ((rule->dates >> d & 1) != 0)
            result = add_name(arena, rule->first + d, &names[count++]);
    if (result == MSCHED_OK && count == 0)
        result = add_name(arena, rule->next, &names[count++]);
    if (result != MSCHED_OK)
        return result;
    item->on = (msched__span_names){names, count};
    item->dates = rule->dates;
    return MSCHED_OK;
}

msched_result msched__rule_read(msched_plan *plan, const msched__given_rule *given,
                                msched__span_item *item, msched__rule_fault *fault)
{
    msched__dated_rule rule = {.start = plan->date_days,
                               .until = INT64_MAX,
                               .first = plan->date_days,
                               .days = given->days};
    msched__date date;
    fault->is_of_start = given->from != NULL &&
                         !msched__date_parse(given->from, strlen(given->from), &date);
    if (fault->is_of_start) {
        snprintf(fault->text, sizeof fault->text, "\"%.40s\" is not a date: write YYYY-MM-DD",
                 given->from);
        return MSCHED_ERROR_VALUE;
    }
    if (given->from != NULL)
        rule.start = msched__date_to_days(date);
    const char *problem = msched__rule_split(given->text, &rule);
    if (problem != NULL) {
        snprintf(fault->text, sizeof fault->text, "\"%.60s\" %s", given->text, problem);
        return MSCHED_ERROR_VALUE;
    }
    const msched_result result = msched__rule_expand(&rule, given->budget);
    if (result == MSCHED_OK)
        return msched__rule_name_dates(&rule, &plan->arena, item);
    snprintf(fault->text, sizeof fault->text, "%s",
             result == MSCHED_ERROR_LIMIT ? "takes too long: choose a later \"rrule_from\", or "
                                            "remove rules that never have a date"
                                          : "is not a rule");
    return result;
}
