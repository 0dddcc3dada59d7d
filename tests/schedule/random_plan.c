#include "random_plan.h"

#include "brute.h"

#include <stdio.h>
#include <string.h>

#define TRACKS 10

/* SplitMix64 (G. Steele, D. Lea, C. Flood, 2014). */
static uint64_t draw(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* A number of lo..hi. */
static int between(uint64_t *state, int lo, int hi)
{
    return lo + (int)(draw(state) % (uint64_t)(hi - lo + 1));
}

static int chance(uint64_t *state, int percent)
{
    return between(state, 1, 100) <= percent;
}

msched_catalog *random_catalog;

msched_catalog *random_plan_catalog(void)
{
    msched_catalog_builder *builder;
    msched_catalog *catalog = NULL;
    if (msched_catalog_builder_create(&builder, NULL, NULL) != MSCHED_OK)
        return NULL;
    for (int i = 0; i < TRACKS; i++) {
        char id[24], name[24], artist[24];
        snprintf(id, sizeof id, "track%d", i);
        snprintf(name, sizeof name, "Song %d", i);
        snprintf(artist, sizeof artist, "Artist %d", i % 4);
        msched_catalog_row row;
        msched_catalog_row_init(&row, sizeof row);
        row.track_id = id;
        row.track_name = name;
        row.track_artist = artist;
        row.genre = i % 2 == 0 ? "pop" : "rock";
        row.popularity = i * 9;
        row.duration_ms = (uint32_t)(1 + i % 3) * BRUTE_SLOT_S * 1000;
        if (msched_catalog_builder_add(builder, &row, NULL) != MSCHED_OK) {
            msched_catalog_builder_free(builder);
            return NULL;
        }
    }
    msched_catalog_builder_finish(&catalog, builder, NULL);
    return catalog;
}

int random_catalog_setup(void **state)
{
    (void)state;
    return (random_catalog = random_plan_catalog()) == NULL;
}

int random_catalog_teardown(void **state)
{
    (void)state;
    msched_catalog_unref(random_catalog);
    return 0;
}

typedef struct day {
    uint64_t rng;
    uint64_t wishes_rng; /* of what only random_plan_wishes draws; 0: none of it */
    int start, slots;    /* seconds, slots */
    int todo_count, events;
    char ids[8][8];
    int music[8];
} day;

static int at(const day *d, int slot)
{
    return d->start + slot * BRUTE_SLOT_S;
}

static void draw_buffers(day *d, msched_todo *todo)
{
    if (chance(&d->rng, 25))
        todo->buffer_before_s = between(&d->rng, 1, 3) * BRUTE_SLOT_S;
    if (chance(&d->rng, 25))
        todo->buffer_after_s = between(&d->rng, 1, 3) * BRUTE_SLOT_S;
}

static msched_result add_event(day *d, msched_plan_builder *builder, msched_todo *todo)
{
    int start = between(&d->rng, -2, d->slots - 2);
    todo->kind = MSCHED_TODO_EVENT;
    todo->start_s = at(d, start);
    todo->end_s = at(d, start + between(&d->rng, 1, 6));
    return msched_plan_builder_add_todo(builder, todo, NULL);
}

static msched_result add_task(day *d, msched_plan_builder *builder, msched_todo *todo, int load_max)
{
    const char *after[2], *before[2];
    int length = between(&d->rng, 1, load_max);
    todo->kind = MSCHED_TODO_TASK;
    todo->duration_s = length * BRUTE_SLOT_S;
    todo->priority = (uint32_t)between(&d->rng, 1, 4);
    if (chance(&d->rng, 50)) {
        int from = between(&d->rng, 0, d->slots - length),
            to = between(&d->rng, from + length, d->slots);
        if (chance(&d->rng, 70))
            todo->earliest_s = at(d, from);
        if (chance(&d->rng, 70))
            todo->latest_s = at(d, to);
    }
    if (chance(&d->rng, 25) && length >= 2)
        todo->split_min_s = between(&d->rng, 1, length / 2) * BRUTE_SLOT_S;
    if (chance(&d->rng, 8))
        todo->start_s = at(d, between(&d->rng, 0, d->slots - length));
    for (int i = 0; i < d->todo_count && todo->after_count < 2; i++)
        if (chance(&d->rng, 15))
            after[todo->after_count++] = d->ids[i];
    todo->after = after;
    for (int i = 0; d->wishes_rng != 0 && i < d->todo_count && todo->before_count < 2; i++)
        if (chance(&d->wishes_rng, 20))
            before[todo->before_count++] = d->ids[i];
    todo->before = before;
    todo->late = d->wishes_rng != 0 && chance(&d->wishes_rng, 40);
    return msched_plan_builder_add_todo(builder, todo, NULL);
}

static msched_result add_todo(day *d, msched_plan_builder *builder, int load_max)
{
    msched_todo todo;
    msched_todo_init(&todo, sizeof todo);
    todo.id = d->ids[d->todo_count];
    todo.title = todo.id;
    todo.music = (uint32_t)chance(&d->rng, 50);
    d->music[d->todo_count] = (int)todo.music;
    draw_buffers(d, &todo);
    msched_result result = chance(&d->rng, 30) ? add_event(d, builder, &todo)
                                               : add_task(d, builder, &todo, load_max);
    d->todo_count++;
    return result;
}

static msched_result add_song(day *d, msched_plan_builder *builder)
{
    char id[24];
    snprintf(id, sizeof id, "track%d", between(&d->rng, 0, TRACKS));
    msched_song song;
    msched_song_init(&song, sizeof song);
    song.track_id = id; /* one in eleven is unknown */
    song.must = (uint32_t)chance(&d->rng, 30);
    song.times = chance(&d->rng, 20) ? 2 : 1;
    if (chance(&d->rng, 40))
        song.weight = (uint32_t)between(&d->rng, 1, 1000);
    if (chance(&d->rng, 30) && d->todo_count > 0) {
        song.during = d->ids[between(&d->rng, 0, d->todo_count - 1)];
    } else if (chance(&d->rng, 50)) {
        int from = between(&d->rng, 0, d->slots - 3);
        song.between_start_s = at(d, from);
        song.between_end_s = at(d, between(&d->rng, from + 3, d->slots));
    }
    if (chance(&d->rng, 8)) {
        song.times = 1;
        song.start_s = at(d, between(&d->rng, 0, d->slots - 1));
    }
    return msched_plan_builder_add_song(builder, &song, NULL);
}

static msched_result set_rules(day *d, msched_plan_builder *builder)
{
    static const char *const genres[] = {"pop"};
    msched_listening rules;
    msched_listening_init(&rules, sizeof rules);
    int32_t quiet[2];
    if (chance(&d->rng, 30)) {
        int from = between(&d->rng, 0, d->slots - 2);
        quiet[0] = at(d, from);
        quiet[1] = at(d, from + between(&d->rng, 1, d->slots - from));
        rules.quiet_s = quiet;
        rules.quiet_count = 1;
    }
    if (chance(&d->rng, 30))
        rules.gap_s = BRUTE_SLOT_S;
    if (chance(&d->rng, 30))
        rules.artist_separation_s = between(&d->rng, 1, 4) * BRUTE_SLOT_S;
    if (chance(&d->rng, 30))
        rules.max_total_s = between(&d->rng, 1, 7) * BRUTE_SLOT_S;
    if (chance(&d->rng, 30)) {
        rules.fill_s = between(&d->rng, 1, 6) * BRUTE_SLOT_S;
        if (chance(&d->rng, 50)) {
            rules.fill_genre_count = 1;
            rules.fill_genres = genres;
        }
        rules.fill_min_popularity = (uint32_t)between(&d->rng, 0, 90);
        if (d->wishes_rng != 0 && chance(&d->wishes_rng, 50))
            rules.fill_max_track_s = between(&d->wishes_rng, 1, 3) * BRUTE_SLOT_S;
    }
    return msched_plan_builder_set_listening(builder, &rules, NULL);
}

static msched_plan *draw_plan(uint64_t seed, int wishes)
{
    day d = {.rng = seed * 0xD1342543DE82EF95u + 1,
             .wishes_rng = wishes ? seed * 0x9E3779B97F4A7C15u + 1 : 0};
    for (int i = 0; i < 8; i++)
        snprintf(d.ids[i], sizeof d.ids[i], "t%d", i);
    d.slots = between(&d.rng, 12, 36);
    d.start = chance(&d.rng, 15) ? 23 * 3600 : between(&d.rng, 6, 12) * 3600;
    msched_day head;
    msched_day_init(&head, sizeof head);
    head.date = "2026-11-24";
    head.start_s = d.start;
    head.end_s = at(&d, d.slots);
    if (chance(&d.rng, 20))
        head.now_s = at(&d, between(&d.rng, 0, d.slots / 2));
    msched_plan_builder *builder;
    if (msched_plan_builder_create(&builder, &head, NULL, NULL) != MSCHED_OK)
        return NULL;
    int todos = chance(&d.rng, 40) ? 7 : between(&d.rng, 0, 7), songs = between(&d.rng, 0, 4);
    int load_max = between(&d.rng, 2, 9);
    msched_result result = MSCHED_OK;
    for (int i = 0; result == MSCHED_OK && i < todos; i++)
        result = add_todo(&d, builder, load_max);
    for (int i = 0; result == MSCHED_OK && i < songs; i++)
        result = add_song(&d, builder);
    if (result == MSCHED_OK)
        result = set_rules(&d, builder);
    if (result != MSCHED_OK) {
        msched_plan_builder_free(builder);
        return NULL;
    }
    msched_plan *plan;
    return msched_plan_builder_finish(&plan, builder, NULL) == MSCHED_OK ? plan : NULL;
}

msched_plan *random_plan(uint64_t seed)
{
    return draw_plan(seed, 0);
}

msched_plan *random_plan_wishes(uint64_t seed)
{
    return draw_plan(seed, 1);
}
