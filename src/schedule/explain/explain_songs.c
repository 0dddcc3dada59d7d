/*
 * The first reason in order that holds: the song is unknown; its to-do is the cause; its window is
 * past; no listenable interval is long enough; the day's listening time is used up; or other songs
 * take the time.
 */
#include "schedule/explain/explain_songs.h"

#include "algo/min_max.h"
#include "schedule/fill/fill_bound.h"
#include "schedule/model/lookup.h"
#include "schedule/model/playlist.h"
#include "schedule/model/plays.h"
#include "schedule/model/solution.h"
#include "schedule/output/schedule.h"

#include <string.h>

#define CHOICES_NAMED 2 /* in the text of a fix, which may be shown without the candidates */

/* The outcome of a wish. */
typedef struct outcome {
    uint32_t wish;
    uint32_t missing; /* plays */
    const msched__play *play;
} outcome;

/* The longest interval without songs in windows that many plays share. */
typedef struct open_time {
    const msched__interval *windows; /* NULL: not known yet */
    uint32_t window_count;
    int32_t longest;
} open_time;

static const char *track_text(const msched__explain *e, uint32_t offset)
{
    return msched__catalog_text(e->model->catalog, offset);
}

static int64_t listened(const msched__explain *e)
{
    int64_t total = 0;
    for (uint32_t i = 0; i < e->day->timed_count; i++)
        total += e->day->timed[i].length_s;
    return total;
}

static void add_candidates(msched__explain *e, const msched__wish *wish, msched_unplaced *out)
{
    const char **ids = msched__arena_alloc(&e->schedule->arena, wish->candidate_count, sizeof *ids);
    if (ids == NULL) {
        e->failed = 1;
        return;
    }
    for (uint32_t i = 0; i < wish->candidate_count; i++)
        ids[i] = track_text(e, e->model->catalog->track_id[wish->candidates[i]]);
    out->candidates = ids;
    out->candidate_count = wish->candidate_count;
}

static void say_choice(const msched__explain *e, msched__buffer *fix, const char *word,
                       uint32_t track)
{
    const msched_catalog *catalog = e->model->catalog;
    msched__buffer_format(fix, "%s \"%s - %s\"", word, track_text(e, catalog->track_name[track]),
                          track_text(e, catalog->artist_name[catalog->track_artist[track]]));
}

static void say_unknown(msched__explain *e, const msched__plan_song *song, const msched__wish *wish,
                        msched_unplaced *out)
{
    msched__buffer text;
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    out->reason = MSCHED_REASON_UNKNOWN_SONG;
    if (e->model->catalog == NULL)
        msched__buffer_string(&text, "no catalog was given to find it in");
    else if (song->query[0] == '\0')
        msched__buffer_format(&text, "no track \"%s\" in the catalog", song->track_id);
    else
        msched__buffer_format(&text, "no song \"%s\" in the catalog", song->query);
    if (wish->candidate_count > 0) {
        add_candidates(e, wish, out);
        out->fix = MSCHED_FIX_CHOOSE;
        msched__buffer fix;
        msched__buffer_init(&fix, &e->schedule->arena.allocator);
        for (uint32_t i = 0; i < wish->candidate_count && i < CHOICES_NAMED; i++)
            say_choice(e, &fix, i == 0 ? "choose" : " or", wish->candidates[i]);
        out->fix_text = msched__explain_keep(e, &fix);
    }
    out->text = msched__explain_keep(e, &text);
}

static void say_lengthless(msched__explain *e, const msched__wish *wish, msched_unplaced *out)
{
    const msched_catalog *catalog = e->model->catalog;
    msched__buffer text;
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    out->reason = MSCHED_REASON_UNKNOWN_LENGTH;
    msched__buffer_format(&text,
                          "the catalog has no length for \"%s\": set a default "
                          "length for songs of unknown length",
                          track_text(e, catalog->track_name[wish->lengthless]));
    out->text = msched__explain_keep(e, &text);
}

/* The longest interval without songs in the play's windows; gaps between songs are kept. */
static int32_t longest_open(const msched__explain *e, const msched__play *play, int same_artist)
{
    int32_t longest = 0, gap = e->day->songs.gap_s, apart = e->day->songs.artist_separation_s;
    for (uint32_t w = 0; w < play->window_count; w++) {
        int32_t from = play->windows[w].start, end = play->windows[w].end;
        for (uint32_t i = 0; i < e->day->timed_count; i++) {
            const msched__timed_song *song = &e->day->timed[i];
            int32_t pad = same_artist && song->artist == play->artist && apart > gap ? apart : gap;
            int32_t stop = song->start_s - pad, resume = song->start_s + song->length_s + pad;
            if (resume <= from)
                continue;
            if (stop >= end)
                break;
            longest = stop - from > longest ? stop - from : longest;
            from = resume > from ? resume : from;
        }
        longest = end - from > longest ? end - from : longest;
    }
    return longest;
}

/* The same for all artists; the windows are mostly those of the play before. */
static int32_t open_for_all(const msched__explain *e, const msched__play *play, open_time *known)
{
    if (known->windows == NULL || known->window_count != play->window_count ||
        memcmp(known->windows, play->windows, play->window_count * sizeof *play->windows) != 0)
        *known = (open_time){play->windows, play->window_count, longest_open(e, play, 0)};
    return known->longest;
}

static void say_host(msched__explain *e, const msched__plan_song *song, msched_unplaced *out,
                     uint32_t reason)
{
    const msched__plan_todo *host = &e->model->plan->todos[song->during];
    msched__buffer text;
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    out->reason = reason;
    if (reason == MSCHED_REASON_DURING_UNPLACED)
        msched__buffer_format(&text, "should play during %s, which is unscheduled", host->title);
    else
        msched__buffer_format(&text, "should play during %s, which allows no music", host->title);
    out->text = msched__explain_keep(e, &text);
}

/* 1 if the wish fails because of the to-do in which it should play. */
static int explain_host(msched__explain *e, const msched__plan_song *song, msched_unplaced *out)
{
    if (song->during == UINT32_MAX)
        return 0;
    uint32_t task = e->model->tasks.task_of[song->during];
    if (!e->model->plan->todos[song->during].music)
        say_host(e, song, out, MSCHED_REASON_DURING_SILENT);
    else if (task != UINT32_MAX && !e->day->timetable.placed[task])
        say_host(e, song, out, MSCHED_REASON_DURING_UNPLACED);
    else
        return 0;
    return 1;
}

static void say_interval(msched__explain *e, msched_unplaced *out, const char *what)
{
    msched__buffer text;
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    msched__buffer_string(&text, "needs ");
    msched__explain_length(&text, out->needed_s);
    msched__buffer_string(&text, " in one piece");
    msched__explain_window(e, &text, out->window_start_s, out->window_end_s);
    msched__buffer_format(&text, "; %s ", what);
    msched__explain_length(&text, out->available_s);
    out->text = msched__explain_keep(e, &text);
}

static void say_max_total(msched__explain *e, msched_unplaced *out, int64_t total)
{
    msched__buffer text;
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    out->reason = MSCHED_REASON_MAX_TOTAL;
    out->available_s = (int32_t)(e->model->plan->listening.max_total_s - total);
    msched__buffer_string(&text, "needs ");
    msched__explain_length(&text, out->needed_s);
    msched__buffer_string(&text, "; ");
    msched__explain_length(&text, out->available_s);
    msched__buffer_string(&text, " of the day's ");
    msched__explain_length(&text, e->model->plan->listening.max_total_s);
    msched__buffer_string(&text, " of listening are left");
    out->text = msched__explain_keep(e, &text);
}

/* The play with its windows, or, if it has a fixed start, with what they have of its time. */
static msched__play clipped(msched__explain *e, const msched__play *play, msched_unplaced *out)
{
    msched__play clip = *play;
    if (play->pinned_s == MSCHED_UNSET || play->frozen)
        return clip;
    msched__interval *windows = msched__arena_alloc(e->scratch, play->window_count + 1,
                                                    sizeof *windows);
    if (windows == NULL) {
        e->failed = 1;
        return clip;
    }
    out->window_start_s = play->pinned_s;
    out->window_end_s = smaller(play->pinned_s + play->length_s,
                                msched__axis_real(&e->model->plan->axis, MSCHED_DAY_END_S));
    const msched__interval time = {out->window_start_s, out->window_end_s};
    clip.windows = windows;
    clip.window_count = msched__interval_intersect(windows, play->windows, play->window_count,
                                                   &time, 1);
    return clip;
}

static void explain_play(msched__explain *e, const msched__play *lost, open_time *known,
                         msched_unplaced *out)
{
    const msched_plan *plan = e->model->plan;
    const msched__play clip = clipped(e, lost, out);
    const msched__play *play = &clip;
    int32_t room = msched__interval_longest(play->windows, play->window_count);
    if (plan->now_s != MSCHED_UNSET && out->window_end_s <= plan->now_s) {
        msched__explain_past(e, out);
        return;
    }
    out->available_s = room;
    if (room < play->length_s) {
        out->reason = MSCHED_REASON_NO_LISTENING_TIME;
        say_interval(e, out, "the longest listenable slot is");
        return;
    }
    if (plan->listening.max_total_s != MSCHED_UNSET) {
        int64_t total = listened(e);
        if (total + play->length_s > plan->listening.max_total_s) {
            say_max_total(e, out, total);
            return;
        }
    }
    int32_t open = open_for_all(e, play, known);
    int32_t apart = e->day->songs.artist_separation_s > e->day->songs.gap_s
                        ? longest_open(e, play, 1)
                        : open;
    int near = open >= play->length_s && apart < play->length_s;
    out->available_s = near ? apart : open;
    out->reason = near ? MSCHED_REASON_ARTIST_SEPARATION : MSCHED_REASON_LISTENING_FULL;
    say_interval(e, out,
                 near ? "the longest slot far enough from other songs of the artist is"
                      : "the longest slot left by other songs is");
}

static void explain_wish(msched__explain *e, const outcome *lost, open_time *known,
                         msched_unplaced *out)
{
    const msched_plan *plan = e->model->plan;
    const msched__plan_song *song = &plan->songs[lost->wish];
    const msched__wish *wish = &e->model->wishes[lost->wish];
    *out = (msched_unplaced){.struct_size = sizeof *out,
                             .kind = MSCHED_UNPLACED_SONG,
                             .id = song->track_id,
                             .title = song->query[0] != '\0' ? song->query : song->track_id,
                             .todo = UINT32_MAX,
                             .wanted = lost->wish,
                             .plays = lost->missing,
                             .fix_id = "",
                             .fix_text = ""};
    out->window_start_s = song->between_start_s != MSCHED_UNSET ? song->between_start_s
                                                                : plan->day_start_s;
    out->window_end_s = song->between_end_s != MSCHED_UNSET ? song->between_end_s : plan->day_end_s;
    if (wish->skipped) {
        msched__explain_stopped(e, out, "not looked up");
        return;
    }
    if (wish->track == UINT32_MAX) {
        if (wish->lengthless != UINT32_MAX)
            say_lengthless(e, wish, out);
        else
            say_unknown(e, song, wish, out);
        return;
    }
    out->id = track_text(e, e->model->catalog->track_id[wish->track]);
    out->title = track_text(e, e->model->catalog->track_name[wish->track]);
    out->needed_s = wish->length_s;
    if (!explain_host(e, song, out))
        explain_play(e, lost->play, known, out);
}

#define LEAST_SONG_S 60 /* less time than this counts as none */

/* Seconds of the windows for fill in which no song plays. */
static int64_t silent_rest(const msched__solution *day, const msched__fill_problem *problem)
{
    int64_t rest = msched__interval_total(problem->windows, problem->window_count);
    for (uint32_t i = 0; i < day->timed_count; i++)
        rest -= msched__interval_total_within(problem->windows, problem->window_count,
                                              day->timed[i].start_s,
                                              day->timed[i].start_s + day->timed[i].length_s);
    return rest;
}

/* Seconds of wanted songs where fill may play. */
static int64_t wanted_in_window(const msched__solution *day, const msched__fill_problem *problem)
{
    int64_t seconds = 0;
    for (uint32_t i = 0; i < day->timed_count; i++)
        if (day->timed[i].play != MSCHED__FILL)
            seconds += msched__interval_total_within(
                problem->windows, problem->window_count, day->timed[i].start_s,
                day->timed[i].start_s + day->timed[i].length_s);
    return seconds;
}

/* The problem of fill k. */
static msched__fill_problem problem_of(const msched__explain *e, uint32_t k)
{
    const msched__fill_problem all = msched__solution_fill(e->day);
    msched__fill_problem one = all.fill_count > 0 ? all.fills[k] : all;
    one.songs = all.songs;
    one.placement = all.placement;
    return one;
}

static int64_t seconds_of(const msched__explain *e, uint32_t k)
{
    int64_t seconds = 0;
    for (uint32_t i = 0; i < e->day->fill.count; i++)
        seconds += e->day->fill.songs[i].fill == k ? e->day->fill.songs[i].length_s : 0;
    return seconds;
}

static int knows_a_length(const msched_catalog *catalog)
{
    for (uint32_t t = 0; t < catalog->track_count; t++)
        if (catalog->duration_ms[t] != 0)
            return 1;
    return 0;
}

/* Why fill k is too short, given what could be filled. */
static void say_fill_limit(msched__explain *e, msched__buffer *text, uint32_t k)
{
    const msched_plan *plan = e->model->plan;
    const msched_listening *rules = msched__plan_fill_rules(plan, k);
    const uint32_t host = msched__plan_fill_during(plan, k);
    if (host != UINT32_MAX && !plan->todos[host].music) {
        msched__buffer_format(text, ", because %s allows no music (add #music to its line)",
                              plan->todos[host].title);
        return;
    }
    int64_t supply = 0;
    msched__fill_problem problem = problem_of(e, k);
    if (msched__songs_supply(e->scratch, &problem, &supply) != MSCHED_OK) {
        e->failed = 1;
        return;
    }
    if (supply == 0) {
        msched__buffer_string(text, knows_a_length(e->model->catalog)
                                        ? ": no song matches the filter"
                                        : ": the catalog has no song lengths: set "
                                          "a default length for songs of unknown length");
    } else if (rules->max_total_s != MSCHED_UNSET &&
               rules->max_total_s - listened(e) < LEAST_SONG_S) {
        msched__buffer_string(text, ": at most ");
        msched__explain_length(text, rules->max_total_s);
        msched__buffer_string(text, " of listening is allowed");
    } else if (silent_rest(e->day, &problem) < LEAST_SONG_S) {
        msched__buffer_string(text, seconds_of(e, k) == 0 ? ": no listening time is left"
                                    : wanted_in_window(e->day, &problem) > 0
                                        ? ": wanted songs take the rest of the listening time"
                                        : ": that is all the listening time");
    } else if (supply < rules->fill_s) {
        msched__buffer_string(text, ": the songs that match the filter last ");
        msched__explain_length(text, (int32_t)supply);
        msched__buffer_string(text, " together");
    } else if (rules->artist_separation_s > 0) {
        msched__buffer_string(text, ": songs of one artist must be ");
        msched__explain_length(text, rules->artist_separation_s);
        msched__buffer_string(text, " apart");
    }
}

/*
 * Whether fill k was to last as long as its to-do, and music plays from the start to the end of it:
 * wanted songs are music, too, so nothing is missing.
 */
static int is_host_full(const msched__explain *e, uint32_t k, int64_t seconds)
{
    const uint32_t host = msched__plan_fill_during(e->model->plan, k);
    if (host == UINT32_MAX)
        return 0;
    const msched__fill_problem problem = problem_of(e, k);
    const int32_t length_s = e->model->plan->todos[host].duration_s;
    return msched__plan_fill_rules(e->model->plan, k)->fill_s == length_s &&
           seconds + wanted_in_window(e->day, &problem) >= length_s;
}

static void explain_fill(msched__explain *e, uint32_t k)
{
    const msched_listening *rules = msched__plan_fill_rules(e->model->plan, k);
    const uint32_t host = msched__plan_fill_during(e->model->plan, k);
    int64_t seconds = seconds_of(e, k);
    if (seconds >= rules->fill_s || is_host_full(e, k, seconds))
        return;
    msched_unplaced *out = &e->schedule->unplaced[e->schedule->unplaced_count++];
    *out = (msched_unplaced){.struct_size = sizeof *out,
                             .kind = MSCHED_UNPLACED_FILL,
                             .id = "",
                             .title = "fill",
                             .todo = UINT32_MAX,
                             .wanted = UINT32_MAX,
                             .reason = MSCHED_REASON_FILL_SHORT,
                             .needed_s = rules->fill_s,
                             .available_s = (int32_t)seconds,
                             .fix_id = "",
                             .fix_text = ""};
    out->window_start_s = rules->fill_between_start_s != MSCHED_UNSET ? rules->fill_between_start_s
                                                                      : e->model->plan->day_start_s;
    out->window_end_s = rules->fill_between_end_s != MSCHED_UNSET ? rules->fill_between_end_s
                                                                  : e->model->plan->day_end_s;
    msched__buffer text;
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    msched__buffer_string(&text, "requested ");
    msched__explain_length(&text, rules->fill_s);
    msched__buffer_string(&text, " of fill");
    if (host != UINT32_MAX)
        msched__buffer_format(&text, " during %s", e->model->plan->todos[host].title);
    msched__buffer_string(&text, "; ");
    if (seconds > 0)
        msched__explain_length(&text, out->available_s);
    msched__buffer_string(&text, seconds > 0 ? " could be filled" : "none fits");
    if (e->model->catalog != NULL)
        say_fill_limit(e, &text, k);
    out->text = msched__explain_keep(e, &text);
}

void msched__explain_songs(msched__explain *e)
{
    const msched__solution *day = e->day;
    open_time known = {.windows = NULL};
    uint32_t i = 0; /* plays come in the order of the wishes */
    for (uint32_t wish = 0; wish < e->model->plan->song_count; wish++) {
        outcome lost = {.wish = wish};
        if (e->model->plan->songs[wish].times > 0 && e->model->wishes[wish].track == UINT32_MAX)
            lost.missing = e->model->plan->songs[wish].times;
        for (; i < day->songs.play_count && day->songs.plays[i].wish == wish; i++)
            if (day->placement.start[i] == MSCHED_UNSET) {
                lost.missing++;
                lost.play = &day->songs.plays[i];
            }
        if (lost.missing > 0)
            explain_wish(e, &lost, &known, &e->schedule->unplaced[e->schedule->unplaced_count++]);
    }
    for (uint32_t k = 0; k <= e->model->plan->more_fill_count; k++)
        explain_fill(e, k);
}
