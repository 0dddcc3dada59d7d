/*
 * A name that is not that of exactly one to-do. People shorten names, so the to-dos that have its
 * words are offered: "during:commute" for "Commute to hospital". Also, orders in titles are noted,
 * and "then" is read as after the line above.
 */
#include "plan/text/text_unknown.h"

#include "base/utf8.h"
#include "plan/plan_identity.h"
#include "plan/words/text_order_words.h"

#include <stdio.h>
#include <string.h>

#define OFFERED_MAX 3

int msched__text_has_words(const char *id, const char *words)
{
    const size_t size = strlen(words);
    for (const char *at = strstr(id, words); size > 0 && at != NULL; at = strstr(at + 1, words))
        if ((at == id || at[-1] == '-') && (at[size] == '\0' || at[size] == '-'))
            return 1;
    return 0;
}

/* Whether an id can be written after `during:`; a title may give others, "ready?". */
static int can_be_written(const char *id)
{
    for (; *id != '\0'; id++) {
        const unsigned char lower = (unsigned char)*id | 0x20;
        const int is_letter = lower >= 'a' && lower <= 'z', is_digit = *id >= '0' && *id <= '9';
        if (lower < 0x80 && !is_letter && !is_digit && strchr("-_.~/&+", *id) == NULL)
            return 0;
    }
    return 1;
}

/* The to-dos that have the words of a name, but that on `line`. More than there is room for: 0. */
static uint32_t find_near(const msched__text_reader *in, uint32_t line, const char *words,
                          const char *out[OFFERED_MAX])
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < in->todo_count; i++) {
        const char *id = in->todos[i].id;
        if (in->todos[i].line == line || !msched__text_has_words(id, words) || !can_be_written(id))
            continue;
        if (count == OFFERED_MAX)
            return 0;
        out[count++] = id;
    }
    return count;
}

/*
 * The id of a to-do, or the one that its title gives without words such as "after work", which
 * become an order. NULL when out of memory.
 */
static const char *name_of(msched__text_reader *in, msched__text_todo *todo)
{
    if (todo->id[0] != '\0')
        return todo->id;
    if (todo->slug == NULL) /* many songs may ask for it */
        todo->slug = msched__plan_slug(&in->arena, todo->title,
                                       todo->order_column != 0 ? todo->order_at
                                                               : strlen(todo->title));
    in->failed |= todo->slug == NULL;
    return todo->slug;
}

const char *msched__text_near_todo(msched__text_reader *in, const char *words)
{
    const char *near = NULL;
    uint32_t count = 0;
    for (uint32_t i = 0; i < in->todo_count; i++) {
        const char *slug = name_of(in, &in->todos[i]);
        if (slug == NULL || strcmp(slug, words) == 0)
            return words;
        if (msched__text_has_words(slug, words) && can_be_written(slug)) {
            near = slug;
            count++;
        }
    }
    return count == 1 ? near : NULL;
}

void msched__text_unknown_todo(msched__text_reader *in, uint32_t line, uint32_t column,
                               msched__slice text, msched__slice name)
{
    const char *near[OFFERED_MAX], *slug = msched__plan_slug(&in->arena, name.data, name.size);
    char repair[160] = "add id:NAME to the to-do that you mean";
    in->failed |= slug == NULL;
    uint32_t count = slug == NULL ? 0 : find_near(in, line, slug, near);
    if (count > 0 && (strlen(near[0]) > 80 || name.data < text.data ||
                      name.data + name.size > text.data + text.size))
        count = 0;
    if (count > 0)
        snprintf(repair, sizeof repair, "write %s%s", near[0],
                 count > 1 ? ", or add id:NAME to the to-do that you mean" : "");
    msched__diag_add(in->diag, MSCHED_SEVERITY_ERROR, line, column, MSCHED_ERROR_NOT_FOUND,
                     "unknown_id", repair, "\"%.*s\" does not identify exactly one to-do",
                     (int)(name.size > 60 ? 60 : name.size), name.data);
    if (count == 0)
        return;
    const uint32_t from = column +
                          (uint32_t)msched__utf8_length(text.data, (size_t)(name.data - text.data));
    msched__diag_edit(in->diag, line, from,
                      from + (uint32_t)msched__utf8_length(name.data, name.size), near, count);
}

/* Bytes that the title and the line have in common from the column of the title on. */
static uint32_t common_size(const msched__text_reader *in, const msched__text_todo *todo)
{
    size_t at = 0, size = 0;
    for (uint32_t column = 1; column < todo->title_column && at < in->line.size; column++)
        msched__utf8_next(in->line.data, in->line.size, &at);
    while (at + size < in->line.size && todo->title[size] == in->line.data[at + size])
        size++;
    return (uint32_t)size;
}

/* The column of the last such words in the line; 0: it has none. */
static uint32_t column_of(const msched__text_reader *in, const char *words)
{
    const size_t size = strlen(words);
    for (size_t at = in->line.size; at-- > 0;)
        if (at + size <= in->line.size && memcmp(in->line.data + at, words, size) == 0)
            return (uint32_t)msched__utf8_length(in->line.data, at) + 1;
    return 0;
}

/* 1 for "post gym" after a length or a comma: the word before it is not part of the title. */
static int is_apart(const msched__text_reader *in, const char *title, size_t at, uint32_t column)
{
    size_t start = at, line_at = 0;
    for (uint32_t i = 1; i < column && line_at < in->line.size; i++)
        msched__utf8_next(in->line.data, in->line.size, &line_at);
    while (start > 0 && title[start - 1] != ' ')
        start--;
    const size_t size = at + 1 - start;
    return (at > 0 && title[at - 1] == ',') || line_at < size ||
           memcmp(in->line.data + line_at - size, title + start, size) != 0;
}

/* "blog post review", "the following email": words that are mostly something else. */
static int is_mostly_noun(const char *words)
{
    return msched__same_letters(words, "post ", 5) || msched__same_letters(words, "following ", 10);
}

void msched__text_note_order(msched__text_reader *in, msched__text_todo *todo)
{
    msched__order orders[MSCHED__ORDERS_MAX];
    todo->order_column = todo->lead_column = todo->then_column = 0;
    if (todo->is_event || todo->values.column[MSCHED__ATTR_AFTER] != 0 ||
        todo->values.column[MSCHED__ATTR_BEFORE] != 0)
        return;
    const size_t then = msched__then_end(todo->title);
    if (msched__title_lead(todo->title, &orders[0])) {
        todo->lead_column = todo->title_column;
        todo->lead_size = common_size(in, todo);
    }
    if (then > 0)
        todo->then_column = column_of(in, todo->title + then);
    else if (msched__title_orders(todo->title, orders) > 0) {
        const size_t at = orders[0].at;
        const uint32_t column = column_of(in, todo->title + at + 1);
        if (is_mostly_noun(todo->title + at + 1) && !is_apart(in, todo->title, at, column))
            return;
        todo->order_column = column;
        todo->order_at = (uint32_t)at;
    }
}

/* Bytes of "then " or the like at the start of a title, before a word of a sentence; 0: none. */
static size_t then_at(const char *title)
{
    static const struct {
        const char *words;
        int may_be_noun; /* the next word may have a capital */
    } thens[] = {{"and then ", 0},   {"then ", 0},
                 {"afterwards ", 0}, {"afterwards: ", 1},
                 {"afterward ", 0},  {"dann noch ", 1},
                 {"dann ", 1},       {"dann: ", 1},
                 {"potem ", 0},      {"after that ", 0},
                 {"then: ", 1},      {"danach noch ", 1},
                 {"danach ", 1},     {"anschlie\303\237end ", 1},
                 {"ensuite ", 0},    {"puis ", 0},
                 {"luego ", 0},      {"despu\303\251s ", 0},
                 {"daarna ", 0}};
    for (size_t i = 0; i < sizeof thens / sizeof thens[0]; i++) {
        const size_t size = strlen(thens[i].words);
        if (msched__same_letters(title, thens[i].words, size) &&
            (thens[i].may_be_noun || msched__lower(title[size]) == title[size]))
            return title[size] == '\0' ? 0 : size;
    }
    return 0;
}

void msched__text_take_thens(msched__text_reader *in)
{
    for (uint32_t i = 1; in->days == 0 && i < in->todo_count; i++) {
        msched__text_todo *todo = &in->todos[i];
        const char *title = todo->title;
        const size_t size = then_at(title);
        if ((size == 0 && todo->then_column == 0) || todo->is_wrong || in->todos[i - 1].is_wrong ||
            todo->is_event || todo->state != in->todos[i - 1].state || todo->order_column != 0 ||
            todo->lead_column != 0 || todo->values.column[MSCHED__ATTR_AFTER] != 0 ||
            todo->values.column[MSCHED__ATTR_BEFORE] != 0 ||
            todo->values.column[MSCHED__ATTR_LATE] != 0)
            continue;
        todo->then_title = title;
        if (size > 0) {
            todo->then_words = (msched__slice){title, size};
            todo->title += size;
        } else {
            const size_t end = msched__then_end(title);
            todo->then_words = (msched__slice){title + end, strlen(title + end)};
            todo->title = msched__arena_copy(&in->arena, title, end - 1);
            in->failed |= todo->title == NULL;
        }
        todo->slug = NULL;
    }
}

/* The name of a to-do, if no other has the same and plan text can write it; NULL otherwise. */
static const char *name_alone(msched__text_reader *in, uint32_t index)
{
    in->todos[index].slug = NULL; /* its title may be another by now */
    const char *name = name_of(in, &in->todos[index]);
    if (name == NULL || !can_be_written(name) || strlen(name) > 60)
        return NULL;
    for (uint32_t i = 0; i < in->todo_count; i++) {
        const char *other = i != index ? name_of(in, &in->todos[i]) : NULL;
        if (other != NULL && strcmp(other, name) == 0)
            return NULL;
    }
    return name;
}

/* Tell that words such as "afterwards" are left in the title. */
static void leave_then(msched__text_reader *in, const msched__text_todo *todo, msched__slice words,
                       uint32_t column, const char *reason)
{
    msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, column, MSCHED_OK,
                     "time_in_title",
                     "write after: and a name, with id:NAME at the line above, or quote the title",
                     "\"%.*s\" is left in the title; %s", (int)words.size, words.data, reason);
}

void msched__text_settle_thens(msched__text_reader *in)
{
    for (uint32_t i = 0; i < in->todo_count && !in->failed; i++) {
        msched__text_todo *todo = &in->todos[i];
        msched__slice words = todo->then_words;
        const char *name = words.size > 0 ? name_alone(in, i - 1) : NULL;
        char text[80], repair[120];
        const char *const texts[] = {text};
        const size_t at = todo->then_column != 0 ? msched__then_end(todo->title) : 0;
        if (words.size == 0 && at > 0 && !todo->is_wrong)
            leave_then(in, todo, (msched__slice){todo->title + at, strlen(todo->title + at)},
                       todo->then_column, "it is not used here");
        if (words.size == 0)
            continue;
        const int is_first = words.data == todo->then_title;
        const uint32_t column = is_first ? todo->title_column : todo->then_column;
        const size_t space = is_first,
                     colon = is_first && words.size > 2 && words.data[words.size - 2] == ':';
        words.size -= space;
        if (name == NULL) { /* which one is not clear */
            todo->title = todo->then_title;
            leave_then(in, todo, words, column, "the line above has no name of its own");
            continue;
        }
        words.size -= colon;
        snprintf(text, sizeof text, "after:%s", name);
        snprintf(repair, sizeof repair, "write %s to confirm, or quote the title", text);
        msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, column, MSCHED_OK,
                         "assumed_order", repair, "\"%.*s\" is read as %s", (int)words.size,
                         words.data, text);
        msched__diag_edit(in->diag, todo->line, column,
                          column + (uint32_t)(msched__utf8_length(words.data, words.size) + colon),
                          texts, 1);
        todo->values.column[MSCHED__ATTR_AFTER] = column;
        todo->values.after = (msched__slice){name, strlen(name)};
    }
}
