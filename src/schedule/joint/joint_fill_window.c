#include "schedule/joint/joint_fill_window.h"

#include "schedule/joint/joint_beside.h"
#include "schedule/songs/songs_solve.h"

#define PLACE_WORK 20000

/*
 * The windows of a play outside the fill's window; unchanged if the play does not fit there. 0 when
 * out of memory.
 */
static int leave(msched__arena *arena, const msched__interval *fill, msched__play *play)
{
    msched__interval *outside = msched__arena_alloc(arena, play->window_count + 1, sizeof *outside);
    if (outside == NULL)
        return 0;
    uint32_t count = msched__interval_subtract(outside, play->windows, play->window_count, fill, 1);
    if (msched__interval_longest(outside, count) >= play->length_s) {
        play->windows = outside;
        play->window_count = count;
    }
    return 1;
}

/* The plays, each with its windows outside the fill's window. NULL when out of memory. */
static msched__play *plays_outside(msched__arena *arena, const msched__songs_problem *songs,
                                   const msched__interval *fill)
{
    msched__play *plays = msched__arena_alloc(arena, songs->play_count, sizeof *plays);
    for (uint32_t i = 0; plays != NULL && i < songs->play_count; i++) {
        const msched__play *from = &songs->plays[i];
        plays[i] = *from;
        /* plays of a wish share their windows */
        if (i > 0 && from->wish == from[-1].wish && from->windows == from[-1].windows) {
            plays[i].windows = plays[i - 1].windows;
            plays[i].window_count = plays[i - 1].window_count;
        } else if (!leave(arena, fill, &plays[i])) {
            return NULL;
        }
    }
    return plays;
}

msched_result msched__clear_fill_window(msched__solver *s)
{
    const msched_listening *rules = &s->model->plan->listening;
    msched__interval fill = {rules->fill_between_start_s, rules->fill_between_end_s};
    if (rules->fill_between_start_s == MSCHED_UNSET || s->best.songs.play_count == 0)
        return MSCHED_OK;
    msched__solution trial = s->best;
    trial.songs.plays = plays_outside(s->arena, &s->best.songs, &fill);
    if (trial.songs.plays == NULL)
        return MSCHED_ERROR_MEMORY;
    msched__budget part = msched__budget_part(s->budget, PLACE_WORK);
    msched_result result = msched__songs_place(s->arena, &trial.songs, &part, &trial.placement);
    msched__budget_join(s->budget, &part);
    msched__budget_spend(s->budget, 0);
    trial.songs = s->best.songs;
    if (result != MSCHED_OK || trial.placement.must != s->best.placement.must ||
        trial.placement.weight != s->best.placement.weight)
        return result;
    result = msched__fill_rest(s, &trial);
    if (result == MSCHED_OK && trial.fill.seconds > s->best.fill.seconds)
        s->best = trial;
    return result;
}
