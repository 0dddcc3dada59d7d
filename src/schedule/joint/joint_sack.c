/*
 * A knapsack over all plays. Plays during a task have their own knapsack, of the task's length, and
 * plays of an artist one with as many plays as the separation allows.
 */
#include "schedule/joint/joint_sack.h"

#include "algo/min_max.h"
#include "schedule/model/model.h"
#include "schedule/model/tasks.h"

#include <string.h>

#define CELLS_MAX 512

static int64_t most_of(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* The task during which a play must play, or UINT32_MAX. */
static uint32_t host_of(const msched__sack *k, uint32_t play)
{
    uint32_t during = k->model->plan->songs[k->plays->plays[play].wish].during;
    return during == UINT32_MAX ? UINT32_MAX : k->model->tasks.task_of[during];
}

static void put(int64_t *cell, int32_t cells, int32_t size, int64_t value)
{
    for (int32_t c = cells; c >= size; c--)
        if (cell[c - size] + value > cell[c])
            cell[c] = cell[c - size] + value;
}

/* Add a group of plays: none of them, or the value of `host` within a part of the first `cells`. */
static void put_group(msched__sack *k, int32_t cells)
{
    int32_t steps = 0;
    for (int32_t part = 1; part <= cells; part++)
        if (k->host[part] > k->host[part - 1])
            k->step[steps++] = part;
    for (int32_t c = k->cells; c >= 0; c--) {
        int64_t most = k->best[c] + k->host[0]; /* songs too short to count take no time */
        for (int32_t i = 0; i < steps && k->step[i] <= c; i++)
            most = most_of(most, k->best[c - k->step[i]] + k->host[k->step[i]]);
        k->best[c] = most;
    }
    k->work += (uint64_t)k->cells * (uint64_t)steps / 64;
}

/* Add the plays during a task, which may take at most its length. */
static void put_host(msched__sack *k, uint32_t host, const int64_t *value)
{
    int64_t length = k->model->plan->todos[k->model->tasks.tasks[host].todo].duration_s / k->unit;
    int32_t cells = length < k->cells ? (int32_t)length : k->cells;
    memset(k->host, 0, ((size_t)k->cells + 1) * sizeof *k->host);
    for (uint32_t i = 0; i < k->plays->play_count; i++)
        if (host_of(k, i) == host && k->plays->plays[i].window_count > 0)
            put(k->host, cells, (int32_t)(k->plays->plays[i].length_s / k->unit), value[i]);
    put_group(k, cells);
}

/* 1 if a play is not during a task, and by the artist of play `first`. */
static int is_of_artist(const msched__sack *k, uint32_t play, uint32_t first)
{
    return k->plays->plays[play].artist == k->plays->plays[first].artist &&
           k->plays->plays[play].window_count > 0 && host_of(k, play) == UINT32_MAX;
}

/* The number of songs as short as `least` that the separation allows within `span`. */
static uint32_t most_apart(const msched__songs_problem *plays, msched__interval span, int32_t least)
{
    uint32_t count = 0;
    for (int32_t at = span.start;; count++) {
        int32_t start = msched__interval_fit(plays->free, plays->free_count, at, least);
        if (start < 0 || start + least > span.end)
            return count;
        at = start + least + plays->artist_separation_s;
    }
}

/* The same for the songs of the artist of play `first`, given their total length. */
static uint32_t most_of_artist(const msched__sack *k, uint32_t first, const uint32_t *by_length)
{
    const msched__songs_problem *plays = k->plays;
    msched__interval span = {INT32_MAX, 0};
    int32_t least = INT32_MAX;
    int64_t sum = 0;
    uint32_t count = 0;
    for (uint32_t i = 0; i < plays->play_count; i++) {
        const msched__play *play = &plays->plays[i];
        if (!is_of_artist(k, i, first))
            continue;
        span.start = smaller(span.start, play->windows[0].start);
        span.end = larger(span.end, play->windows[play->window_count - 1].end);
        least = smaller(least, play->length_s);
    }
    uint32_t most = most_apart(plays, span, least);
    for (uint32_t i = 0; i < plays->play_count && count < most; i++) {
        if (!is_of_artist(k, by_length[i], first))
            continue;
        sum += plays->plays[by_length[i]].length_s + (count > 0 ? plays->artist_separation_s : 0);
        if (sum > (int64_t)span.end - span.start)
            return count;
        count++;
    }
    return count;
}

/* Add the plays of an artist, at most `most` of them. 0 when out of memory. */
static int put_artist(msched__sack *k, msched__arena *arena, uint32_t first, uint32_t most,
                      const int64_t *value)
{
    size_t row = (size_t)k->cells + 1;
    int64_t *best = msched__arena_alloc(arena, row * (most + 1), sizeof *best);
    if (best == NULL)
        return 0;
    memset(best, 0, row * (most + 1) * sizeof *best);
    for (uint32_t i = first; i < k->plays->play_count; i++) {
        int32_t size = (int32_t)(k->plays->plays[i].length_s / k->unit);
        if (!is_of_artist(k, i, first))
            continue;
        for (uint32_t n = most; n > 0; n--)
            for (int32_t c = k->cells; c >= size; c--)
                best[n * row + (size_t)c] = most_of(
                    best[n * row + (size_t)c], best[(n - 1) * row + (size_t)(c - size)] + value[i]);
        k->work += (uint64_t)k->cells * most / 64;
    }
    memcpy(k->host, best + most * row, row * sizeof *k->host);
    put_group(k, k->cells);
    return 1;
}

/* Add play `first`, which is not during a task: alone, or with all plays of its artist. */
static int put_free(msched__sack *k, msched__arena *arena, uint32_t first, const int64_t *value)
{
    uint32_t own = 0;
    if (k->plays->plays[first].window_count == 0)
        return 1;
    for (uint32_t i = 0; i < k->plays->play_count && k->plays->artist_separation_s > 0; i++) {
        if (is_of_artist(k, i, first) && i < first && k->is_apart[i])
            return 1;
        own += is_of_artist(k, i, first) != 0;
    }
    uint32_t most = own > 1 ? most_of_artist(k, first, k->by_length) : own;
    if (most < own) {
        k->is_apart[first] = 1;
        return put_artist(k, arena, first, most, value);
    }
    put(k->best, k->cells, (int32_t)(k->plays->plays[first].length_s / k->unit), value[first]);
    return 1;
}

/* 0 when out of memory. */
static int order_plays(msched__sack *k, msched__arena *arena)
{
    uint32_t count = k->plays->play_count;
    k->by_length = msched__arena_alloc(arena, count, sizeof *k->by_length);
    k->is_apart = msched__arena_alloc(arena, count, sizeof *k->is_apart);
    if (k->by_length == NULL || k->is_apart == NULL)
        return 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = i;
        for (;
             at > 0 && k->plays->plays[k->by_length[at - 1]].length_s > k->plays->plays[i].length_s;
             at--)
            k->by_length[at] = k->by_length[at - 1];
        k->by_length[at] = i;
        k->is_apart[i] = 0;
    }
    return 1;
}

int64_t msched__sack_fill(msched__sack *k, msched__arena *arena, int64_t capacity,
                          const int64_t *value)
{
    int64_t all = 0;
    for (uint32_t i = 0; i < k->plays->play_count; i++) {
        all += k->plays->plays[i].length_s;
        if (k->plays->plays[i].frozen)
            return INT64_MAX;
    }
    capacity = all < capacity ? all : capacity < 0 ? 0 : capacity;
    k->unit = capacity / CELLS_MAX + 1;
    k->cells = (int32_t)(capacity / k->unit);
    k->best = msched__arena_alloc(arena, (size_t)k->cells + 1, sizeof *k->best);
    k->host = msched__arena_alloc(arena, (size_t)k->cells + 1, sizeof *k->host);
    k->step = msched__arena_alloc(arena, (size_t)k->cells + 1, sizeof *k->step);
    if (k->best == NULL || k->host == NULL || k->step == NULL || !order_plays(k, arena))
        return -1;
    memset(k->best, 0, ((size_t)k->cells + 1) * sizeof *k->best);
    for (uint32_t i = 0; i < k->plays->play_count; i++) {
        uint32_t host = host_of(k, i), first = 0;
        if (host == UINT32_MAX) {
            if (!put_free(k, arena, i, value))
                return -1;
            continue;
        }
        while (host_of(k, first) != host)
            first++;
        if (first == i)
            put_host(k, host, value);
    }
    k->work += (uint64_t)k->cells * k->plays->play_count / 64;
    return k->best[k->cells];
}
