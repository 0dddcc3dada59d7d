/*
 * Decide which unplaced items get a fix, and find the fixes of songs. All trials together are
 * limited to some times the work of one solve, and each trial to a part of it. Changes that this
 * leaves open are solved to the end for the items without a fix, and for those whose fix changes an
 * event.
 */
#include "schedule/explain/explain_fixes.h"

#include "algo/bits.h"
#include "algo/min_max.h"
#include "schedule/explain/explain_alternatives.h"
#include "schedule/explain/explain_confirm.h"
#include "schedule/explain/explain_fix_task.h"
#include "schedule/explain/explain_fix_text.h"
#include "schedule/explain/explain_trial.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/model/lookup.h"
#include "schedule/model/model.h"
#include "schedule/model/plays.h"
#include "schedule/model/solution.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"
#include "schedule/output/schedule.h"

#include <string.h>

/*
 * Each trial may use this part of the work of its plan: if it needs more, it ends without an
 * answer, so that the next item still gets its fix.
 */
#define PART_OF_TRY 24
/* Where the day is proved optimal, a try may use so many times its work, so that few end early. */
#define TIMES_OF_DAY 4
#define TRY_TIMES    2 /* the tries of a day that is not proved may use so many times that work */
/* Changes that a try leaves open are solved to the end, which may take so many times that work. */
#define CONFIRM_TIMES 16
#define CONFIRM_LEAST 3 /* and those of one item at least so many, while there is work left */
#define EVENT_TIMES   1 /* and those to replace fixes that change an event together so many */
/* To make sure of what tries find, these changes are solved to the end with so many times that. */
#define WHOLE_TIMES 8

static void drop_song(msched__fixer *f)
{
    const msched_plan *plan = f->e->model->plan;
    for (uint32_t i = 0; i < plan->song_count; i++) {
        if (i == f->item->wanted || msched__plays_placed(f->e->day, i) == 0 ||
            (plan->songs[i].must && !plan->songs[f->item->wanted].must))
            continue;
        msched__change c = {.fix = MSCHED_FIX_DROP, .other = i, .is_song = 1};
        enum msched__verdict verdict = msched__judge(f, &c);
        if (verdict == MSCHED__SPENT)
            return;
        if (verdict == MSCHED__YES) {
            msched__fix_say_song(f->e, f->item, c.other, &f->lost);
            return;
        }
    }
}

/* The windows of play `index` without the time of the placed plays. NULL when out of memory. */
static msched__interval *beside_songs(msched__arena *arena, const msched__solution *day,
                                      const msched__songs_problem *plays, uint32_t index,
                                      uint32_t *count)
{
    const msched__play *play = &plays->plays[index];
    uint32_t n = 0;
    msched__interval *busy = msched__arena_alloc(arena, plays->play_count, sizeof *busy);
    msched__interval *out =
        msched__arena_alloc(arena, (size_t)play->window_count + plays->play_count, sizeof *out);
    if (busy == NULL || out == NULL)
        return NULL;
    for (uint32_t i = 0; i < plays->play_count; i++) {
        const msched__play *other = &plays->plays[i];
        int32_t start = day->placement.start[i];
        int32_t apart = other->artist == play->artist
                            ? larger(plays->gap_s, plays->artist_separation_s)
                            : plays->gap_s;
        if (start != MSCHED_UNSET)
            busy[n++] = (msched__interval){start - apart, start + other->length_s + apart};
    }
    n = msched__interval_normalize(busy, n);
    *count = msched__interval_subtract(out, play->windows, play->window_count, busy, n);
    return out;
}

/*
 * How much later a song's window, which ends at `end`, must end for the first `length` seconds of a
 * set; `none`: nowhere.
 */
static int32_t amount_for(const msched__interval *spans, uint32_t count, int32_t length,
                          int32_t end, int32_t none)
{
    int32_t start = msched__interval_fit(spans, count, 0, length);
    return start < 0 ? none : larger(start + length - end, 1);
}

/*
 * How much later the song's window must end at least, without any tasks, and how much suffices if
 * everything else stays.
 */
static int find_amounts(msched__fixer *f, msched__arena *arena, int32_t most, int32_t *least,
                        int32_t *enough)
{
    const msched__solution *day = f->e->day;
    int32_t end = f->e->model->plan->songs[f->item->wanted].between_end_s;
    struct msched_plan plan;
    msched__songs_problem wide, beside;
    msched__model model =
        msched__change_model(f, &(msched__change){.fix = MSCHED_FIX_LATER, .amount = most}, &plan);
    if (!msched__songs_beside(arena, &model, NULL, &wide) ||
        !msched__songs_beside(arena, &model, &day->timetable, &beside))
        return 0;
    for (uint32_t i = 0; i < wide.play_count; i++) {
        const msched__play *play = &wide.plays[i];
        if (play->wish != f->item->wanted || day->placement.start[i] != MSCHED_UNSET)
            continue;
        uint32_t count;
        const msched__interval *spans = beside_songs(arena, day, &beside, i, &count);
        if (spans == NULL)
            return 0;
        *least = amount_for(play->windows, play->window_count, play->length_s, end, most + 1);
        *enough = amount_for(spans, count, play->length_s, end, 0);
        break;
    }
    return 1;
}

/* If tasks can move, the lower limit is usually right. */
static int32_t song_later(msched__fixer *f)
{
    int32_t least = 1, enough = 0;
    int32_t most = f->e->model->plan->day_end_s -
                   f->e->model->plan->songs[f->item->wanted].between_end_s;
    msched__arena arena;
    msched__arena_init(&arena, &f->e->scratch->allocator, 16384);
    if (!find_amounts(f, &arena, most, &least, &enough))
        f->result = MSCHED_ERROR_MEMORY;
    msched__arena_reset(&arena);
    if (f->result != MSCHED_OK || least > most)
        return 0;
    enum msched__verdict verdict =
        msched__judge(f, &(msched__change){.fix = MSCHED_FIX_LATER, .amount = least});
    if (msched__admits(verdict))
        return least;
    int32_t known = enough > least &&
                            msched__admits(msched__judge(
                                f, &(msched__change){.fix = MSCHED_FIX_LATER, .amount = enough}))
                        ? enough
                        : 0;
    return msched__smallest(f, &(msched__amounts){.fix = MSCHED_FIX_LATER,
                                                  .least = least + (verdict == MSCHED__NO),
                                                  .most = most,
                                                  .known = known});
}

/*
 * If the song takes the place of others, the search of a day may choose them instead, and a search
 * that proves nothing may miss the song: 1 if it chooses the song with this amount and, in place of
 * others, not with a second less.
 */
static int is_chosen(msched__fixer *f, int32_t later)
{
    msched__change c = {.fix = MSCHED_FIX_LATER, .amount = later};
    const int takes_place = f->lost.todos > 0 || f->lost.plays > 0;
    if (!takes_place && f->proved > (uint32_t)msched__item_level(f))
        return 1;
    if (!msched__admits(msched__judge_to_the_end(f, &c)))
        return 0;
    if (!takes_place)
        return 1;
    const msched__fix_cost lost = f->lost;
    c.amount--;
    enum msched__verdict less = later > 1 ? msched__judge_to_the_end(f, &c) : MSCHED__NO;
    f->lost = lost;
    return !msched__admits(less) && !msched__lacks_work(f, less);
}

static void fix_song(msched__fixer *f)
{
    f->all_levels = 1;
    const msched_plan *plan = f->e->model->plan;
    const msched__plan_song *song = &plan->songs[f->item->wanted];
    if (f->item->reason == MSCHED_REASON_DURING_SILENT) {
        msched__change c = {.fix = MSCHED_FIX_MUSIC, .other = song->during};
        if (msched__judge(f, &c) == MSCHED__YES)
            msched__fix_say_todo(f->e, f->item, c.fix, c.other, &f->lost);
        return;
    }
    int32_t later = 0;
    if (song->between_end_s != MSCHED_UNSET && song->start_s == MSCHED_UNSET)
        later = song_later(f);
    if (later > 0 && is_chosen(f, later))
        msched__fix_say_amount(
            f->e, f->item,
            &(msched__fix_amount){MSCHED_FIX_LATER, later, "let its window end ", " later"},
            &f->lost);
    else if (!msched__fix_by_music(f))
        drop_song(f);
}

/* Reasons that a single change of these kinds can fix. */
static int can_be_mended(const msched_unplaced *item)
{
    return item->kind != MSCHED_UNPLACED_FILL && item->reason != MSCHED_REASON_UNKNOWN_SONG &&
           item->reason != MSCHED_REASON_UNKNOWN_LENGTH && item->reason != MSCHED_REASON_STOPPED &&
           item->reason != MSCHED_REASON_AFTER_UNPLACED && item->reason != MSCHED_REASON_PAST &&
           item->reason != MSCHED_REASON_DURING_UNPLACED;
}

int msched__explain_can_fix(const msched_schedule *schedule)
{
    for (uint32_t i = 0; i < schedule->unplaced_count; i++)
        if (can_be_mended(&schedule->unplaced[i]))
            return 1;
    return 0;
}

/* Why changes of an item are solved to the end. */
enum doubt {
    HAS_NONE, /* it got no fix, though there are changes that may help */
    HAS_EVENT /* its fix changes an event, and there are changes that cost a person less */
};

static int is_doubtful(const msched_unplaced *item, const msched__first_fix *first, enum doubt why)
{
    if (item->kind != MSCHED_UNPLACED_TODO || !can_be_mended(item))
        return 0;
    if (why == HAS_NONE)
        return item->fix == MSCHED_FIX_NONE && (first->doubts.count > 0 || !first->visited);
    return item->fix != MSCHED_FIX_NONE && first->rank.class >= MSCHED__FIX_EVENT &&
           first->doubts.count > 0 && first->doubts.all[0].rank.class < first->rank.class;
}

static uint32_t count_doubtful(const msched__fixer *f, const msched__first_fix *first,
                               enum doubt why)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < f->e->schedule->unplaced_count; i++)
        count += is_doubtful(&f->e->schedule->unplaced[i], &first[i], why) != 0;
    return count;
}

/* Solve the changes of an item that are open to the end, and keep its fix if none costs less. */
static void confirm_item(msched__fixer *f, msched__first_fix *first)
{
    const msched_unplaced item = *f->item;
    const msched__fix_rank known = first->rank;
    msched__fixer_begin_item(f);
    f->known = &first->known;
    f->doubts = &first->doubts;
    f->item->fix_id = "";
    if (msched__confirm(f, item.fix == MSCHED_FIX_NONE ? NULL : &known)) {
        first->rank = f->rank;
        first->confirmed = 1;
        first->second = msched__found_fix(&item, known);
    } else
        *f->item = item;
}

/* The doubtful to-dos share the work. Returns what of it is left. */
static uint64_t confirm_doubts(msched__fixer *f, msched__first_fix *first, enum doubt why,
                               uint64_t left)
{
    const msched_schedule *schedule = f->e->schedule;
    uint32_t open = count_doubtful(f, first, why);
    for (uint32_t i = 0;
         i < schedule->unplaced_count && f->result == MSCHED_OK && !f->e->budget->interrupted;
         i++) {
        f->item = &schedule->unplaced[i];
        if (!is_doubtful(f->item, &first[i], why))
            continue;
        uint64_t share = left / open--;
        share = share < CONFIRM_LEAST * f->part ? CONFIRM_LEAST * f->part : share;
        share = share < left ? share : left;
        f->left = share;
        confirm_item(f, &first[i]);
        left -= share - f->left;
    }
    return left;
}

/* What is left of the first round is kept for the alternatives. */
static void confirm_all(msched__fixer *f, msched__first_fix *first)
{
    const uint64_t before = f->left, most = EVENT_TIMES * f->e->work_limit;
    f->part = f->e->work_limit;
    uint64_t left = confirm_doubts(f, first, HAS_NONE, f->e->work_limit * CONFIRM_TIMES);
    confirm_doubts(f, first, HAS_EVENT, left < most ? left : most);
    f->doubts = NULL;
    f->left = before;
}

static int is_proved(const msched__explain *e)
{
    return e->schedule->objective.proved_levels >= MSCHED_LEVEL_FILL_S;
}

static uint64_t work_of_try(const msched__explain *e)
{
    const uint64_t least = e->work_limit / PART_OF_TRY, wished = TIMES_OF_DAY * e->work_used;
    return !e->thorough || !is_proved(e) || wished < least ? least
           : wished < e->work_limit                        ? wished
                                                           : e->work_limit;
}

static uint64_t work_of_all(const msched__explain *e)
{
    return e->work_limit * (!e->thorough ? 1 : is_proved(e) ? CONFIRM_TIMES : TRY_TIMES);
}

msched_result msched__explain_fixes(msched__explain *e)
{
    const msched_plan *plan = e->model->plan;
    msched__fixer f = {.e = e,
                       .left = work_of_all(e),
                       .part = work_of_try(e),
                       .whole = WHOLE_TIMES * e->work_limit,
                       .proved = e->schedule->objective.proved_levels};
    msched__first_fix *first;
    f.todos = msched__arena_alloc(e->scratch, plan->todo_count, sizeof *f.todos);
    f.songs = msched__arena_alloc(e->scratch, plan->song_count, sizeof *f.songs);
    f.wishes = msched__arena_alloc(e->scratch, plan->song_count, sizeof *f.wishes);
    f.left_out = msched__bits_alloc(e->scratch, plan->todo_count);
    first = msched__arena_alloc(e->scratch, e->schedule->unplaced_count, sizeof *first);
    if (f.todos == NULL || f.songs == NULL || f.wishes == NULL || f.left_out == NULL ||
        first == NULL || !msched__arrangement_make(e->scratch, &e->model->tasks, &f.trial))
        return MSCHED_ERROR_MEMORY;
    memset(first, 0, e->schedule->unplaced_count * sizeof *first);
    for (uint32_t i = 0; i < e->schedule->unplaced_count && f.left > 0 && f.result == MSCHED_OK &&
                         !e->budget->interrupted;
         i++) {
        f.item = &e->schedule->unplaced[i];
        if (!can_be_mended(f.item))
            continue;
        msched__fixer_begin_item(&f);
        f.known = &first[i].known;
        f.doubts = e->thorough && f.item->kind == MSCHED_UNPLACED_TODO ? &first[i].doubts : NULL;
        if (f.item->kind == MSCHED_UNPLACED_TODO)
            msched__fix_task(&f);
        else
            fix_song(&f);
        first[i].visited = 1;
        first[i].tried = f.tried;
        first[i].rank = f.rank;
    }
    if (e->thorough)
        confirm_all(&f, first);
    if (f.result == MSCHED_OK)
        msched__explain_alternatives(&f, first);
    return f.result != MSCHED_OK || e->failed ? MSCHED_ERROR_MEMORY : MSCHED_OK;
}
