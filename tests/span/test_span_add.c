/* Calendars, playlists and histories in a plan of several days. */
#include "../failing.h"
#include "../testing.h"

#include <musicsched/musicsched.h>

#include <stdio.h>
#include <string.h>

#define EVENT(uid, more) "BEGIN:VEVENT\r\nUID:" uid "\r\nSUMMARY:" uid "\r\n" more "END:VEVENT\r\n"
#define TODO(uid, more)  "BEGIN:VTODO\r\nUID:" uid "\r\nSUMMARY:" uid "\r\n" more "END:VTODO\r\n"
#define BERLIN(name)     name ";TZID=Europe/Berlin:"

/* Berlin's clocks go back on Sunday the 25th: 03:00 becomes 02:00. */
static const char week_json[] =
    "{\"version\": 1, \"date\": \"2026-10-19\", \"days\": 7, \"timezone\": \"Europe/Berlin\","
    " \"day\": {\"start\": \"08:00\", \"end\": \"22:00\", \"exceptions\": "
    "[{\"on\": [\"sun\"], \"end\": \"26:00\"}]}, \"todos\": [{\"title\": \"Gym\", \"duration_s\": "
    "3600, \"times\": 2}, {\"id\": \"work\", \"title\": \"Work\", \"start\": \"10:00\", \"end\": "
    "\"11:00\", \"on\": [\"mon\"]}], \"songs\": [{\"track_id\": \"t1\", \"on\": [\"tue\"]}],"
    " \"listening\": {\"fill\": {\"duration_s\": 200, \"max_track_s\": 300}}}";

static const char calendar_text[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" EVENT(
    "call", BERLIN("DTSTART") "20261020T091500\r\nDURATION:PT30M\r\nRRULE:FREQ=DAILY;COUNT=3"
                              "\r\n") EVENT("call",
                                            BERLIN("RECURRENCE-ID") "20261021T091500\r\n" BERLIN(
                                                "DTSTART") "20261023T140000\r\nDURATION:PT1H\r\n")
    EVENT("shift", BERLIN("DTSTART") "20261018T220000\r\n" BERLIN("DTEND") "20261019T093000\r\n")
        EVENT("night", "DTSTART:20261025T001000Z\r\nDTEND:20261025T011500Z\r\n")
            EVENT("concert", BERLIN("DTSTART") "20261026T003000\r\nDURATION:PT1H\r\n")
                EVENT("breakfast", BERLIN("DTSTART") "20261026T073000\r\nDURATION:PT1H\r\n")
                    TODO("tax", BERLIN("DUE") "20261021T180000\r\nDURATION:PT9H\r\n")
                        TODO("mail", BERLIN("DTSTART") "20261022T120000\r\nDUE;VALUE=DATE:20261023"
                                                       "\r\nRELATED-TO;RELTYPE=DEPENDS-ON:tax\r\n")
                            TODO("old", BERLIN("DUE") "20261001T180000\r\n")
                                TODO("far", BERLIN("DUE") "20261101T180000\r\n")
                                    TODO("plants", BERLIN("DTSTART") "20261023T090000\r\n" BERLIN(
                                                       "DUE") "20261023T200000\r\nRRULE:FREQ="
                                                              "DAILY\r\n") "END:VCALENDAR\r\n";

static const char songs_csv[] =
    "track_id,track_name,track_artist,track_popularity,duration_ms\n"
    "t1,Stone Garden,Ida Blue,50,200000\nt2,Harbor,Orson,70,200000\nt3,Duet,Zed,60,200000\n"
    "t4,Rain,Cellos,40,200000\nt5,Snow,Cellists,30,200000\nt6,Fog,Trio,20,200000\n"
    "t7,Dew,Solo,15,200000\nt8,Ice,Choir,10,200000\n";

static msched_plan *read_plan(const msched_allocator *allocator)
{
    msched_plan *plan = NULL;
    msched_error err = {0};
    if (msched_plan_parse_json(&plan, week_json, sizeof week_json - 1, allocator, &err) !=
        MSCHED_OK)
        assert_int_equal(err.code, MSCHED_ERROR_MEMORY);
    return plan;
}

static msched_calendar *read_calendar(void)
{
    msched_calendar *calendar = NULL;
    assert_int_equal(
        msched_calendar_read(&calendar, calendar_text, sizeof calendar_text - 1, NULL, NULL),
        MSCHED_OK);
    return calendar;
}

static msched_catalog *read_songs(void)
{
    msched_catalog *catalog = NULL;
    assert_int_equal(
        msched_catalog_load_memory(&catalog, songs_csv, sizeof songs_csv - 1, NULL, NULL),
        MSCHED_OK);
    return catalog;
}

/* The JSON of a plan has each part; it is read as the same plan. */
static void expect_json(const msched_plan *plan, const char *const *parts)
{
    msched_text *json = NULL, *again = NULL;
    msched_plan *read = NULL;
    msched_error err = {0};
    assert_int_equal(msched_plan_to_json(plan, &json, NULL), MSCHED_OK);
    const char *text = msched_text_data(json);
    for (; *parts != NULL; parts++)
        if (strstr(text, *parts) == NULL)
            fail_msg("%s is not in %s", *parts, text);
    if (msched_plan_parse_json(&read, text, msched_text_size(json), NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    assert_int_equal(msched_plan_to_json(read, &again, NULL), MSCHED_OK);
    assert_string_equal(msched_text_data(again), text);
    msched_plan_unref(read);
    msched_text_unref(json);
    msched_text_unref(again);
}

static void test_calendar(void **state)
{
    (void)state;
    if (!msched_calendar_can_recur())
        skip();
    static const char *const parts[] = {
        /* what began on the evening before the first date */
        "\"title\": \"shift\", \"start\": \"00:00\", \"end\": \"09:30\", \"on\": [\"2026-10-19\"]",
        "-2026-10-20\", \"title\": \"call\", \"start\": \"09:15\", \"end\": \"09:45\", \"on\": "
        "[\"2026-10-20\"]",
        "-2026-10-23\", \"title\": \"call\", \"start\": \"14:00\", \"end\": \"15:00\", \"on\": "
        "[\"2026-10-23\"]",
        /* 02:10 to 02:15 an hour and five minutes later, which clocks show twice */
        "\"title\": \"night\", \"start\": \"02:10\", \"end\": \"03:00\", \"on\": [\"2026-10-25\"]",
        /* the last day ends on the next date */
        "\"title\": \"concert\", \"start\": \"24:30\", \"end\": \"25:30\", \"on\": "
        "[\"2026-10-25\"]",
        "\"title\": \"tax\", \"duration_s\": 32400, \"due\": \"2026-10-21T18:00\"",
        "\"release\": \"2026-10-22T12:00\", \"due\": \"2026-10-24T00:00\"",
        "\"title\": \"old\", \"duration_s\": 1800, \"due\": \"2026-10-01T18:00\"}",
        "-2026-10-24\", \"title\": \"plants\"", NULL};
    msched_plan *plan = read_plan(NULL), *with = NULL, *later = NULL;
    msched_calendar *calendar = read_calendar();
    msched_agenda *agenda = NULL;
    msched_error err = {0};
    if (msched_plan_add_calendars(&with, plan, &calendar, 1, NULL, NULL, &agenda, &err) !=
        MSCHED_OK)
        fail_msg("%s", err.message);
    assert_int_equal(msched_plan_todo_count(with), 2 + 6 + 3 + 3);
    expect_json(with, parts);
    msched_agenda_unref(agenda);
    msched_plan_unref(plan);
    msched_calendar_unref(calendar);
    /* what is derived from it keeps the texts; no calendar adds nothing */
    assert_int_equal(msched_plan_with_now(&later, with, 3600, NULL), MSCHED_OK);
    msched_plan_unref(with);
    assert_int_equal(msched_plan_add_calendars(&with, later, NULL, 0, NULL, NULL, NULL, NULL),
                     MSCHED_OK);
    msched_plan_unref(later);
    expect_json(with, parts);
    msched_plan_unref(with);
}

/* What is added keeps its times in the schedule, and the tasks their moments. */
static void test_schedule_of_calendar(void **state)
{
    (void)state;
    if (!msched_calendar_can_recur())
        skip();
    msched_plan *plan = read_plan(NULL), *with = NULL;
    msched_calendar *calendar = read_calendar();
    msched_schedule *schedule = NULL;
    msched_schedule_entry e = {.struct_size = sizeof e};
    int32_t tax_end = 0, mail_start = 0, days = 0;
    assert_int_equal(msched_plan_add_calendars(&with, plan, &calendar, 1, NULL, NULL, NULL, NULL),
                     MSCHED_OK);
    assert_int_equal(msched_schedule_build(&schedule, NULL, with, NULL, NULL), MSCHED_OK);
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        assert_int_equal(msched_schedule_get_entry(schedule, i, &e), MSCHED_OK);
        if (strcmp(e.title, "tax") == 0)
            tax_end = (int32_t)e.day * 86400 + e.end_s;
        if (strcmp(e.title, "mail") == 0)
            mail_start = (int32_t)e.day * 86400 + e.start_s;
        if (strcmp(e.title, "plants") == 0)
            days |= 1 << e.day;
    }
    assert_in_range(tax_end, 9 * 3600, 2 * 86400 + 18 * 3600);
    assert_in_range(mail_start, 3 * 86400 + 12 * 3600, 5 * 86400);
    assert_int_equal(days, 1 << 4 | 1 << 5 | 1 << 6);
    msched_schedule_unref(schedule);
    msched_plan_unref(with);
    msched_plan_unref(plan);
    msched_calendar_unref(calendar);
}

static msched_playlist_match *match_songs(const msched_catalog *catalog)
{
    static const char list[] = "Stone Garden - Ida Blue\nHarbor - Orson\nNobody - Nothing\n";
    msched_playlist *playlist = NULL;
    msched_playlist_match *match = NULL;
    assert_int_equal(msched_playlist_read(&playlist, list, sizeof list - 1, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_playlist_match_make(&match, playlist, (msched_catalog *)catalog, NULL),
                     MSCHED_OK);
    msched_playlist_unref(playlist);
    return match;
}

/* The songs of a playlist may be on any date; one that the plan wants is not added again. */
static void test_playlist(void **state)
{
    (void)state;
    static const char *const parts[] = {"{\"track_id\": \"t1\", \"on\": [\"tue\"]}",
                                        "{\"track_id\": \"t2\"}", NULL};
    msched_catalog *catalog = read_songs();
    msched_playlist_match *match = match_songs(catalog);
    msched_plan *plan = read_plan(NULL), *with = NULL;
    msched_schedule *schedule = NULL;
    uint32_t added = 0, wanted = 0;
    assert_int_equal(msched_plan_add_playlist(&with, plan, match, NULL, &added, NULL), MSCHED_OK);
    assert_int_equal(added, 1);
    msched_plan_unref(plan);
    expect_json(with, parts);
    assert_int_equal(msched_schedule_build(&schedule, catalog, with, NULL, NULL), MSCHED_OK);
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_entry e = {.struct_size = sizeof e};
        assert_int_equal(msched_schedule_get_entry(schedule, i, &e), MSCHED_OK);
        wanted += e.kind == MSCHED_ENTRY_SONG && e.wanted != UINT32_MAX;
    }
    assert_int_equal(wanted, 2);
    msched_schedule_unref(schedule);
    msched_plan_unref(with);
    msched_playlist_match_unref(match);
    msched_catalog_unref(catalog);
}

static msched_history *read_history(void)
{
    /* at 00:30 of Monday in Berlin, on Thursday, and a month before */
    static const char plays[] =
        "[{\"ts\": \"2026-10-18T22:30:00Z\", \"ms_played\": 60000, "
        "\"master_metadata_track_name\": \"Harbor\", \"master_metadata_album_artist_name\": "
        "\"Orson\"}, {\"ts\": \"2026-10-22T08:00:00Z\", \"ms_played\": 60000, "
        "\"master_metadata_track_name\": \"Stone Garden\", "
        "\"master_metadata_album_artist_name\": \"Ida Blue\"}, {\"ts\": "
        "\"2026-09-18T22:30:00Z\", \"ms_played\": 60000, \"master_metadata_track_name\": "
        "\"Duet\", \"master_metadata_album_artist_name\": \"Zed\"}]";
    msched_history *history = NULL;
    assert_int_equal(msched_history_load_memory(&history, plays, sizeof plays - 1, "h", NULL, NULL),
                     MSCHED_OK);
    return history;
}

/* Of no date of the plan has the fill what was heard lately, or on its dates so far. */
static void test_history(void **state)
{
    (void)state;
    static const char *const parts[] = {"\"avoid\": [\"t1\", \"t2\"]", NULL};
    msched_catalog *catalog = read_songs();
    msched_history *history = read_history();
    msched_plan *plan = read_plan(NULL), *with = NULL;
    msched_schedule *schedule = NULL;
    msched_text *json = NULL;
    uint32_t avoided = 0;
    assert_int_equal(msched_plan_avoid_history(&with, plan, history, catalog, 1, &avoided, NULL),
                     MSCHED_OK);
    assert_int_equal(avoided, 2);
    msched_plan_unref(plan);
    expect_json(with, parts);
    assert_int_equal(msched_schedule_build(&schedule, catalog, with, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_to_json(schedule, &json, NULL), MSCHED_OK);
    assert_non_null(strstr(msched_text_data(json), "was already heard on 2026-10-22"));
    msched_text_unref(json);
    uint32_t fill = 0;
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_entry e = {.struct_size = sizeof e};
        assert_int_equal(msched_schedule_get_entry(schedule, i, &e), MSCHED_OK);
        if (e.kind != MSCHED_ENTRY_SONG || e.wanted != UINT32_MAX)
            continue;
        fill++;
        assert_true(strcmp(e.id, "t1") != 0 && strcmp(e.id, "t2") != 0);
    }
    assert_int_equal(fill, 6); /* as many as are left */
    msched_schedule_unref(schedule);
    msched_plan_unref(with);
    msched_history_unref(history);
    msched_catalog_unref(catalog);
}

/* Every allocation of the plan fails once. */
static void test_failing_memory(void **state)
{
    (void)state;
    msched_catalog *songs = read_songs();
    msched_calendar *calendar = read_calendar();
    msched_playlist_match *match = match_songs(songs);
    msched_history *history = read_history();
    for (failing memory = {0}; fail_next(&memory);) {
        msched_allocator allocator = failing_allocator(&memory);
        msched_plan *a = read_plan(&allocator), *b = NULL, *c = NULL, *d = NULL;
        msched_result result = a == NULL ? MSCHED_ERROR_MEMORY : MSCHED_OK;
        if (result == MSCHED_OK)
            result = msched_plan_add_calendars(&b, a, &calendar, 1, NULL, NULL, NULL, NULL);
        if (result == MSCHED_OK)
            result = msched_plan_add_playlist(&c, b, match, NULL, NULL, NULL);
        if (result == MSCHED_OK)
            result = msched_plan_avoid_history(&d, c, history, songs, 9, NULL, NULL);
        assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
        assert_true((result == MSCHED_OK) == (d != NULL));
        msched_plan_unref(d);
        msched_plan_unref(c);
        msched_plan_unref(b);
        msched_plan_unref(a);
    }
    msched_history_unref(history);
    msched_playlist_match_unref(match);
    msched_calendar_unref(calendar);
    msched_catalog_unref(songs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calendar),       cmocka_unit_test(test_schedule_of_calendar),
        cmocka_unit_test(test_playlist),       cmocka_unit_test(test_history),
        cmocka_unit_test(test_failing_memory),
    };
    return cmocka_run_group_tests_name("span add", tests, NULL, NULL);
}
