/*
 * Times that the day around them decides: before it begins, where another half of the day is meant
 * or what people do not do at night, and after midnight, during an event that goes on then.
 */
#include "base/utf8.h"
#include "plan/text/text_resolve.h"

#include <musicsched/plan.h>

#include <stdio.h>

/* The digits of a time as written; its size: there are none. */
static size_t first_digit(msched__slice text)
{
    size_t at = 0;
    while (at < text.size && !(text.data[at] >= '0' && text.data[at] <= '9'))
        at++;
    return at;
}

/* The time half a day later, and as written with a 0 before it: neither is certain. */
static void offer_halves(const msched__question *q, const char *late)
{
    const msched__slice text = q->values->text[q->kind];
    const uint32_t column = q->values->column[q->kind];
    const size_t at = first_digit(text);
    char literal[64];
    const char *const texts[] = {late, literal};
    snprintf(literal, sizeof literal, "%.*s0%.*s", (int)(at > 20 ? 20 : at), text.data,
             (int)(text.size - at > 40 ? 40 : text.size - at), text.data + at);
    msched__diag_edit(q->in->diag, q->line, column,
                      column + (uint32_t)msched__utf8_length(text.data, text.size), texts,
                      at > 20 || text.size - at > 40 ? 1 : 2);
}

/*
 * "Dentist at 4:15", "Meeting 1:00-2:00", and before 4:00 what people do not do at night: in the
 * afternoon. 1: resolved.
 */
int msched__resolve_office(msched__question *q, const char *title)
{
    const int32_t start = q->values->value[q->kind],
                  end = msched__is_range(q) ? q->values->second[q->kind] : start;
    const msched__slice text = q->values->text[q->kind];
    const size_t at = first_digit(text);
    const uint32_t other = MSCHED__NIGHT | MSCHED__LOOSE_START | MSCHED__LOOSE_END;
    if ((q->kind != MSCHED__ATTR_AT && q->kind != MSCHED__ATTR_RANGE) || q->meal != NULL ||
        start < 3600 || start >= 7 * 3600 || end < start || end > MSCHED__HALF_DAY ||
        start >= q->in->day.start_s || at == text.size || text.data[at] == '0' ||
        (q->values->doubt[q->kind] & other) != 0 ||
        !msched__fits_day(q, start + MSCHED__HALF_DAY, end + MSCHED__HALF_DAY) || title == NULL ||
        (!msched__text_office(title) &&
         (start >= 4 * 3600 || end - start > 4 * 3600 || msched__text_at_night(title))))
        return 0;
    char late[64];
    (void)msched__accept_told(q,
                              (msched__reading){start + MSCHED__HALF_DAY, end + MSCHED__HALF_DAY},
                              "the usual time of day for that", NULL);
    msched__list_readings(q, late, sizeof late);
    offer_halves(q, late);
    return 1;
}

/* "Cook for 6:30", "shop closes 5.30" where the day begins at 7:00: in the evening. 1: resolved. */
int msched__resolve_latest(msched__question *q)
{
    const int32_t time = q->values->value[q->kind];
    const msched__slice text = q->values->text[q->kind];
    const size_t at = first_digit(text);
    const msched__reading written = {time, time},
                          late = {time + MSCHED__HALF_DAY, time + MSCHED__HALF_DAY};
    if (q->kind != MSCHED__ATTR_LATEST ||
        (q->values->column[MSCHED__ATTR_LATE] == 0 && !msched__text_closes(text)) || time < 3600 ||
        time > q->in->day.start_s || at == text.size || text.data[at] == '0' ||
        (q->values->doubt[q->kind] & MSCHED__NIGHT) != 0 ||
        !msched__digit_at(text, text.size - (text.data[text.size - 1] == ')') - 1) ||
        !msched__fits_day(q, late.start, late.end))
        return 0;
    return msched__accept_told(q, late, "the only time that fits the day", &written);
}

/*
 * "Break 1:00" below "Night shift 19:15-7:45": after midnight, during that event, if it would be
 * before the day. 1: resolved.
 */
int msched__resolve_shift(msched__question *q)
{
    const msched__text_reader *in = q->in;
    const int32_t start = q->values->value[q->kind],
                  end = msched__is_range(q) ? q->values->second[q->kind] : start;
    if ((q->kind != MSCHED__ATTR_AT && q->kind != MSCHED__ATTR_RANGE) || in->days > 0 ||
        q->values->column[MSCHED__ATTR_ON] != 0 || start >= in->day.start_s || end < start ||
        start >= MSCHED__HALF_DAY || in->day.end_s > MSCHED__DAY)
        return 0;
    for (uint32_t k = 0; k < in->todo_count && in->todos[k].line < q->line; k++) {
        const msched__text_todo *shift = &in->todos[k];
        char why[80];
        if (!shift->is_event || shift->is_wrong || shift->end == MSCHED_UNSET ||
            shift->start > start + MSCHED__DAY || shift->end < end + MSCHED__DAY ||
            shift->end <= MSCHED__DAY ||
            (shift->start <= start + MSCHED__HALF_DAY && shift->end >= end + MSCHED__HALF_DAY))
            continue;
        snprintf(why, sizeof why, "during %.60s", shift->title);
        return msched__accept_told(q, (msched__reading){start + MSCHED__DAY, end + MSCHED__DAY},
                                   why, NULL);
    }
    return 0;
}

/* "2:30 Call" in a day that begins at 7:00. */
void msched__warn_before_day(msched__question *q)
{
    const msched__text_values *v = q->values;
    msched__slice text = v->text[q->kind];
    int32_t start = v->value[q->kind], end = msched__is_range(q) ? v->second[q->kind] : start;
    const size_t at = first_digit(text);
    if (at == text.size || text.data[at] == '0' || (v->doubt[q->kind] & MSCHED__NIGHT) != 0 ||
        end > q->in->day.start_s || start >= q->in->day.start_s || start < 3600 ||
        !msched__fits_day(q, start + MSCHED__HALF_DAY, end + MSCHED__HALF_DAY) ||
        (q->meal != NULL && msched__in_meal(q->meal, start))) /* "Wake up 6:30" */
        return;
    const int32_t day_end = msched__plain_time(q->in->day.end_s);
    char list[64], repair[200];
    q->count = 0;
    msched__add_reading(q, start + MSCHED__HALF_DAY, end + MSCHED__HALF_DAY);
    msched__list_readings(q, list, sizeof list);
    snprintf(
        repair, sizeof repair,
        "write %s, or add a 0 before the hour, or start the day earlier with day: 0:00-%d:%02d",
        list, (int)day_end / 3600, (int)day_end / 60 % 60);
    msched__diag_add(q->in->diag, MSCHED_SEVERITY_WARNING, q->line, v->column[q->kind], MSCHED_OK,
                     "before_day", repair, "\"%.*s\" is before the day begins; did you mean %s?",
                     (int)(text.size > 60 ? 60 : text.size), text.data, list);
    offer_halves(q, list);
}
