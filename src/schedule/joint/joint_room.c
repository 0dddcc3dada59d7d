/*
 * The songs that can still be placed share the rest of the listenable time, and those that play in
 * a task share its length. The bound fills both with the songs of the highest weight per second,
 * including a part of the first song that does not fit. No choice of songs has more weight, because
 * the time of a task is a part of the rest of the day. To be as good as the best day, a day needs
 * some of the silent tasks; the shortest possible ones are subtracted from the rest of the day.
 */
#include "schedule/joint/joint_room.h"

#include "algo/bits.h"
#include "algo/min_max.h"

static int64_t size_of(const msched__day_searcher *s, uint32_t play)
{
    return (int64_t)s->songs->plays[play].length_s + s->songs->gap_s;
}

/* 1 if play a has more weight per second than b, or the same and comes first. */
static int is_denser(const msched__day_searcher *s, uint32_t a, uint32_t b)
{
    int64_t left = s->songs->plays[a].weight * size_of(s, b),
            right = s->songs->plays[b].weight * size_of(s, a);
    return left != right ? left > right : a < b;
}

int msched__day_room_make(msched__arena *arena, msched__day_searcher *s)
{
    s->by_density = msched__arena_alloc(arena, s->play_count, sizeof *s->by_density);
    if (s->by_density == NULL)
        return 0;
    for (uint32_t i = 0; i < s->play_count; i++) {
        uint32_t at = i;
        for (; at > 0 && is_denser(s, i, s->by_density[at - 1]); at--)
            s->by_density[at] = s->by_density[at - 1];
        s->by_density[at] = i;
    }
    return 1;
}

/* msched__day_silence for the tasks of one priority, of which `need` must still be placed. */
static void add_silence(const msched__day_searcher *s, const uint8_t *open, int priority,
                        int64_t need, msched__silence *out)
{
    int32_t *length = out->length + out->count;
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->task_count; i++) {
        const msched__task *task = &s->tasks->tasks[i];
        if (!open[i] || task->priority != priority)
            continue;
        need -= !task->silent;
        if (!task->silent)
            continue;
        int32_t seconds = task->piece_min > 0 ? 0 : task->length;
        uint32_t at = count++;
        for (; at > 0 && length[at - 1] > seconds; at--)
            length[at] = length[at - 1];
        length[at] = seconds;
        out->until = larger(out->until, task->deadline);
    }
    out->count += need < 0 ? 0 : need < count ? (uint32_t)need : count;
}

void msched__day_silence(const msched__day_searcher *s, const uint8_t *open, msched__silence *out)
{
    out->from = larger(larger(s->at.last_start, s->at.song_end), s->at.person_end);
    out->until = out->from;
    out->count = 0;
    for (int p = 1; p <= 4; p++) {
        uint32_t level = msched__level_of_priority[p];
        add_silence(s, open, p, s->best[level] - s->value[level], out);
    }
}

/* Seconds of quiet hours from a time on. */
static int64_t quiet_from(const msched__day_searcher *s, int32_t from)
{
    const msched_listening *rules = &s->model->plan->listening;
    int64_t total = 0;
    for (uint32_t i = 0; i < rules->quiet_count; i++) {
        int32_t start = larger(rules->quiet_s[2 * i], from);
        total += larger(rules->quiet_s[2 * i + 1] - start, 0);
    }
    return total;
}

/* Seconds left for the songs and a gap after each. */
static int64_t rest_of_day(const msched__day_searcher *s, const msched__silence *silence)
{
    const msched__songs_problem *songs = s->songs;
    /* the next piece of a task needs no buffer after the last one */
    int32_t from = larger(larger(s->at.last_start, s->at.song_end),
                          smaller(s->at.silence_clear, s->at.person_end));
    int64_t seconds = 0, taken = 0;
    for (uint32_t i = 0; i < songs->free_count; i++)
        if (songs->free[i].end > from)
            seconds += (int64_t)songs->free[i].end - larger(songs->free[i].start, from) +
                       songs->gap_s;
    for (uint32_t k = 0; k < silence->count; k++)
        taken += larger(silence->length[k] - songs->gap_s, 0);
    seconds = smaller64(seconds, seconds + quiet_from(s, from) - taken);
    if (songs->gap_s == 0 && songs->max_total_s != MSCHED_UNSET)
        seconds = smaller64(seconds, songs->max_total_s - s->listened);
    return seconds < 0 ? 0 : seconds;
}

/* Seconds left in each task for its songs and a gap after each. */
static void rest_of_tasks(const msched__day_searcher *s, int64_t *rest)
{
    for (uint32_t i = 0; i < s->task_count; i++) {
        const msched__task *task = &s->tasks->tasks[i];
        int64_t pieces = task->piece_min > 0 ? task->length / task->piece_min : 1;
        rest[i] = task->length + (pieces < 1 ? 1 : pieces) * s->songs->gap_s;
    }
    for (uint32_t i = 0; i < s->play_count; i++)
        if (s->host[i] != UINT32_MAX && (s->placed & msched__bit_of(s->task_count + i)))
            rest[s->host[i]] -= size_of(s, i);
}

int64_t msched__day_room_weight(const msched__day_searcher *s, const uint8_t *open,
                                const msched__silence *silence)
{
    int64_t in_task[MSCHED__DAY_ITEMS], in_day = rest_of_day(s, silence), weight = 0;
    rest_of_tasks(s, in_task);
    for (uint32_t k = 0; k < s->play_count && in_day > 0; k++) {
        uint32_t i = s->by_density[k], host = s->host[i];
        const msched__play *play = &s->songs->plays[i];
        if (!open[s->task_count + i] || play->must)
            continue;
        int64_t size = size_of(s, i), part = smaller64(size, in_day);
        if (host != UINT32_MAX)
            part = smaller64(part, in_task[host] < 0 ? 0 : in_task[host]);
        weight += (play->weight * part + size - 1) / size;
        in_day -= part;
        if (host != UINT32_MAX)
            in_task[host] -= part;
    }
    return weight;
}
