/*
 * Items of a previous schedule that have begun stay if the plan still allows it; the others only
 * prefer their old times.
 */
#include "schedule/model/previous.h"

#include "algo/min_max.h"
#include "schedule/output/schedule_clock.h"
#include "schedule/model/artists.h"

#include <string.h>

static uint32_t find_todo(const msched_plan *plan, const char *id, uint32_t guess)
{
    if (guess < plan->todo_count && strcmp(plan->todos[guess].id, id) == 0)
        return guess;
    for (uint32_t i = 0; i < plan->todo_count; i++)
        if (strcmp(plan->todos[i].id, id) == 0)
            return i;
    return UINT32_MAX;
}

/*
 * 1 if a piece that has begun and another to-do at these times respect each other's buffers. What
 * ended before the piece began, as the plan says, may have ended in the buffer: that is past.
 */
static int apart(const msched__plan_todo *x, msched__interval x_at, const msched__plan_todo *y,
                 msched__interval y_at)
{
    const int32_t pause = y->state != MSCHED_STATE_OPEN
                              ? 0
                              : larger(y->buffer_after_s, x->buffer_before_s);
    return x_at.end + larger(x->buffer_after_s, y->buffer_before_s) <= y_at.start ||
           y_at.end + pause <= x_at.start;
}

static int32_t kept_length(const msched__replan *replan, uint32_t todo)
{
    int32_t length = 0;
    for (uint32_t i = 0; i < replan->frozen_count; i++)
        if (replan->frozen[i].todo == todo)
            length += replan->frozen[i].end - replan->frozen[i].start;
    return length;
}

/*
 * 1 if a piece that has begun still follows the rules of this plan, given the events and the pieces
 * kept so far.
 */
static int still_holds(const msched_plan *plan, const msched__replan *replan,
                       const msched__frozen *piece)
{
    const msched__plan_todo *todo = &plan->todos[piece->todo];
    msched__interval at = {piece->start, piece->end};
    if (piece->start < larger(todo->earliest_s, plan->day_start_s) || piece->end > todo->latest_s ||
        piece->end > plan->day_end_s ||
        (todo->start_s != MSCHED_UNSET && todo->start_s != piece->start))
        return 0;
    for (uint32_t i = 0; i < plan->todo_count; i++) {
        const msched__plan_todo *event = &plan->todos[i];
        if (event->kind == MSCHED_TODO_EVENT && !event->closed &&
            !apart(todo, at, event, (msched__interval){event->start_s, event->end_s}))
            return 0;
    }
    for (uint32_t i = 0; i < replan->frozen_count; i++) {
        const msched__frozen *other = &replan->frozen[i];
        if (other->todo != piece->todo && !apart(todo, at, &plan->todos[other->todo],
                                                 (msched__interval){other->start, other->end}))
            return 0;
    }
    for (uint32_t k = 0; k < todo->before_count; k++) {
        const msched__plan_todo *next = &plan->todos[todo->before[k]];
        if (next->kind == MSCHED_TODO_EVENT && !next->closed && piece->end > next->start_s)
            return 0;
    }
    for (uint32_t k = 0; k < todo->after_count; k++) {
        const msched__plan_todo *pred = &plan->todos[todo->after[k]];
        if (pred->closed)
            continue;
        int32_t end = pred->kind == MSCHED_TODO_EVENT ? pred->end_s : 0;
        /* the rest of it comes after now */
        if (pred->kind == MSCHED_TODO_TASK &&
            kept_length(replan, todo->after[k]) < pred->duration_s)
            return 0;
        for (uint32_t i = 0; i < replan->frozen_count; i++)
            if (replan->frozen[i].todo == todo->after[k])
                end = larger(end, replan->frozen[i].end);
        if (end > piece->start)
            return 0;
    }
    return 1;
}

/*
 * Keep a piece of a task that has begun, if the plan still allows it. 1 if it stays. Without a
 * given state, a piece that should be running now counts as running; a piece that should have ended
 * counts as not begun, unless the plan assumes that it is done.
 */
static int freeze(const msched_plan *plan, const msched_schedule_entry *entry, uint32_t todo,
                  msched__replan *out)
{
    const msched__plan_todo *t = &plan->todos[todo];
    msched__frozen piece = {todo, entry->start_s, entry->end_s, MSCHED_STATE_DONE};
    int whole = t->split_min_s == 0 || t->start_s != MSCHED_UNSET;
    int32_t left = t->duration_s - kept_length(out, todo);
    if (whole)
        piece.end = piece.start + t->duration_s;
    else if (piece.end - piece.start > left) /* shortened since */
        piece.end = piece.start + left;
    if (entry->end_s > plan->now_s && piece.end > plan->now_s)
        piece.state = MSCHED_STATE_STARTED;
    else if (piece.end > entry->end_s)
        return 0; /* ended, and lengthened since */
    if (t->state != MSCHED_STATE_OPEN || (piece.state == MSCHED_STATE_DONE && !plan->assume_done))
        return 0;
    int32_t length = piece.end - piece.start, rest = left - length;
    if (length <= 0 || rest < 0 ||
        (!whole && ((rest > 0 && rest < t->split_min_s) ||
                    (length < t->split_min_s && length != t->duration_s))) ||
        !still_holds(plan, out, &piece))
        return 0;
    out->frozen[out->frozen_count++] = piece;
    return 1;
}

static void read_todo(const msched_plan *plan, const msched_schedule_entry *entry,
                      msched__replan *out)
{
    uint32_t todo = find_todo(plan, entry->id, entry->todo);
    if (todo == UINT32_MAX || plan->todos[todo].kind != MSCHED_TODO_TASK)
        return;
    uint8_t state = plan->todos[todo].state;
    /* the rest of a paused task is placed, too */
    int is_rest = state == MSCHED_STATE_PAUSED && entry->state == MSCHED_STATE_OPEN &&
                  (plan->now_s == MSCHED_UNSET || entry->start_s >= plan->now_s);
    if (state >= MSCHED_STATE_STARTED && !is_rest)
        return;
    if (plan->now_s != MSCHED_UNSET && entry->start_s < plan->now_s &&
        freeze(plan, entry, todo, out))
        return;
    uint32_t at = out->piece_count++;
    for (; at > 0 && out->pieces[at - 1].todo > todo; at--)
        out->pieces[at] = out->pieces[at - 1];
    out->pieces[at] = (msched__frozen){todo, entry->start_s, entry->end_s, MSCHED_STATE_OPEN};
}

int msched__replan_wish(msched__arena *arena, const msched__replan *replan, msched__tasks *tasks)
{
    msched__interval *spans = msched__arena_alloc(arena, replan->piece_count, sizeof *spans);
    if (spans == NULL)
        return 0;
    for (uint32_t i = 0; i < replan->piece_count; i++) {
        const msched__frozen *piece = &replan->pieces[i];
        uint32_t index = tasks->task_of[piece->todo];
        spans[i] = (msched__interval){piece->start, piece->end};
        if (index == UINT32_MAX)
            continue;
        msched__task *task = &tasks->tasks[index];
        if (task->wished_count++ > 0)
            continue;
        task->wished = &spans[i];
        task->wished_s = piece->start;
    }
    return 1;
}

static uint32_t plays_of(const msched__replan *replan, uint32_t wish)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < replan->play_count; i++)
        count += replan->plays[i].wish == wish;
    return count;
}

/* The plan's data for matching songs of the past. */
typedef struct song_reader {
    msched__arena *arena;
    const msched_catalog *catalog;
    const msched_plan *plan;
    const msched__wish *wishes;
    msched__replan *out;
} song_reader;

static int32_t length_of(const msched_catalog *catalog, uint32_t track)
{
    return (int32_t)((catalog->duration_ms[track] + 999) / 1000);
}

/*
 * The wish of a previous play: by its identity; if it has none, by the same position or the same
 * track.
 */
static uint32_t find_wish(const song_reader *in, const msched_schedule_entry *entry, uint32_t track)
{
    uint32_t occurrence = msched__schedule_occurrence(entry), guess = entry->wanted;
    const msched__plan_song *songs = in->plan->songs;
    if (occurrence == 0 && guess < in->plan->song_count && in->wishes[guess].track == track &&
        plays_of(in->out, guess) < songs[guess].times)
        return guess;
    for (uint32_t i = 0; i < in->plan->song_count; i++)
        if (in->wishes[i].track == track && plays_of(in->out, i) < songs[i].times &&
            (occurrence == 0 || in->wishes[i].occurrence == occurrence))
            return i;
    return UINT32_MAX;
}

/* 1 if the span overlaps no fixed silent item and no quiet hours. */
static int is_listenable(const song_reader *in, int32_t start, int32_t end)
{
    const msched_plan *plan = in->plan;
    if (start < plan->day_start_s || end > plan->day_end_s)
        return 0;
    for (uint32_t i = 0; i < plan->listening.quiet_count; i++)
        if (start < plan->listening.quiet_s[2 * i + 1] && end > plan->listening.quiet_s[2 * i])
            return 0;
    for (uint32_t i = 0; i < plan->todo_count; i++) {
        const msched__plan_todo *t = &plan->todos[i];
        if (t->kind == MSCHED_TODO_EVENT && !t->closed && !t->music &&
            start < t->end_s + t->buffer_after_s && end > t->start_s - t->buffer_before_s)
            return 0;
    }
    for (uint32_t i = 0; i < in->out->frozen_count; i++) {
        const msched__frozen *piece = &in->out->frozen[i];
        const msched__plan_todo *t = &plan->todos[piece->todo];
        if (!t->music && start < piece->end + t->buffer_after_s &&
            end > piece->start - t->buffer_before_s)
            return 0;
    }
    return 1;
}

/* 1 if the to-do really ran over the whole span. */
static int ran_over(const song_reader *in, uint32_t todo, int32_t start, int32_t end)
{
    const msched__plan_todo *t = &in->plan->todos[todo];
    if (!t->music || t->closed)
        return 0;
    if (t->kind == MSCHED_TODO_EVENT)
        return t->start_s <= start && end <= t->end_s;
    for (uint32_t i = 0; i < in->out->frozen_count; i++)
        if (in->out->frozen[i].todo == todo && in->out->frozen[i].start <= start &&
            end <= in->out->frozen[i].end)
            return 1;
    return 0;
}

/* 1 if a song keeps the required distances from one that was played. */
static int is_apart(const song_reader *in, uint32_t track, int32_t start, uint32_t other,
                    int32_t other_start)
{
    const msched_listening *rules = &in->plan->listening;
    int32_t apart = msched__artists_shared(in->catalog, in->catalog->track_artist[track],
                                           in->catalog->track_artist[other])
                        ? larger(rules->gap_s, rules->artist_separation_s)
                        : rules->gap_s;
    return start + length_of(in->catalog, track) + apart <= other_start ||
           other_start + length_of(in->catalog, other) + apart <= start;
}

/*
 * For a song that was heard outside the to-do in which it is wanted: the wish for it anywhere, if
 * any.
 */
static uint32_t other_wish(const song_reader *in, const msched_schedule_entry *entry, uint32_t wish)
{
    const msched__plan_song *songs = in->plan->songs;
    uint32_t track = in->wishes[wish].track;
    if (songs[wish].during == UINT32_MAX ||
        ran_over(in, songs[wish].during, entry->start_s,
                 entry->start_s + length_of(in->catalog, track)))
        return wish;
    for (uint32_t i = 0; i < in->plan->song_count; i++)
        if (in->wishes[i].track == track && songs[i].during == UINT32_MAX &&
            plays_of(in->out, i) < songs[i].times)
            return i;
    return wish;
}

/*
 * 1 if a song that began before now stays: according to the rules of this plan, it was played as
 * planned. `wish` is UINT32_MAX for fill.
 */
static int was_played(const song_reader *in, uint32_t wish, uint32_t track,
                      const msched_schedule_entry *entry)
{
    int32_t start = entry->start_s;
    const msched__replan *out = in->out;
    const msched_listening *rules = &in->plan->listening;
    int32_t end = start + length_of(in->catalog, track);
    int64_t total = end - start;
    const msched__plan_song *song = wish == UINT32_MAX ? NULL : &in->plan->songs[wish];
    if (!is_listenable(in, start, end))
        return 0;
    if (song != NULL && song->between_start_s != MSCHED_UNSET &&
        (start < song->between_start_s || end > song->between_end_s))
        return 0;
    /* if the previous schedule has it outside a to-do, it was heard before the to-do was dropped */
    if (song != NULL && song->during != UINT32_MAX && entry->during[0] != '\0' &&
        !ran_over(in, song->during, start, end))
        return 0;
    for (uint32_t i = 0; i < out->play_count; i++) {
        const msched__previous_play *play = &out->plays[i];
        if (!play->frozen)
            continue;
        if (!is_apart(in, track, start, in->wishes[play->wish].track, play->start_s))
            return 0;
        total += length_of(in->catalog, in->wishes[play->wish].track);
    }
    for (uint32_t i = 0; i < out->fill_count; i++) {
        if (!out->fill[i].frozen)
            continue;
        if (!is_apart(in, track, start, out->fill[i].track, out->fill[i].start_s))
            return 0;
        total += length_of(in->catalog, out->fill[i].track);
    }
    return rules->max_total_s == MSCHED_UNSET || total <= rules->max_total_s;
}

/* 1 if a song that began before now is in the window of a fill, which has room for it. */
static int belongs_to(const song_reader *in, uint32_t k, uint32_t track, int32_t start)
{
    const msched_listening *rules = msched__plan_fill_rules(in->plan, k);
    const uint32_t during = msched__plan_fill_during(in->plan, k);
    const int32_t end = start + length_of(in->catalog, track);
    int64_t seconds = end - start;
    for (uint32_t i = 0; i < in->out->fill_count; i++)
        if (in->out->fill[i].frozen && in->out->fill[i].fill == k)
            seconds += length_of(in->catalog, in->out->fill[i].track);
    return seconds <= rules->fill_s &&
           (rules->fill_between_start_s == MSCHED_UNSET ||
            (start >= rules->fill_between_start_s && end <= rules->fill_between_end_s)) &&
           (during == UINT32_MAX || ran_over(in, during, start, end));
}

/*
 * The fill of a song that began before now: the one of the previous schedule, or the first other
 * one to which it can belong. UINT8_MAX: none.
 */
static uint8_t find_fill(const song_reader *in, uint32_t guess, uint32_t track, int32_t start)
{
    if (guess <= in->plan->more_fill_count && belongs_to(in, guess, track, start))
        return (uint8_t)guess;
    for (uint32_t k = 0; k <= in->plan->more_fill_count; k++)
        if (belongs_to(in, k, track, start))
            return (uint8_t)k;
    return UINT8_MAX;
}

/* A song whose line was removed is gone; one that is skipped or was heard gets no more plays. */
static void read_song(const song_reader *in, const msched_schedule_entry *entry)
{
    uint32_t track, wish = UINT32_MAX;
    msched__replan *out = in->out;
    uint8_t past = in->plan->now_s != MSCHED_UNSET && entry->start_s < in->plan->now_s;
    if (in->catalog == NULL ||
        msched_catalog_find_id(in->catalog, entry->id, &track, NULL) != MSCHED_OK)
        return;
    if (entry->wanted != UINT32_MAX) {
        wish = find_wish(in, entry, track);
        if (wish == UINT32_MAX)
            return;
        if (past)
            wish = other_wish(in, entry, wish);
        uint8_t state = in->plan->songs[wish].state;
        if (state == MSCHED_STATE_SKIPPED || (state == MSCHED_STATE_DONE && !past))
            return;
    }
    uint8_t fill = entry->fill <= in->plan->more_fill_count ? (uint8_t)entry->fill : 0;
    if (past && wish == UINT32_MAX)
        fill = find_fill(in, entry->fill, track, entry->start_s);
    if (past && (fill == UINT8_MAX || !was_played(in, wish, track, entry)))
        return;
    if (wish != UINT32_MAX)
        out->plays[out->play_count++] = (msched__previous_play){wish, entry->start_s, past};
    else
        out->fill[out->fill_count++] = (msched__previous_fill){track, entry->start_s, past, fill};
}

/*
 * Done and skipped songs are not planned; they keep the plays that they had. 0 when out of memory.
 */
static int close_songs(const song_reader *in, msched__happened *happened)
{
    uint32_t closed = 0, count = in->plan->song_count;
    for (uint32_t i = 0; i < count; i++)
        closed += in->plan->songs[i].state != MSCHED_STATE_OPEN;
    if (closed == 0)
        return 1;
    msched__plan_song *songs = msched__arena_alloc(in->arena, count, sizeof *songs);
    if (songs == NULL)
        return 0;
    memcpy(songs, in->plan->songs, count * sizeof *songs);
    for (uint32_t i = 0; i < count; i++)
        if (songs[i].state != MSCHED_STATE_OPEN)
            songs[i].times = plays_of(in->out, i);
    happened->plan.songs = songs;
    return 1;
}

msched_result msched__replan_make(msched__arena *arena, const msched__plan_songs *songs,
                                  msched__happened *happened, const msched_schedule *previous,
                                  msched__replan *out)
{
    const msched_plan *plan = songs->plan;
    song_reader in = {arena, songs->catalog, plan, songs->wishes, out};
    uint32_t n = previous == NULL ? 0 : previous->entry_count;
    *out = (msched__replan){.frozen_count = happened->fact_count};
    out->frozen = msched__arena_alloc(arena, (size_t)happened->fact_count + n, sizeof *out->frozen);
    out->pieces = msched__arena_alloc(arena, n, sizeof *out->pieces);
    out->plays = msched__arena_alloc(arena, n, sizeof *out->plays);
    out->fill = msched__arena_alloc(arena, n, sizeof *out->fill);
    if (out->frozen == NULL || out->pieces == NULL || out->plays == NULL || out->fill == NULL)
        return MSCHED_ERROR_MEMORY;
    if (happened->fact_count > 0)
        memcpy(out->frozen, happened->facts, happened->fact_count * sizeof *out->frozen);
    for (uint32_t i = 0; i < n; i++)
        if (previous->entries[i].kind == MSCHED_ENTRY_TODO) {
            const msched_schedule_entry entry = msched__entry_on_axis(&previous->entries[i],
                                                                      &plan->axis);
            read_todo(plan, &entry, out);
        }
    for (uint32_t i = 0; i < n; i++)
        if (previous->entries[i].kind == MSCHED_ENTRY_SONG) {
            const msched_schedule_entry entry = msched__entry_on_axis(&previous->entries[i],
                                                                      &plan->axis);
            read_song(&in, &entry);
        }
    return close_songs(&in, happened) ? MSCHED_OK : MSCHED_ERROR_MEMORY;
}
