/* Meals and errands without a time are at the hours for them, if that costs nothing. */
#include "../day_text.h"

#define HOUR 3600

static void meals_and_errands_are_at_their_hours(void **state)
{
    (void)state;
    day_check(NULL, "Lunch 30m\nReport 1h\nDinner with Ana 1h\nGroceries 45m\nBreakfast 20m\n",
              "breakfast 07:00-07:20, report 07:25-08:25, groceries 09:00-09:45, "
              "lunch 12:00-12:30, dinner-with-ana 18:00-19:00");
    day_check(NULL, "12:00-13:15 Talk\nLunch 30m\n", "talk 12:00-13:15, lunch 13:20-13:50");
    /* one that must follow a later one costs the others nothing */
    day_check(NULL, "Breakfast 30m\nLunch 1h\nDinner 1h\nGroceries 1h after:dinner\nBank 20m\n",
              "breakfast 07:00-07:30, bank 09:00-09:20, lunch 12:00-13:00, dinner 18:00-19:00, "
              "groceries 19:05-20:05");
    /* nor does it move a to-do with a time of its own by more than two hours */
    day_check(NULL, "Gym 1h after 12:00\nLunch 45m\n13:30-18:00 Work\n",
              "lunch 07:00-07:45, gym 12:00-13:00, work 13:30-18:00");
    /* a long task that could be there gives way */
    day_check(NULL, "Write 4h\nLunch 30m\n9:30-11:30 Planning\n",
              "planning 09:30-11:30, lunch 12:00-12:30, write 12:35-16:35");
    /* with no time then, as near as possible */
    day_check(NULL, "11:45-14:00 Talk\nLunch 30m\n", "talk 11:45-14:00, lunch 14:05-14:35");
    day_check(NULL, "12:00-17:00 Talk\nLunch 30m\nMail 20m\n",
              "mail 07:00-07:20, lunch 11:25-11:55, talk 12:00-17:00");
    day_check(NULL, "breaks: 15m after 1h\nLunch 30m\nReport 2h split\n",
              "report 07:00-08:00, report 08:15-09:15, lunch 12:00-12:30");
    /* a night shift: the second date has the breakfast */
    day_check(NULL, "day: 22:00-32:00\nBreakfast 20m\n", "breakfast 30:00-30:20");
}

static void other_words_name_meals_and_errands(void **state)
{
    (void)state;
    static const struct {
        const char *text, *from;
    } titles[] = {{"Mittagspause", " 12:00"},
                  {"Lunch \xF0\x9F\x8D\x9D", " 12:00"},
                  {"Grab lunch", " 12:00"},
                  {"Cook dinner", " 18:00"},
                  {"Bed time", " 20:00"},
                  {"Go shopping", " 09:00"},
                  {"Postamt", " 09:00"},
                  {"Reinigung", " 09:00"},
                  {"La Poste", " 09:00"},
                  {"Correos", " 09:00"},
                  {"Supermercato", " 09:00"},
                  {"Banca", " 09:00"},
                  {"Brot kaufen", " 09:00"},
                  {"Einkaufen gehen", " 09:00"},
                  {"pick up dry cleaning", " 09:00"},
                  {"Go to the bank", " 09:00"},
                  {"make bed", " 07:00"},
                  {"Go home", " 07:00"}};
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        char line[80], order[200];
        snprintf(line, sizeof line, "%s 5m\n", titles[i].text);
        msched_schedule *schedule = day_solve(NULL, line, 1);
        day_describe(schedule, order, sizeof order);
        if (strstr(order, titles[i].from) == NULL)
            fail_msg("%s: %s", titles[i].text, order);
        msched_schedule_unref(schedule);
    }
}

static int32_t missed(const char *text)
{
    msched_schedule *schedule = day_solve(NULL, text, 1);
    const int32_t usual_s = day_objective(schedule).usual_s;
    msched_schedule_unref(schedule);
    return usual_s;
}

/* A time of its own decides, however the user gives it. */
static void a_time_of_its_own_comes_first(void **state)
{
    (void)state;
    day_check(NULL, "Lunch 30m after 14:00\n", "lunch 14:00-14:30");
    day_check(NULL, "Lunch 30m by 11:00\n", "lunch 07:00-07:30");
    day_check(NULL, "day: 7-11\nLunch 30m\n", "lunch 07:00-07:30");
    assert_int_equal(missed("Lunch 30m by 11:00\n"), 0);
    assert_int_equal(missed("day: 7-11\nLunch 30m\n"), 0);
}

/* Where tasks are late, the first timetable has no pauses, and meals move in the finished day. */
static void meals_move_beside_late_tasks(void **state)
{
    (void)state;
    msched_catalog *catalog = day_catalog();
    day_check(NULL, "Lunch 30m\nReport 2h\nBag 10m late\nDinner 1h\n",
              "report 07:00-09:00, lunch 12:00-12:30, dinner 18:00-19:00, bag 22:50-23:00");
    /* where they cost no pause */
    day_check(NULL, "Bag 10m late\nGroceries 30m\n9:30-10:15 Dentist\n8:00-9:00 Call\n",
              "call 08:00-09:00, dentist 09:30-10:15, groceries 10:20-10:50, bag 22:50-23:00");
    day_check(catalog, "Lunch 30m\n11:50-12:30 Call\nBag 10m late\n♪ Song 3 at 15:00\n",
              "call 11:50-12:30, lunch 12:35-13:05, track3 15:00-15:03, bag 22:50-23:00");
    msched_catalog_unref(catalog);
}

/* No to-do is lost for a meal, and the shortfall is the distance to the hours. */
static void a_full_day_keeps_all_to_dos(void **state)
{
    (void)state;
    const char *text = "day: 11-15\n11:30-15:00 Workshop\nLunch 30m\n";
    day_check(NULL, text, "lunch 11:00-11:30, workshop 11:30-15:00");
    assert_int_equal(missed(text), HOUR);
    day_loses_nothing(NULL, "day: 12-14\nLunch 30m\nGroceries 45m\nCall 45m\n");
}

static void songs_come_first(void **state)
{
    (void)state;
    msched_catalog *catalog = day_catalog();
    msched_schedule *schedule = day_solve(
        catalog, "Lunch 45m\n9:00-17:30 Office\nTax 4h\nRead 30m @evening\nfill: 1h @evening\n", 1);
    /* from 8:10 to 12:00 */
    assert_int_equal(day_objective(schedule).usual_s, 3 * HOUR + 50 * 60);
    msched_schedule_unref(schedule);
    day_loses_nothing(catalog, "Lunch 30m @nomusic\nDinner 1h @nomusic\nfill: 12h\n");
    day_loses_nothing(
        catalog, "day: 12-14\nLunch 30m @nomusic\nReport 50m @nomusic\nfill: 38m 12:00-13:00\n");
    msched_catalog_unref(catalog);
}

static void the_schedule_tells_it_once(void **state)
{
    (void)state;
    msched_schedule *schedule = day_solve(NULL,
                                          "Lunch 30m\nDinner 1h\nGroceries 45m\nDrinks 18-20\n", 1);
    msched_warning warning = {.struct_size = sizeof warning};
    assert_int_equal(msched_schedule_warning_count(schedule), 1);
    msched_schedule_get_warning(schedule, 0, &warning);
    assert_string_equal(warning.code, "usual_hours");
    assert_string_equal(warning.message,
                        "\"Lunch\" and 2 more to-dos are planned at the usual hours "
                        "if the day has time for it: to change this, give them "
                        "a time");
    msched_schedule_unref(schedule);
    schedule = day_solve(NULL, "Lunch break analysis 30m\nBuild dinner table 1h\nLunch 12-13\n", 1);
    assert_int_equal(msched_schedule_warning_count(schedule), 0);
    msched_schedule_unref(schedule);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    day_survives(NULL, "Lunch 30m\n9-12 Call\nGroceries 1h\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(meals_and_errands_are_at_their_hours),
        cmocka_unit_test(other_words_name_meals_and_errands),
        cmocka_unit_test(a_time_of_its_own_comes_first),
        cmocka_unit_test(meals_move_beside_late_tasks),
        cmocka_unit_test(a_full_day_keeps_all_to_dos),
        cmocka_unit_test(songs_come_first),
        cmocka_unit_test(the_schedule_tells_it_once),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
