/* A line of plan text that is a to-do. */
#include "base/alloc.h"
#include "plan/plan_text.h"

#include <string.h>

#define DEFAULT_DURATION 1800

static int starts_with(msched__slice s, const char *prefix)
{
    size_t size = strlen(prefix);
    return s.size >= size && memcmp(s.data, prefix, size) == 0;
}

/* Words that are a bullet: "-", "*", "•", "1.", then "[ ]". */
static uint32_t skip_bullet(const msched__text_reader *in)
{
    uint32_t at = 0;
    if (in->word_count == 0)
        return 0;
    msched__slice word = in->words[0];
    size_t digits = 0;
    while (digits < word.size && word.data[digits] >= '0' && word.data[digits] <= '9')
        digits++;
    int numbered = digits > 0 && digits + 1 == word.size && word.data[digits] == '.';
    if (numbered || (word.size == 1 && (word.data[0] == '-' || word.data[0] == '*')) ||
        (word.size == 3 && starts_with(word, "\xE2\x80\xA2")))
        at = 1;
    if (at < in->word_count && in->words[at].size == 2 && starts_with(in->words[at], "[]"))
        return at + 1;
    if (at + 1 < in->word_count && in->words[at].size == 1 && in->words[at].data[0] == '[' && in->words[at + 1].size == 1 &&
        in->words[at + 1].data[0] == ']')
        return at + 2;
    return at;
}

/* The text between quotation marks that enclose the whole slice; the slice itself without such marks. */
static msched__slice unquote(msched__slice s)
{
    if (s.size >= 2 && s.data[0] == '"' && s.data[s.size - 1] == '"')
        return (msched__slice){s.data + 1, s.size - 2};
    if (s.size >= 6 && starts_with(s, "\xE2\x80\x9C") && memcmp(s.data + s.size - 3, "\xE2\x80\x9D", 3) == 0)
        return (msched__slice){s.data + 3, s.size - 6};
    return s;
}

static int is_blank(msched__slice s)
{
    for (size_t i = 0; i < s.size; i++)
        if (s.data[i] != ' ')
            return 0;
    return 1;
}

/* Two attributes that cannot go together: an error at the one named second. */
static int conflict(msched__text_reader *in, const msched__text_values *v, enum msched__attr_kind a, enum msched__attr_kind b,
                    const char *code, const char *repair)
{
    if (v->column[a] == 0 || v->column[b] == 0)
        return 0;
    msched__diag_add(in->diag, MSCHED_SEVERITY_ERROR, in->line_number, v->column[b], MSCHED_ERROR_CONFLICT, code, repair,
                     "this does not go with what stands at column %u", (unsigned)v->column[a]);
    return 1;
}

static int refuse(msched__text_reader *in, const msched__text_values *v, enum msched__attr_kind kind, const char *code,
                  const char *message, const char *repair)
{
    if (v->column[kind] == 0)
        return 0;
    msched__diag_add(in->diag, MSCHED_SEVERITY_ERROR, in->line_number, v->column[kind], MSCHED_ERROR_VALUE, code, repair, "%s",
                     message);
    return 1;
}

static int check_together(msched__text_reader *in, const msched__text_values *v)
{
    static const char one_time[] = "leave one of the two out: a to-do with a start is an event and stays there";
    enum msched__attr_kind fixed = v->column[MSCHED__ATTR_RANGE] != 0 ? MSCHED__ATTR_RANGE : MSCHED__ATTR_AT;
    int wrong = conflict(in, v, MSCHED__ATTR_RANGE, MSCHED__ATTR_DURATION, "range_and_duration",
                         "leave the length out, or write only the start");
    wrong |= conflict(in, v, MSCHED__ATTR_RANGE, MSCHED__ATTR_AT, "conflicting_attributes", one_time);
    wrong |= conflict(in, v, fixed, MSCHED__ATTR_EARLIEST, "conflicting_attributes", one_time);
    wrong |= conflict(in, v, fixed, MSCHED__ATTR_LATEST, "conflicting_attributes", one_time);
    wrong |= conflict(in, v, fixed, MSCHED__ATTR_DAYPART, "conflicting_attributes", one_time);
    if (v->column[fixed] != 0) {
        static const char message[] = "an event stands at its time, so this has no meaning",
                          repair[] = "leave it out, or leave the time out";
        wrong |= refuse(in, v, MSCHED__ATTR_SPLIT, "not_for_events", message, repair);
        wrong |= refuse(in, v, MSCHED__ATTR_AFTER, "not_for_events", message, repair);
    }
    wrong |=
        refuse(in, v, MSCHED__ATTR_DURING, "not_for_todos", "during: is for songs", "leave it out; after: and times place a to-do");
    if (v->value[MSCHED__ATTR_MUSIC] == 0)
        wrong |= conflict(in, v, MSCHED__ATTR_MUSIC, MSCHED__ATTR_MOOD, "conflicting_attributes", "leave out #nomusic or the mood");
    return !wrong;
}

static int32_t later(int32_t a, int32_t b)
{
    return a == MSCHED_UNSET || (b != MSCHED_UNSET && b > a) ? b : a;
}

static int32_t earlier(int32_t a, int32_t b)
{
    return a == MSCHED_UNSET || (b != MSCHED_UNSET && b < a) ? b : a;
}

static int32_t given(const msched__text_values *v, enum msched__attr_kind kind, int32_t value)
{
    return v->column[kind] != 0 ? value : MSCHED_UNSET;
}

/* Times of a to-do from its attributes. 0 when they cannot be. */
static int set_times(msched__text_reader *in, msched__text_todo *todo)
{
    const msched__text_values *v = &todo->values;
    todo->start = todo->end = todo->earliest = todo->latest = MSCHED_UNSET;
    todo->duration = given(v, MSCHED__ATTR_DURATION, v->value[MSCHED__ATTR_DURATION]);
    todo->is_event = v->column[MSCHED__ATTR_RANGE] != 0 || v->column[MSCHED__ATTR_AT] != 0;
    if (v->column[MSCHED__ATTR_RANGE] == 0 && todo->duration == MSCHED_UNSET) {
        todo->duration = DEFAULT_DURATION;
        msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, in->line_number, todo->title_column, MSCHED_OK, "default_duration",
                         "write how long it takes, as 45m or 1h30, at the end", "no length is given: 30 minutes are assumed");
    }
    if (v->column[MSCHED__ATTR_RANGE] != 0) {
        todo->start = v->value[MSCHED__ATTR_RANGE];
        todo->end = v->second[MSCHED__ATTR_RANGE];
    } else if (todo->is_event) {
        todo->start = v->value[MSCHED__ATTR_AT];
        todo->end = todo->start + todo->duration;
    } else {
        todo->earliest = later(given(v, MSCHED__ATTR_EARLIEST, v->value[MSCHED__ATTR_EARLIEST]),
                               given(v, MSCHED__ATTR_DAYPART, v->value[MSCHED__ATTR_DAYPART]));
        todo->latest = earlier(given(v, MSCHED__ATTR_LATEST, v->value[MSCHED__ATTR_LATEST]),
                               given(v, MSCHED__ATTR_DAYPART, v->second[MSCHED__ATTR_DAYPART]));
    }
    if (todo->is_event && todo->end > MSCHED_DAY_END_S) {
        enum msched__attr_kind kind = v->column[MSCHED__ATTR_RANGE] != 0 ? MSCHED__ATTR_RANGE : MSCHED__ATTR_AT;
        refuse(in, v, kind, "outside_day", "this ends after 36:00, noon of the next day",
               "let it end earlier, or write the rest in the next day's plan");
        return 0;
    }
    return 1;
}

void msched__text_todo_line(msched__text_reader *in, size_t start)
{
    msched__slice text = {in->line.data + start, in->line.size - start};
    if (!msched__text_split(in, text))
        return;
    in->run->count = 0;
    uint32_t first = skip_bullet(in);
    uint32_t title = first + msched__run_lead(in, first, in->word_count);
    uint32_t end = msched__run_trail(in, title, in->word_count, MSCHED__PLACE_TRAIL);
    msched__text_todo todo = {.line = in->line_number, .id = ""};
    int ok = msched__run_values(in, &todo.values);
    msched__slice name = end > title ? unquote(msched__text_words(in, title, end - 1)) : (msched__slice){text.data, 0};
    if (is_blank(name)) {
        const char *at = in->word_count > 0 ? in->words[0].data : text.data;
        msched__text_error(in, at, MSCHED_ERROR_SYNTAX, "no_title", "write what is to be done, as Gym 1h", "the line has no title");
        return;
    }
    todo.title_column = msched__text_column(in, name.data);
    ok = ok && check_together(in, &todo.values) && set_times(in, &todo);
    todo.title = msched__arena_copy(&in->arena, name.data, name.size);
    if (todo.values.id.size > 0)
        todo.id = msched__arena_copy(&in->arena, todo.values.id.data, todo.values.id.size);
    void *block = in->todos;
    if (todo.title == NULL || todo.id == NULL ||
        !msched__grow(&in->memory, &block, &in->todo_capacity, (size_t)in->todo_count + 1, sizeof *in->todos)) {
        in->failed = 1;
        return;
    }
    in->todos = block;
    if (!ok) { /* it stays known to others by its name */
        todo.values.column[MSCHED__ATTR_AFTER] = 0;
        todo.is_event = 1;
    }
    in->todos[in->todo_count++] = todo;
}
