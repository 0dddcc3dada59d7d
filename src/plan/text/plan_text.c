/* Read plan text: each line, then links between lines, then the builder. */
#include "plan/text/plan_text.h"

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/civil.h"
#include "base/options.h"
#include "base/utf8.h"
#include "catalog/catalog_check.h"
#include "plan/plan_builder.h"
#include "plan/plan_check.h"
#include "plan/plan_refuse.h"
#include "plan/plan_span_check.h"
#include "plan/words/text_weekdays.h"

#include <string.h>

void msched_plan_text_options_init(msched_plan_text_options *options, uint32_t struct_size)
{
    const msched_plan_text_options defaults = {.now_s = 0};
    msched__options_init(options, struct_size, &defaults, sizeof defaults);
}

static int is_full(msched__text_reader *in, uint32_t count, uint32_t max, const char *what)
{
    if (count < max)
        return 0;
    msched__text_error(in, in->line.data, MSCHED_ERROR_LIMIT, "too_many", "remove some of them",
                       "a plan has at most %u %s", (unsigned)max, what);
    return 1;
}

/* A line of description for the to-do above. */
static void keep_note(msched__text_reader *in, const msched__line_parts *parts)
{
    if (in->above != MSCHED__ABOVE_ITEM || in->above_todo == UINT32_MAX)
        return;
    void *block = in->notes;
    if (!msched__grow(&in->memory, &block, &in->note_capacity, (size_t)in->note_count + 1,
                      sizeof *in->notes)) {
        in->failed = 1;
        return;
    }
    in->notes = block;
    if (in->note_count == 0)
        in->first_note_line = in->line_number;
    msched__slice text = {in->plain.data + parts->bullet, in->plain.size - parts->bullet};
    text = msched__text_raw(in, text);
    if (in->dropped_count > 0) /* notes keep their Markdown */
        text.size = (size_t)(in->line.data + in->line.size - text.data);
    in->notes[in->note_count++] = (msched__text_note){in->above_todo, text};
}

/* "Errands:", without a time, a length or a check box, is the heading of a list. */
static int tell_heading(msched__text_reader *in, msched__slice text)
{
    while (text.size > 0 && text.data[text.size - 1] == ' ')
        text.size--;
    if (in->mark != 0 || text.size < 3 || text.data[text.size - 1] != ':')
        return 0;
    for (size_t i = 0; i < text.size; i++)
        if (strchr("0123456789#@!\"", text.data[i]) != NULL)
            return 0;
    msched__text_begin_part(in, text);
    msched__text_begin_songs(in, text);
    msched__text_remark(in, MSCHED_SEVERITY_NOTE, text.data, "heading", "drop the colon to plan it",
                        "\"%.*s\" is read as a heading", (int)(text.size > 60 ? 60 : text.size),
                        text.data);
    return 1;
}

static int read_setting(msched__text_reader *in, const msched__line_parts *parts)
{
    if (parts->start == 0)
        return msched__text_setting(in);
    return parts->has_bullet && in->mark == 0 && msched__text_listed_setting(in, parts->start);
}

static void read_item(msched__text_reader *in, const msched__line_parts *parts)
{
    msched__slice text = {in->plain.data + parts->start, in->plain.size - parts->start};
    size_t marker = msched__text_find_song(in, text);
    in->above_todo = UINT32_MAX;
    if (in->struck_column > 0)
        msched__diag_add(in->diag, MSCHED_SEVERITY_NOTE, in->line_number, in->struck_column,
                         MSCHED_OK, "struck", "", "struck text is left out");
    if (marker != SIZE_MAX) {
        if (!is_full(in, in->song_count, MSCHED_PLAN_MAX_SONGS, "wanted songs"))
            msched__text_song_line(in, parts->start + marker);
    } else if (!read_setting(in, parts) && !tell_heading(in, text)) {
        uint32_t count = in->todo_count;
        if (!is_full(in, in->todo_count, MSCHED_PLAN_MAX_TODOS, "to-dos"))
            msched__text_todo_line(in, parts->start);
        if (in->todo_count > count)
            in->above_todo = count;
    } else {
        in->above = MSCHED__ABOVE_NOTHING;
    }
}

/*
 * An item that is ticked off keeps its place among equal titles and songs. Its errors no longer
 * matter.
 */
static void read_closed(msched__text_reader *in, const msched__line_parts *parts, uint32_t state)
{
    uint32_t todos = in->todo_count, songs = in->song_count, said = in->diag->count,
             errors = in->diag->error_count;
    size_t marker = msched__text_find_song(
        in, (msched__slice){in->plain.data + parts->start, in->plain.size - parts->start});
    in->mark = 'x';
    if (marker != SIZE_MAX && in->song_count < MSCHED_PLAN_MAX_SONGS)
        msched__text_song_line(in, parts->start + marker);
    else if (marker == SIZE_MAX && in->todo_count < MSCHED_PLAN_MAX_TODOS)
        msched__text_todo_line(in, parts->start);
    msched__diag_rewind(in->diag, said, errors);
    if (in->todo_count > todos)
        msched__text_close(&in->todos[todos], state);
    if (in->song_count > songs)
        in->songs[songs].state = state;
}

/* Front matter can set the date; the rest of it is ignored. */
static void read_front_matter(msched__text_reader *in)
{
    msched__slice s = in->plain;
    msched__date date;
    if (s.size < 16 || !msched__slice_is((msched__slice){s.data, 6}, "date: ") ||
        !msched__date_parse(s.data + 6, 10, &date))
        return;
    in->plain.size = s.size = 16;
    msched__text_setting(in);
}

static void read_line(msched__text_reader *in)
{
    if (!msched__text_check_line(in))
        return;
    while (in->line.size > 0 && in->line.data[in->line.size - 1] == ' ')
        in->line.size--;
    if (!msched__text_plain(in) || !msched__text_markup(in) || !msched__text_translate(in))
        return;
    if (in->line_number > in->front_matter && msched__text_heading(in))
        return;
    if (in->line_number <= in->front_matter) {
        read_front_matter(in);
        return;
    }
    msched__line_parts parts;
    switch (msched__text_layout(in, &parts)) {
    case MSCHED__LINE_DONE:
        if (in->done_count++ == 0)
            in->first_done_line = in->line_number;
        read_closed(in, &parts, MSCHED_STATE_DONE);
        break;
    case MSCHED__LINE_SKIPPED:
        if (in->skipped_count++ == 0)
            in->first_skipped_line = in->line_number;
        read_closed(in, &parts, MSCHED_STATE_SKIPPED);
        break;
    case MSCHED__LINE_NOTE:
        keep_note(in, &parts);
        break;
    case MSCHED__LINE_ITEM:
        if (msched__text_day_line(in, parts.start))
            break;
        in->mark = parts.mark;
        read_item(in, &parts);
        break;
    default:
        break;
    }
}

static void tell_count(msched__text_reader *in, uint32_t line, const char *code, uint32_t count,
                       const char *one, const char *many)
{
    if (count > 0)
        msched__diag_add(in->diag, MSCHED_SEVERITY_NOTE, line, 1, MSCHED_OK, code, "", "%u %s",
                         (unsigned)count, count == 1 ? one : many);
}

static void read_lines(msched__text_reader *in, const char *data, size_t size)
{
    size_t at = size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    in->front_matter = msched__text_front_matter(data + at, size - at);
    in->week.has_short_names = (uint8_t)msched__has_short_labels((msched__slice){data, size});
    in->has_packed_times = msched__has_packed_times((msched__slice){data, size});
    if (in->setting_line[0] == 0 && msched__text_count_days(data, size) > 0)
        in->days = msched__text_count_days(data, size);
    while (at < size && !in->failed && !in->diag->failed && in->diag->count < MSCHED__DIAG_MAX) {
        const char *end = memchr(data + at, '\n', size - at);
        size_t next = end == NULL ? size : (size_t)(end - data) + 1,
               stop = end == NULL ? size : next - 1;
        if (stop > at && data[stop - 1] == '\r')
            stop--;
        size_t whole = msched__text_with_planning(data + at, size - at, stop - at);
        in->is_joined = whole > stop - at;
        in->is_table_head = next < size && msched__text_table_rule(data + next, size - next);
        in->line = (msched__slice){data + at, whole};
        in->line_number++;
        read_line(in);
        in->line_number += (uint32_t)in->is_joined;
        end = memchr(data + at + whole, '\n', size - at - whole);
        at = end == NULL ? size : (size_t)(end - data) + 1;
    }
    tell_count(in, in->first_done_line, "done", in->done_count, "item is done", "items are done");
    tell_count(in, in->first_skipped_line, "skipped", in->skipped_count,
               "canceled or moved item is skipped", "canceled or moved items are skipped");
    tell_count(in, in->first_note_line, "notes", in->note_count,
               "indented line is a note of the to-do above",
               "indented lines are notes of the to-dos above");
}

/* The values of a to-do, in the form of the builder. */
static msched_todo todo_of(const msched__text_reader *in, const msched__text_todo *from)
{
    const msched__text_values *v = &from->values;
    int padded = v->column[MSCHED__ATTR_PAD] != 0;
    msched_todo todo;
    msched_todo_init(&todo, sizeof todo);
    todo.kind = from->is_event ? MSCHED_TODO_EVENT : MSCHED_TODO_TASK;
    todo.id = from->id;
    todo.title = from->title;
    todo.line = from->line;
    todo.start_s = from->start;
    todo.end_s = from->end;
    todo.duration_s = from->is_event && from->end != MSCHED_UNSET ? MSCHED_UNSET : from->duration;
    todo.earliest_s = from->earliest;
    todo.latest_s = from->latest;
    todo.priority = (uint32_t)v->value[MSCHED__ATTR_PRIORITY];
    todo.buffer_before_s = padded ? v->value[MSCHED__ATTR_PAD] : in->pad_before;
    todo.buffer_after_s = padded ? v->second[MSCHED__ATTR_PAD] : in->pad_after;
    todo.split_min_s = v->value[MSCHED__ATTR_SPLIT] < todo.duration_s ? v->value[MSCHED__ATTR_SPLIT]
                                                                      : 0;
    todo.mood = (uint32_t)v->value[MSCHED__ATTR_MOOD];
    todo.music = v->value[MSCHED__ATTR_MUSIC] == 1 || todo.mood != MSCHED_MOOD_NONE;
    todo.after_count = from->after.count;
    todo.after = from->after.ids;
    todo.before_count = from->before.count;
    todo.before = from->before.ids;
    todo.late = v->column[MSCHED__ATTR_LATE] != 0;
    todo.label_count = from->label_count;
    todo.labels = from->labels;
    todo.state = from->state;
    todo.started_s = from->started;
    todo.ended_s = from->ended;
    todo.left_s = from->left;
    return todo;
}

/* The notes of a to-do, one per line; *next moves past them. NULL when out of memory. */
static const char *join_notes(msched__text_reader *in, uint32_t todo, uint32_t *next)
{
    size_t size = 1;
    uint32_t end = *next;
    for (; end < in->note_count && in->notes[end].todo == todo; end++)
        size += in->notes[end].text.size + 1;
    char *out = msched__arena_alloc(&in->arena, size, 1);
    size_t at = 0;
    for (; out != NULL && *next < end; (*next)++) {
        msched__slice text = in->notes[*next].text;
        if (at + text.size + 1 > MSCHED_PLAN_MAX_DESCRIPTION)
            continue;
        if (at > 0)
            out[at++] = '\n';
        memcpy(out + at, text.data, text.size);
        at += text.size;
    }
    if (out != NULL)
        out[at] = '\0';
    return out;
}

static msched_result add_todo(msched__text_reader *in, msched_plan_builder *builder,
                              msched__plan_span *span, uint32_t index, msched_todo *todo,
                              msched_error *err)
{
    msched_result result = MSCHED_OK;
    msched__span_item *item = span == NULL ? NULL : &span->todos[span->todo_count];
    if (span != NULL)
        result = msched__text_add_item(in, builder, &in->todos[index].dates, item, err);
    if (span != NULL && result == MSCHED_OK)
        result = msched__span_keep_before(builder, todo, item, err);
    if (result == MSCHED_OK)
        result = msched_plan_builder_add_todo(builder, todo, err);
    if (span != NULL && result == MSCHED_OK)
        span->todo_count++;
    return result;
}

static msched_result add_todos(msched__text_reader *in, msched_plan_builder *builder,
                               msched__plan_span *span, msched_error *err)
{
    msched_result result = MSCHED_OK;
    uint32_t note = 0;
    for (uint32_t i = 0; result == MSCHED_OK && i < in->todo_count; i++) {
        msched_todo todo = todo_of(in, &in->todos[i]);
        todo.description = join_notes(in, i, &note);
        if (todo.description == NULL)
            return msched__fail_memory(err);
        if (!in->todos[i].is_wrong)
            result = add_todo(in, builder, span, i, &todo, err);
    }
    return result;
}

/* Songs that were heard need no time in a plan of several days. */
static int is_closed(const msched__text_song *song)
{
    return song->state == MSCHED_STATE_DONE || song->state == MSCHED_STATE_SKIPPED;
}

static msched_result add_songs(msched__text_reader *in, msched_plan_builder *builder,
                               msched__plan_span *span, msched_error *err)
{
    msched_result result = MSCHED_OK;
    for (uint32_t i = 0; result == MSCHED_OK && i < in->song_count; i++) {
        const msched__text_song *from = &in->songs[i];
        const msched__text_values *v = &from->values;
        if (from->is_wrong || (span != NULL && is_closed(from)))
            continue;
        msched_song song;
        msched_song_init(&song, sizeof song);
        song.track_id = from->track_id;
        song.query = from->query;
        song.line = from->line;
        song.must = (uint32_t)v->value[MSCHED__ATTR_MUST];
        song.times = (uint32_t)v->value[MSCHED__ATTR_TIMES];
        song.during = from->during;
        song.state = from->state;
        if (v->column[MSCHED__ATTR_AT] != 0)
            song.start_s = v->value[MSCHED__ATTR_AT];
        msched__text_song_window(v, &song.between_start_s, &song.between_end_s);
        if (span != NULL)
            result = msched__text_add_item(in, builder, &from->dates,
                                           &span->songs[span->song_count++], err);
        if (span != NULL)
            span->songs[span->song_count - 1].times = song.times == 0 ? 1 : song.times;
        if (result == MSCHED_OK)
            result = msched_plan_builder_add_song(builder, &song, err);
    }
    return result;
}

/* One warning of the plan. */
static msched_result add_warning(msched_plan_builder *builder, const msched_diagnostic *shown,
                                 msched_error *err)
{
    int wrong = shown->severity == MSCHED_SEVERITY_ERROR;
    msched__buffer text;
    msched__buffer_init(&text, &builder->allocator);
    if (shown->line > 0)
        msched__buffer_format(&text, "line %u%s: ", (unsigned)shown->line,
                              wrong ? " is left out" : "");
    msched__buffer_string(&text, shown->message);
    msched_result result = text.failed
                               ? msched__fail_memory(err)
                               : msched__plan_builder_warn(builder,
                                                           wrong ? "line_left_out" : shown->code,
                                                           text.data, err);
    msched__buffer_free(&text);
    return result;
}

static uint32_t count_code(const msched_diagnostics *diag, const char *code)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < diag->count; i++)
        count += strcmp(diag->items[i].shown.code, code) == 0;
    return count;
}

/* "assuming 30 minutes for 12 to-dos" instead of twelve warnings. */
static msched_result add_sum(const msched_diagnostics *diag, const char *code,
                             msched_plan_builder *builder, msched_error *err)
{
    msched__buffer text;
    uint32_t listed = 0;
    msched__buffer_init(&text, &builder->allocator);
    msched__buffer_format(&text,
                          strcmp(code, "other_date") == 0
                              ? "%u lines of other dates are left out, lines "
                              : "assuming 30 minutes for %u to-dos without a length, lines ",
                          (unsigned)count_code(diag, code));
    for (uint32_t i = 0; i < diag->count; i++)
        if (strcmp(diag->items[i].shown.code, code) == 0 && listed++ < 20)
            msched__buffer_format(&text, listed == 1 ? "%u" : ", %u",
                                  (unsigned)diag->items[i].shown.line);
    if (listed > 20)
        msched__buffer_string(&text, " and more");
    msched_result result = text.failed ? msched__fail_memory(err)
                                       : msched__plan_builder_warn(builder, code, text.data, err);
    msched__buffer_free(&text);
    return result;
}

/*
 * The plan keeps what was assumed and left out, so that a schedule can repeat it. The schedule
 * itself reports unknown songs.
 */
static msched_result add_warnings(const msched_diagnostics *diag, msched_plan_builder *builder,
                                  msched_error *err)
{
    static const char *const kept[] = {"default_duration", "ambiguous_song", "past_midnight",
                                       "assumed_time",     "time_in_title",  "length_in_title",
                                       "length_range",     "assumed_length", "before_day",
                                       "assumed_split",    "not_yet",        "needs_days"};
    static const char *const summed[] = {"default_duration", "other_date"};
    msched_result result = MSCHED_OK;
    const uint32_t total[] = {count_code(diag, summed[0]), count_code(diag, summed[1])};
    uint32_t told[] = {0, 0};
    for (uint32_t i = 0; result == MSCHED_OK && i < diag->count; i++) {
        const msched_diagnostic *shown = &diag->items[i].shown;
        int keep = shown->severity == MSCHED_SEVERITY_ERROR;
        for (size_t k = 0; !keep && k < sizeof kept / sizeof kept[0]; k++)
            keep = strcmp(shown->code, kept[k]) == 0;
        for (size_t k = 0; k < 2; k++) {
            if (strcmp(shown->code, summed[k]) != 0)
                continue;
            keep = total[k] == 1;
            if (!keep && told[k]++ == 0)
                result = add_sum(diag, summed[k], builder, err);
        }
        if (result == MSCHED_OK && keep)
            result = add_warning(builder, shown, err);
    }
    return result;
}

static msched_result build(msched__text_reader *in, msched_plan **out, msched_error *err)
{
    msched_plan_builder *builder = NULL;
    msched__plan_span *span = NULL;
    msched_result result = msched_plan_builder_create(&builder, &in->day, &in->memory, err);
    if (result == MSCHED_OK)
        result = msched__text_begin_span(in, builder, &span, err);
    if (result == MSCHED_OK)
        result = add_todos(in, builder, span, err);
    if (result == MSCHED_OK)
        result = add_songs(in, builder, span, err);
    if (result == MSCHED_OK)
        result = msched__text_add_fills(in, builder, err);
    if (result == MSCHED_OK)
        result = add_warnings(in->diag, builder, err);
    if (result == MSCHED_OK && span != NULL)
        result = msched__plan_builder_seal(builder, err);
    if (result == MSCHED_OK && span != NULL)
        result = msched__text_finish_span(in, builder, span, err);
    if (result == MSCHED_OK && span != NULL)
        *out = msched_plan_ref(builder->plan);
    if (result != MSCHED_OK || span != NULL) {
        msched_plan_builder_free(builder);
        return result;
    }
    return msched_plan_builder_finish(out, builder, err);
}

/* Report the kind of another file instead of reading it line by line. */
static int is_foreign(msched__text_reader *in, const char *data, size_t size)
{
    const char *kind = msched__text_foreign(data, size);
    if (kind != NULL)
        msched__diag_add(in->diag, MSCHED_SEVERITY_ERROR, 1, 1, MSCHED_ERROR_SYNTAX,
                         "not_plan_text",
                         "write one to-do per line, for example Gym 1h; add a calendar (.ics) as a "
                         "separate file",
                         "this is %s, not plan text", kind);
    return kind != NULL;
}

static msched_result read_text(msched__text_reader *in, msched_plan **out, const char *data,
                               size_t size, msched_error *err)
{
    int foreign = is_foreign(in, data, size);
    if (!foreign)
        read_lines(in, data, size);
    if (!foreign && in->day.date == NULL && !in->failed && in->setting_line[1] == 0)
        msched__diag_add(in->diag, MSCHED_SEVERITY_ERROR, 0, 0, MSCHED_ERROR_VALUE, "no_date",
                         "write a line date: YYYY-MM-DD", "the text has no date");
    if (!foreign && !in->failed)
        msched__text_check(in);
    if (in->failed || in->diag->failed)
        return msched__fail_memory(err);
    msched__diag_sort(in->diag);
    msched_result result = msched__diag_result(in->diag, err);
    if (result != MSCHED_OK && in->lenient && !foreign && msched__text_set_aside(in)) {
        msched__diag_sort(in->diag);
        result = MSCHED_OK;
    }
    if (!foreign)
        msched__text_edits(in);
    if (in->diag->failed)
        return msched__fail_memory(err);
    return result == MSCHED_OK ? build(in, out, err) : result;
}

static msched_result check_options(const msched_plan_text_options *options, msched_error *err)
{
    if (options->days > MSCHED_PLAN_MAX_DAYS)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "options.days is %u: at most %d",
                            (unsigned)options->days, MSCHED_PLAN_MAX_DAYS);
    if (msched__plain_time((int32_t)options->now_s) > MSCHED_DAY_END_S ||
        options->now_s > INT32_MAX)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "options.now_s is %u: at most %d",
                            (unsigned)options->now_s, MSCHED_DAY_END_S);
    msched_day day;
    msched_day_init(&day, sizeof day);
    day.date = options->default_date == NULL ? "2000-01-01" : options->default_date;
    day.timezone = options->default_timezone;
    day.zoneinfo_dir = options->zoneinfo_dir;
    msched_plan_builder checked = {.fault = {MSCHED__PART_DAY, 0, NULL}};
    return msched__plan_check_day(&checked, &day, err) == MSCHED_OK ? MSCHED_OK
                                                                    : MSCHED_ERROR_ARGUMENT;
}

msched_result msched_plan_parse_text(msched_plan **out, msched_diagnostics **diagnostics,
                                     const char *data, size_t size_bytes,
                                     const msched_catalog *catalog,
                                     const msched_plan_text_options *options, msched_error *err)
{
    if (diagnostics != NULL)
        *diagnostics = NULL;
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (data == NULL)
        return msched__fail_null(err, "data");
    const msched_result needed = msched__catalog_need_all(catalog, err);
    if (needed != MSCHED_OK)
        return needed;
    msched_plan_text_options known;
    msched_plan_text_options_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, options, "options", err);
    if (result == MSCHED_OK)
        result = check_options(&known, err);
    if (result != MSCHED_OK)
        return result;
    if (size_bytes > MSCHED_PLAN_MAX_BYTES)
        return msched__fail(err, MSCHED_ERROR_LIMIT, "the text has %zu bytes: at most %d are read",
                            size_bytes, MSCHED_PLAN_MAX_BYTES);
    msched__text_reader in = {.catalog = catalog,
                              .memory = msched__allocator_copy(known.allocator)};
    msched__arena_init(&in.arena, &in.memory, 0);
    msched_day_init(&in.day, sizeof in.day);
    msched_listening_init(&in.listening, sizeof in.listening);
    in.day.date = known.default_date;
    in.day.timezone = known.default_timezone;
    in.day.zoneinfo_dir = known.zoneinfo_dir;
    in.lenient = known.lenient != 0;
    in.days = known.days;
    in.week.max_tasks_s = MSCHED_UNSET;
    if (known.time_limit_ms > 0)
        in.deadline_ns = msched__text_clock_ns() + (int64_t)known.time_limit_ms * 1000000;
    in.now_s = known.now_s == 0 ? MSCHED_UNSET : (int32_t)known.now_s;
    in.day.now_s = known.now_s == 0 ? MSCHED_UNSET : (int32_t)known.now_s;
    in.diag = msched__diag_create(&in.memory);
    in.run = msched__alloc_array(&in.memory, 1, sizeof *in.run);
    result = in.diag == NULL || in.run == NULL ? msched__fail_memory(err)
                                               : read_text(&in, out, data, size_bytes, err);
    msched__free(&in.memory, in.run);
    msched__free(&in.memory, in.words);
    msched__free(&in.memory, in.quoted);
    msched__free(&in.memory, in.plain_text);
    msched__free(&in.memory, in.plain_from);
    msched__free(&in.memory, in.words_text);
    msched__free(&in.memory, in.words_from);
    msched__free(&in.memory, in.phrases);
    msched__free(&in.memory, in.notes);
    msched__free(&in.memory, in.todos);
    msched__free(&in.memory, in.songs);
    msched__free(&in.memory, in.quiet);
    msched__arena_reset(&in.arena);
    if (diagnostics != NULL && result != MSCHED_ERROR_MEMORY)
        *diagnostics = in.diag;
    else
        msched_diagnostics_unref(in.diag);
    return result;
}
