/* Fuzz target: schedules in JSON; what is read must be written as something that reads the same. */
#include <musicsched/schedule.h>

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static msched_text *rewritten(const char *data, size_t size)
{
    msched_schedule *schedule;
    msched_text *text = NULL;
    if (msched_schedule_parse_json(&schedule, data, size, NULL, NULL) != MSCHED_OK)
        return NULL;
    msched_schedule_to_json(schedule, &text, NULL);
    msched_text *people = NULL, *calendar = NULL;
    msched_schedule_to_text(schedule, &people, NULL);
    msched_schedule_to_ical(schedule, &calendar, NULL, NULL);
    msched_text_unref(people);
    msched_text_unref(calendar);
    msched_schedule_unref(schedule);
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    msched_text *first = rewritten((const char *)data, size);
    if (first == NULL)
        return 0;
    msched_text *second = rewritten(msched_text_data(first), msched_text_size(first));
    if (second == NULL || msched_text_size(first) != msched_text_size(second) ||
        memcmp(msched_text_data(first), msched_text_data(second), msched_text_size(first)) != 0)
        __builtin_trap();
    msched_text_unref(first);
    msched_text_unref(second);
    return 0;
}
