/*
 * The state of a to-do in plan text: "started 9:20", "25m left", "done 9:40", "not started", and
 * ticked-off lines.
 */
#include "plan/text/plan_text.h"
#include "plan/text/text_happened.h"

#include "base/utf8.h"
#include "plan/words/text_length.h"

#include <stdio.h>
#include <string.h>

#define DAY_S 86400

/* A word, ignoring case, and the spaces after it; moves past both. */
static int take(msched__slice s, size_t *at, const char *word)
{
    size_t size = strlen(word), end = *at + size;
    if (end > s.size || !msched__slice_is((msched__slice){s.data + *at, size}, word) ||
        (end < s.size && s.data[end] != ' '))
        return 0;
    while (end < s.size && s.data[end] == ' ')
        end++;
    *at = end;
    return 1;
}

/* "started 9:20", "done at 9:40". */
static int match_moment(msched__slice s, msched__attr *attr)
{
    static const struct {
        const char *word;
        enum msched__attr_kind kind;
    } words[] = {{"started", MSCHED__ATTR_STARTED},
                 {"begun", MSCHED__ATTR_STARTED},
                 {"done", MSCHED__ATTR_ENDED},
                 {"finished", MSCHED__ATTR_ENDED},
                 {"ended", MSCHED__ATTR_ENDED}};
    size_t at = 0, i = 0;
    msched__clock clock;
    while (i < sizeof words / sizeof words[0] && !take(s, &at, words[i].word))
        i++;
    if (i == sizeof words / sizeof words[0])
        return 0;
    take(s, &at, "at");
    if (msched__scan_time(s, &at, &clock) != MSCHED__TIME_OK || at != s.size)
        return 0;
    attr->kind = words[i].kind;
    attr->a = attr->b = clock.seconds;
    return 1;
}

/* "25m left", "paused, 25m left", "paused with 25 minutes left". */
static int match_left(msched__slice s, msched__attr *attr)
{
    size_t at = 0;
    if (take(s, &at, "paused") || take(s, &at, "paused,"))
        take(s, &at, "with");
    if (s.size < at + 6 || !msched__slice_is((msched__slice){s.data + s.size - 5, 5}, " left"))
        return 0;
    msched__slice length = {s.data + at, s.size - 5 - at};
    int32_t seconds;
    /* "1h 25m left" is the length and the rest of it */
    for (size_t i = 1; at == 0 && i < length.size; i++)
        if (length.data[i - 1] == ' ' && msched__digit_at(length, i))
            return 0;
    if (!msched__scan_duration(length, 0, &seconds) || seconds <= 0 || seconds > MSCHED_DAY_END_S)
        return 0;
    attr->kind = MSCHED__ATTR_LEFT;
    attr->a = attr->b = seconds;
    return 1;
}

int msched__match_state(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    if (place != MSCHED__PLACE_TRAIL)
        return 0;
    if (msched__slice_is(s, "not started")) {
        attr->kind = MSCHED__ATTR_NOT_STARTED;
        return 1;
    }
    return match_moment(s, attr) || match_left(s, attr) || msched__match_happened(s, attr);
}

/* Two of these attributes exclude each other. 1 if both are given, which is reported. */
static int exclude(msched__text_reader *in, const msched__text_values *v, enum msched__attr_kind a,
                   enum msched__attr_kind b)
{
    if (v->column[a] == 0 || v->column[b] == 0)
        return 0;
    msched__text_conflict(in, v, a, b, "conflicting_attributes", "remove one of the two");
    return 1;
}

/* "22:00-02:00 Party done 1:30": an end on the next day, which can only be there. */
static int is_past_midnight(const msched__text_values *v, int32_t started)
{
    enum { NIGHT = 6 * 3600 };
    const enum msched__attr_kind range = MSCHED__ATTR_RANGE;
    const int32_t ended = msched__plain_time(v->value[MSCHED__ATTR_ENDED]);
    int32_t start = started, end = started;
    if (start == MSCHED_UNSET && v->column[range] != 0 && v->second[range] > DAY_S) {
        start = msched__plain_time(v->value[range]);
        end = msched__plain_time(v->second[range]);
    }
    return start != MSCHED_UNSET && ended < start && ended + DAY_S <= MSCHED_DAY_END_S &&
           ended + DAY_S <= end + NIGHT;
}

int msched__text_set_state(msched__text_reader *in, msched__text_todo *todo)
{
    const msched__text_values *v = &todo->values;
    int has_left = v->column[MSCHED__ATTR_LEFT] != 0,
        has_start = v->column[MSCHED__ATTR_STARTED] != 0;
    int has_end = v->column[MSCHED__ATTR_ENDED] != 0;
    int wrong = exclude(in, v, MSCHED__ATTR_LEFT, MSCHED__ATTR_ENDED);
    wrong |= exclude(in, v, MSCHED__ATTR_STARTED, MSCHED__ATTR_NOT_STARTED);
    wrong |= exclude(in, v, MSCHED__ATTR_ENDED, MSCHED__ATTR_NOT_STARTED);
    wrong |= exclude(in, v, MSCHED__ATTR_LEFT, MSCHED__ATTR_NOT_STARTED);
    wrong |= exclude(in, v, MSCHED__ATTR_RANGE, MSCHED__ATTR_LEFT);
    wrong |= exclude(in, v, MSCHED__ATTR_AT, MSCHED__ATTR_LEFT);
    todo->started = has_start ? v->value[MSCHED__ATTR_STARTED] : MSCHED_UNSET;
    todo->ended = has_end ? v->value[MSCHED__ATTR_ENDED] : MSCHED_UNSET;
    todo->left = has_left ? v->value[MSCHED__ATTR_LEFT] : MSCHED_UNSET;
    if (has_end && is_past_midnight(v, has_start ? todo->started : MSCHED_UNSET))
        todo->ended += DAY_S;
    if (has_end)
        todo->state = MSCHED_STATE_DONE;
    else if (has_left)
        todo->state = MSCHED_STATE_PAUSED;
    else if (has_start || in->mark == '/')
        todo->state = MSCHED_STATE_STARTED;
    else if (v->column[MSCHED__ATTR_NOT_STARTED] != 0)
        todo->state = MSCHED_STATE_NOT_STARTED;
    if (!wrong && has_start && has_end && todo->ended <= todo->started) {
        msched__diag_add(
            in->diag, MSCHED_SEVERITY_ERROR, in->line_number, v->column[MSCHED__ATTR_ENDED],
            MSCHED_ERROR_VALUE, "bad_time",
            "write the later time after done; hours continue after midnight, so 01:30 is 25:30",
            "the end is not after the start");
        wrong = 1;
    }
    return !wrong;
}

void msched__text_tell_done(msched__text_reader *in, const msched__text_todo *todo)
{
    const uint32_t column = todo->values.column[MSCHED__ATTR_ENDED];
    const msched__slice text = todo->values.text[MSCHED__ATTR_ENDED];
    const int32_t start = msched__plain_time(todo->start), done = msched__plain_time(todo->ended);
    char later[24], planned[24], repair[100];
    const char *texts[] = {later, planned, ""};
    if (!todo->is_event || todo->state != MSCHED_STATE_DONE || column == 0 ||
        todo->started != MSCHED_UNSET || todo->start == MSCHED_UNSET || todo->ended > todo->start)
        return;
    const int32_t end = todo->end == MSCHED_UNSET ? start + todo->duration
                                                  : msched__plain_time(todo->end);
    const int is_night = end >= DAY_S && done + DAY_S <= MSCHED_DAY_END_S;
    snprintf(later, sizeof later, "done %d:%02d", (int)(done + DAY_S) / 3600, (int)done / 60 % 60);
    snprintf(planned, sizeof planned, "done %d:%02d", (int)end / 3600, (int)end / 60 % 60);
    snprintf(repair, sizeof repair,
             is_night ? "write %s; hours continue after midnight"
                      : "write the time at which it ended, or add the real start: started 7:00",
             later);
    msched__diag_add(
        in->diag, MSCHED_SEVERITY_WARNING, todo->line, column, MSCHED_OK, "done_before_start",
        repair, "\"%.*s\" is before the start at %d:%02d; the event is moved to end then",
        (int)(text.size > 40 ? 40 : text.size), text.data, (int)start / 3600, (int)start / 60 % 60);
    msched__diag_edit(in->diag, todo->line, column,
                      column + (uint32_t)msched__utf8_length(text.data, text.size),
                      texts + !is_night, is_night ? 1 : 2);
}

void msched__text_close(msched__text_todo *todo, uint32_t state)
{
    static const enum msched__attr_kind plans[] = {
        MSCHED__ATTR_EARLIEST, MSCHED__ATTR_LATEST,   MSCHED__ATTR_DAYPART,
        MSCHED__ATTR_BETWEEN,  MSCHED__ATTR_AFTER,    MSCHED__ATTR_DATE,
        MSCHED__ATTR_DUE,      MSCHED__ATTR_FROM_DAY, MSCHED__ATTR_DURING};
    if (todo->is_wrong) {
        memset(&todo->values, 0, sizeof todo->values);
        todo->is_event = todo->is_wrong = 0;
        todo->duration = MSCHED__DEFAULT_DURATION;
        todo->start = todo->end = todo->earliest = todo->latest = MSCHED_UNSET;
        todo->started = todo->ended = MSCHED_UNSET;
    }
    for (size_t i = 0; i < sizeof plans / sizeof plans[0]; i++)
        todo->values.column[plans[i]] = 0;
    todo->date_column = 0;
    todo->assumed = 0;
    todo->left = MSCHED_UNSET;
    if (state == MSCHED_STATE_SKIPPED)
        todo->started = todo->ended = MSCHED_UNSET;
    todo->state = state;
}
