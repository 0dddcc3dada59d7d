/*
 * Times that can be read in several ways: "9-5", "at 7", "2am" of a day that runs past midnight.
 * The day decides where it can.
 */
#include "base/utf8.h"
#include "plan/text/text_late.h"
#include "plan/text/text_resolve.h"

#include <musicsched/plan.h>

#include <stdio.h>
#include <string.h>

static void show_time(char out[16], int32_t seconds)
{
    snprintf(out, 16, seconds % 60 != 0 ? "%d:%02d:%02d" : "%d:%02d", (int)seconds / 3600,
             (int)seconds / 60 % 60, (int)seconds % 60);
}

int msched__is_range(const msched__question *q)
{
    return q->kind == MSCHED__ATTR_RANGE || q->kind == MSCHED__ATTR_BETWEEN;
}

/* The attribute as it would be written for one reading: "at 21:00", "9:00-17:00". */
static void write_reading(const msched__question *q, const msched__reading *r, char *out,
                          size_t room)
{
    msched__slice text = q->values->text[q->kind];
    char start[16], end[16];
    show_time(start, r->start);
    show_time(end, r->end);
    if (msched__is_range(q)) {
        snprintf(out, room, q->kind == MSCHED__ATTR_RANGE ? "%s-%s" : "between %s and %s", start,
                 end);
        return;
    }
    size_t before = 0;
    while (before < text.size && before < 20 &&
           !(text.data[before] >= '0' && text.data[before] <= '9'))
        before++;
    if (before == text.size || before == 20 || text.data[0] == '(')
        before = 0;
    static const char *const parts[] = {"half",    "quarter",     "a quarter", "halb",
                                        "viertel", "dreiviertel", "kwart",     "kvart"};
    for (size_t i = 0; i < before; i++) /* "at quarter past 4" */
        for (size_t k = 0, at = i; k < sizeof parts / sizeof parts[0]; at = i, k++)
            if ((i == 0 || text.data[i - 1] == ' ') && msched__take_word(text, &at, parts[k]))
                before = i;
    if (before == 0 && text.data[0] == '(' && q->kind != MSCHED__ATTR_AT) /* "(by 5)" */
        snprintf(out, room, "%s %s", q->kind == MSCHED__ATTR_LATEST ? "before" : "after", start);
    else
        snprintf(out, room, "%.*s%s", (int)before, text.data, start);
}

static void offer_readings(const msched__question *q)
{
    char room[MSCHED__READINGS_MAX][48];
    const char *texts[MSCHED__READINGS_MAX];
    uint32_t column = q->values->column[q->kind];
    msched__slice text = q->values->text[q->kind];
    for (uint32_t i = 0; i < q->count; i++) {
        write_reading(q, &q->readings[i], room[i], sizeof room[i]);
        texts[i] = room[i];
    }
    msched__diag_edit(q->in->diag, q->line, column,
                      column + (uint32_t)msched__utf8_length(text.data, text.size), texts,
                      q->count);
}

/* Columns of the number in question, after "at" and the like. */
static uint32_t number_column(const msched__question *q)
{
    msched__slice text = q->values->text[q->kind];
    size_t at = 0;
    while (at < text.size && !(text.data[at] >= '0' && text.data[at] <= '9'))
        at++;
    return q->values->column[q->kind] + (msched__is_range(q) || at == text.size
                                             ? 0
                                             : (uint32_t)msched__utf8_length(text.data, at));
}

void msched__list_readings(const msched__question *q, char *out, size_t room)
{
    size_t used = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < q->count && used < room; i++) {
        char text[48];
        write_reading(q, &q->readings[i], text, sizeof text);
        used += (size_t)snprintf(out + used, room - used, "%s%s",
                                 i == 0              ? ""
                                 : i + 1 == q->count ? " or "
                                                     : ", ",
                                 text);
    }
}

void msched__add_reading(msched__question *q, int32_t start, int32_t end)
{
    for (uint32_t i = 0; i < q->count; i++)
        if (q->readings[i].start == start && q->readings[i].end == end)
            return;
    if (q->count < MSCHED__READINGS_MAX)
        q->readings[q->count++] = (msched__reading){start, end};
}

/* An error that asks which reading is meant. */
static int ask(msched__question *q)
{
    char list[200], repair[260];
    msched__slice text = q->values->text[q->kind];
    msched__list_readings(q, list, sizeof list);
    if (q->count == 0)
        snprintf(repair, sizeof repair,
                 "write both times with minutes (9:00-17:00), or quote the title");
    else
        snprintf(repair, sizeof repair, "write %s, or quote the title", list);
    msched__diag_add(q->in->diag, MSCHED_SEVERITY_ERROR, q->line, number_column(q),
                     MSCHED_ERROR_VALUE, msched__is_range(q) ? "ambiguous_range" : "ambiguous_time",
                     repair, "\"%.*s\" is ambiguous", (int)(text.size > 60 ? 60 : text.size),
                     text.data);
    if (q->count > 0)
        offer_readings(q);
    return 0;
}

/* The only reading, and the reason `why`: NULL if it was written so. Others are offered, too. */
int msched__accept_told(msched__question *q, msched__reading r, const char *why,
                        const msched__reading *other)
{
    q->readings[0] = r;
    q->count = 1;
    q->values->value[q->kind] = r.start;
    if (msched__is_range(q))
        q->values->second[q->kind] = r.end;
    if (why == NULL)
        return 1;
    char list[64], repair[200];
    msched__slice text = q->values->text[q->kind];
    msched__list_readings(q, list, sizeof list);
    snprintf(repair, sizeof repair, "write %s to confirm, or quote the title", list);
    msched__diag_add(q->in->diag, MSCHED_SEVERITY_WARNING, q->line, q->values->column[q->kind],
                     MSCHED_OK, "assumed_time", repair, "\"%.*s\" is read as %s, %s",
                     (int)(text.size > 60 ? 60 : text.size), text.data, list, why);
    if (other != NULL && (other->start >= q->in->day.start_s || r.start < q->in->day.start_s))
        msched__add_reading(q, other->start, other->end);
    offer_readings(q);
    return 1;
}

/* The same; `say` if only the day decides. */
static int accept(msched__question *q, msched__reading r, int say)
{
    return msched__accept_told(q, r, say ? "the only time that fits the day" : NULL, NULL);
}

/*
 * "Dinner at 7", "Lunch 1-2", "Dinner 7:30": the half of the day in which that meal is. 1:
 * resolved. Hours with a leading 0 or with am are taken literally.
 */
static int resolve_meal(msched__question *q)
{
    static const char why[] = "the usual time of day for that";
    int32_t start = q->values->value[q->kind],
            end = msched__is_range(q) ? q->values->second[q->kind] : start;
    uint32_t doubt = q->values->doubt[q->kind];
    int loose = (doubt & (MSCHED__LOOSE_START | MSCHED__LOOSE_END)) != 0;
    msched__slice text = q->values->text[q->kind];
    size_t at = 0;
    while (at < text.size && !(text.data[at] >= '0' && text.data[at] <= '9'))
        at++;
    if (q->meal == NULL || start > MSCHED__HALF_DAY + 3599 || end < start ||
        (doubt & MSCHED__NIGHT) != 0 || (at < text.size && text.data[at] == '0'))
        return 0;
    msched__reading early = {start % MSCHED__HALF_DAY, end - start + start % MSCHED__HALF_DAY},
                    late = {early.start + MSCHED__HALF_DAY, early.end + MSCHED__HALF_DAY};
    int is_early = msched__in_meal(q->meal, early.start),
        is_late = msched__in_meal(q->meal, late.start);
    int written = msched__is_range(q) && start >= 6 * 3600 && msched__in_meal(q->meal, start);
    written |= start == MSCHED__HALF_DAY && (doubt & MSCHED__TOLD) == 0;
    if (is_early == is_late || late.end > MSCHED__DAY || written ||
        (!loose && msched__in_meal(q->meal, start)))
        return 0;
    return is_early ? msched__accept_told(q, early, why, &late)
                    : msched__accept_told(q, late, why, &early);
}

/* "Bed 12", "in bed by 12": midnight. 1: resolved. */
static int resolve_bedtime(msched__question *q)
{
    enum { EVENING = 18 };
    const uint32_t loose = MSCHED__LOOSE_START | MSCHED__TOLD;
    const msched__reading night = {MSCHED__DAY, MSCHED__DAY},
                          noon = {MSCHED__HALF_DAY, MSCHED__HALF_DAY};
    if ((q->kind != MSCHED__ATTR_AT && q->kind != MSCHED__ATTR_LATEST) || q->meal == NULL ||
        q->values->value[q->kind] != MSCHED__HALF_DAY || (q->values->doubt[q->kind] & loose) == 0 ||
        q->meal->last != MSCHED__DAY / 3600 || q->meal->first < EVENING)
        return 0;
    return msched__accept_told(q, night, "the usual time of day for that", &noon);
}

/* "Sleep 11-7", "Sleep 10:30-6:30": the night. 1: resolved. */
static int resolve_sleep(msched__question *q)
{
    const int32_t start = q->values->value[q->kind], end = q->values->second[q->kind] % MSCHED__DAY;
    if (q->kind != MSCHED__ATTR_RANGE || q->meal == NULL ||
        !msched__in_meal(q->meal, start + MSCHED__HALF_DAY) || msched__in_meal(q->meal, start) ||
        end > start || end < 3 * 3600 || (q->values->doubt[q->kind] & MSCHED__NIGHT) != 0 ||
        q->meal->last != MSCHED__DAY / 3600 || q->values->text[q->kind].data[0] == '0')
        return 0;
    const msched__reading night = {start + MSCHED__HALF_DAY, end + MSCHED__DAY},
                          day = {start, end + MSCHED__HALF_DAY};
    q->values->doubt[q->kind] |= MSCHED__WRAPPED;
    return msched__accept_told(q, night, "the usual time of day for that", &day);
}

/* "12am" and "12-1am" in a day that begins after it mean the end of the day. 1: resolved. */
static int resolve_midnight(msched__question *q)
{
    const int32_t end = q->kind == MSCHED__ATTR_RANGE ? q->values->second[q->kind] : 0;
    const msched__reading first = {0, end}, last = {MSCHED__DAY, MSCHED__DAY + end};
    if ((q->kind != MSCHED__ATTR_AT && q->kind != MSCHED__ATTR_RANGE) ||
        q->values->value[q->kind] != 0 || (q->values->doubt[q->kind] & MSCHED__NIGHT) == 0 ||
        q->in->day.start_s == 0 || q->in->day.end_s > MSCHED__DAY || end > q->in->day.start_s)
        return 0;
    return msched__accept_told(q, last, "the midnight at the end of the day", &first);
}

/* "12:30-1:30", on the 12-hour clock: the end is after noon. 1: resolved. */
static int resolve_past_noon(msched__question *q)
{
    int32_t start = q->values->value[q->kind], end = q->values->second[q->kind];
    uint32_t *doubt = &q->values->doubt[q->kind];
    if (q->kind != MSCHED__ATTR_RANGE || (*doubt & MSCHED__WRAPPED) == 0 ||
        (*doubt & MSCHED__TWELVE) == 0 ||
        (*doubt & (MSCHED__LOOSE_START | MSCHED__LOOSE_END)) != 0 ||
        end - MSCHED__HALF_DAY <= start)
        return 0;
    const msched__reading night = {start, end};
    *doubt &= ~(uint32_t)MSCHED__WRAPPED;
    return msched__accept_told(q, (msched__reading){start, end - MSCHED__HALF_DAY},
                               "on the 12-hour clock", &night);
}

/* "half 12": after the hour, and in other languages before it. */
static int accept_half(msched__question *q)
{
    msched__reading r = q->readings[0], other = {r.start - 3600, r.start - 3600};
    return msched__accept_told(q, r, "half past the hour", &other);
}

int msched__fits_day(const msched__question *q, int32_t start, int32_t end)
{
    const msched_day *day = &q->in->day;
    if (msched__is_range(q))
        return start >= day->start_s && end <= day->end_s;
    if (q->kind == MSCHED__ATTR_LATEST)
        return start > day->start_s && start <= day->end_s;
    return start >= day->start_s && start < day->end_s;
}

/* "Standup 930", "mtg 10-1030": of the readings within the day, the one from 7:00 to 19:00. */
static int accept_daytime(msched__question *q)
{
    msched__reading best = q->readings[0], other = q->readings[1];
    for (uint32_t i = 0; i < q->count; i++) {
        int32_t hour = q->readings[i].start % MSCHED__DAY / 3600;
        if (hour < 7 || hour >= 19)
            continue;
        other = i == 0 ? q->readings[1] : q->readings[0];
        best = q->readings[i];
        break;
    }
    return msched__accept_told(q, best, "the usual time of day for that", &other);
}

/* "Slides 2h from 10": one of the two readings may leave too little time for the length. */
static void drop_useless(msched__question *q)
{
    const msched_day *day = &q->in->day;
    const int32_t length = q->values->column[MSCHED__ATTR_DURATION] != 0
                               ? q->values->value[MSCHED__ATTR_DURATION]
                               : 0;
    const int32_t from = q->readings[0].start, to = q->readings[1].start;
    if (q->count != 2)
        return;
    if (q->kind == MSCHED__ATTR_EARLIEST && from + length <= day->end_s && to + length > day->end_s)
        q->count = 1;
    if (q->kind == MSCHED__ATTR_LATEST && from - length < day->start_s &&
        to - length >= day->start_s) {
        q->readings[0] = q->readings[1];
        q->count = 1;
    }
}

/* "at 7": the hour in the morning, in the evening, or after midnight. */
static int resolve_hour(msched__question *q)
{
    int32_t time = q->values->value[q->kind],
            step = time <= 12 * 3600 ? MSCHED__HALF_DAY : MSCHED__DAY;
    for (int32_t t = time; t <= MSCHED_DAY_END_S && t < time + 2 * MSCHED__DAY; t += step)
        if (msched__fits_day(q, t, t))
            msched__add_reading(q, t, t);
    drop_useless(q);
    if (q->count == 1 && (q->values->doubt[q->kind] & MSCHED__HALF) != 0)
        return accept_half(q);
    if (q->count > 1 && ((q->values->doubt[q->kind] & MSCHED__TOLD) != 0 ||
                         (q->is_appointment && time >= 8 * 3600)))
        return accept_daytime(q);
    if (q->count == 1)
        return accept(q, q->readings[0],
                      time != MSCHED__HALF_DAY || (q->values->doubt[q->kind] & MSCHED__TOLD) != 0);
    if (q->count == 0) {
        msched__add_reading(q, time, time);
        msched__add_reading(q, time + MSCHED__HALF_DAY, time + MSCHED__HALF_DAY);
    }
    return ask(q);
}

/* A time of 0 to 24 hours in a day that runs past midnight: on which of the two dates? */
static int resolve_night(msched__question *q)
{
    const msched__text_values *v = q->values;
    int32_t start = v->value[q->kind], end = msched__is_range(q) ? v->second[q->kind] : start;
    uint32_t doubt = v->doubt[q->kind];
    if (q->in->day.end_s <= MSCHED__DAY || start >= MSCHED__DAY ||
        end + MSCHED__DAY > MSCHED_DAY_END_S)
        return 1;
    int now = msched__fits_day(q, start, end),
        then = msched__fits_day(q, start + MSCHED__DAY, end + MSCHED__DAY);
    if (then && now && (doubt & MSCHED__NIGHT) != 0) {
        msched__add_reading(q, start, end);
        msched__add_reading(q, start + MSCHED__DAY, end + MSCHED__DAY);
        return ask(q);
    }
    if (!then || now)
        return 1;
    msched__diag_add(q->in->diag, MSCHED_SEVERITY_NOTE, q->line, v->column[q->kind], MSCHED_OK,
                     "next_day", "", "this is on the next day, because the day begins at %d:%02d",
                     (int)q->in->day.start_s / 3600, (int)q->in->day.start_s / 60 % 60);
    return accept(q, (msched__reading){start + MSCHED__DAY, end + MSCHED__DAY}, 0);
}

/* All ranges of at most 12 hours that "9-5" may mean within the day. */
static void list_ranges(msched__question *q, int32_t start, int32_t end, int only_day)
{
    uint32_t doubt = q->values->doubt[q->kind];
    int32_t start_step = (doubt & MSCHED__LOOSE_START) != 0 ? MSCHED__HALF_DAY : 2 * MSCHED__DAY;
    int32_t end_step = (doubt & MSCHED__LOOSE_END) != 0 ? MSCHED__HALF_DAY : MSCHED__DAY;
    for (int32_t s = start; s < MSCHED__DAY + MSCHED__HALF_DAY; s += start_step)
        for (int32_t e = end; e <= MSCHED_DAY_END_S; e += end_step)
            if (e > s && e - s <= MSCHED__HALF_DAY && (!only_day || msched__fits_day(q, s, e)))
                msched__add_reading(q, s, e);
}

/* "Early shift 6-2": from the morning on. 1: resolved. */
static int resolve_early_range(msched__question *q, int32_t start, int32_t end)
{
    enum { FIRST = 4 * 3600, LAST = 11 * 3600 };
    msched__reading found = {0, 0};
    int count = 0;
    q->count = 0;
    list_ranges(q, start, end, 0);
    for (uint32_t i = 0; i < q->count; i++)
        if (q->readings[i].start >= FIRST && q->readings[i].start <= LAST) {
            found = q->readings[i];
            count++;
        }
    q->count = 0;
    return count == 1 && msched__accept_told(q, found, "the usual time of day for that", NULL);
}

/* Hours as written are preferred if they ascend and are in the day: "10-11", "9-17". */
static int resolve_range(msched__question *q)
{
    uint32_t doubt = q->values->doubt[q->kind];
    int32_t start = q->values->value[q->kind], end = q->values->second[q->kind];
    list_ranges(q, start, end, 1);
    if ((doubt & MSCHED__TOLD) != 0 && q->count > 1)
        return accept_daytime(q);
    if ((doubt & MSCHED__TOLD) != 0 && q->count == 1)
        return msched__accept_told(q, q->readings[0], "hours and minutes of the day", NULL);
    const int written = end > start && (start >= 6 * 3600 || end > 12 * 3600 + 3599) &&
                        (doubt & MSCHED__HALF) == 0; /* "half seven-half eight" */
    if (written && (msched__fits_day(q, start, end) || q->count == 0))
        return accept(q, (msched__reading){start, end}, 0);
    if (written)
        msched__add_reading(q, start, end);
    else if (q->count == 1)
        return accept(q, q->readings[0], 1);
    else if (q->count == 0 && (doubt & MSCHED__LOOSE_START) == 0 && start >= MSCHED__HALF_DAY &&
             start - end >= MSCHED__HALF_DAY && end + MSCHED__DAY > start) {
        q->values->doubt[q->kind] |= MSCHED__WRAPPED; /* "22-2" */
        return accept(q, (msched__reading){start, end + MSCHED__DAY}, 0);
    }
    if (q->count != 1 && q->is_early && resolve_early_range(q, start, end))
        return 1;
    if (q->count == 0)
        list_ranges(q, start, end, 0);
    if (q->count > 3)
        q->count = 3;
    return ask(q);
}

/* "(second)" says nothing about the half of the day or the date: removed, then added again. */
static int32_t take_second(int32_t *time)
{
    int32_t second = *time & MSCHED_TIME_SECOND;
    *time -= second;
    return second;
}

/* 0 after an error. */
static int resolve_values(msched__text_reader *in, msched__text_values *values, uint32_t line,
                          const char *title)
{
    static const enum msched__attr_kind kinds[] = {MSCHED__ATTR_RANGE, MSCHED__ATTR_AT,
                                                   MSCHED__ATTR_EARLIEST, MSCHED__ATTR_LATEST,
                                                   MSCHED__ATTR_BETWEEN};
    int ok = 1;
    msched__meal_hours hours;
    int is_meal = title != NULL &&
                  (msched__text_meal(title, &hours) || msched__text_sleep(title, &hours));
    const int is_evening = !is_meal && title != NULL && msched__text_evening(title, &hours);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        msched__question q = {.in = in, .values = values, .kind = kinds[i], .line = line};
        uint32_t doubt = values->doubt[kinds[i]];
        const int is_loose = (doubt & (MSCHED__LOOSE_START | MSCHED__LOOSE_END)) != 0;
        const int wakes = kinds[i] == MSCHED__ATTR_LATEST && title != NULL &&
                          msched__text_sleeps_until(values, title);
        q.meal = (is_meal && !wakes) || (is_evening && is_loose) ? &hours : NULL;
        q.is_appointment = wakes || (title != NULL && kinds[i] == MSCHED__ATTR_AT &&
                                     msched__text_appointment(title));
        q.is_early = title != NULL && msched__text_early(title);
        if (values->column[kinds[i]] == 0)
            continue;
        int32_t second = take_second(&values->value[kinds[i]]),
                end_second = take_second(&values->second[kinds[i]]);
        int settled = kinds[i] != MSCHED__ATTR_BETWEEN &&
                      (msched__resolve_shift(&q) || resolve_bedtime(&q) || resolve_sleep(&q) ||
                       resolve_meal(&q) || resolve_midnight(&q) || resolve_past_noon(&q));
        if (!settled && is_loose)
            ok &= msched__is_range(&q) ? resolve_range(&q) : resolve_hour(&q);
        else if (!settled && (doubt & MSCHED__TOLD) != 0)
            ok &= msched__accept_told(
                &q, (msched__reading){values->value[kinds[i]], values->second[kinds[i]]},
                "hours and minutes of the day", NULL);
        else if (!settled &&
                 !(settled = msched__resolve_latest(&q) || msched__resolve_office(&q, title)))
            ok &= resolve_night(&q);
        if (ok && !settled && (kinds[i] == MSCHED__ATTR_RANGE || kinds[i] == MSCHED__ATTR_AT))
            msched__warn_before_day(&q);
        if (kinds[i] == MSCHED__ATTR_RANGE && (values->doubt[kinds[i]] & MSCHED__WRAPPED) != 0)
            msched__diag_add(in->diag, MSCHED_SEVERITY_NOTE, line, values->column[kinds[i]],
                             MSCHED_OK, "past_midnight", "", "ends on the next day, at %02d:%02d",
                             (int)(values->second[kinds[i]] - MSCHED__DAY) / 3600,
                             (int)values->second[kinds[i]] / 60 % 60);
        values->value[kinds[i]] |= second;
        values->second[kinds[i]] |= end_second;
    }
    return ok;
}

void msched__text_resolve(msched__text_reader *in)
{
    for (uint32_t i = 0; i < in->todo_count; i++) {
        msched__text_todo *todo = &in->todos[i];
        uint32_t said = in->diag->count, errors = in->diag->error_count;
        todo->is_wrong |= !resolve_values(in, &todo->values, todo->line, todo->title);
        if (!todo->is_wrong)
            msched__text_use_sleep(in, todo);
        if (!todo->is_wrong)
            msched__text_set_times(in, todo);
        if (todo->state == MSCHED_STATE_DONE || todo->state == MSCHED_STATE_SKIPPED) {
            msched__diag_rewind(in->diag, said, errors);
            msched__text_close(todo, todo->state);
            msched__text_tell_done(in, todo);
        }
        if (todo->assumed && !todo->is_wrong) {
            static const char *const length[] = {" 30m"};
            msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, todo->title_column,
                             MSCHED_OK, "default_duration",
                             "add the length at the end, for example 45m or 1h30",
                             "no length given; assuming 30 minutes");
            msched__diag_edit(in->diag, todo->line, todo->end_column, todo->end_column, length, 1);
        }
    }
    for (uint32_t i = 0; i < in->song_count; i++)
        in->songs[i].is_wrong |= !resolve_values(in, &in->songs[i].values, in->songs[i].line, NULL);
}
