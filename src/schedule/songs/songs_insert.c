/*
 * Insertion and exchange, the moves of the local search for wanted songs (songs_solve.c). A song is
 * inserted where it displaces none; or between two others, if all songs after it, moved to their
 * earliest times, still end in their windows; or in place of one that is worth less. For many
 * songs, latest starts, computed backward once per sequence, show immediately that a place has no
 * room.
 */
#include "schedule/songs/songs_insert.h"

#include "algo/budget.h"

#include <string.h>

/*
 * End of a song by the same artist that is too near, or `start` if there is none. `at`: the first
 * song after.
 */
static int32_t artist_conflict(const msched__pack *pack, const msched__item *item, uint32_t at,
                               int32_t start)
{
    const msched__sequence *now = &pack->now;
    for (uint32_t i = at; i < now->count && now->start[i] < start + item->length + pack->separation;
         i++)
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

/*
 * Earliest start in [from, last] that moves no other song; `*at` receives the position in the
 * sequence.
 */
static int32_t free_place(msched__pack *pack, const msched__item *item, int32_t from, int32_t last,
                          uint32_t *at)
{
    const msched__sequence *now = &pack->now;
    uint32_t k = 0;
    for (uint32_t w = 0; w < item->window_count; w++) {
        int32_t start = item->windows[w].start > from ? item->windows[w].start : from;
        while (start <= item->windows[w].end - item->length && start <= last) {
            while (k < now->count &&
                   now->start[k] + pack->items[now->item[k]].length + pack->gap <= start)
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
    msched__budget_count(pack->budget, 1 + k / 16);
    return MSCHED__SONG_NEVER;
}

static int fits_total(const msched__pack *pack, const msched__item *item)
{
    return item->length <= pack->max_total - pack->now.total_s;
}

int msched__pack_insert(msched__pack *pack, uint32_t index, int prefer)
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

uint64_t msched__pack_order_key(const msched__pack *pack, uint32_t index, int prefer,
                                enum msched__pack_order order)
{
    const msched__item *item = &pack->items[index];
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
    case MSCHED__BY_DENSITY:
        tail = optional ? 0x3FFFFFFF -
                              ((uint64_t)item->value << 18) / (uint64_t)(item->length + pack->gap)
                        : (uint64_t)item->length;
        break;
    case MSCHED__BY_VALUE:
        tail = optional ? 0x3FFFFFFF - (uint64_t)item->value : (uint64_t)item->length;
        break;
    case MSCHED__BY_DEADLINE:
        tail = (uint64_t)(uint32_t)item->deadline;
        break;
    default:
        tail = slack;
        break;
    }
    return head << 56 | optional << 55 | (tail & 0x7FFFFFFF) << 20 | slack;
}

/*
 * Times of now's sequence with `index` inserted at position `at` (or replacing the song there, with
 * `replace`), into pack->trial. 0: a song would be too late.
 */
static int try_sequence(msched__pack *pack, uint32_t index, uint32_t at, int replace)
{
    const msched__sequence *now = &pack->now;
    uint32_t count = now->count + !replace;
    int32_t from = at == 0 ? INT32_MIN
                           : now->start[at - 1] + pack->items[now->item[at - 1]].length + pack->gap;
    for (uint32_t i = at; i < count; i++) {
        uint32_t which = i == at ? index : now->item[i - !replace];
        const msched__item *item = &pack->items[which];
        int32_t start = from;
        msched__budget_count(pack->budget, (i & 7) == 0);
        if (item->artist != MSCHED__NONE)
            for (uint32_t k = i; k-- > 0;) {
                uint32_t other = k == at ? index : now->item[k > at ? k - !replace : k];
                if (pack->items[other].artist == item->artist) {
                    int32_t end = (k < at ? now->start[k] : pack->trial[k]) +
                                  pack->items[other].length;
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

/* Apply the result of try_sequence. */
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

/* Latest starts of now's songs within their current windows, into pack->latest. */
static void find_latest(msched__pack *pack)
{
    const msched__sequence *now = &pack->now;
    int32_t next = MSCHED__SONG_NEVER;
    if (pack->latest_known || pack->count <= MSCHED__SEARCH_MAX_ITEMS)
        return;
    pack->latest_known = 1;
    msched__budget_count(pack->budget, now->count / 16);
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
 * Whether it is worth trying an item before the song at position `to`, after the one before
 * position `at`. With many songs, only if the later ones could make room within their current
 * windows.
 */
static int has_room(const msched__pack *pack, const msched__item *item, uint32_t at, uint32_t to)
{
    const msched__sequence *now = &pack->now;
    if (pack->count <= MSCHED__SEARCH_MAX_ITEMS)
        return 1;
    int32_t from = at == 0 ? INT32_MIN
                           : now->start[at - 1] + pack->items[now->item[at - 1]].length + pack->gap;
    int32_t start = msched__item_next(item, from);
    return start != MSCHED__SONG_NEVER &&
           (to == now->count || start + item->length + pack->gap <= pack->latest[to]);
}

int msched__pack_insert_anywhere(msched__pack *pack, uint32_t index)
{
    const msched__item *item = &pack->items[index];
    if (!fits_total(pack, item))
        return 0;
    find_latest(pack);
    msched__budget_count(pack->budget, 1 + pack->now.count / 16);
    for (uint32_t at = 0; at <= pack->now.count && !msched__budget_over(pack->budget); at++) {
        if (at > 0 && pack->now.start[at - 1] + pack->items[pack->now.item[at - 1]].length +
                              pack->gap + item->length >
                          item->deadline)
            break;
        if (at < pack->now.count &&
            pack->now.start[at] + pack->items[pack->now.item[at]].length < item->release)
            continue;
        if (has_room(pack, item, at, at) && try_sequence(pack, index, at, 0)) {
            accept(pack, index, at, 0);
            return 1;
        }
    }
    return 0;
}

int msched__pack_exchange(msched__pack *pack, uint32_t index)
{
    const msched__item *item = &pack->items[index];
    find_latest(pack);
    msched__budget_count(pack->budget, 1 + pack->now.count / 16);
    for (uint32_t at = 0; at < pack->now.count && !msched__budget_over(pack->budget); at++) {
        const msched__item *old = &pack->items[pack->now.item[at]];
        if (old->locked || old->value > item->value ||
            (old->value == item->value && old->length <= item->length) ||
            item->length - old->length > pack->max_total - pack->now.total_s)
            continue;
        if (has_room(pack, item, at, at + 1) && try_sequence(pack, index, at, 1)) {
            accept(pack, index, at, 1);
            return 1;
        }
    }
    return 0;
}

void msched__pack_close_up(msched__pack *pack)
{
    msched__sequence *now = &pack->now;
    if (now->count == 0)
        return;
    if (try_sequence(pack, now->item[0], 0, 1))
        memcpy(now->start, pack->trial, now->count * sizeof *now->start);
}

int msched__pack_restore_starts(msched__pack *pack)
{
    msched__sequence *now = &pack->now;
    int any = 0;
    for (uint32_t i = 0; i < now->count; i++) {
        uint32_t index = now->item[i], at = 0;
        int32_t wish = pack->problem->plays[pack->items[index].play].preferred_s,
                was = now->start[i];
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
