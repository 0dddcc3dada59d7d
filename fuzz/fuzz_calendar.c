/* Fuzz target: calendars, what they hold for some dates, and a plan with their events. */
#include <musicsched/musicsched.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ask(msched_calendar *calendar, const char *date, uint32_t days, const char *timezone)
{
    msched_agenda_options options;
    msched_agenda *agenda = NULL;
    msched_text *json = NULL;
    msched_agenda_options_init(&options, sizeof options);
    options.date = date;
    options.days = days;
    options.timezone = timezone;
    if (msched_agenda_make(&agenda, &calendar, 1, &options, NULL) == MSCHED_OK) {
        for (uint32_t i = 0; i < msched_agenda_event_count(agenda); i++) {
            msched_agenda_event event = {.struct_size = sizeof event};
            if (msched_agenda_get_event(agenda, i, &event) != MSCHED_OK || event.start_s < 0 ||
                event.end_s < event.start_s || event.end_s > MSCHED_DAY_END_S)
                __builtin_trap();
        }
        if (msched_agenda_to_json(agenda, &json, NULL) != MSCHED_OK)
            __builtin_trap();
    }
    msched_text_unref(json);
    msched_agenda_unref(agenda);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char json[] =
        "{\"version\": 1, \"date\": \"2026-10-25\", \"timezone\": \"Europe/Berlin\"}";
    msched_calendar *calendar = NULL;
    msched_plan *plan = NULL, *added = NULL;
    if (msched_calendar_read(&calendar, (const char *)data, size, NULL, NULL) != MSCHED_OK)
        return 0;
    ask(calendar, "2026-10-25", 2, "Europe/Berlin");
    ask(calendar, "2020-02-01", 31, "");
    if (msched_plan_parse_json(&plan, json, sizeof json - 1, NULL, NULL) == MSCHED_OK)
        msched_plan_add_calendars(&added, plan, &calendar, 1, NULL, NULL, NULL, NULL);
    msched_plan_unref(added);
    msched_plan_unref(plan);
    msched_calendar_unref(calendar);
    return 0;
}
