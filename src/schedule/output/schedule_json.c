#include "base/buffer.h"
#include "base/civil.h"
#include "base/error.h"
#include "schedule/output/schedule.h"

#include <string.h>

/*
 * A key after another member, and its size, as compile-time constants, because keys are most of the
 * output.
 */
#define KEY(name) ", \"" name "\": ", sizeof(", \"" name "\": ") - 1

static void key_text(msched__buffer *b, const char *key, size_t size, const char *value)
{
    msched__buffer_add(b, key, size);
    msched__buffer_json(b, value);
}

static void key_int(msched__buffer *b, const char *key, size_t size, int64_t value)
{
    msched__buffer_add(b, key, size);
    msched__buffer_int(b, value);
}

static void key_time(msched__buffer *b, const char *key, size_t size, int32_t seconds)
{
    msched__buffer_add(b, key, size);
    msched__buffer_char(b, '"');
    msched__buffer_time(b, seconds);
    msched__buffer_char(b, '"');
}

static void key_texts(msched__buffer *b, const char *key, size_t size, const char *const *texts,
                      uint32_t count)
{
    msched__buffer_add(b, key, size);
    msched__buffer_char(b, '[');
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            msched__buffer_string(b, ", ");
        msched__buffer_json(b, texts[i]);
    }
    msched__buffer_char(b, ']');
}

/* Begin the array item `index`, each on a line of its own. */
static void begin_item(msched__buffer *b, uint32_t index)
{
    msched__buffer_string(b, index == 0 ? "\n  " : ",\n  ");
}

static void end_array(msched__buffer *b, uint32_t count)
{
    msched__buffer_string(b, count == 0 ? "]" : "\n ]");
}

static void write_utc(msched__buffer *b, const msched_schedule_entry *e)
{
    if (e->start_utc == MSCHED_NO_UTC || e->end_utc == MSCHED_NO_UTC)
        return;
    msched__buffer_string(b, ", \"start_utc\": \"");
    msched__buffer_utc(b, e->start_utc);
    msched__buffer_string(b, "\", \"end_utc\": \"");
    msched__buffer_utc(b, e->end_utc);
    msched__buffer_char(b, '"');
}

/* The date that times count from, in a schedule of several dates. */
static void write_named_date(msched__buffer *b, const msched_schedule *s, const char *key,
                             uint32_t day)
{
    msched__date date = {1970, 1, 1};
    if (s->days == 0)
        return;
    msched__date_parse(s->date, strlen(s->date), &date);
    date = msched__date_from_days(msched__date_to_days(date) + day);
    msched__buffer_format(b, ", \"%s\": \"%04d-%02u-%02u\"", key, (int)date.year,
                          (unsigned)date.month, (unsigned)date.day);
}

static void write_date(msched__buffer *b, const msched_schedule *s, uint32_t day)
{
    write_named_date(b, s, "date", day);
}

/* The id of the to-do in the plan, if it differs from the entry's. */
static void write_of(msched__buffer *b, const msched_schedule *s, const msched_schedule_entry *e,
                     const char *of)
{
    if (of != NULL && (s->days > 0 || strchr(e->id, '~') != NULL || strchr(e->id, '@') != NULL))
        key_text(b, KEY("of"), of);
}

/* The entry's object without its closing brace. `of`: the id of its to-do in the plan, or NULL. */
static void write_entry(msched__buffer *b, const msched_schedule *s, const msched_schedule_entry *e,
                        const char *of)
{
    if (e->kind == MSCHED_ENTRY_TODO) {
        msched__buffer_string(b, "{\"kind\": \"todo\"");
        key_text(b, KEY("id"), e->id);
        key_text(b, KEY("title"), e->title);
        write_date(b, s, e->day);
        key_time(b, KEY("start"), e->start_s);
        key_time(b, KEY("end"), e->end_s);
        write_utc(b, e);
        msched__buffer_string(b, e->fixed ? ", \"fixed\": true" : ", \"fixed\": false");
        if (e->piece > 0)
            key_int(b, KEY("piece"), e->piece);
        write_of(b, s, e, of);
        if (e->state != MSCHED_STATE_OPEN)
            key_text(b, KEY("state"), msched_state_name(e->state));
        if (e->has_slack)
            key_int(b, KEY("slack_s"), e->slack_s);
    } else {
        msched__buffer_string(b, "{\"kind\": \"song\"");
        key_text(b, KEY("track_id"), e->id);
        key_text(b, KEY("title"), e->title);
        key_text(b, KEY("artist"), e->artist);
        write_date(b, s, e->day);
        key_time(b, KEY("start"), e->start_s);
        key_time(b, KEY("end"), e->end_s);
        write_utc(b, e);
        if (e->during[0] != '\0')
            key_text(b, KEY("during"), e->during);
        if (e->wanted != UINT32_MAX)
            key_int(b, KEY("wanted"), e->wanted);
        else if (s->days > 0 || e->fill > 0)
            key_int(b, KEY("fill"), e->fill);
        if (e->wanted != UINT32_MAX && strcmp(e->identity, e->id) != 0)
            key_text(b, KEY("id"), e->identity);
        if (e->popularity != UINT32_MAX)
            key_int(b, KEY("popularity"), e->popularity);
        else
            msched__buffer_string(b, ", \"popularity\": null");
    }
    if (e->sequence > 0)
        key_int(b, KEY("sequence"), e->sequence);
}

/* Items of earlier schedules of the day that this one lacks. */
static void write_cancelled(msched__buffer *b, const msched_schedule *s)
{
    if (s->cancelled_count == 0)
        return;
    msched__buffer_string(b, ",\n \"cancelled\": [");
    for (uint32_t i = 0; i < s->cancelled_count; i++) {
        begin_item(b, i);
        write_entry(b, s, &s->cancelled[i].entry, s->days > 0 ? NULL : s->cancelled[i].entry.id);
        key_int(b, KEY("number"), s->cancelled[i].number);
        msched__buffer_char(b, '}');
    }
    end_array(b, s->cancelled_count);
}

static void write_fix(msched__buffer *b, const msched_fix *fix)
{
    msched__buffer_format(b, "{\"kind\": \"%s\"", msched__fix_name(fix->kind));
    if (fix->kind != MSCHED_FIX_DROP && fix->kind != MSCHED_FIX_MUSIC &&
        fix->kind != MSCHED_FIX_CHOOSE && fix->kind != MSCHED_FIX_DATE)
        key_int(b, KEY("amount_s"), fix->amount_s);
    if (fix->kind == MSCHED_FIX_DATE)
        key_text(b, KEY("date"), fix->id);
    else if (fix->id[0] != '\0')
        key_text(b, KEY("id"), fix->id);
    key_text(b, KEY("text"), fix->text);
    msched__buffer_char(b, '}');
}

static void write_fixes(msched__buffer *b, const msched_unplaced *u)
{
    if (u->fix == MSCHED_FIX_NONE || msched__fix_name(u->fix) == NULL)
        return;
    msched__buffer_string(b, ", \"fix\": ");
    write_fix(b, &(msched_fix){
                     .kind = u->fix, .amount_s = u->fix_s, .id = u->fix_id, .text = u->fix_text});
    for (uint32_t i = 0; i < u->alternative_count; i++) {
        msched__buffer_string(b, i == 0 ? ", \"alternatives\": [" : ", ");
        write_fix(b, u->alternatives[i]);
    }
    if (u->alternative_count > 0)
        msched__buffer_char(b, ']');
}

static void write_unplaced(msched__buffer *b, const msched_schedule *s, const msched_unplaced *u)
{
    static const char *const kinds[] = {"todo", "song", "fill"};
    msched__buffer_format(b, "{\"kind\": \"%s\"", kinds[u->kind]);
    if (u->kind == MSCHED_UNPLACED_TODO)
        key_text(b, KEY("id"), u->id);
    if (u->kind == MSCHED_UNPLACED_SONG) {
        key_int(b, KEY("wanted"), u->wanted);
        if (u->id[0] != '\0')
            key_text(b, KEY("track_id"), u->id);
    }
    if (u->kind != MSCHED_UNPLACED_FILL)
        key_text(b, KEY("title"), u->title);
    key_text(b, KEY("code"), msched_reason_name(u->reason));
    key_text(b, KEY("reason"), u->text);
    if (u->kind == MSCHED_UNPLACED_SONG)
        key_int(b, KEY("plays"), u->plays);
    if (u->needed_s > 0) {
        key_int(b, KEY("needed_s"), u->needed_s);
        key_int(b, KEY("available_s"), u->available_s);
    }
    write_date(b, s, u->day);
    if (u->window_start_s >= 0 && u->window_end_s >= 0 && u->window_end_s != u->window_start_s) {
        msched__buffer_string(b, ", \"window\": [\"");
        msched__buffer_time(b, u->window_start_s);
        msched__buffer_string(b, "\", \"");
        msched__buffer_time(b, u->window_end_s);
        msched__buffer_string(b, "\"]");
    }
    if (u->rival_count > 0)
        key_texts(b, KEY("rivals"), u->rivals, u->rival_count);
    if (u->candidate_count > 0)
        key_texts(b, KEY("candidates"), u->candidates, u->candidate_count);
    write_fixes(b, u);
    msched__buffer_char(b, '}');
}

/* The levels in the documented form: tasks by priority, then the rest. */
static void write_levels(msched__buffer *b, const int64_t *level)
{
    static const uint8_t tasks[] = {MSCHED_LEVEL_TASKS_1, MSCHED_LEVEL_TASKS_2,
                                    MSCHED_LEVEL_TASKS_3, MSCHED_LEVEL_TASKS_4};
    msched__buffer_string(b, "\"tasks_placed\": [");
    for (int i = 0; i < 4; i++) {
        if (i > 0)
            msched__buffer_string(b, ", ");
        msched__buffer_int(b, level[tasks[i]]);
    }
    msched__buffer_char(b, ']');
    key_int(b, KEY("must_songs"), level[MSCHED_LEVEL_MUST_SONGS]);
    key_int(b, KEY("song_weight"), level[MSCHED_LEVEL_SONG_WEIGHT]);
    key_int(b, KEY("fill_s"), level[MSCHED_LEVEL_FILL_S]);
}

static void write_objective(msched__buffer *b, const msched_objective *o)
{
    msched__buffer_string(b, ",\n \"objective\": {");
    write_levels(b, o->value);
    msched__buffer_string(b, ", \"preference\": ");
    msched__buffer_double(b, o->preference);
    msched__buffer_string(b, ", \"level_8\": {\"repeats_s\": ");
    msched__buffer_int(b, o->repeats_s);
    key_int(b, KEY("breaks_s"), o->breaks_s);
    key_int(b, KEY("pauses_s"), o->pauses_s);
    key_int(b, KEY("longest_run_s"), o->longest_run_s);
    key_int(b, KEY("usual_s"), o->usual_s);
    key_int(b, KEY("spread_s"), o->spread_s);
    key_int(b, KEY("mood_s"), o->mood_s);
    key_int(b, KEY("silence_s"), o->silence_s);
    msched__buffer_char(b, '}');
    msched__buffer_string(b, ",\n  \"bound\": {");
    write_levels(b, o->bound);
    msched__buffer_string(b, "}");
    key_int(b, KEY("proved_levels"), o->proved_levels);
    key_text(b, KEY("stop"), msched__stop_name(o->stop));
    msched__buffer_string(b, ", \"work\": ");
    msched__buffer_uint(b, o->work);
    msched__buffer_string(b, ", \"moved\": ");
    msched__buffer_uint(b, o->moved);
    msched__buffer_char(b, '}');
}

static void write_overload(msched__buffer *b, const msched_schedule *s, const msched_overload *o)
{
    msched__buffer_string(b, "{\"start\": \"");
    msched__buffer_time(b, o->start_s);
    msched__buffer_char(b, '"');
    key_time(b, KEY("end"), o->end_s);
    write_date(b, s, o->day);
    if (o->last_day > o->day)
        write_named_date(b, s, "end_date", o->last_day);
    key_int(b, KEY("demand_s"), o->demand_s);
    key_int(b, KEY("capacity_s"), o->capacity_s);
    key_texts(b, KEY("members"), o->members, o->member_count);
    msched__buffer_char(b, '}');
}

static void write_schedule(msched__buffer *b, const msched_schedule *s)
{
    msched__buffer_string(b, "{\"version\": 1");
    key_text(b, KEY("date"), s->date);
    if (s->days > 0)
        key_int(b, KEY("days"), s->days);
    key_text(b, KEY("timezone"), s->timezone);
    if (s->calendar_id[0] != '\0')
        key_text(b, KEY("calendar_id"), s->calendar_id);
    key_text(b, KEY("status"), msched_status_name(s->objective.status));
    msched__buffer_string(b, ",\n \"entries\": [");
    for (uint32_t i = 0; i < s->entry_count; i++) {
        begin_item(b, i);
        write_entry(b, s, &s->entries[i], msched__schedule_of(s, &s->entries[i]));
        msched__buffer_char(b, '}');
    }
    end_array(b, s->entry_count);
    write_cancelled(b, s);
    if (s->has_unplaced) {
        msched__buffer_string(b, ",\n \"unplaced\": [");
        for (uint32_t i = 0; i < s->unplaced_count; i++) {
            begin_item(b, i);
            write_unplaced(b, s, &s->unplaced[i]);
        }
        end_array(b, s->unplaced_count);
    }
    if (s->has_objective)
        write_objective(b, &s->objective);
    msched__buffer_string(b, ",\n \"warnings\": [");
    for (uint32_t i = 0; i < s->warning_count; i++) {
        begin_item(b, i);
        msched__buffer_string(b, "{\"code\": ");
        msched__buffer_json(b, s->warnings[i].code);
        key_text(b, KEY("message"), s->warnings[i].message);
        msched__buffer_char(b, '}');
    }
    end_array(b, s->warning_count);
    msched__buffer_string(b, ",\n \"overloads\": [");
    for (uint32_t i = 0; i < s->overload_count; i++) {
        begin_item(b, i);
        write_overload(b, s, &s->overloads[i]);
    }
    end_array(b, s->overload_count);
    msched__buffer_string(b, "}\n");
}

msched_result msched_schedule_to_json(const msched_schedule *schedule, msched_text **out,
                                      msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (schedule == NULL)
        return msched__fail_null(err, "schedule");
    if (msched__deferred_complete(schedule->deferred) != MSCHED_OK)
        return msched__fail_memory(err);
    msched__buffer buffer;
    msched__buffer_init(&buffer, &schedule->arena.allocator);
    msched__buffer_reserve(&buffer, 512 + (size_t)schedule->entry_count * 192);
    write_schedule(&buffer, schedule);
    return msched__buffer_to_text(&buffer, out, err);
}
