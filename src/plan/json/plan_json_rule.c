#include "plan/json/plan_json_rule.h"

#include "base/civil.h"
#include "base/error.h"
#include "format/recurrence.h"

#include <string.h>

typedef msched__json_node node;

static msched_result expand(const msched__rule_nodes *nodes, msched__dated_rule *rule,
                            msched_error *err)
{
    msched_result result = msched__rule_expand(rule, nodes->budget);
    if (result == MSCHED_ERROR_LIMIT)
        return msched__json_fail(nodes->rule, MSCHED_ERROR_LIMIT, err,
                                 "takes too long: choose a later \"rrule_from\", or remove rules "
                                 "that never have a date");
    if (result != MSCHED_OK)
        return msched__json_fail(nodes->rule, MSCHED_ERROR_VALUE, err, "is not a rule");
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
                   : msched__json_fail(
                         from, MSCHED_ERROR_VALUE, err,
                         "\"rrule_from\" is the start of a rule: write \"rrule\", too");
    if (!msched__recurrence_available())
        return msched__json_fail(member, MSCHED_ERROR_VALUE, err,
                                 "this library was built without libical, which expands rules: "
                                 "write the dates as \"on\"");
    msched_result result = msched__json_string(member, &text, err);
    if (result == MSCHED_OK && from->value != NULL)
        result = msched__json_string(from, &start, err);
    if (result != MSCHED_OK)
        return result;
    msched__dated_rule rule = {.start = plan->date_days,
                               .until = INT64_MAX,
                               .first = plan->date_days,
                               .days = plan->span->days};
    if (start != NULL && !msched__date_parse(start, strlen(start), &date))
        return msched__json_fail(from, MSCHED_ERROR_VALUE, err,
                                 "\"%.40s\" is not a date: write YYYY-MM-DD", start);
    if (start != NULL)
        rule.start = msched__date_to_days(date);
    const char *problem = msched__rule_split(text, &rule);
    if (problem != NULL)
        return msched__json_fail(member, MSCHED_ERROR_VALUE, err, "\"%.60s\" %s", text, problem);
    result = expand(nodes, &rule, err);
    if (result == MSCHED_OK && msched__rule_name_dates(&rule, &plan->arena, item) != MSCHED_OK)
        return msched__fail_memory(err);
    return result;
}
