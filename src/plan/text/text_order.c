/*
 * "Gym after work", "Shower before breakfast": if the end of a title names another to-do of the
 * plan, it sets the order, with a warning. Work and meals that are not in the plan are reported,
 * because they suggest a time.
 */
#include "base/utf8.h"
#include "plan/plan_identity.h"
#include "plan/text/plan_text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Words before the name. */
static const struct {
    const char *words;
    int before;
} markers[] = {{" after ", 0},    {" before ", 1},
               {" by ", 1},       {" nach der ", 0},
               {" nach dem ", 0}, {" vor der ", 1},
               {" vor dem ", 1},  {" apr\xC3\xA8s le ", 0},
               {" avant le ", 1}, {" despu\xC3\xA9s del ", 0},
               {" antes del ", 1}};

/* What people name instead of a time, and the times that may be meant. */
static const struct {
    const char *name;
    const char *after[2], *before[2];
} usual[] = {
    {"work", {"after 17:00", "after 18:00"}, {"before 9:00", "before 8:00"}},
    {"arbeit", {"after 17:00", "after 18:00"}, {"before 9:00", "before 8:00"}},
    {"travail", {"after 18:00", "after 19:00"}, {"before 9:00", "before 8:00"}},
    {"trabajo", {"after 18:00", "after 19:00"}, {"before 9:00", "before 8:00"}},
    {"school", {"after 15:00", "after 16:00"}, {"before 8:00", "before 9:00"}},
    {"breakfast", {"after 8:00", "after 9:00"}, {"before 8:00", "before 9:00"}},
    {"lunch", {"after 13:00", "after 14:00"}, {"before 12:00", "before 13:00"}},
    {"dinner", {"after 20:00", "after 21:00"}, {"before 18:00", "before 19:00"}},
    {"supper", {"after 19:00", "after 20:00"}, {"before 18:00", "before 19:00"}},
};

/* The last marker in the title; NULL: none. */
static const char *last_marker(const char *title, uint32_t *which)
{
    const char *found = NULL;
    for (const char *at = title; (at = strchr(at, ' ')) != NULL; at++)
        for (uint32_t i = 0; i < sizeof markers / sizeof markers[0]; i++)
            if (strncasecmp(at, markers[i].words, strlen(markers[i].words)) == 0) {
                found = at;
                *which = i;
            }
    return found == title ? NULL : found;
}

void msched__text_note_order(msched__text_reader *in, msched__text_todo *todo)
{
    uint32_t which = 0;
    const char *marker = last_marker(todo->title, &which);
    todo->order_column = 0;
    if (marker == NULL || todo->is_event || todo->values.column[MSCHED__ATTR_AFTER] != 0 ||
        todo->values.column[MSCHED__ATTR_BEFORE] != 0)
        return;
    size_t size = strlen(marker + 1);
    for (size_t at = 0; at + size <= in->line.size; at++)
        if (memcmp(in->line.data + at, marker + 1, size) == 0) {
            todo->order_column = (uint32_t)msched__utf8_length(in->line.data, at) + 1;
            todo->order_marker = which;
            todo->order_at = (uint32_t)(marker - todo->title);
        }
}

/* The name after the marker, without "the" or "my". */
static const char *name_of(const msched__text_todo *todo)
{
    const char *name = todo->title + todo->order_at + strlen(markers[todo->order_marker].words);
    static const char *const articles[] = {"the ", "my ", "our "};
    for (size_t i = 0; i < 3; i++)
        if (strncasecmp(name, articles[i], strlen(articles[i])) == 0)
            return name + strlen(articles[i]);
    return name;
}

static void tell_usual(msched__text_reader *in, const msched__text_todo *todo)
{
    const char *name = name_of(todo), *words = todo->title + todo->order_at + 1;
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        const char *const *texts = markers[todo->order_marker].before ? usual[i].before
                                                                      : usual[i].after;
        char repair[120];
        if (strcasecmp(name, usual[i].name) != 0)
            continue;
        snprintf(repair, sizeof repair, "write a time, as %s, or add a line for %s", texts[0],
                 name);
        msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, todo->order_column,
                         MSCHED_OK, "time_in_title", repair,
                         "\"%s\" names no to-do of this plan; it is left in the title", words);
        msched__diag_edit(in->diag, todo->line, todo->order_column,
                          todo->order_column + (uint32_t)msched__utf8_length(words, strlen(words)),
                          texts, 2);
    }
}

/* Make the end of the title an attribute: its text is "after:NAME". */
static void set_order(msched__text_reader *in, msched__text_todo *todo, const char *slug)
{
    enum msched__attr_kind kind = markers[todo->order_marker].before ? MSCHED__ATTR_BEFORE
                                                                     : MSCHED__ATTR_AFTER;
    const char *words = todo->title + todo->order_at + 1;
    size_t size = strlen(slug);
    char *text = msched__arena_alloc(&in->arena, size + 8, 1),
         *title = msched__arena_copy(&in->arena, todo->title, todo->order_at);
    if (text == NULL || title == NULL) {
        in->failed = 1;
        return;
    }
    snprintf(text, size + 8, "%s:%s", markers[todo->order_marker].before ? "before" : "after",
             slug);
    char repair[400];
    snprintf(repair, sizeof repair, "write %.300s to confirm, or quote the title", text);
    msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, todo->order_column, MSCHED_OK,
                     "assumed_order", repair, "\"%.60s\" is read as %.300s", words, text);
    const char *const texts[] = {text};
    msched__diag_edit(in->diag, todo->line, todo->order_column,
                      todo->order_column + (uint32_t)msched__utf8_length(words, strlen(words)),
                      texts, 1);
    msched__slice name = {strchr(text, ':') + 1, size};
    todo->values.column[kind] = todo->order_column;
    *(kind == MSCHED__ATTR_AFTER ? &todo->values.after : &todo->values.before) = name;
    todo->title = title;
}

static const char *slug_of(msched__text_reader *in, const char *title)
{
    const char *slug = msched__plan_slug(&in->arena, title, strlen(title));
    in->failed |= slug == NULL;
    return slug == NULL ? "" : slug;
}

/* 1 if plan text can write the slug as a name. */
static int is_name(const char *slug)
{
    return slug[0] != '\0' && strlen(slug) <= 200 && strpbrk(slug, ",:;()\"'!?&/+#@") == NULL;
}

void msched__text_take_orders(msched__text_reader *in)
{
    const char **slugs = NULL;
    for (uint32_t i = 0; i < in->todo_count && !in->failed; i++) {
        msched__text_todo *todo = &in->todos[i];
        if (todo->order_column == 0 || todo->is_wrong || todo->state == MSCHED_STATE_DONE ||
            todo->state == MSCHED_STATE_SKIPPED)
            continue;
        if (slugs == NULL) {
            slugs = msched__arena_alloc(&in->arena, in->todo_count, sizeof *slugs);
            for (uint32_t k = 0; slugs != NULL && k < in->todo_count; k++)
                slugs[k] = slug_of(in, in->todos[k].title);
        }
        const char *slug = slug_of(in, name_of(todo));
        in->failed |= slugs == NULL;
        uint32_t found = 0;
        for (uint32_t k = 0; k < in->todo_count && !in->failed; k++)
            found += k != i && (strcmp(slugs[k], slug) == 0 || strcmp(in->todos[k].id, slug) == 0);
        if (in->days == 0 && found == 1 && is_name(slug)) /* in a week, it may be on any date */
            set_order(in, todo, slug);
        else if (found == 0)
            tell_usual(in, todo);
    }
}
