#include "schedule/explain/explain_fix_text.h"

#include "base/civil.h"
#include "schedule/model/lookup.h"
#include "schedule/model/model.h"
#include "schedule/output/schedule.h"

#include <string.h>

/* A fix of a date of several was tried on that date alone, so it is a fix for that date. */
static void say_date(const msched__explain *e, msched__buffer *text)
{
    if (e->model->plan->is_of_several)
        msched__buffer_format(text, " on %s", e->model->plan->date);
}

/* The date of a to-do: that in its id, as in "shift@2026-11-30" of the night before, or this. */
static void say_date_of(const msched__explain *e, const char *id, msched__buffer *text)
{
    const char *at = strrchr(id, '@');
    msched__date date;
    if (e->model->plan->is_of_several && at != NULL &&
        msched__date_parse(at + 1, strlen(at + 1), &date))
        msched__buffer_format(text, " on %s", at + 1);
    else
        say_date(e, text);
}

/* The other effects of a fix. */
static void say_lost(const msched__explain *e, const msched__fix_cost *lost, msched__buffer *text)
{
    if (lost->todos > 0)
        msched__buffer_format(text, "; %s", e->model->plan->todos[lost->todo].title);
    if (lost->todos > 1)
        msched__buffer_format(text, " and %u more", (unsigned)lost->todos - 1);
    if (lost->todos > 0)
        msched__buffer_string(text, lost->todos > 1 ? " are then left out" : " is then left out");
    if (lost->plays > 1)
        msched__buffer_format(text, "; %u wanted songs are then left out", (unsigned)lost->plays);
    else if (lost->plays == 1)
        msched__buffer_string(text, "; 1 wanted song is then left out");
}

void msched__fix_say_amount(msched__explain *e, msched_unplaced *item,
                            const msched__fix_amount *amount, const msched__fix_cost *lost)
{
    msched__buffer text;
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    item->fix = amount->fix;
    item->fix_s = amount->seconds;
    msched__buffer_string(&text, amount->before);
    /* people think in minutes, so the amount is rounded up: cutting more also works */
    int32_t seconds = amount->seconds, minutes = (seconds + 59) / 60 * 60;
    if (amount->fix == MSCHED_FIX_SHORTER && item->needed_s % 60 == 0 && minutes < item->needed_s)
        seconds = minutes;
    msched__explain_length(&text, seconds);
    msched__buffer_string(&text, amount->after);
    say_date(e, &text);
    say_lost(e, lost, &text);
    item->fix_text = msched__explain_keep(e, &text);
}

void msched__fix_say_move(msched__explain *e, msched_unplaced *item,
                          const msched__fix_amount *amount, uint32_t event)
{
    const msched__plan_todo *todo = &e->model->plan->todos[event];
    msched__buffer text;
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    item->fix = amount->fix;
    item->fix_s = amount->seconds;
    item->fix_id = todo->id;
    msched__buffer_format(&text, "%s%s ", amount->before, todo->title);
    msched__explain_length(&text, amount->seconds);
    msched__buffer_string(&text, amount->after);
    say_date_of(e, todo->id, &text);
    item->fix_text = msched__explain_keep(e, &text);
}

void msched__fix_say_todo(msched__explain *e, msched_unplaced *item, uint32_t fix, uint32_t todo,
                          const msched__fix_cost *lost)
{
    const msched__plan_todo *other = &e->model->plan->todos[todo];
    msched__buffer text;
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    item->fix = fix;
    item->fix_id = other->id;
    msched__buffer_format(&text, fix == MSCHED_FIX_DROP ? "leave out %s" : "allow music during %s",
                          other->title);
    say_date_of(e, other->id, &text);
    say_lost(e, lost, &text);
    item->fix_text = msched__explain_keep(e, &text);
}

void msched__fix_say_song(msched__explain *e, msched_unplaced *item, uint32_t wish,
                          const msched__fix_cost *lost)
{
    const msched_catalog *catalog = e->model->catalog;
    const char *title = msched__catalog_text(catalog,
                                             catalog->track_name[e->model->wishes[wish].track]);
    msched__buffer id, text;
    msched__buffer_init(&id, &e->schedule->arena.allocator);
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    item->fix = MSCHED_FIX_DROP;
    msched__buffer_format(&id, "song %u", (unsigned)wish);
    item->fix_id = msched__explain_keep(e, &id);
    msched__buffer_format(&text, "leave out the song %s", title);
    say_date(e, &text);
    say_lost(e, lost, &text);
    item->fix_text = msched__explain_keep(e, &text);
}
