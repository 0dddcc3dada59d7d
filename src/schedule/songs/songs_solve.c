/*
 * Placing the wanted plays. Most days everything fits: then one insertion of each play, hardest first, is the answer and its
 * own proof. Otherwise: several greedy orders, insertion anywhere in the sequence, exchanges, and the exact search.
 */
#include "algo/index_sort.h"
#include "schedule/songs/songs_sequence.h"

#include <string.h>

#define RESTORE_PASSES  4
#define SHORT_SILENCE_S 300 /* songs nearer than this are brought together */

/* End of a song of the same artist that stands too near, or `start` when there is none. `at`: the first song after. */
static int32_t artist_conflict(const msched__pack *pack, const msched__item *item, uint32_t at, int32_t start)
{
    const msched__sequence *now = &pack->now;
    for (uint32_t i = at; i < now->count && now->start[i] < start + item->length + pack->separation; i++)
        if (pack->items[now->item[i]].artist == item->artist)
            return now->start[i] + pack->items[now->item[i]].length + pack->separation;
    for (uint32_t i = at; i-- > 0;) {
        int32_t end = now->start[i] + pack->items[now->item[i]].length;
        if (end + pack->separation <= start)
            break;
        if (pack->items[now->item[i]].artist == item->artist)
            return end + pack->separation;
    }
    return start;
}

/* Earliest start in [from, last] that moves no other song; `*at` gets the place in the sequence. */
static int32_t free_place(msched__pack *pack, const msched__item *item, int32_t from, int32_t last, uint32_t *at)
{
    const msched__sequence *now = &pack->now;
    uint32_t k = 0;
    for (uint32_t w = 0; w < item->window_count; w++) {
        int32_t start = item->windows[w].start > from ? item->windows[w].start : from;
        while (start <= item->windows[w].end - item->length && start <= last) {
            while (k < now->count && now->start[k] + pack->items[now->item[k]].length + pack->gap <= start)
                k++;
            if (k < now->count && now->start[k] < start + item->length + pack->gap) {
                start = now->start[k] + pack->items[now->item[k]].length + pack->gap;
                continue;
            }
            if (item->artist != MSCHED__NONE) {
                int32_t later = artist_conflict(pack, item, k, start);
                if (later > start) {
                    start = later;
                    continue;
                }
            }
            *at = k;
            return start;
        }
    }
    pack->work += 1 + k / 16;
    return MSCHED__SONG_NEVER;
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

static int fits_total(const msched__pack *pack, const msched__item *item)
{
    return item->length <= pack->max_total - pack->now.total_s;
}

/* Put an item where it fits without moving others: at its previous start if asked and free, else as early as can be. */
static int insert_free(msched__pack *pack, uint32_t index, int prefer)
{
    const msched__item *item = &pack->items[index];
    uint32_t at = 0;
    int32_t start = MSCHED__SONG_NEVER, wish = pack->problem->plays[item->play].preferred_s;
    if (!item->locked && !fits_total(pack, item))
        return 0;
    if (prefer && wish != MSCHED_UNSET)
        start = free_place(pack, item, wish, wish, &at);
    if (start == MSCHED__SONG_NEVER)
        start = free_place(pack, item, INT32_MIN, INT32_MAX, &at);
    if (item->locked) {
        start = item->pin.start;
        for (at = 0; at < pack->now.count && pack->now.start[at] <= start; at++)
            ;
    }
    if (start == MSCHED__SONG_NEVER)
        return 0;
    msched__pack_put(pack, index, at, start);
    return 1;
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

static void keep_best(msched__pack *pack)
{
    if (pack->now.value > pack->best.value || pack->best.count == 0)
        copy_sequence(&pack->best, &pack->now);
}

enum greedy_order { BY_TIGHTNESS = 0, BY_DENSITY = 1, BY_VALUE = 2, BY_DEADLINE = 3, ORDER_COUNT = 4 };

static uint64_t greedy_key(const msched__pack *pack, const msched__item *item, int prefer, enum greedy_order order)
{
    uint64_t head = 3, slack = 0, tail;
    if (item->locked)
        return 0;
    if (prefer && pack->problem->plays[item->play].preferred_s != MSCHED_UNSET)
        head = 1;
    else if (item->window_count == 1 && item->windows == &item->pin)
        head = 2;
    uint64_t optional = item->value != MSCHED__MUST_VALUE;
    if (prefer)
        head += 3 * (head > 2); /* free plays after all kept ones */
    for (uint32_t w = 0; w < item->window_count; w++)
        if (item->windows[w].end - item->windows[w].start > item->length)
            slack += (uint64_t)(item->windows[w].end - item->windows[w].start - item->length);
    if (slack > 0xFFFFF)
        slack = 0xFFFFF;
    switch (order) {
    case BY_DENSITY:
        tail =
            optional ? 0x3FFFFFFF - ((uint64_t)item->value << 18) / (uint64_t)(item->length + pack->gap) : (uint64_t)item->length;
        break;
    case BY_VALUE:
        tail = optional ? 0x3FFFFFFF - (uint64_t)item->value : (uint64_t)item->length;
        break;
    case BY_DEADLINE:
        tail = (uint64_t)(uint32_t)item->deadline;
        break;
    default:
        tail = slack;
        break;
    }
    return head << 56 | optional << 55 | (tail & 0x7FFFFFFF) << 20 | slack;
}

uint64_t msched__pack_tightness(const msched__pack *pack, uint32_t index)
{
    return greedy_key(pack, &pack->items[index], 0, BY_TIGHTNESS);
}

int msched__pack_insert(msched__pack *pack, uint32_t index)
{
    return insert_free(pack, index, 0);
}

/* Greedy insertion of all items in one order; 1: all of them are placed. */
static int place_greedily(msched__pack *pack, msched__keyed *keys, int prefer, enum greedy_order order)
{
    int all = 1, failed = 0;
    uint32_t last = MSCHED__NONE;
    msched__pack_clear(pack);
    for (uint32_t i = 0; i < pack->count; i++)
        keys[i] = (msched__keyed){greedy_key(pack, &pack->items[i], prefer, order), i};
    msched__key_sort(keys, pack->count);
    for (uint32_t i = 0; i < pack->count; i++) {
        uint32_t index = keys[i].index;
        /* what had no place for one play has none for its equals */
        if (failed && pack->items[index].same && last == index - 1 && keys[i - 1].index == last) {
            last = index;
            continue;
        }
        failed = !insert_free(pack, index, prefer);
        last = index;
        if (failed)
            all = 0;
    }
    return all;
}

/*
 * Times of now's sequence with `index` put at place `at` (instead of the song there if `replace`), into pack->trial.
 * 0: a song would come too late.
 */
static int try_sequence(msched__pack *pack, uint32_t index, uint32_t at, int replace)
{
    const msched__sequence *now = &pack->now;
    uint32_t count = now->count + !replace;
    int32_t from = at == 0 ? INT32_MIN : now->start[at - 1] + pack->items[now->item[at - 1]].length + pack->gap;
    for (uint32_t i = at; i < count; i++) {
        uint32_t which = i == at ? index : now->item[i - !replace];
        const msched__item *item = &pack->items[which];
        int32_t start = from;
        pack->work += (i & 7) == 0;
        if (item->artist != MSCHED__NONE)
            for (uint32_t k = i; k-- > 0;) {
                uint32_t other = k == at ? index : now->item[k > at ? k - !replace : k];
                if (pack->items[other].artist == item->artist) {
                    int32_t end = (k < at ? now->start[k] : pack->trial[k]) + pack->items[other].length;
                    if (end + pack->separation > start)
                        start = end + pack->separation;
                    break;
                }
            }
        start = item->locked ? item->pin.start : msched__item_next(item, start);
        if (start == MSCHED__SONG_NEVER || (item->locked && start < from))
            return 0;
        pack->trial[i] = start;
        if (i > at && start == now->start[i - !replace] && pack->artist_count == 0) {
            for (i++; i < count; i++)
                pack->trial[i] = now->start[i - !replace];
            break;
        }
        from = start + item->length + pack->gap;
    }
    return 1;
}

/* Take what try_sequence found. */
static void accept(msched__pack *pack, uint32_t index, uint32_t at, int replace)
{
    msched__sequence *now = &pack->now;
    pack->latest_known = 0;
    if (replace) {
        uint32_t old = now->item[at];
        pack->placed[old] = 0;
        now->total_s += pack->items[index].length - pack->items[old].length;
        now->value += pack->items[index].value - pack->items[old].value;
        now->item[at] = index;
        pack->placed[index] = 1;
    } else {
        msched__pack_put(pack, index, at, pack->trial[at]);
    }
    memcpy(&now->start[at], &pack->trial[at], (now->count - at) * sizeof *now->start);
}

/* Latest starts of now's songs within the windows in which they stand, into pack->latest. */
static void find_latest(msched__pack *pack)
{
    const msched__sequence *now = &pack->now;
    int32_t next = MSCHED__SONG_NEVER;
    if (pack->latest_known || pack->count <= MSCHED__SEARCH_MAX_ITEMS)
        return;
    pack->latest_known = 1;
    pack->work += now->count / 16;
    for (uint32_t i = now->count; i-- > 0;) {
        const msched__item *item = &pack->items[now->item[i]];
        int32_t latest = next == MSCHED__SONG_NEVER ? next : next - pack->gap - item->length;
        for (uint32_t w = 0; w < item->window_count; w++)
            if (item->windows[w].start <= now->start[i] && now->start[i] < item->windows[w].end &&
                item->windows[w].end - item->length < latest)
                latest = item->windows[w].end - item->length;
        pack->latest[i] = next = item->locked ? now->start[i] : latest;
    }
}

/*
 * Whether it is worth trying an item before the song at place `to`, after the one before place `at`. Where there are many
 * songs, only if the ones after it could make room in the windows in which they stand.
 */
static int has_room(const msched__pack *pack, const msched__item *item, uint32_t at, uint32_t to)
{
    const msched__sequence *now = &pack->now;
    if (pack->count <= MSCHED__SEARCH_MAX_ITEMS)
        return 1;
    int32_t from = at == 0 ? INT32_MIN : now->start[at - 1] + pack->items[now->item[at - 1]].length + pack->gap;
    int32_t start = msched__item_next(item, from);
    return start != MSCHED__SONG_NEVER && (to == now->count || start + item->length + pack->gap <= pack->latest[to]);
}

static int insert_anywhere(msched__pack *pack, uint32_t index)
{
    const msched__item *item = &pack->items[index];
    if (!fits_total(pack, item))
        return 0;
    find_latest(pack);
    pack->work += 1 + pack->now.count / 16;
    for (uint32_t at = 0; at <= pack->now.count && pack->work < pack->work_limit; at++) {
        if (at > 0 &&
            pack->now.start[at - 1] + pack->items[pack->now.item[at - 1]].length + pack->gap + item->length > item->deadline)
            break;
        if (at < pack->now.count && pack->now.start[at] + pack->items[pack->now.item[at]].length < item->release)
            continue;
        if (has_room(pack, item, at, at) && try_sequence(pack, index, at, 0)) {
            accept(pack, index, at, 0);
            return 1;
        }
    }
    return 0;
}

/* Put an item in the place of one that is worth less, or as much but is longer. */
static int exchange(msched__pack *pack, uint32_t index)
{
    const msched__item *item = &pack->items[index];
    find_latest(pack);
    pack->work += 1 + pack->now.count / 16;
    for (uint32_t at = 0; at < pack->now.count && pack->work < pack->work_limit; at++) {
        const msched__item *old = &pack->items[pack->now.item[at]];
        if (old->locked || old->value > item->value || (old->value == item->value && old->length <= item->length) ||
            item->length - old->length > pack->max_total - pack->now.total_s)
            continue;
        if (has_room(pack, item, at, at + 1) && try_sequence(pack, index, at, 1)) {
            accept(pack, index, at, 1);
            return 1;
        }
    }
    return 0;
}

/* Close up the sequence to its earliest times. */
static void close_up(msched__pack *pack)
{
    msched__sequence *now = &pack->now;
    if (now->count == 0)
        return;
    if (try_sequence(pack, now->item[0], 0, 1))
        memcpy(now->start, pack->trial, now->count * sizeof *now->start);
}

/* Rounds of repair: with few songs and with many. */
#define PASSES_FEW  50
#define PASSES_MANY 2

/* Insertions and exchanges until none helps, most valuable plays first. */
static void improve(msched__pack *pack, msched__keyed *keys)
{
    int changed = 1, passes = pack->count <= MSCHED__SEARCH_MAX_ITEMS ? PASSES_FEW : PASSES_MANY;
    while (changed && passes-- > 0 && pack->work < pack->work_limit) {
        uint32_t count = 0;
        changed = 0;
        for (uint32_t i = 0; i < pack->count; i++)
            if (!pack->placed[i])
                keys[count++] = (msched__keyed){greedy_key(pack, &pack->items[i], 0, BY_VALUE), i};
        msched__key_sort(keys, count);
        for (uint32_t i = 0; i < count && pack->work < pack->work_limit; i++)
            if (!pack->placed[keys[i].index])
                changed |= insert_anywhere(pack, keys[i].index) || exchange(pack, keys[i].index);
    }
}

/* Move plays of `now` back to their previous starts where these are free; 1: some moved. */
static int restore_starts(msched__pack *pack)
{
    msched__sequence *now = &pack->now;
    int any = 0;
    for (uint32_t i = 0; i < now->count; i++) {
        uint32_t index = now->item[i], at = 0;
        int32_t wish = pack->problem->plays[pack->items[index].play].preferred_s, was = now->start[i];
        if (wish == MSCHED_UNSET || wish == was || pack->items[index].locked)
            continue;
        memmove(&now->item[i], &now->item[i + 1], (now->count - i - 1) * sizeof *now->item);
        memmove(&now->start[i], &now->start[i + 1], (now->count - i - 1) * sizeof *now->start);
        now->count--;
        now->total_s -= pack->items[index].length;
        now->value -= pack->items[index].value;
        int moved = free_place(pack, &pack->items[index], wish, wish, &at) == wish;
        msched__pack_put(pack, index, moved ? at : i, moved ? wish : was);
        any |= moved;
    }
    return any;
}

static int has_previous(const msched__pack *pack)
{
    for (uint32_t i = 0; i < pack->count; i++)
        if (pack->problem->plays[pack->items[i].play].preferred_s != MSCHED_UNSET)
            return 1;
    return 0;
}

/* Try to place just the items flagged in pack->placed, hardest first, anywhere in the sequence. */
static void place_flagged(msched__pack *pack, msched__keyed *keys)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < pack->count; i++)
        if (pack->placed[i] || pack->items[i].locked)
            keys[count++] = (msched__keyed){greedy_key(pack, &pack->items[i], 0, BY_TIGHTNESS), i};
    msched__key_sort(keys, count);
    msched__pack_clear(pack);
    for (uint32_t i = 0; i < count; i++)
        if (!insert_free(pack, keys[i].index, 0))
            insert_anywhere(pack, keys[i].index);
    improve(pack, keys);
    keep_best(pack);
}

/* Upper bound on the value of all placements, by the windows and by a knapsack; 0 when out of memory. */
static int bound_all(msched__pack *pack, int64_t *bound)
{
    int64_t must, weight, by_sack, locked_must = pack->locked_value / MSCHED__MUST_VALUE;
    if (!msched__pack_bound(pack, &must, &weight) || !msched__pack_sack_bound(pack, must - locked_must, &by_sack))
        return 0;
    by_sack += pack->locked_value % MSCHED__MUST_VALUE;
    *bound = must * MSCHED__MUST_VALUE + (by_sack < weight ? by_sack : weight);
    return 1;
}

/* Greedy orders, each repaired, as long as the bound is not met. */
static void try_orders(msched__pack *pack, msched__keyed *keys, int orders, int64_t bound)
{
    for (int order = BY_TIGHTNESS; order < orders && pack->best.value < bound; order++) {
        place_greedily(pack, keys, 0, (enum greedy_order)order);
        close_up(pack);
        improve(pack, keys);
        keep_best(pack);
    }
}

/* More than can be searched: a knapsack shared out, then repaired; other orders only where must plays are missing. */
static int place_many(msched__pack *pack, msched__keyed *keys, int64_t bound)
{
    if (pack->artist_count == 0) {
        if (!msched__pack_share(pack))
            return 0;
        keep_best(pack);
    }
    if (pack->best.value >= bound)
        return 1;
    if (pack->artist_count == 0) {
        improve(pack, keys);
        keep_best(pack);
    }
    if (pack->best.value / MSCHED__MUST_VALUE < bound / MSCHED__MUST_VALUE || pack->artist_count > 0)
        try_orders(pack, keys, BY_VALUE, bound);
    return 1;
}

/* Branch and bound; `*bound` falls to what is proved. 0 when out of memory. */
static int search(msched__pack *pack, msched__keyed *keys, int64_t *bound)
{
    int proved = msched__pack_assign(pack, bound);
    if (proved == 2) {
        place_flagged(pack, keys);
        proved = 0;
    }
    if (proved == 0 && pack->best.value < *bound)
        proved = msched__pack_search(pack, *bound);
    if (proved > 0)
        *bound = pack->best.value;
    return proved >= 0;
}

/* Everything beyond one greedy insertion. 0 when out of memory. */
static int place_hard(msched__pack *pack, msched__keyed *keys, msched__songs_placement *out)
{
    int64_t bound;
    int many = pack->count > MSCHED__SEARCH_MAX_ITEMS, done = bound_all(pack, &bound);
    if (done && many)
        done = place_many(pack, keys, bound);
    else if (done)
        try_orders(pack, keys, ORDER_COUNT, bound);
    if (done && !many && pack->best.value < bound)
        done = search(pack, keys, &bound);
    out->must_bound = bound / MSCHED__MUST_VALUE;
    out->weight_bound = bound % MSCHED__MUST_VALUE;
    return done;
}

/* Whether a song may start `later` seconds later as far as its window and the previous schedule go. */
static int may_wait(const msched__pack *pack, uint32_t place, int32_t later)
{
    const msched__item *item = &pack->items[pack->now.item[place]];
    int32_t start = pack->now.start[place];
    if (item->locked || item->artist != MSCHED__NONE || pack->problem->plays[item->play].preferred_s == start)
        return 0;
    for (uint32_t w = 0; w < item->window_count; w++)
        if (item->windows[w].start <= start && start + later <= item->windows[w].end - item->length)
            return 1;
    return 0;
}

/* Let songs wait for the next ones where only a short silence would part them: sessions stay whole, and holes merge. */
static void join_sessions(msched__pack *pack)
{
    msched__sequence *now = &pack->now;
    for (uint32_t i = now->count; i-- > 1;) {
        int32_t end = now->start[i - 1] + pack->items[now->item[i - 1]].length + pack->gap;
        int32_t silence = now->start[i] - end;
        if (silence > 0 && silence <= SHORT_SILENCE_S && may_wait(pack, i - 1, silence))
            now->start[i - 1] += silence;
    }
}

static void write_out(const msched__pack *pack, msched__songs_placement *out)
{
    for (uint32_t i = 0; i < pack->now.count; i++)
        out->start[pack->items[pack->now.item[i]].play] = pack->now.start[i];
    out->must = pack->now.value / MSCHED__MUST_VALUE;
    out->weight = pack->now.value % MSCHED__MUST_VALUE;
    out->work = pack->work;
}

msched_result msched__songs_place(msched__arena *arena, const msched__songs_problem *problem, msched__songs_placement *out)
{
    msched__pack pack;
    memset(out, 0, sizeof *out);
    out->start = msched__arena_alloc(arena, problem->play_count, sizeof *out->start);
    if (out->start == NULL || !msched__pack_init(&pack, arena, problem))
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < problem->play_count; i++)
        out->start[i] = MSCHED_UNSET;
    msched__keyed *keys = msched__arena_alloc(arena, pack.count, sizeof *keys);
    if (keys == NULL)
        return MSCHED_ERROR_MEMORY;
    pack.work = pack.count;
    int previous = has_previous(&pack);
    int all = place_greedily(&pack, keys, previous, BY_TIGHTNESS);
    if (all) {
        join_sessions(&pack);
        write_out(&pack, out);
        out->must_bound = out->must;
        out->weight_bound = out->weight;
        return MSCHED_OK;
    }
    keep_best(&pack);
    if (!place_hard(&pack, keys, out))
        return MSCHED_ERROR_MEMORY;
    copy_sequence(&pack.now, &pack.best);
    for (int pass = 0; previous && pass < RESTORE_PASSES && restore_starts(&pack); pass++)
        ; /* one song's place may be free only when another is back in its own */
    join_sessions(&pack);
    write_out(&pack, out);
    return MSCHED_OK;
}
