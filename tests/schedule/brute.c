#include "brute.h"

#include <stdlib.h>
#include <string.h>

#define NONE 255

typedef struct task {
    int length, before, after, piece_min, pin; /* slots; pin -1: free */
    uint64_t allowed;                          /* slots in which it may run */
    uint32_t needs;                            /* tasks that must have ended */
    int impossible, music, priority;
} task;

typedef struct wish {
    int length, artist, times, must, weight, pin, during_task; /* during_task -1: none */
    int fill;                                                  /* 1: a track of the fill's pool */
    uint32_t recording;
    uint64_t allowed;
} wish;

typedef struct problem {
    int slots, task_count, wish_count, artist_count, gap, separation, max_total, max_fill, has_fill;
    int longest_before; /* of all tasks */
    task tasks[BRUTE_MAX_TASKS];
    wish wishes[BRUTE_MAX_WISHES + BRUTE_MAX_FILL];
} problem;

/*
 * What matters of the past at the start of a slot. Times that can no longer forbid anything are 0,
 * so that equal futures have equal states.
 */
typedef struct state {
    uint8_t started;                   /* tasks with a piece placed */
    uint8_t left[BRUTE_MAX_TASKS];     /* slots of a cut task still to place */
    uint8_t running, running_end;      /* the task in this slot; NONE */
    uint8_t end1, end1_owner, end2;    /* last end of a task's piece, and of one of another task */
    uint8_t rest1, rest1_owner, rest2; /* where the buffers after tasks end, likewise */
    uint8_t song_end;                  /* of the last song, may lie ahead; its gap is not in it */
    uint8_t silent_end;                /* where the last silent task and its buffer end */
    uint8_t artist_end[BRUTE_MAX_ARTISTS];
    uint8_t plays[BRUTE_MAX_WISHES + BRUTE_MAX_FILL];
} state;

typedef struct state_set {
    state *items;
    uint32_t *slots;
    size_t count, capacity, slot_count;
} state_set;

static uint64_t hash_state(const state *s)
{
    const unsigned char *p = (const unsigned char *)s;
    uint64_t h = 1469598103934665603u;
    for (size_t i = 0; i < sizeof *s; i++)
        h = (h ^ p[i]) * 1099511628211u;
    return h ^ h >> 29;
}

static int set_init(state_set *set, size_t capacity)
{
    set->capacity = capacity;
    set->count = 0;
    for (set->slot_count = 1024; set->slot_count < capacity * 2; set->slot_count *= 2)
        continue;
    set->items = malloc(capacity * sizeof *set->items);
    set->slots = calloc(set->slot_count, sizeof *set->slots);
    return set->items != NULL && set->slots != NULL;
}

static void set_free(state_set *set)
{
    free(set->items);
    free(set->slots);
}

static void set_clear(state_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        for (size_t at = hash_state(&set->items[i]) & (set->slot_count - 1); set->slots[at] != 0;
             at = (at + 1) & (set->slot_count - 1))
            set->slots[at] = 0;
    set->count = 0;
}

/* 0 when full. */
static int set_add(state_set *set, const state *s)
{
    size_t at = hash_state(s) & (set->slot_count - 1);
    for (; set->slots[at] != 0; at = (at + 1) & (set->slot_count - 1))
        if (memcmp(&set->items[set->slots[at] - 1], s, sizeof *s) == 0)
            return 1;
    if (set->count == set->capacity)
        return 0;
    set->items[set->count++] = *s;
    set->slots[at] = (uint32_t)set->count;
    return 1;
}

/* Slots [a, b) as bits; a and b may lie outside. */
static uint64_t bits(int a, int b)
{
    a = a < 0 ? 0 : a;
    b = b > BRUTE_MAX_SLOTS ? BRUTE_MAX_SLOTS : b;
    return a >= b ? 0 : ((uint64_t)1 << b) - ((uint64_t)1 << a);
}

static int covers(uint64_t mask, int a, int b)
{
    return b <= BRUTE_MAX_SLOTS && (bits(a, b) & ~mask) == 0;
}

/* ---- reading the plan ---- */

typedef struct reader {
    const msched_catalog *catalog;
    const msched_plan *plan;
    msched_day day;
    int origin; /* seconds of slot 0 */
    int bad;    /* a time is not a multiple of the slot */
} reader;

static int length_slots(reader *r, int32_t seconds)
{
    r->bad |= seconds % BRUTE_SLOT_S != 0;
    return seconds / BRUTE_SLOT_S;
}

static int time_slot(reader *r, int32_t seconds)
{
    int32_t from = seconds - r->origin;
    r->bad |= from % BRUTE_SLOT_S != 0;
    return from / BRUTE_SLOT_S; /* exact, also below 0 */
}

static int max_int(int a, int b)
{
    return a > b ? a : b;
}

static void read_task(reader *r, const msched_todo *todos, uint32_t todo_count, uint32_t index,
                      const int *task_of, task *t)
{
    const msched_todo *todo = &todos[index];
    int from = r->day.start_s, to = r->day.end_s;
    from = todo->earliest_s != MSCHED_UNSET ? max_int(from, todo->earliest_s) : from;
    from = r->day.now_s != MSCHED_UNSET ? max_int(from, r->day.now_s) : from;
    to = todo->latest_s != MSCHED_UNSET && todo->latest_s < to ? todo->latest_s : to;
    t->length = length_slots(r, todo->duration_s);
    t->before = length_slots(r, todo->buffer_before_s);
    t->after = length_slots(r, todo->buffer_after_s);
    t->piece_min = length_slots(r, todo->split_min_s);
    t->pin = todo->start_s == MSCHED_UNSET ? -1 : time_slot(r, todo->start_s);
    t->impossible = todo->start_s != MSCHED_UNSET && t->pin < 0;
    t->music = todo->music != 0;
    t->priority = (int)todo->priority;
    for (uint32_t j = 0; j < todo->after_count; j++)
        for (uint32_t k = 0; k < todo_count; k++)
            if (strcmp(todos[k].id, todo->after[j]) == 0) {
                if (todos[k].kind == MSCHED_TODO_TASK)
                    t->needs |= 1u << task_of[k];
                else
                    from = max_int(from, todos[k].end_s);
            }
    for (uint32_t j = 0; j < todo->before_count; j++)
        for (uint32_t k = 0; k < todo_count; k++)
            if (strcmp(todos[k].id, todo->before[j]) == 0 && todos[k].kind == MSCHED_TODO_EVENT &&
                todos[k].start_s < to)
                to = todos[k].start_s;
    for (uint32_t k = 0; k < todo_count; k++)
        for (uint32_t j = 0; j < todos[k].before_count; j++)
            if (strcmp(todos[k].before[j], todo->id) == 0)
                t->needs |= 1u << task_of[k];
    t->allowed = bits(time_slot(r, from), time_slot(r, to));
    for (uint32_t k = 0; k < todo_count; k++)
        if (todos[k].kind == MSCHED_TODO_EVENT)
            t->allowed &= ~bits(time_slot(r, todos[k].start_s) -
                                    max_int(length_slots(r, todos[k].buffer_before_s), t->after),
                                time_slot(r, todos[k].end_s) +
                                    max_int(length_slots(r, todos[k].buffer_after_s), t->before));
}

/*
 * Where songs may play as far as events, the window, quiet hours and `now` say; tasks come on top.
 */
static uint64_t listenable(reader *r, const msched_todo *todos, uint32_t todo_count,
                           const msched_listening *rules)
{
    int from = r->day.now_s != MSCHED_UNSET ? max_int(r->day.start_s, r->day.now_s)
                                            : r->day.start_s;
    uint64_t free_slots = bits(time_slot(r, from), time_slot(r, r->day.end_s));
    for (uint32_t k = 0; k < todo_count; k++)
        if (todos[k].kind == MSCHED_TODO_EVENT && !todos[k].music)
            free_slots &= ~bits(time_slot(r, todos[k].start_s - todos[k].buffer_before_s),
                                time_slot(r, todos[k].end_s + todos[k].buffer_after_s));
    for (uint32_t k = 0; k < rules->quiet_count; k++)
        free_slots &= ~bits(time_slot(r, rules->quiet_s[2 * k]),
                            time_slot(r, rules->quiet_s[2 * k + 1]));
    return free_slots;
}

static int artist_of(problem *p, uint32_t *artists, const msched_track *track)
{
    int artist = 0;
    while (artist < p->artist_count && artists[artist] != track->artist_index)
        artist++;
    if (artist == p->artist_count && artist < BRUTE_MAX_ARTISTS)
        artists[p->artist_count++] = track->artist_index;
    return artist;
}

/* 1 where the wish can be looked up and searched; a wish without a track has no slots. */
static void read_wish(reader *r, const msched_song *song, const msched_todo *todos,
                      uint32_t todo_count, const int *task_of, uint64_t free_slots,
                      uint32_t *artists, problem *p, wish *w)
{
    uint32_t track_index;
    msched_track track = {.struct_size = sizeof track};
    w->during_task = -1;
    w->pin = -1;
    if (song->track_id == NULL ||
        msched_catalog_find_id(r->catalog, song->track_id, &track_index, NULL) != MSCHED_OK ||
        msched_catalog_get_track(r->catalog, track_index, &track) != MSCHED_OK)
        return;
    r->bad |= track.duration_ms % 1000 != 0;
    w->length = length_slots(r, (int32_t)(track.duration_ms / 1000));
    w->times = (int)song->times;
    w->must = song->must != 0;
    w->weight = song->weight != 0 ? (int)song->weight : 100 + (int)track.popularity;
    w->allowed = free_slots;
    if (song->between_start_s != MSCHED_UNSET)
        w->allowed &= bits(time_slot(r, song->between_start_s), time_slot(r, song->between_end_s));
    if (song->start_s != MSCHED_UNSET)
        w->pin = time_slot(r, song->start_s);
    /* which play is the first one is not worth a rule here */
    r->bad |= w->pin >= 0 && w->times > 1;
    if (song->start_s != MSCHED_UNSET && w->pin < 0)
        w->allowed = 0;
    for (uint32_t k = 0; song->during != NULL && k < todo_count; k++)
        if (strcmp(todos[k].id, song->during) == 0) {
            if (!todos[k].music)
                w->allowed = 0;
            else if (todos[k].kind == MSCHED_TODO_EVENT)
                w->allowed &= bits(time_slot(r, todos[k].start_s), time_slot(r, todos[k].end_s));
            else
                w->during_task = task_of[k];
        }
    w->recording = track.recording_index;
    w->artist = artist_of(p, artists, &track);
}

static int passes(const msched_catalog *catalog, const msched_track *track,
                  const msched_listening *rules)
{
    msched_catalog_info info = {.struct_size = sizeof info};
    int genre = rules->fill_genre_count == 0;
    msched_catalog_get_info(catalog, &info);
    for (uint32_t i = 0; i < info.entries && !genre; i++) {
        msched_entry entry = {.struct_size = sizeof entry};
        msched_catalog_get_entry(catalog, i, &entry);
        for (uint32_t g = 0; entry.track_index == track->index && g < rules->fill_genre_count; g++)
            genre |= strcmp(entry.genre, rules->fill_genres[g]) == 0;
    }
    int length_s = (int)((track->duration_ms + 999) / 1000);
    return genre && (uint32_t)track->popularity >= rules->fill_min_popularity &&
           (rules->fill_max_track_s == 0 || length_s <= rules->fill_max_track_s);
}

/* The tracks that may fill, as wishes of no weight; has_fill stays 0 where they are too many. */
static void read_fill(reader *r, const msched_listening *rules, uint64_t free_slots,
                      uint32_t *artists, problem *p)
{
    msched_catalog_info info = {.struct_size = sizeof info};
    int first = p->wish_count;
    msched_catalog_get_info(r->catalog, &info);
    p->max_fill = length_slots(r, rules->fill_s);
    p->has_fill = rules->fill_subgenre_count == 0 && rules->fill_artist_count == 0 &&
                  rules->fill_year_min == 0 && rules->fill_year_max == 0;
    for (uint32_t i = 0; p->max_fill > 0 && p->has_fill && i < info.tracks; i++) {
        msched_track track = {.struct_size = sizeof track};
        msched_catalog_get_track(r->catalog, i, &track);
        if (!passes(r->catalog, &track, rules))
            continue;
        if (p->wish_count == first + BRUTE_MAX_FILL) {
            p->has_fill = 0;
            p->wish_count = first;
            return;
        }
        wish *w = &p->wishes[p->wish_count++];
        *w = (wish){.length = length_slots(r, (int32_t)(track.duration_ms / 1000)),
                    .times = 1,
                    .pin = -1,
                    .during_task = -1,
                    .fill = 1,
                    .recording = track.recording_index,
                    .artist = artist_of(p, artists, &track),
                    .allowed = free_slots};
        if (rules->fill_between_start_s != MSCHED_UNSET)
            w->allowed &= bits(time_slot(r, rules->fill_between_start_s),
                               time_slot(r, rules->fill_between_end_s));
    }
}

static int read_plan(const msched_catalog *catalog, const msched_plan *plan, problem *p)
{
    memset(p, 0, sizeof *p);
    reader r = {.catalog = catalog, .plan = plan, .day = {.struct_size = sizeof r.day}};
    msched_listening rules = {.struct_size = sizeof rules};
    msched_todo todos[BRUTE_MAX_TASKS + BRUTE_MAX_EVENTS];
    int task_of[BRUTE_MAX_TASKS + BRUTE_MAX_EVENTS];
    uint32_t todo_count = msched_plan_todo_count(plan), song_count = msched_plan_song_count(plan);
    if (todo_count > BRUTE_MAX_TASKS || song_count > BRUTE_MAX_WISHES)
        return 0;
    msched_plan_get_day(plan, &r.day);
    msched_plan_get_listening(plan, &rules);
    r.origin = r.day.start_s;
    p->slots = length_slots(&r, r.day.end_s - r.day.start_s);
    if (p->slots > BRUTE_MAX_SLOTS)
        return 0;
    for (uint32_t i = 0; i < todo_count; i++) {
        todos[i].struct_size = sizeof todos[i];
        msched_plan_get_todo(plan, i, &todos[i]);
        task_of[i] = todos[i].kind == MSCHED_TODO_TASK ? p->task_count++ : -1;
    }
    for (uint32_t i = 0; i < todo_count; i++)
        if (task_of[i] >= 0) {
            read_task(&r, todos, todo_count, i, task_of, &p->tasks[task_of[i]]);
            p->longest_before = max_int(p->longest_before, p->tasks[task_of[i]].before);
        }
    uint64_t free_slots = listenable(&r, todos, todo_count, &rules);
    uint32_t artists[BRUTE_MAX_ARTISTS];
    for (uint32_t i = 0; i < song_count; i++) {
        msched_song song = {.struct_size = sizeof song};
        msched_plan_get_song(plan, i, &song);
        read_wish(&r, &song, todos, todo_count, task_of, free_slots, artists, p,
                  &p->wishes[p->wish_count++]);
    }
    read_fill(&r, &rules, free_slots, artists, p);
    p->gap = length_slots(&r, rules.gap_s);
    p->separation = length_slots(&r, rules.artist_separation_s);
    p->max_total = rules.max_total_s == MSCHED_UNSET ? BRUTE_MAX_SLOTS * 2
                                                     : rules.max_total_s / BRUTE_SLOT_S;
    return !r.bad;
}

/* ---- search ---- */

/* Forget what can no longer matter at slot t. */
static void tidy(const problem *p, state *s, int t)
{
    if (s->running != NONE && s->running_end <= t)
        s->running = NONE, s->running_end = 0;
    if (s->end1 + p->longest_before <= t && s->end1 <= t)
        s->end1 = 0;
    if (s->end2 + p->longest_before <= t)
        s->end2 = 0;
    if (s->end1 == 0 && s->end2 == 0)
        s->end1_owner = NONE;
    if (s->rest1 <= t)
        s->rest1 = 0;
    if (s->rest2 <= t)
        s->rest2 = 0;
    if (s->rest1 == 0 && s->rest2 == 0)
        s->rest1_owner = NONE;
    int song_matters = max_int(p->gap, p->longest_before);
    if (s->song_end + song_matters <= t)
        s->song_end = 0;
    if (s->silent_end <= t)
        s->silent_end = 0;
    for (int a = 0; a < p->artist_count; a++)
        if (s->artist_end[a] != 0 && s->artist_end[a] + p->separation <= t)
            s->artist_end[a] = 0;
}

/* May a piece of `length` slots of task i start in slot t? */
static int task_fits(const problem *p, const state *s, int i, int t, int length)
{
    const task *k = &p->tasks[i];
    int last_end = s->end1_owner == i ? s->end2 : s->end1;
    int rest = s->rest1_owner == i ? s->rest2 : max_int(s->rest1, s->rest2);
    if (s->running != NONE || !covers(k->allowed, t, t + length) || rest > t ||
        (last_end != 0 && last_end + k->before > t))
        return 0;
    return k->music || s->song_end == 0 || s->song_end + k->before <= t;
}

static state with_piece(const problem *p, const state *s, int i, int t, int length)
{
    const task *k = &p->tasks[i];
    state next = *s;
    uint8_t end = (uint8_t)(t + length), rest = (uint8_t)(t + length + k->after),
            owner = (uint8_t)i;
    next.started |= (uint8_t)(1u << i);
    next.running = owner;
    next.running_end = end;
    if (next.end1_owner != owner) {
        next.end2 = next.end1;
        next.end1_owner = owner;
    }
    next.end1 = end;
    if (next.rest1_owner == owner) {
        next.rest1 = rest > next.rest1 ? rest : next.rest1;
    } else if (rest >= next.rest1) {
        next.rest2 = next.rest1 > next.rest2 ? next.rest1 : next.rest2;
        next.rest1 = rest;
        next.rest1_owner = owner;
    } else if (rest > next.rest2) {
        next.rest2 = rest;
    }
    if (!k->music && rest > next.silent_end)
        next.silent_end = rest;
    return next;
}

static int song_fits(const problem *p, const state *s, int i, int t)
{
    const wish *w = &p->wishes[i];
    if (s->plays[i] >= w->times || !covers(w->allowed, t, t + w->length) ||
        (w->pin >= 0 && w->pin != t))
        return 0;
    if ((s->song_end != 0 && s->song_end + p->gap > t) || s->silent_end > t)
        return 0;
    if (s->artist_end[w->artist] != 0 && s->artist_end[w->artist] + p->separation > t)
        return 0;
    if (w->during_task >= 0 && (s->running != w->during_task || s->running_end < t + w->length))
        return 0;
    int total = w->length, fill = w->fill ? w->length : 0;
    for (int j = 0; j < p->wish_count; j++) {
        const wish *other = &p->wishes[j];
        total += s->plays[j] * other->length;
        fill += other->fill ? s->plays[j] * other->length : 0;
        if (s->plays[j] > 0 && other->recording == w->recording && (other->fill || w->fill))
            return 0;
    }
    return total <= p->max_total && (!w->fill || fill <= p->max_fill);
}

/* All ways to start songs in slot t, and on to the next slot. */
static int add_with_songs(const problem *p, const state *s, int t, state_set *to)
{
    state next = *s;
    tidy(p, &next, t + 1);
    int room = set_add(to, &next);
    for (int i = 0; room && i < p->wish_count; i++)
        if (song_fits(p, s, i, t)) {
            next = *s;
            next.plays[i]++;
            next.song_end = next.artist_end[p->wishes[i].artist] =
                (uint8_t)(t + p->wishes[i].length);
            tidy(p, &next, t + 1);
            room = set_add(to, &next);
        }
    return room;
}

static int add_successors(const problem *p, const state *s, int t, state_set *to)
{
    int room = add_with_songs(p, s, t, to);
    for (int i = 0; room && i < p->task_count; i++) {
        const task *k = &p->tasks[i];
        int begun = s->started >> i & 1, left = begun ? s->left[i] : k->length;
        if (left == 0 || k->impossible || (!begun && k->pin >= 0 && k->pin != t))
            continue;
        if (!begun) {
            int ready = (k->needs & ~(uint32_t)s->started) == 0;
            for (int j = 0; j < p->task_count; j++)
                ready &= !(k->needs >> j & 1) || s->left[j] == 0;
            if (!ready)
                continue;
        }
        for (int length = k->piece_min > 0 && k->piece_min < left ? k->piece_min : left;
             room && length <= left; length++) {
            int rest = left - length;
            if ((rest > 0 && rest < k->piece_min) || !task_fits(p, s, i, t, length))
                continue;
            state next = with_piece(p, s, i, t, length);
            next.left[i] = (uint8_t)rest;
            room = add_with_songs(p, &next, t, to);
        }
    }
    return room;
}

static void evaluate(const problem *p, const state *s, int64_t value[MSCHED_LEVEL_COUNT])
{
    static const int level_of[] = {0, MSCHED_LEVEL_TASKS_1, MSCHED_LEVEL_TASKS_2,
                                   MSCHED_LEVEL_TASKS_3, MSCHED_LEVEL_TASKS_4};
    memset(value, 0, MSCHED_LEVEL_COUNT * sizeof *value);
    for (int i = 0; i < p->task_count; i++)
        value[level_of[p->tasks[i].priority]] += s->started >> i & 1;
    for (int i = 0; i < p->wish_count; i++)
        if (p->wishes[i].fill)
            value[MSCHED_LEVEL_FILL_S] += (int64_t)s->plays[i] * p->wishes[i].length * BRUTE_SLOT_S;
        else
            value[p->wishes[i].must ? MSCHED_LEVEL_MUST_SONGS : MSCHED_LEVEL_SONG_WEIGHT] +=
                (int64_t)s->plays[i] * (p->wishes[i].must ? 1 : p->wishes[i].weight);
}

static int better(const int64_t *a, const int64_t *b)
{
    for (int i = 0; i < MSCHED_LEVEL_COUNT; i++)
        if (a[i] != b[i])
            return a[i] > b[i];
    return 0;
}

int brute_best(const msched_catalog *catalog, const msched_plan *plan, size_t max_states,
               int64_t best[MSCHED_LEVEL_COUNT])
{
    problem p;
    state_set sets[2] = {{0}};
    if (!read_plan(catalog, plan, &p))
        return 0;
    int room = set_init(&sets[0], max_states) && set_init(&sets[1], max_states);
    if (room) {
        state first;
        memset(&first, 0, sizeof first);
        first.running = first.end1_owner = first.rest1_owner = NONE;
        set_add(&sets[0], &first);
    }
    for (int t = 0; room && t < p.slots; t++) {
        state_set *from = &sets[t % 2], *to = &sets[(t + 1) % 2];
        set_clear(to);
        for (size_t i = 0; room && i < from->count; i++)
            room = add_successors(&p, &from->items[i], t, to);
    }
    memset(best, 0, MSCHED_LEVEL_COUNT * sizeof *best);
    const state_set *last = &sets[p.slots % 2];
    for (size_t i = 0; room && i < last->count; i++) {
        int64_t value[MSCHED_LEVEL_COUNT];
        int whole = 1;
        for (int k = 0; k < p.task_count; k++)
            whole &= last->items[i].left[k] == 0;
        evaluate(&p, &last->items[i], value);
        if (whole && better(value, best))
            memcpy(best, value, sizeof value);
    }
    if (!p.has_fill)
        best[MSCHED_LEVEL_FILL_S] = -1;
    set_free(&sets[0]);
    set_free(&sets[1]);
    return room ? 1 : -1;
}
