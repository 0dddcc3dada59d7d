/*
 * Fuzz target: plans in JSON are scheduled on a small catalog, and the result is held to what can
 * be told without the scheduler: order, lengths, songs that do not overlap, reasons for whatever is
 * missing, values within their bounds.
 */
#include <musicsched/schedule.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define TRACKS 12

static void require(int ok)
{
    if (!ok)
        abort();
}

static msched_catalog *small_catalog(void)
{
    msched_catalog_builder *builder;
    msched_catalog *catalog;
    require(msched_catalog_builder_create(&builder, NULL, NULL) == MSCHED_OK);
    for (int i = 0; i < TRACKS; i++) {
        char id[16], name[16], artist[16];
        snprintf(id, sizeof id, "track%d", i);
        snprintf(name, sizeof name, "Song %d", i);
        snprintf(artist, sizeof artist, "Artist %d", i % 5);
        msched_catalog_row row;
        msched_catalog_row_init(&row, sizeof row);
        row.track_id = id;
        row.track_name = name;
        row.track_artist = artist;
        row.genre = i % 2 == 0 ? "pop" : "rock";
        row.popularity = i * 8;
        row.duration_ms = 150000 + (uint32_t)i * 12345;
        require(msched_catalog_builder_add(builder, &row, NULL) == MSCHED_OK);
    }
    require(msched_catalog_builder_finish(&catalog, builder, NULL) == MSCHED_OK);
    return catalog;
}

static void check_entries(const msched_schedule *schedule)
{
    int32_t last_start = 0, song_end = 0;
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_entry entry = {.struct_size = sizeof entry};
        require(msched_schedule_get_entry(schedule, i, &entry) == MSCHED_OK);
        require(entry.start_s >= last_start && entry.start_s < entry.end_s &&
                entry.end_s <= MSCHED_DAY_END_S);
        last_start = entry.start_s;
        if (entry.kind == MSCHED_ENTRY_SONG) {
            require(entry.start_s >= song_end);
            song_end = entry.end_s;
        }
    }
}

static void check_rest(const msched_schedule *schedule)
{
    for (uint32_t i = 0; i < msched_schedule_unplaced_count(schedule); i++) {
        msched_unplaced item = {.struct_size = sizeof item};
        require(msched_schedule_get_unplaced(schedule, i, &item) == MSCHED_OK);
        require(item.text[0] != '\0' && msched_reason_name(item.reason) != NULL);
    }
    for (uint32_t i = 0; i < msched_schedule_overload_count(schedule); i++) {
        msched_overload overload = {.struct_size = sizeof overload};
        require(msched_schedule_get_overload(schedule, i, &overload) == MSCHED_OK);
        require(overload.demand_s > overload.capacity_s && overload.member_count > 0);
    }
    msched_objective objective = {.struct_size = sizeof objective};
    require(msched_schedule_get_objective(schedule, &objective) == MSCHED_OK);
    int level = 0;
    while (level < MSCHED_LEVEL_COUNT && objective.value[level] == objective.bound[level])
        level++;
    require(level == MSCHED_LEVEL_COUNT || objective.value[level] < objective.bound[level]);
    require(objective.status != MSCHED_STATUS_OPTIMAL || level == MSCHED_LEVEL_COUNT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static msched_catalog *catalog; /* kept from one input to the next */
    if (catalog == NULL)
        catalog = small_catalog();
    msched_plan *plan;
    if (msched_plan_parse_json(&plan, (const char *)data, size, NULL, NULL) != MSCHED_OK)
        return 0;
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    options.work_limit = 2000;
    msched_schedule *schedule, *again;
    require(msched_schedule_build(&schedule, catalog, plan, &options, NULL) == MSCHED_OK);
    check_entries(schedule);
    check_rest(schedule);
    options.previous = schedule;
    require(msched_schedule_build(&again, catalog, plan, &options, NULL) == MSCHED_OK);
    check_entries(again);
    msched_schedule_unref(again);
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
    return 0;
}
