/* Recurrence rules: known ones, and random ones, which must end and stay in order. */
#include "format/recurrence.h"

#include "../testing.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define DAY_S 86400

/* Instances as they are told, and what the test asks of all of them. */
typedef struct told {
    int64_t from, to, last;
    uint32_t count, ordered;
    char text[400];
} told;

static int tell(void *ctx, int64_t local)
{
    told *t = ctx;
    t->ordered += local >= t->from && local < t->to && local >= t->last;
    t->last = local;
    t->count++;
    size_t size = strlen(t->text);
    if (size < sizeof t->text - 24)
        snprintf(t->text + size, sizeof t->text - size, "%" PRId64 " ", local / 3600);
    return 0;
}

static enum msched__recurrence_end expand(const msched__recurrence *series, uint64_t budget,
                                          told *t)
{
    return msched__recurrence_expand(series, t->from, t->to, &budget, tell, t);
}

static void times_of_a_date_are_in_order(void **state)
{
    (void)state;
    const msched__recurrence series = {"FREQ=DAILY;BYHOUR=22,4,19", 0, 0};
    told t = {.from = 0, .to = 2 * DAY_S - 4 * 3600, .last = -1};
    assert_int_equal(expand(&series, 1000, &t), MSCHED__RECURRENCE_DONE);
    assert_string_equal(t.text, "4 19 22 28 43 ");
}

static void a_rule_of_weeks_is_on_the_weekday_of_its_start(void **state)
{
    (void)state;
    const msched__recurrence series = {"FREQ=YEARLY;BYWEEKNO=10,20", 19922 * INT64_C(86400), 0};
    told t = {.from = 20454 * INT64_C(86400), .to = 20819 * INT64_C(86400)};
    assert_int_equal(expand(&series, 1000, &t), MSCHED__RECURRENCE_DONE);
    assert_string_equal(t.text, "492408 494088 "); /* the Thursdays 2026-03-05 and 2026-05-14 */
}

static uint32_t draw(uint32_t *random, uint32_t count)
{
    *random = *random * UINT32_C(1664525) + UINT32_C(1013904223);
    return (uint32_t)(((uint64_t)*random * count) >> 32);
}

static void add_part(char *rule, uint32_t *random, const char *name, uint32_t least, uint32_t most)
{
    size_t size = strlen(rule);
    size += (size_t)snprintf(rule + size, 200 - size, ";%s=", name);
    int64_t value = least + (int64_t)draw(random, most - least + 1);
    for (uint32_t count = 1 + draw(random, 3); count > 0 && value >= least; count--) {
        size += (size_t)snprintf(rule + size, 200 - size, "%" PRId64 ",", value);
        value -= 1 + draw(random, 9); /* all values differ */
    }
    rule[size - 1] = '\0';
}

static void add_days(char *rule, uint32_t *random)
{
    static const char *const days[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    size_t size = strlen(rule);
    uint32_t first = draw(random, 6);
    snprintf(rule + size, 200 - size, ";BYDAY=%s,%s", days[first], days[6]);
}

static void random_rules_end_and_are_in_order(void **state)
{
    (void)state;
    static const char *const freq[] = {"HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY", "YEARLY"};
    uint32_t random = 7, instances = 0;
    for (int i = 0; i < 200; i++) {
        char rule[200];
        snprintf(rule, sizeof rule, "FREQ=%s", freq[draw(&random, 6)]);
        if (draw(&random, 3) == 0)
            add_part(rule, &random, "BYMONTH", 1, 12);
        if (draw(&random, 3) == 0)
            add_part(rule, &random, "BYWEEKNO", 1, 53);
        if (draw(&random, 4) == 0)
            add_part(rule, &random, "BYMONTHDAY", 1, 28);
        if (draw(&random, 4) == 0)
            add_part(rule, &random, "BYYEARDAY", 1, 365);
        if (draw(&random, 3) == 0)
            add_days(rule, &random);
        if (draw(&random, 4) == 0)
            add_part(rule, &random, "BYHOUR", 0, 23);
        const msched__recurrence series = {rule, (int64_t)draw(&random, 20000) * DAY_S + 3600,
                                           draw(&random, 4) == 0};
        told t = {.from = 20400 * INT64_C(86400), .to = 20800 * INT64_C(86400)};
        expand(&series, 2000, &t);
        if (t.ordered != t.count)
            fail_msg("%s from %" PRId64 ": %s", rule, series.start, t.text);
        instances += t.count;
    }
    assert_true(instances > 1000);
}

int main(void)
{
    if (!msched__recurrence_available())
        return 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_of_a_date_are_in_order),
        cmocka_unit_test(a_rule_of_weeks_is_on_the_weekday_of_its_start),
        cmocka_unit_test(random_rules_end_and_are_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
