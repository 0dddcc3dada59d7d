#include "plan/json/plan_json_rule.h"

#include "base/error.h"
#include "format/recurrence.h"

typedef msched__json_node node;

msched_result msched__read_rule(msched_plan *plan, const msched__rule_nodes *nodes,
                                msched__span_item *item, msched_error *err)
{
    const node *member = nodes->rule, *from = nodes->from;
    msched__given_rule given = {.text = "", .days = plan->span->days, .budget = nodes->budget};
    msched__rule_fault fault;
    if (member->value == NULL)
        return from->value == NULL
                   ? MSCHED_OK
                   : msched__json_fail(
                         from, MSCHED_ERROR_VALUE, err,
                         "\"rrule_from\" is the start of a rule: write \"rrule\", too");
    if (!msched__recurrence_available())
        return msched__json_fail(member, MSCHED_ERROR_VALUE, err,
                                 MSCHED__RECURRENCE_MISSING ": write the dates as \"on\"");
    msched_result result = msched__json_string(member, &given.text, err);
    if (result == MSCHED_OK && from->value != NULL)
        result = msched__json_string(from, &given.from, err);
    if (result != MSCHED_OK)
        return result;
    result = msched__rule_read(plan, &given, item, &fault);
    if (result == MSCHED_ERROR_MEMORY)
        return msched__fail_memory(err);
    return result == MSCHED_OK ? MSCHED_OK
                               : msched__json_fail(fault.is_of_start ? from : member, result, err,
                                                   "%s", fault.text);
}
