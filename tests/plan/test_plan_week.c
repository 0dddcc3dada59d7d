/* Plan text of several days: what the lines become, what is refused, and what stays of one day. */
#include "../failing.h"
#include "../testing.h"

#include <musicsched/musicsched.h>

#include <stdio.h>
#include <string.h>

static msched_result parse(msched_plan **plan, msched_diagnostics **diagnostics, const char *text,
                           uint32_t days, const msched_allocator *memory)
{
    msched_plan_text_options options;
    msched_plan_text_options_init(&options, sizeof options);
    options.default_date = "2026-11-23"; /* a Monday */
    options.days = days;
    options.allocator = memory;
    *plan = NULL;
    return msched_plan_parse_text(plan, diagnostics, text, strlen(text), NULL, &options, NULL);
}

static msched_text *json_of(const char *text, uint32_t days)
{
    msched_plan *plan;
    msched_diagnostics *diagnostics;
    msched_text *json = NULL;
    if (parse(&plan, &diagnostics, text, days, NULL) != MSCHED_OK) {
        msched_diagnostic d = {.struct_size = sizeof d};
        msched_diagnostics_get(diagnostics, 0, &d);
        fail_msg("%s: line %u: %s", text, d.line, d.message);
    }
    assert_int_equal(msched_plan_to_json(plan, &json, NULL), MSCHED_OK);
    msched_plan_unref(plan);
    msched_diagnostics_unref(diagnostics);
    return json;
}

/* The plan of a text has `part` in its JSON. */
static void has(const char *text, const char *part)
{
    msched_text *json = json_of(text, 7);
    if (strstr(msched_text_data(json), part) == NULL)
        fail_msg("%s: no %s in %s", text, part, msched_text_data(json));
    msched_text_unref(json);
}

/* The first error or warning of a text with that code is in that line. */
static void told(const char *text, const char *code, uint32_t line, uint32_t severity)
{
    msched_plan *plan;
    msched_diagnostics *diagnostics;
    msched_diagnostic d = {.struct_size = sizeof d};
    msched_result result = parse(&plan, &diagnostics, text, 7, NULL);
    assert_int_equal(result != MSCHED_OK, severity == MSCHED_SEVERITY_ERROR);
    uint32_t i = 0;
    while (msched_diagnostics_get(diagnostics, i, &d) == MSCHED_OK && strcmp(d.code, code) != 0)
        i++;
    if (i == msched_diagnostics_count(diagnostics))
        fail_msg("%s: %s is not reported", text, code);
    assert_int_equal(d.severity, severity);
    assert_int_equal(d.line, line);
    assert_true(d.column > 0);
    assert_true(d.repair[0] != '\0');
    msched_plan_unref(plan);
    msched_diagnostics_unref(diagnostics);
}

static void lines_name_their_dates(void **state)
{
    (void)state;
    static const struct {
        const char *line, *part;
    } cases[] = {
        {"Tue 14:00 Dentist 45m",
         "\"title\": \"Dentist\", \"start\": \"14:00\", \"end\": \"14:45\", \"on\": [\"tue\"]"},
        {"Wednesday: 14:00-15:00 Call", "\"on\": [\"wed\"]"},
        {"Mon-Fri 9-17 Work", "\"on\": [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]"},
        {"2026-11-26 14:00 Dentist", "\"on\": [\"2026-11-26\"]"},
        {"Gym 1h on:mon,wed", "\"duration_s\": 3600, \"on\": [\"mon\", \"wed\"]"},
        {"Gym 1h on Mon and Wed", "\"on\": [\"mon\", \"wed\"]"},
        {"Gym 1h mon wed fri", "\"duration_s\": 3600, \"on\": [\"mon\", \"wed\", \"fri\"]}"},
        {"Mon Wed 10:00-12:00 Class", "\"title\": \"Class\", \"start\": \"10:00\", \"end\": "
                                      "\"12:00\", \"on\": [\"mon\", \"wed\"]"},
        {"Gym 1h every mon wed fri", "\"title\": \"Gym\", \"duration_s\": 3600, \"on\": [\"mon\", "
                                     "\"wed\", \"fri\"], \"times\": "
                                     "\"each\"}"},
        {"Run 30m Mondays and Thursdays", "\"title\": \"Run\", \"duration_s\": 1800, \"on\": "
                                          "[\"mon\", \"thu\"], \"times\": \"each\"}"},
        {"Standup 8:00-8:15 Monday to Friday",
         "\"on\": [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]"},
        {"Mi-Fr 8:00-8:15 Runde", "\"title\": \"Runde\", \"start\": \"08:00\", \"end\": "
                                  "\"08:15\", \"on\": [\"wed\", \"thu\", \"fri\"]"},
        {"lunes a viernes 8:00-8:15 equipo",
         "\"on\": [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]"},
        {"martes y jueves gimnasio 1h", "\"title\": \"gimnasio\", \"duration_s\": 3600, \"on\": "
                                        "[\"tue\", \"thu\"]}"},
        {"Mo, Mi und Fr Sport 1h", "\"title\": \"Sport\", \"duration_s\": 3600, \"on\": "
                                   "[\"mon\", \"wed\", \"fri\"]}"},
        {"montags Yoga 1h", "\"on\": [\"mon\"], \"times\": \"each\"}"},
        {"tous les mardis sport 1h", "\"title\": \"sport\", \"duration_s\": 3600, \"on\": "
                                     "[\"tue\"], \"times\": \"each\"}"},
        {"cada lunes 18:00 yoga 1h", "\"title\": \"yoga\", \"start\": \"18:00\""},
        {"Di 14 Uhr Arzt 30m", "\"title\": \"Arzt\", \"start\": \"14:00\", \"end\": \"14:30\", "
                               "\"on\": [\"tue\"]"},
        {"Mo 9-10 Team", "\"title\": \"Team\", \"start\": \"09:00\""},
        {"Do 9-10 pushups 5m", "\"title\": \"Do 9-10 pushups\""},
        {"Call the Do-Mi-Sol choir 10m", "\"title\": \"Call the Do-Mi-Sol choir\""},
        {"Bericht 5h bis Freitag", "\"title\": \"Bericht\", \"duration_s\": 18000, \"due\""},
        {"informe 5h antes del viernes", "\"title\": \"informe\", \"duration_s\": 18000, \"due\""},
        {"Sport 2x pro Woche 1h", "\"title\": \"Sport\", \"duration_s\": 3600, \"times\": 2}"},
        {"Fr 27.11. 10:00-10:15 Arzt", "\"title\": \"Arzt\", \"start\": \"10:00\", \"end\": "
                                       "\"10:15\", \"on\": [\"2026-11-27\"]"},
        {"Fri 11/27 10:00-10:15 Dentist", "\"on\": [\"2026-11-27\"]"},
        {"Sa. 28.11\nGym 1h",
         "\"title\": \"Gym\", \"duration_s\": 3600, \"on\": [\"2026-11-28\"]}"},
        {"Saturday 28.11.\nGym 1h", "\"on\": [\"2026-11-28\"]"},
        {"28.11.2026:\nGym 1h", "\"on\": [\"2026-11-28\"]"},
        {"28/11\nGym 1h", "\"on\": [\"2026-11-28\"]"},
        {"Run 30m on weekends", "\"on\": [\"sat\", \"sun\"], \"times\": \"each\"}"},
        {"Gym 1h three times a week", "\"title\": \"Gym\", \"duration_s\": 3600, \"times\": 3}"},
        {"Gym 1h on:sat-mon", "\"on\": [\"mon\", \"sat\", \"sun\"]"},
        {"every weekday 9:00-9:15 Stand-up",
         "\"on\": [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]"},
        {"every day 8:00 Pills 5m",
         "\"on\": [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\""},
        {"Mo:\n9-10 Team", "\"end\": \"10:00\", \"on\": [\"mon\"]"},
        {"## lun\n9-10 yoga", "\"end\": \"10:00\", \"on\": [\"mon\"]"},
        {"Mi\nSport 1h\nDo:\nLesen 1h",
         "\"title\": \"Lesen\", \"duration_s\": 3600, \"on\": [\"thu\"]}"},
        {"Do:\nLaundry 1h", "\"title\": \"Laundry\", \"duration_s\": 3600}"},
        {"every day 12-13 Lunch", "\"title\": \"Lunch\", \"start\": \"12:00\", \"end\": "
                                  "\"13:00\", \"on\": [\"mon\", \"tue\""},
        {"every mon morning run 1h", "\"title\": \"morning run\", \"duration_s\": 3600, "},
        {"Read 30m every day @evening", "\"times\": \"each\""},
        {"Groceries 45m sat", "\"title\": \"Groceries\", \"duration_s\": 2700, \"on\": [\"sat\"]}"},
        {"Brunch sun 11:00", "\"title\": \"Brunch\""},
        {"Shift Sat 12:00-18:00", "\"title\": \"Shift\""},
        {"Write where she sat 1h", "\"title\": \"Write where she sat\", \"duration_s\": 3600}"},
        {"Read 30m every other day", "\"on\": [\"2026-11-23\", \"2026-11-25\", "
                                     "\"2026-11-27\", \"2026-11-29\"], \"times\": \"each\""},
        {"every second day 9:00-9:15 Call", "\"end\": \"09:15\", \"on\": [\"2026-11-23\", "
                                            "\"2026-11-25\", \"2026-11-27\""},
        {"Water plants 10m every 3 days from Tue",
         "\"on\": [\"2026-11-24\", \"2026-11-27\"], \"times\": \"each\""},
        {"\xE2\x99\xAA Halo every 4 days", "\"on\": [\"2026-11-23\", \"2026-11-27\"]"},
        {"Read 30m jeden zweiten Tag", "\"on\": [\"2026-11-23\", \"2026-11-25\""},
        {"Read 30m every day until Thu",
         "\"on\": [\"2026-11-23\", \"2026-11-24\", \"2026-11-25\", \"2026-11-26\"]"},
        {"Read 30m every day except Sunday",
         "\"on\": [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\"], \"times\": \"each\""},
        {"every weekday except wed 9:00-9:15 Stand-up",
         "\"title\": \"Stand-up\", \"start\": \"09:00\", \"end\": \"09:15\", \"on\": "
         "[\"mon\", \"tue\", \"thu\", \"fri\"]"},
        {"Read 30m except mon-fri", "\"on\": [\"sat\", \"sun\"]}"},
        {"Read 30m every evening",
         "\"earliest\": \"18:00\", \"latest\": \"23:00\", \"times\": \"each\""},
        {"every weekday morning: Read 30m", "\"title\": \"Read\", \"duration_s\": 1800, "
                                            "\"earliest\": \"06:00\""},
        {"Read 30m 3/week", "\"title\": \"Read\", \"duration_s\": 1800, \"times\": 3}"},
        {"Read 30m 2 times this week", "\"times\": 2}"},
        {"days: 14\nGym 1h 6x apart:2d", "\"times\": 6, \"apart_days\": 2"},
        {"Laundry 1h weekend", "\"title\": \"Laundry\", \"duration_s\": 3600, \"on\": "
                               "[\"sat\", \"sun\"]}"},
        {"Clean the flat this weekend 2h", "\"title\": \"Clean the flat\", \"duration_s\": 7200, "
                                           "\"on\": [\"sat\", \"sun\"]}"},
        {"Plan the weekend 1h", "\"title\": \"Plan the weekend\", \"duration_s\": 3600}"},
        {"Book ski weekend 1h", "\"title\": \"Book ski weekend\", \"duration_s\": 3600}"},
        {"Laundry 1h every Sat", "\"on\": [\"sat\"], \"times\": \"each\""},
        {"daily Walk 20m", "\"title\": \"Walk\", \"duration_s\": 1200, \"times\": \"each\""},
        {"Gym 1h 3x/week apart:2d", "\"times\": 3, \"apart_days\": 2"},
        {"Swim 3x 1h", "\"duration_s\": 3600, \"times\": 3"},
        {"Swim 1h twice a week", "\"times\": 2"},
        {"Swim 1h 2 times", "\"times\": 2"},
        {"Report 2h by Fri 17:00", "\"due\": \"2026-11-27T17:00\""},
        {"Report 2h by Friday", "\"due\": \"2026-11-28T00:00\""},
        {"Report 2h due:2026-11-27", "\"due\": \"2026-11-28T00:00\""},
        {"Report 2h due:2026-11-27T17:00", "\"due\": \"2026-11-27T17:00\""},
        {"Report 2h due:fri 5pm", "\"due\": \"2026-11-27T17:00\""},
        {"Report 2h from Tue 9:00", "\"release\": \"2026-11-24T09:00\""},
        {"Report 2h after Wed", "\"release\": \"2026-11-26T00:00\""},
        {"Report 2h t:2026-11-25", "\"release\": \"2026-11-25T00:00\""},
        {"Buy milk tomorrow", "\"on\": [\"2026-11-24\"]"},
        {"Call Ana today or tomorrow", "\"on\": [\"2026-11-23\", \"2026-11-24\"]"},
        {"Tomorrow 14:00 Dentist 45m", "\"end\": \"14:45\", \"on\": [\"2026-11-24\"]"},
        {"Report 2h by tomorrow 17:00", "\"due\": \"2026-11-24T17:00\""},
        {"* TODO Call SCHEDULED: <2026-11-25 Wed 14:00>", "\"on\": [\"2026-11-25\"]"},
        {"* TODO Call\n  DEADLINE: <2026-11-25 Wed 14:00>", "\"due\": \"2026-11-25T14:00\""},
        {"- [ ] Call [due:: 2026-11-25]", "\"due\": \"2026-11-26T00:00\""},
        {"Report 6h split:45m max:2h/day", "\"split_min_s\": 2700, \"max_per_day_s\": 7200"},
        {"Thu 14:00 Dentist\nBus 20m before:dentist", "\"before\": [\"dentist\"]"},
        {"\xE2\x99\xAA Halo on:fri @evening", "\"query\": \"Halo\""},
        {"\xE2\x99\xAA Halo on:fri @evening", "\"on\": [\"fri\"]"},
        {"\xE2\x99\xAA Halo every day", "\"times\": \"each\""},
        {"fill: 30m on:mon,wed", "\"duration_s\": 1800, \"on\": [\"mon\", \"wed\"]"},
        {"fill: 30m #focus every weekday", "\"on\": [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]"},
        {"fill: 30m every 3 days", "\"on\": [\"2026-11-23\", \"2026-11-26\", \"2026-11-29\"]"},
        {"fill: 30m on:mon\nfill: during:run\nRun 1h #workout",
         "\"fills\": [{\"duration_s\": 1800, \"on\": [\"mon\"]}, {\"duration_s\": 3600, "
         "\"during\": \"run\"}]"},
        {"day: 8:00-20:00\nday: sat,sun 9:00-24:00",
         "\"exceptions\": [{\"off\": false, \"on\": [\"sat\", \"sun\"], \"start\": \"09:00\", "
         "\"end\": \"24:00\"}]"},
        {"day: 2026-11-26 off\nday: 8:00-20:00", "{\"off\": true, \"on\": [\"2026-11-26\"]}"},
        {"Fri off", "{\"off\": true, \"on\": [\"fri\"]}"},
        {"- Sat and Sun: off", "{\"off\": true, \"on\": [\"sat\", \"sun\"]}"},
        {"28. - 29.11.\nPack 1h", "\"on\": [\"2026-11-28\", \"2026-11-29\"]"},
        {"# Thursday\nDay off", "{\"off\": true, \"on\": [\"thu\"]}"},
        {"Donnerstag:\n- frei", "{\"off\": true, \"on\": [\"thu\"]}"},
        {"## Sat, Sun\noff.", "{\"off\": true, \"on\": [\"sat\", \"sun\"]}"},
        {"- day: sat off", "{\"off\": true, \"on\": [\"sat\"]}"},
        {"* max-tasks: 4h", "\"max_tasks_s\": 14400"},
        {"Today:\n- fill: 45m", "\"duration_s\": 2700, \"on\": [\"2026-11-23\"]"},
        {"Fri 27 Nov off", "{\"off\": true, \"on\": [\"2026-11-27\"]}"},
        {"every Wed Off.", "{\"off\": true, \"on\": [\"wed\"]}"},
        {"max-tasks: 8h/day", "\"max_tasks_s\": 28800"},
        {"limit: 2h\nA 1h", "\"max_total_s\": 7200"},
        {"\"Fri stuff\" 1h", "\"title\": \"Fri stuff\", \"duration_s\": 3600}"},
        {"[x] 14:00 Dentist", "\"state\": \"done\""},
        {"Sun cream 5m", "\"title\": \"Sun cream\", \"duration_s\": 300}"},
        {"Sat nav 20m", "\"title\": \"Sat nav\", \"duration_s\": 1200}"},
        {"Mon Ch\303\251ri 10m", "\"title\": \"Mon Ch\303\251ri\", \"duration_s\": 600}"},
        {"Sunday roast 2h", "\"title\": \"Sunday roast\", \"duration_s\": 7200}"},
        {"Sun 10:00 Cream tea 30m", "\"title\": \"Cream tea\""},
        {"Sun dentist 30m", "\"title\": \"dentist\", \"duration_s\": 1800, \"on\": [\"sun\"]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        has(cases[i].line, cases[i].part);
}

static void headings_give_dates_to_the_lines_below(void **state)
{
    (void)state;
    static const char text[] = "Anywhere 1h\n"
                               "## Tue\n14:00 Dentist 45m\n### Morning\nBus 20m\n"
                               "Report 2h by Fri\n\xE2\x99\xAA Halo\n"
                               "# Wed 25 Nov\nday: 10:00-20:00\n18:00-20:00 Dinner\n"
                               "# Thu 2026-11-26\nRead 30m\n"
                               "# Ideas\nWalk 1h\n";
    static const char *const parts[] = {
        "\"title\": \"Anywhere\", \"duration_s\": 3600}",
        "\"end\": \"14:45\", \"on\": [\"tue\"]",
        "\"title\": \"Bus\", \"duration_s\": 1200, \"earliest\": \"06:00\", \"latest\": \"12:00\", "
        "\"on\": [\"tue\"]",
        "\"title\": \"Report\", \"duration_s\": 7200, \"due\"",
        "\"query\": \"Halo\", \"on\": [\"tue\"]",
        "{\"off\": false, \"on\": [\"2026-11-25\"], \"start\": \"10:00\", \"end\": \"20:00\"}",
        "\"end\": \"20:00\", \"on\": [\"2026-11-25\"]",
        "\"title\": \"Read\", \"duration_s\": 1800, \"on\": [\"2026-11-26\"]",
        "\"title\": \"Walk\", \"duration_s\": 3600}"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        has(text, parts[i]);
    has("Mon\nRead 1h\nFri (home office)\nWash 1h", "\"duration_s\": 3600, \"on\": [\"fri\"]");
    has("Sat morning\nWash 1h",
        "\"earliest\": \"06:00\", \"latest\": \"12:00\", \"on\": [\"sat\"]");
    has("## Samstagabend\nWash 1h",
        "\"earliest\": \"18:00\", \"latest\": \"23:00\", \"on\": [\"sat\"]");
    has("Thu\nRead 1h\nFri - off\nHike 3h", "\"duration_s\": 10800, \"on\": [\"fri\"]");
    has("Sam: Read 1h\nDom: Wash 1h", "\"title\": \"Sam: Read\"");
    has("Fri (off)\nRead 1h", "{\"off\": true, \"on\": [\"fri\"]}");
    has("Fri off\nHike 3h", "\"duration_s\": 10800}");
    has("Mo: Read 1h\nDi: Wash 1h", "\"title\": \"Read\", \"duration_s\": 3600, \"on\": [\"mon\"]");
}

/* A heading of a week gives its dates in the plan; those outside of it are left out. */
static void headings_of_weeks(void **state)
{
    (void)state;
    static const struct {
        const char *text, *part;
    } cases[] = {
        {"Week of Nov 23\nGym 1h\n",
         "\"on\": [\"2026-11-23\", \"2026-11-24\", \"2026-11-25\", \"2026-11-26\", \"2026-11-27\", "
         "\"2026-11-28\", \"2026-11-29\"]"},
        {"## KW 48\nGym 1h\n## Tue\nRead 1h\n", "\"title\": \"Read\", \"duration_s\": 3600, "
                                                "\"on\": [\"tue\"]"},
        {"## KW 48\nGym 1h\n",
         "\"title\": \"Gym\", \"duration_s\": 3600, \"on\": [\"2026-11-23\", \"2026-11-24\", "
         "\"2026-11-25\", \"2026-11-26\", \"2026-11-27\", \"2026-11-28\", \"2026-11-29\"]"},
        {"KW 48 (25.11. - 26.11.)\nGym 1h\n", "\"on\": [\"2026-11-23\", \"2026-11-24\""},
        {"27 - 28 Nov\nGym 1h\n",
         "\"duration_s\": 3600, \"on\": [\"2026-11-27\", \"2026-11-28\"]}"},
        {"27-28 Nov\nGym 1h\n", "\"on\": [\"2026-11-27\", \"2026-11-28\"]"},
        {"27.-28. November:\nGym 1h\n", "\"on\": [\"2026-11-27\", \"2026-11-28\"]"},
        {"Nov 27 - 28\nGym 1h\n", "\"on\": [\"2026-11-27\", \"2026-11-28\"]"},
        {"28 - 3 Dec\nGym 1h\n", "\"on\": [\"2026-11-28\", \"2026-11-29\"]"},
        {"27 Nov - 3 Dec\nGym 1h\n", "\"on\": [\"2026-11-27\", \"2026-11-28\", \"2026-11-29\"]"},
        {"Fri off\nGym 1h\n", "\"exceptions\": [{\"off\": true, \"on\": [\"fri\"]}]"},
        {"Sat and Sun: day off\nGym 1h\n", "{\"off\": true, \"on\": [\"sat\", \"sun\"]}"},
        {"27-29 Nov off\nGym 1h\n",
         "{\"off\": true, \"on\": [\"2026-11-27\", \"2026-11-28\", \"2026-11-29\"]}"},
        {"27 - 29 Nov: off\nGym 1h\n",
         "{\"off\": true, \"on\": [\"2026-11-27\", \"2026-11-28\", \"2026-11-29\"]}"},
        {"26 Nov off\nGym 1h\n", "{\"off\": true, \"on\": [\"2026-11-26\"]}"},
        {"Fri off-site 3h\n", "\"title\": \"off-site\""}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        has(cases[i].text, cases[i].part);
}

/* "Week 48 - prepare report 1h" is a to-do; only a heading with # may have other text. */
static void a_week_with_other_text_is_a_todo(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Week 48 - prepare report 1h\nGym 1h", "\"title\": \"Week 48 - prepare report\""},
        {"W2 - collect tax forms 30m\nGym 1h", "\"title\": \"W2 - collect tax forms\""},
        {"w 5 - walk 30m\nGym 1h", "\"title\": \"w 5 - walk\""},
        {"Week 3 (of the course) 1h\nGym 1h", "\"title\": \"Week 3 (of the course)\""}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        has(cases[i][0], cases[i][1]);
        has(cases[i][0], "\"title\": \"Gym\", \"duration_s\": 3600}");
    }
    has("## Week 48 - Thanksgiving\nGym 1h", "\"on\": [\"2026-11-23\"");
}

/* Dates in the line of a to-do; the plan begins on Monday, 2026-11-23. */
static void dates_in_a_line(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Report by 26 Nov 1h", "\"title\": \"Report\", \"duration_s\": 3600, \"due\": "},
        {"Report by Fri 3h", "\"title\": \"Report\", \"duration_s\": 10800, \"due\": "},
        {"Bericht bis 26.11. 1h", "\"title\": \"Bericht\", \"duration_s\": 3600, \"due\": "},
        {"25.11. Report 1h", "\"title\": \"Report\", \"duration_s\": 3600, \"on\": "
                             "[\"2026-11-25\"]"},
        {"Zahnarzt am 25.11. 1h", "\"title\": \"Zahnarzt\", \"duration_s\": 3600, \"on\": "
                                  "[\"2026-11-25\"]"},
        {"Dentist this Thursday 1h", "\"title\": \"Dentist\", \"duration_s\": 3600, \"on\": "
                                     "[\"2026-11-26\"]"},
        {"24-25 Nov conference 3h", "\"title\": \"conference\", \"duration_s\": 10800, \"on\": "
                                    "[\"2026-11-24\", \"2026-11-25\"]"},
        {"24 through 25 Nov Camp 1h", "\"title\": \"Camp\", \"duration_s\": 3600, \"on\": "
                                      "[\"2026-11-24\", \"2026-11-25\"]"},
        {"24. bis zum 25.11. Camp 1h", "\"title\": \"Camp\", \"duration_s\": 3600, \"on\": "
                                       "[\"2026-11-24\", \"2026-11-25\"]"},
        {"desde el 24 al 25 Nov Camp 1h", "\"title\": \"Camp\", \"duration_s\": 3600, \"on\": "
                                          "[\"2026-11-24\", \"2026-11-25\"]"},
        {"de 24 au 25 Nov Camp 1h", "\"title\": \"Camp\", \"duration_s\": 3600, \"on\": "
                                    "[\"2026-11-24\", \"2026-11-25\"]"},
        {"vom Mo 23. bis Di 24. Camp 1h", "\"title\": \"Camp\", \"duration_s\": 3600, \"on\": "
                                          "[\"mon\", \"tue\"]"},
        {"from Mon 23 till Tue 24 Camp 1h", "\"title\": \"Camp\", \"duration_s\": 3600, \"on\": "
                                            "[\"mon\", \"tue\"]"},
        {"Dentist next Tuesday 1h", "\"title\": \"Dentist\", \"duration_s\": 3600, \"on\": "
                                    "[\"2026-11-24\"]"},
        {"Walk 20 min x2", "\"title\": \"Walk\", \"duration_s\": 1200, \"times\": 2"},
        {"\xE2\x99\xAA Dance Monkey 2x", "\"times\": 2"},
        {"\xE2\x99\xAA Dance Monkey twice", "\"times\": 2"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        has(cases[i][0], cases[i][1]);
    told("Dentist next Tuesday 10:00", "assumed_date", 1, MSCHED_SEVERITY_WARNING);
    told("Nov 24-26 conference 3h", "date_in_title", 1, MSCHED_SEVERITY_WARNING);
    told("Nov 24 not tomorrow 3h", "bad_negation", 1, MSCHED_SEVERITY_ERROR);
    told("Report 25/11 1h", "date_in_title", 1, MSCHED_SEVERITY_WARNING);
    told("## 24-25 Nov Berlin", "heading_ignored", 1, MSCHED_SEVERITY_WARNING);
    told("Gym 1h\n5-6 Dec off", "other_date", 2, MSCHED_SEVERITY_NOTE);
    told("day: 2026-12-05 off\nFri off", "other_date", 1, MSCHED_SEVERITY_NOTE);
}

/* Weeks around New Year; 2026 has 53 weeks, 2025 has 52. */
static void weeks_around_new_year(void **state)
{
    (void)state;
    has("date: 2026-12-28\nW53\nGym 1h", "\"on\": [\"2026-12-28\", \"2026-12-29\", ");
    has("date: 2027-01-02\nW53\nGym 1h", "\"on\": [\"2027-01-02\", \"2027-01-03\"]");
    has("date: 2026-12-28\ndays: 14\nW1\nGym 1h", "\"on\": [\"2027-01-04\", \"2027-01-05\", ");
    has("date: 2025-12-29\nKW 1\nGym 1h", "\"on\": [\"2025-12-29\", \"2025-12-30\", ");
    has("date: 2025-12-29\nKW 53\nGym 1h", "\"title\": \"Gym\", \"duration_s\": 3600}");
    told("date: 2025-12-29\nKW 53\nGym 1h", "heading_ignored", 2, MSCHED_SEVERITY_WARNING);
}

/* "AM:" as a line by itself is the part of the day of the lines below it, up to the next one. */
static void headings_give_parts_of_the_day(void **state)
{
    (void)state;
    static const char text[] = "AM:\nRun 30m\nMail 20m after 10:00\nReport 2h by Fri\n"
                               "PM:\nShop 1h\nTue 3:00 Vet\nTue 4:15-5:00 Nails\n"
                               "Tue 3:00 am Call\n"
                               "## Evening\nRead 20m\n"
                               "Ideas:\nWalk 1h\n";
    static const char *const parts[] = {
        "\"title\": \"Run\", \"duration_s\": 1800, \"earliest\": \"06:00\", \"latest\": \"12:00\"}",
        "\"title\": \"Mail\", \"duration_s\": 1200, \"earliest\": \"10:00\"}",
        "\"title\": \"Report\", \"duration_s\": 7200, \"due\"",
        "\"title\": \"Shop\", \"duration_s\": 3600, \"earliest\": \"12:00\", \"latest\": "
        "\"24:00\"}",
        "\"title\": \"Vet\", \"start\": \"15:00\"",
        "\"title\": \"Nails\", \"start\": \"16:15\"",
        "\"title\": \"Call\", \"start\": \"03:00\"",
        "\"title\": \"Read\", \"duration_s\": 1200, \"earliest\": \"18:00\", \"latest\": "
        "\"23:00\"}",
        "\"title\": \"Walk\", \"duration_s\": 3600}"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        has(text, parts[i]);
}

/* The number of days is that of the text, else the caller's; "from:" is the date. */
static void a_text_says_how_many_days(void **state)
{
    (void)state;
    has("days: 3\nA 1h", "\"days\": 3");
    has("A 1h", "\"days\": 7");
    has("from: 2026-12-01\nA 1h", "\"date\": \"2026-12-01\"");
    has("date: Tue 2026-12-01\nA 1h", "\"date\": \"2026-12-01\"");
    has("date: Tuesday, 2026-12-01 Europe/Berlin\nA 1h", "\"timezone\": \"Europe/Berlin\"");
    msched_text *json = json_of("A 1h\ndays: 31", 0);
    assert_non_null(strstr(msched_text_data(json), "\"days\": 31"));
    msched_text_unref(json);
}

/* "every 2 weeks" and the like count from the date of since:, else from that of the plan. */
static void repeats_by_weeks_months_and_years(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"A 1h every 2 weeks since:2026-11-10", "\"on\": [\"2026-11-24\"], \"times\": \"each\""},
        {"A 1h every 2 weeks on Tue since:2026-11-11", "\"on\": [\"2026-11-24\"]"},
        {"A 1h every 2 weeks on mon and wed since 2026-11-09",
         "\"on\": [\"2026-11-23\", \"2026-11-25\"]"},
        {"A 1h on Fri biweekly since:2026-11-09", "\"on\": [\"2026-11-27\"]"},
        {"A 1h every other Thursday since:2026-11-12", "\"on\": [\"2026-11-26\"]"},
        {"every 2 weeks Mon 9:00-10:00 A since:2026-11-09", "\"on\": [\"2026-11-23\"]"},
        {"A 1h every 2 weeks", "\"on\": [\"2026-11-23\"]"},
        {"days: 14\nA 1h monthly on the 1st", "\"on\": [\"2026-12-01\"]"},
        {"A 1h every month since:2026-10-25", "\"on\": [\"2026-11-25\"]"},
        {"A 1h every 2 months on the 24th since:2026-09-24", "\"on\": [\"2026-11-24\"]"},
        {"A 1h every fourth Thursday of the month", "\"on\": [\"2026-11-26\"]"},
        {"A 1h last Friday of the month", "\"on\": [\"2026-11-27\"]"},
        {"days: 14\nA 1h every last day of the month", "\"on\": [\"2026-11-30\"]"},
        {"A 1h yearly since:2020-11-28", "\"on\": [\"2026-11-28\"]"},
        {"♪ Halo every other Friday since:2026-11-13", "\"on\": [\"2026-11-27\"]"},
        {"A 1h rrule:FREQ=WEEKLY;INTERVAL=2;BYDAY=SA since:2026-11-14", "\"on\": [\"2026-11-28\"]"},
        {"A 1h 1x rrule:FREQ=DAILY;INTERVAL=3 since:2026-11-21",
         "\"on\": [\"2026-11-24\", \"2026-11-27\"]"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (msched_calendar_can_recur() || strstr(cases[i][0], "rrule:") == NULL)
            has(cases[i][0], cases[i][1]);
}

static void what_cannot_be_is_told_at_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *code;
        uint32_t line;
    } cases[] = {
        {"A 1h\n14:00 Dentist", "which_date", 2},
        {"A 1h on:2027-01-01", "outside_span", 1},
        {"days: 2\nA 1h on:sun", "outside_span", 2},
        {"days: 2\nA 1h by Sun", "outside_span", 2},
        {"A 1h on:someday", "bad_date", 1},
        {"A 1h next week", "bad_date", 1},
        {"A 1h rrule:FREQ=HOURLY", "bad_repeat", 1},
        {"A 1h rrule:FREQ=WEEKLY;BYDAY=XX", "bad_repeat", 1},
        {"days: 14\nA 1h 3x/week by 3 Dec", "bad_repeat", 2},
        {"days: 14\nA 1h by Fri", "ambiguous_date", 2},
        {"A 1h 40x", "bad_repeat", 1},
        {"A 1h every day 3x/week", "conflicting_attributes", 1},
        {"Tue 14:00 Dentist 3x", "not_for_events", 1},
        {"Tue 14:00 Dentist by Fri", "not_for_events", 1},
        {"A 1h apart:2d", "conflicting_dates", 1},
        {"A 1h 3x apart:x", "bad_duration", 1},
        {"A 3h 2x max:1h/day", "conflicting_dates", 1},
        {"A 3h split max:soon", "bad_duration", 1},
        {"A 1h from Fri by Wed", "window_too_short", 1},
        {"B 1h 3x\nA 1h after:b", "several", 2},
        {"every day 9:00 B\nA 1h after:b", "several", 2},
        {"Mon-Fri 22:00-6:00 B\nA 1h every day after:b", "several", 2},
        {"B 1h\nA 1h before:b", "not_for_todos", 2},
        {"day: sat off please\nA 1h", "bad_setting", 1},
        {"day: 8:00-20:00\nday: 9:00-20:00\nA 1h", "duplicate_setting", 2},
        {"days: 40\nA 1h", "bad_setting", 1},
        {"limit: 8h/day\nA 1h", "bad_setting", 1},
        {"day: 0:00-36:00\nA 1h", "outside_day", 1},
        {"A 1h 65m left", "conflicting_dates", 1},
        {"A 1h 3x 25m left", "conflicting_dates", 1},
        {"A 1h started:tue", "bad_date", 1},
        {"A 1h done:someday", "bad_date", 1},
        {"A 1h done:tue 40:00", "bad_time", 1},
        {"A 1h 3x skipped:tue 10:00", "bad_date", 1},
        {"A 1h 3x done:tue 12", "bad_date", 1},
        {"A 1h 3x done:wed-mon", "bad_date", 1},
        {"A 1h 3x done:mon,mon 9:00", "duplicate_attribute", 1},
        {"A 1h 3x done:mon skipped:mon", "duplicate_attribute", 1},
        {"days: 2\nA 1h 2x done:sun", "outside_span", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        told(cases[i].text, cases[i].code, cases[i].line, MSCHED_SEVERITY_ERROR);
    told("Call about Fri please 1h", "date_in_title", 1, MSCHED_SEVERITY_WARNING);
    told("## Wed sometime later\nA 1h", "heading_ignored", 1, MSCHED_SEVERITY_WARNING);
    told("A 1h done 9:40", "which_date", 1, MSCHED_SEVERITY_WARNING);
    told("[x] A 1h 3x done:tue", "all_done", 1, MSCHED_SEVERITY_WARNING);
    told("Walk 20m every 4h", "repeats_in_day", 1, MSCHED_SEVERITY_WARNING);
    told("Drink water every hour 5m", "repeats_in_day", 1, MSCHED_SEVERITY_WARNING);
}

/* A line with an error is left out, and the rest of the week is planned. */
static void lenient_texts_keep_the_other_lines(void **state)
{
    (void)state;
    static const char text[] = "14:00 Dentist\nRead 30m every day\nTea 10m after:dentist";
    msched_plan_text_options options;
    msched_plan_text_options_init(&options, sizeof options);
    options.default_date = "2026-11-23";
    options.days = 3;
    options.lenient = 1;
    msched_plan *plan;
    assert_int_equal(msched_plan_parse_text(&plan, NULL, text, strlen(text), NULL, &options, NULL),
                     MSCHED_OK);
    assert_int_equal(msched_plan_todo_count(plan), 2);
    msched_schedule *schedule;
    assert_int_equal(msched_schedule_build(&schedule, NULL, plan, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_entry_count(schedule), 4);
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
}

/* The titles of the to-dos that a plan of Monday, 23 November 2026, has. */
static void assert_monday(const char *text, const char *titles, uint32_t left_out)
{
    char got[400] = "";
    msched_plan *plan;
    msched_diagnostics *diagnostics;
    assert_int_equal(parse(&plan, &diagnostics, text, 0, NULL), MSCHED_OK);
    for (uint32_t i = 0; i < msched_plan_todo_count(plan); i++) {
        msched_todo todo;
        msched_todo_init(&todo, sizeof todo);
        assert_int_equal(msched_plan_get_todo(plan, i, &todo), MSCHED_OK);
        strcat(strcat(got, i > 0 ? "|" : ""), todo.title);
    }
    assert_string_equal(got, titles);
    for (uint32_t i = 0; i < msched_diagnostics_count(diagnostics); i++) {
        msched_diagnostic one = {.struct_size = sizeof one};
        msched_diagnostics_get(diagnostics, i, &one);
        left_out -= strcmp(one.code, "other_date") == 0;
    }
    assert_int_equal(left_out, 0);
    msched_diagnostics_unref(diagnostics);
    msched_plan_unref(plan);
}

/* What is dated elsewhere is left out and told, never put on the day of the plan. */
static void a_plan_of_one_day_leaves_out_other_dates(void **state)
{
    (void)state;
    assert_monday("Tue 14:00 Dentist 45m\nMonday 10:00 Standup 15m\nGym 1h on Friday\n"
                  "2026-11-24 9:00 Call 30m\n2026-11-23 11:00 Tea 30m\nMon: Laundry 1h",
                  "Standup|Tea|Laundry", 3);
    assert_monday("every weekday 9-12 Work\nSwim 1h every sat,sun\nRead 20m on:mon,thu",
                  "Work|Read", 1);
    assert_monday("A 10m\n## Tuesday\nB 10m\n## Monday, 23 November\nC 10m\n## Mon 30th Nov 2026\n"
                  "D 10m\n# Later\nE 10m",
                  "A|C|E", 2);
    assert_monday("Monday\nA 10m\n\nTue 24 Nov:\nB 10m\nC 10m\n\nWednesday\nD 10m\n# Any\nE 10m",
                  "A|E", 3);
    assert_monday("- Monday\n  - A 10m\n- *Tuesday:*\n  - B 10m\n* Mon, Tue\n* C 10m", "A|C", 1);
    assert_monday("Today:\nA 10m\n# Tomorrow\nB 10m\n# Today\nC 10m\nTmrw\nD 10m", "A|C", 2);
    assert_monday("A 10m today\nB 10m tomorrow\nTomorrow: C 10m\ntoday 9:00 D 10m\nE 10m by Friday",
                  "A|D|E", 2);
    /* also where the date stands below */
    assert_monday("A 10m tomorrow\nB 10m today\ndate: 2026-11-22", "B", 1);
    assert_monday("Montag\nA 10m\nMercredi 14:00 B 10m\n# S\xC3\xA1"
                  "bado:\nC 10m\nzondag\nD 10m",
                  "A", 3);
    assert_monday("poniedzia\305\202ek, 23 listopada\nA 10m\n"
                  "ter\303\247a-feira, 24 de novembro de 2026\nB 10m\n"
                  "Mardi 1er d\303\251cembre\nC 10m",
                  "A", 2);
    assert_monday("luned\303\254 23 novembre\nA 10m\n1\302\272 de dezembro\nB 10m\n"
                  "1\302\260 dicembre 2026\nC 10m",
                  "A", 2);
    assert_monday("Dienstag, den 24. November\nA 10m\nMonday the 23rd of November\nB 10m\n"
                  "Mittwoch, den 25.11.\nC 10m\nm\303\245ndag den 23 november\nD 10m",
                  "B|D", 2);
    assert_monday("Am Dienstag, 24. November\nA 10m\nOn Monday\nB 10m\nLe mardi\nC 10m\n"
                  "El lunes 23 de noviembre\nD 10m",
                  "B|D", 2);
    assert_monday("OD Monday 10m\nA 10m od 23 listopada", "OD Monday|A", 0);
    /* the last of its days, not the only one */
    assert_monday("A 10m at\303\251 1 de dezembro\nB 10m at\303\251 o dia 24 de novembro", "A|B",
                  0);
    assert_monday("A 10m\nCall 2 Maja 10m\nCall 2 Mei 10m", "A|Call 2 Maja|Call 2 Mei", 0);
    assert_monday("## Monday - leg day\nA 10m\n## 24 November: rest\nB 10m", "A", 1);
    assert_monday("A 10m id:a\nTue 10:00 B 10m id:b\nC 10m after:a", "A|C", 1);
}

/* The message names the date with which the line would be planned. */
static void other_dates_are_offered(void **state)
{
    (void)state;
    static const struct {
        const char *text, *date;
    } rows[] = {{"Tuesday\n9-17 Work", "date: 2026-11-24"},
                {"Gym 1h every sat,sun", "date: 2026-11-28"},
                {"# 7 Dec\nGym 1h", "date: 2026-12-07"},
                {"Tomorrow: Gym 1h", "date: 2026-11-24"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        msched_plan *plan;
        msched_diagnostics *diagnostics;
        int found = 0;
        assert_int_equal(parse(&plan, &diagnostics, rows[i].text, 0, NULL), MSCHED_OK);
        for (uint32_t k = 0; k < msched_diagnostics_count(diagnostics); k++) {
            msched_diagnostic one = {.struct_size = sizeof one};
            msched_diagnostics_get(diagnostics, k, &one);
            found |= strcmp(one.code, "other_date") == 0 &&
                     strstr(one.repair, rows[i].date) != NULL;
        }
        if (!found)
            fail_msg("%s", rows[i].text);
        msched_diagnostics_unref(diagnostics);
        msched_plan_unref(plan);
    }
}

/* A task that is longer than its time a day is split, which is told. */
static void max_a_day_splits(void **state)
{
    (void)state;
    msched_plan *plan;
    msched_diagnostics *diagnostics;
    msched_diagnostic one = {.struct_size = sizeof one};
    msched_todo todo;
    assert_int_equal(parse(&plan, &diagnostics, "Thesis 10h00m max:3h", 7, NULL), MSCHED_OK);
    msched_todo_init(&todo, sizeof todo);
    assert_int_equal(msched_plan_get_todo(plan, 0, &todo), MSCHED_OK);
    assert_int_equal(todo.split_min_s, 900);
    assert_int_equal(msched_diagnostics_count(diagnostics), 1);
    msched_diagnostics_get(diagnostics, 0, &one);
    assert_string_equal(one.code, "assumed_split");
    msched_diagnostics_unref(diagnostics);
    msched_plan_unref(plan);
}

/* Words that only may name a day stay in titles. */
static void an_order_in_words_is_a_time_on_each_date(void **state)
{
    (void)state;
    static const char work[] = "Mon-Thu 8:30-16:30 Work\nFri 8:30-13:00 Work\n";
    char text[200];
    snprintf(text, sizeof text, "%sGym 1h 3x/week after work", work);
    has(text, "\"title\": \"Gym\", \"duration_s\": 3600, \"earliest\": \"16:30\", \"times\": 3");
    told(text, "assumed_order", 3, MSCHED_SEVERITY_WARNING);
    snprintf(text, sizeof text, "%sCoffee 10m every weekday before work", work);
    has(text, "\"title\": \"Coffee\", \"duration_s\": 600, \"latest\": \"08:30\"");
    /* so is an order with a colon, if both occur several times */
    static const char dinner[] = "every day 19:00-19:45 Dinner\n";
    snprintf(text, sizeof text, "%sCook 40m every day before:dinner", dinner);
    has(text, "\"title\": \"Cook\", \"duration_s\": 2400, \"latest\": \"19:00\"");
    has(text, "\"late\": true");
    told(text, "assumed_order", 2, MSCHED_SEVERITY_WARNING);
    snprintf(text, sizeof text, "%sWalk 30m 3x after 17:00 after:dinner", dinner);
    has(text, "\"title\": \"Walk\", \"duration_s\": 1800, \"earliest\": \"19:45\", \"times\": 3");
    snprintf(text, sizeof text, "%sShop 40m before:dinner", dinner);
    has(text, "\"before\": [\"dinner\"]");
    /* what occurs once has an order */
    has("Tue 22:00-6:00 Night shift\nSleep 8h00m after night shift",
        "\"after\": [\"night-shift\"]");
    has("Sat 14:00-15:00 Party\nBake 1h before the party", "\"before\": [\"party\"]");
    has("Cook 1h\nEat 30m after cook", "\"title\": \"Eat\"");
    /* but not a task of several dates, or before a task */
    told("Yoga 30m daily\nShower 10m after yoga", "time_in_title", 2, MSCHED_SEVERITY_WARNING);
    told("Cook 1h before shopping\nShopping 1h", "time_in_title", 1, MSCHED_SEVERITY_WARNING);
}

static void times_a_week_are_counted_in_longer_plans(void **state)
{
    (void)state;
    has("days: 14\nGym 1h 3x/week", "\"times\": 6");
    has("days: 10\nGym 1h 3x/week", "\"times\": 4");
    has("days: 14\nClimbing 2h weekly", "\"times\": 2");
    told("days: 14\nGym 1h 3x/week", "assumed_date", 2, MSCHED_SEVERITY_WARNING);
}

static void clocks_of_the_date_of_a_line_count(void **state)
{
    (void)state;
    static const char zone[] = "date: 2026-03-27 Europe/Berlin\ndays: 4\nday: 0:00-24:00\n",
                      autumn[] = "date: 2026-10-23 Europe/Berlin\ndays: 4\nday: 0:00-24:00\n";
    char text[200];
    snprintf(text, sizeof text, "%sSun 2:30 Check 10m", zone);
    told(text, "nonexistent_time", 4, MSCHED_SEVERITY_ERROR);
    snprintf(text, sizeof text, "%severy day 2:30-3:15 Feed", zone); /* it exists on the others */
    has(text, "\"start\": \"02:30\", \"end\": \"03:15\"");
    snprintf(text, sizeof text, "%sSun 02:30 (second)-04:00 Taxi", autumn);
    told(text, "no_second_time", 4, MSCHED_SEVERITY_ERROR);
}

static void titles_keep_their_weekdays(void **state)
{
    (void)state;
    assert_monday(
        "Sunday roast 2h\nPrepare slides for Tuesday 1h\nSun 20m\nMon ami 1h\n"
        "Marching band 1h\nMay 1h\nMardi gras 20:00",
        "Sunday roast|Prepare slides for Tuesday|Sun|Mon ami|Marching band|May|Mardi gras", 0);
    assert_monday("# Sunday list\nA 10m\n# Ideas\nB 10m", "A|B", 0);
}

/* Without days, a plan is of one day. */
static void a_text_of_one_day_has_no_dates(void **state)
{
    (void)state;
    static const char text[] = "Mon ami 1h\n## Mon\nSun 20m\nPlan 3 times 30m";
    msched_text *json = json_of(text, 0);
    assert_null(strstr(msched_text_data(json), "\"on\""));
    assert_null(strstr(msched_text_data(json), "\"days\""));
    assert_non_null(strstr(msched_text_data(json), "\"title\": \"Mon ami\""));
    assert_non_null(strstr(msched_text_data(json), "\"title\": \"Plan 3 times\""));
    msched_text_unref(json);
}

/* What is done or skipped has no time, and nothing waits for it. */
static void closed_items_need_no_time(void **state)
{
    (void)state;
    msched_plan *plan;
    msched_diagnostics *diagnostics;
    msched_schedule *schedule;
    assert_int_equal(parse(&plan, &diagnostics,
                           "[x] Gym 1h 3x\n[-] Tue 14:00 Dentist\nShower 15m after:gym,dentist\n"
                           "[x] \xE2\x99\xAA Halo",
                           7, NULL),
                     MSCHED_OK);
    assert_int_equal(msched_schedule_build(&schedule, NULL, plan, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_entry_count(schedule), 1);
    assert_int_equal(msched_schedule_unplaced_count(schedule), 0);
    msched_schedule_unref(schedule);
    msched_diagnostics_unref(diagnostics);
    msched_plan_unref(plan);
}

/* An event that is done stays on its dates, up to `now`. Without a date, its time is not known. */
static void done_events_keep_their_dates(void **state)
{
    (void)state;
    static const char text[] = "[x] Dentist Tue 14:00 45m\n[x] every day 12-13 Lunch\n"
                               "[x] 15:00 Call 30m\n[-] Wed 9-10 Talk\n[x] Tue 8:00 Bus 3h 2x\n";
    static const struct {
        int32_t now_s;
        const char *entries;
    } cases[] = {
        {MSCHED_UNSET, "0 Lunch 43200-46800, 1 Lunch 43200-46800, 1 Dentist 50400-53100, "
                       "2 Lunch 43200-46800, "},
        {86400 + 51000, "0 Lunch 43200-46800, 1 Lunch 43200-46800, 1 Dentist 50400-51000, "},
        {86400 + 50000, "0 Lunch 43200-46800, 1 Lunch 43200-46800, "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        msched_plan *plan, *later = NULL;
        msched_diagnostics *diagnostics;
        msched_schedule *schedule;
        char found[400] = "";
        assert_int_equal(parse(&plan, &diagnostics, text, 3, NULL), MSCHED_OK);
        if (cases[i].now_s != MSCHED_UNSET)
            assert_int_equal(msched_plan_with_now(&later, plan, cases[i].now_s, NULL), MSCHED_OK);
        assert_int_equal(
            msched_schedule_build(&schedule, NULL, later == NULL ? plan : later, NULL, NULL),
            MSCHED_OK);
        for (uint32_t k = 0; k < msched_schedule_entry_count(schedule); k++) {
            msched_schedule_entry e = {.struct_size = sizeof e};
            assert_int_equal(msched_schedule_get_entry(schedule, k, &e), MSCHED_OK);
            assert_int_equal(e.state, MSCHED_STATE_DONE);
            snprintf(found + strlen(found), sizeof found - strlen(found), "%d %s %d-%d, ",
                     (int)e.day, e.title, (int)e.start_s, (int)e.end_s);
        }
        assert_string_equal(found, cases[i].entries);
        msched_schedule_unref(schedule);
        msched_diagnostics_unref(diagnostics);
        msched_plan_unref(later);
        msched_plan_unref(plan);
    }
}

/* Each allocation may fail. */
static void memory_may_run_out(void **state)
{
    (void)state;
    static const char text[] = "days: 7\nday: sat,sun 9:00-24:00\n## Tue\n14:00 Dentist\n"
                               "Bus 20m before:dentist\n## Other\nGym 1h 3x/week apart:2d\n"
                               "Report 6h split:1h max:2h/day by Fri\n\xE2\x99\xAA Halo every day\n"
                               "Bins 10m every 2 weeks on Tue since:2026-11-10\nRent 5m every 6 "
                               "weeks\nOil 5m rrule:FREQ=DAILY;INTERVAL=2 since:2026-11-20\n"
                               "fill: 30m on:mon,2026-11-25";
    for (long n = 1;; n++) {
        failing memory = {.fail_at = n};
        msched_allocator allocator = failing_allocator(&memory);
        msched_plan *plan;
        msched_diagnostics *diagnostics;
        msched_result result = parse(&plan, &diagnostics, text, 0, &allocator);
        assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
        msched_diagnostics_unref(diagnostics);
        msched_plan_unref(plan);
        assert_int_equal(memory.live, 0);
        if (memory.count < n)
            break;
        assert_int_equal(result, MSCHED_ERROR_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_name_their_dates),
        cmocka_unit_test(headings_give_dates_to_the_lines_below),
        cmocka_unit_test(headings_give_parts_of_the_day),
        cmocka_unit_test(headings_of_weeks),
        cmocka_unit_test(a_week_with_other_text_is_a_todo),
        cmocka_unit_test(dates_in_a_line),
        cmocka_unit_test(weeks_around_new_year),
        cmocka_unit_test(a_text_says_how_many_days),
        cmocka_unit_test(repeats_by_weeks_months_and_years),
        cmocka_unit_test(what_cannot_be_is_told_at_its_line),
        cmocka_unit_test(lenient_texts_keep_the_other_lines),
        cmocka_unit_test(a_plan_of_one_day_leaves_out_other_dates),
        cmocka_unit_test(other_dates_are_offered),
        cmocka_unit_test(max_a_day_splits),
        cmocka_unit_test(titles_keep_their_weekdays),
        cmocka_unit_test(a_text_of_one_day_has_no_dates),
        cmocka_unit_test(an_order_in_words_is_a_time_on_each_date),
        cmocka_unit_test(times_a_week_are_counted_in_longer_plans),
        cmocka_unit_test(clocks_of_the_date_of_a_line_count),
        cmocka_unit_test(closed_items_need_no_time),
        cmocka_unit_test(done_events_keep_their_dates),
        cmocka_unit_test(memory_may_run_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
