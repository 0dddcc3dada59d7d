/*
 * Plays become items: their own limits (windows, earliest start, latest end), which items are
 * equal, and whose artist matters, because only artists with several plays can violate the
 * separation. Searches then only use small numbers.
 */
#include "schedule/songs/songs_sequence.h"

#include "algo/index_sort.h"

#include <string.h>

int32_t msched__item_next(const msched__item *item, int32_t from)
{
    for (uint32_t w = 0; w < item->window_count; w++) {
        const msched__interval *window = &item->windows[w];
        int32_t start = window->start > from ? window->start : from;
        if (start <= window->end - item->length)
            return start;
    }
    return MSCHED__SONG_NEVER;
}

static int in_windows(const msched__play *play, int32_t start)
{
    for (uint32_t w = 0; w < play->window_count; w++)
        if (play->windows[w].start <= start && start <= play->windows[w].end - play->length_s)
            return 1;
    return 0;
}

static int same_windows(const msched__item *a, const msched__item *b)
{
    if (a->window_count != b->window_count)
        return 0;
    return a->windows == b->windows ||
           memcmp(a->windows, b->windows, a->window_count * sizeof *a->windows) == 0;
}

/* 0: the play cannot be placed even alone. */
static int make_item(msched__item *item, const msched__play *play, uint32_t index)
{
    memset(item, 0, sizeof *item);
    item->play = index;
    item->length = play->length_s;
    item->value = play->must ? MSCHED__MUST_VALUE : (int64_t)play->weight;
    item->locked = play->frozen && play->pinned_s != MSCHED_UNSET;
    item->windows = play->windows;
    item->window_count = play->window_count;
    if (play->pinned_s != MSCHED_UNSET) {
        if (!item->locked && !in_windows(play, play->pinned_s))
            return 0;
        item->pin = (msched__interval){play->pinned_s, play->pinned_s + play->length_s};
        item->windows = &item->pin;
        item->window_count = 1;
    }
    item->release = msched__item_next(item, INT32_MIN);
    if (item->release == MSCHED__SONG_NEVER)
        return 0;
    for (uint32_t w = 0; w < item->window_count; w++)
        if (item->windows[w].end - item->windows[w].start >= item->length)
            item->deadline = item->windows[w].end;
    return 1;
}

/* Number the artists that have several items, if the separation exceeds the gap. */
static int number_artists(msched__pack *pack)
{
    for (uint32_t i = 0; i < pack->count; i++)
        pack->items[i].artist = MSCHED__NONE;
    if (pack->separation <= pack->gap || pack->count == 0)
        return 1;
    msched__keyed *keys = msched__arena_alloc(pack->arena, pack->count, sizeof *keys);
    if (keys == NULL)
        return 0;
    for (uint32_t i = 0; i < pack->count; i++)
        keys[i] = (msched__keyed){pack->problem->plays[pack->items[i].play].artist, i};
    msched__key_sort(keys, pack->count);
    for (uint32_t i = 0, end; i < pack->count; i = end) {
        for (end = i + 1; end < pack->count && keys[end].key == keys[i].key; end++)
            ;
        if (end - i < 2)
            continue;
        for (uint32_t k = i; k < end; k++)
            pack->items[keys[k].index].artist = pack->artist_count;
        pack->artist_count++;
    }
    return 1;
}

int msched__pack_sort(msched__pack *pack)
{
    msched__keyed *keys = msched__arena_alloc(pack->arena, pack->count, sizeof *keys);
    pack->by_density = msched__arena_alloc(pack->arena, pack->count, sizeof *pack->by_density);
    pack->by_length = msched__arena_alloc(pack->arena, pack->count, sizeof *pack->by_length);
    if (keys == NULL || pack->by_density == NULL || pack->by_length == NULL)
        return 0;
    for (uint32_t i = 0; i < pack->count; i++) {
        const msched__item *item = &pack->items[i];
        if (item->locked || item->value == MSCHED__MUST_VALUE)
            continue;
        /* weights <= 1000 over lengths < 2^18: 40 binary places keep unequal densities apart */
        uint64_t density = ((uint64_t)item->value << 40) / (uint64_t)(item->length + pack->gap);
        keys[pack->optional_count++] = (msched__keyed){UINT64_MAX - density, i};
    }
    msched__key_sort(keys, pack->optional_count);
    for (uint32_t i = 0; i < pack->optional_count; i++)
        pack->by_density[i] = keys[i].index;
    for (uint32_t i = 0; i < pack->count; i++)
        if (!pack->items[i].locked && pack->items[i].value == MSCHED__MUST_VALUE)
            keys[pack->must_count++] = (msched__keyed){(uint64_t)pack->items[i].length, i};
    msched__key_sort(keys, pack->must_count);
    for (uint32_t i = 0; i < pack->must_count; i++)
        pack->by_length[i] = keys[i].index;
    return 1;
}

static int make_sequence(msched__pack *pack, msched__sequence *sequence)
{
    memset(sequence, 0, sizeof *sequence);
    sequence->item = msched__arena_alloc(pack->arena, pack->count, sizeof *sequence->item);
    sequence->start = msched__arena_alloc(pack->arena, pack->count, sizeof *sequence->start);
    return sequence->item != NULL && sequence->start != NULL;
}

int msched__pack_init(msched__pack *pack, msched__arena *arena,
                      const msched__songs_problem *problem, msched__budget *budget)
{
    memset(pack, 0, sizeof *pack);
    pack->arena = arena;
    pack->problem = problem;
    pack->gap = problem->gap_s > 0 ? problem->gap_s : 0;
    pack->separation = problem->artist_separation_s;
    pack->max_total = problem->max_total_s == MSCHED_UNSET ? INT32_MAX : problem->max_total_s;
    pack->budget = budget;
    pack->min_length = INT32_MAX;
    pack->items = msched__arena_alloc(arena, problem->play_count, sizeof *pack->items);
    if (pack->items == NULL)
        return 0;
    for (uint32_t i = 0; i < problem->play_count; i++) {
        const msched__play *play = &problem->plays[i];
        msched__item *item = &pack->items[pack->count];
        if (!make_item(item, play, i))
            continue;
        /*
         * the windows of a pinned item point into itself, so it must not move in the array any more
         */
        if (pack->count > 0 && play->pinned_s == MSCHED_UNSET) {
            const msched__play *last = &problem->plays[item[-1].play];
            item->same = last->wish == play->wish && last->pinned_s == MSCHED_UNSET &&
                         last->track == play->track && last->length_s == play->length_s &&
                         last->artist == play->artist && item[-1].value == item->value &&
                         same_windows(item - 1, item);
        }
        if (item->locked) {
            pack->locked_value += item->value;
            pack->locked_total_s += item->length;
        } else if (item->length < pack->min_length) {
            pack->min_length = item->length;
        }
        pack->count++;
    }
    pack->placed = msched__arena_alloc(arena, pack->count, 1);
    pack->trial = msched__arena_alloc(arena, pack->count, sizeof *pack->trial);
    pack->latest = msched__arena_alloc(arena, pack->count, sizeof *pack->latest);
    return pack->placed != NULL && pack->trial != NULL && pack->latest != NULL &&
           number_artists(pack) && make_sequence(pack, &pack->now) &&
           make_sequence(pack, &pack->best);
}

void msched__pack_put(msched__pack *pack, uint32_t index, uint32_t at, int32_t start)
{
    msched__sequence *now = &pack->now;
    size_t tail = now->count - at;
    memmove(&now->item[at + 1], &now->item[at], tail * sizeof *now->item);
    memmove(&now->start[at + 1], &now->start[at], tail * sizeof *now->start);
    now->item[at] = index;
    now->start[at] = start;
    pack->latest_known = 0;
    now->count++;
    now->total_s += pack->items[index].length;
    now->value += pack->items[index].value;
    pack->placed[index] = 1;
}

void msched__pack_clear(msched__pack *pack)
{
    pack->now.count = 0;
    pack->now.total_s = 0;
    pack->now.value = 0;
    if (pack->count > 0)
        memset(pack->placed, 0, pack->count);
}

static void copy_sequence(msched__sequence *to, const msched__sequence *from)
{
    memcpy(to->item, from->item, from->count * sizeof *to->item);
    memcpy(to->start, from->start, from->count * sizeof *to->start);
    to->count = from->count;
    to->total_s = from->total_s;
    to->value = from->value;
}

void msched__pack_keep_best(msched__pack *pack)
{
    if (pack->now.value > pack->best.value || pack->best.count == 0)
        copy_sequence(&pack->best, &pack->now);
}

void msched__pack_take_best(msched__pack *pack)
{
    copy_sequence(&pack->now, &pack->best);
}
