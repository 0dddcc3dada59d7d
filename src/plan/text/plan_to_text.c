/*
 * A plan as plan text. Plan text has many spellings, and its words also occur in titles. So the
 * written text is read again and compared: a line that was read differently is written in a more
 * explicit form, and a plan that plan text cannot express is refused. The result never means
 * something else.
 */
#include "base/alloc.h"
#include "catalog/catalog_check.h"
#include "plan/plan_identity.h"
#include "plan/json/plan_json_write.h"
#include "plan/text/plan_text_write.h"

#define ROUNDS 3 /* the number of forms */

/* A line that was written, and its form. */
typedef struct line {
    uint32_t number; /* of the line in the text */
    enum msched__line_form form;
} line;

typedef struct writer {
    const msched_plan *plan;
    const msched_catalog *catalog;
    msched_allocator memory;
    msched__arena arena;
    line *todos, *songs;
    msched__identity *names; /* the ids of the to-dos without "id:" */
    msched__buffer text, ours, theirs;
    uint32_t blamed; /* of to-dos, then songs; UINT32_MAX: none */
    int refused;     /* a line differs in its most explicit form */
} writer;

static uint32_t count_lines(const msched__buffer *text, size_t from)
{
    uint32_t count = 0;
    for (size_t i = from; i < text->size; i++)
        count += text->data[i] == '\n';
    return count;
}

/* The member of an object that has the given byte, as `"key": value`; "" at its end. */
static void copy_member(char *out, size_t room, const char *object, size_t at)
{
    at += object[at] == ',' ? 2 : 0;
    size_t start = at, size = 0;
    while (start > 0 && !(object[start - 1] == ' ' && start > 1 && object[start - 2] == ',') &&
           object[start - 1] != '{')
        start--;
    while (object[at] != '}' && object[start + size] != '\0' && object[start + size] != ',' &&
           object[start + size] != '}' && size + 1 < room)
        size++;
    memcpy(out, object + start, size);
    out[size] = '\0';
}

/* The first byte at which the two texts differ. */
static size_t first_difference(const char *a, const char *b)
{
    size_t at = 0;
    while (a[at] != '\0' && a[at] == b[at])
        at++;
    return at;
}

/* Write the whole text, each line in its form. 0 when out of memory. */
static int write_all(writer *w)
{
    const msched_plan *plan = w->plan;
    msched__buffer_clear(&w->text);
    msched__write_settings(&w->text, plan);
    if (plan->todo_count + plan->song_count > 0)
        msched__buffer_char(&w->text, '\n');
    size_t counted = 0;
    uint32_t number = 1;
    for (uint32_t i = 0; i < plan->todo_count + plan->song_count && !w->text.failed; i++) {
        int is_todo = i < plan->todo_count;
        line *written = is_todo ? &w->todos[i] : &w->songs[i - plan->todo_count];
        number += count_lines(&w->text, counted);
        counted = w->text.size;
        written->number = number;
        if (is_todo)
            msched__write_todo_line(&w->text, plan, i, written->form, w->names[i].id);
        else
            msched__write_song_line(&w->text, plan, i - plan->todo_count, written->form);
    }
    return !w->text.failed;
}

/* A line that was read differently: write it more explicitly next time. */
static void blame(writer *w, line *written, uint32_t index)
{
    if (written->form == MSCHED__LINE_NAMED) {
        w->refused = 1;
        w->blamed = w->blamed < index ? w->blamed : index;
        return;
    }
    written->form++;
}

/* 1 if the to-do or song of one plan is that of the other; their JSON is in w->ours and theirs. */
static int is_same(writer *w, const msched_plan *read, uint32_t index, uint32_t other, int is_todo)
{
    msched__buffer_clear(&w->ours);
    msched__buffer_clear(&w->theirs);
    if (is_todo) {
        msched__plan_write_todo(&w->ours, w->plan, index);
        msched__plan_write_todo(&w->theirs, read, other);
    } else {
        /* a song requested by words may have been found meanwhile */
        enum msched__song_names names = w->plan->songs[index].track_id[0] == '\0'
                                            ? MSCHED__SONG_QUERY
                                            : MSCHED__SONG_ID;
        msched__plan_write_song(&w->ours, w->plan, index, names);
        msched__plan_write_song(&w->theirs, read, other, names);
    }
    return !w->ours.failed && !w->theirs.failed && strcmp(w->ours.data, w->theirs.data) == 0;
}

/*
 * Compare item by item with what was read; a line that is not there was left out for an error.
 * Returns 1 if all are the same.
 */
static int compare_items(writer *w, const msched_plan *read, int is_todo)
{
    uint32_t count = is_todo ? w->plan->todo_count : w->plan->song_count, other = 0, wrong = 0;
    uint32_t found = is_todo ? read->todo_count : read->song_count;
    line *lines = is_todo ? w->todos : w->songs;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t end = i + 1 < count ? lines[i + 1].number : UINT32_MAX, at = other;
        while (other < found && (is_todo ? read->todos[other].line : read->songs[other].line) < end)
            other++;
        if (other != at + 1 || !is_same(w, read, i, at, is_todo)) {
            blame(w, &lines[i], is_todo ? i : w->plan->todo_count + i);
            wrong++;
        }
    }
    return wrong == 0 && other == found;
}

/* 1 if the settings are the same; their JSON is in w->ours and w->theirs. */
static int compare_settings(writer *w, const msched_plan *read)
{
    msched__buffer *both[] = {&w->ours, &w->theirs};
    const msched_plan *plans[] = {w->plan, read};
    for (size_t i = 0; i < 2; i++) {
        msched__buffer_clear(both[i]);
        msched__plan_write_day(both[i], plans[i], 0);
        msched__plan_write_listening(both[i], plans[i]);
    }
    return !w->ours.failed && !w->theirs.failed && strcmp(w->ours.data, w->theirs.data) == 0;
}

/* The text could not be read at all: every line is suspect. */
static void blame_all(writer *w)
{
    for (uint32_t i = 0; i < w->plan->todo_count; i++)
        blame(w, &w->todos[i], i);
    for (uint32_t i = 0; i < w->plan->song_count; i++)
        blame(w, &w->songs[i], w->plan->todo_count + i);
}

static msched_result refuse(writer *w, const msched_plan *read, msched_error *err)
{
    char member[120] = "";
    const uint32_t todos = w->plan->todo_count;
    if (w->blamed == UINT32_MAX) {
        if (read != NULL && !compare_settings(w, read))
            copy_member(member, sizeof member, w->ours.data,
                        first_difference(w->ours.data, w->theirs.data));
        return msched__fail(err, MSCHED_ERROR_VALUE,
                            "plan text cannot express a setting of the plan%s%s; use JSON",
                            member[0] != '\0' ? ": " : "", member);
    }
    int is_todo = w->blamed < todos;
    uint32_t index = is_todo ? w->blamed : w->blamed - todos;
    line *written = is_todo ? &w->todos[index] : &w->songs[index];
    uint32_t count = read == NULL ? 0 : is_todo ? read->todo_count : read->song_count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = is_todo ? read->todos[i].line : read->songs[i].line;
        if (number == written->number && !is_same(w, read, index, i, is_todo))
            copy_member(member, sizeof member, w->ours.data,
                        first_difference(w->ours.data, w->theirs.data));
    }
    const char *name = is_todo ? w->plan->todos[index].title : w->plan->songs[index].query;
    if (name[0] == '\0')
        name = w->plan->songs[index].track_id;
    return msched__fail(err, MSCHED_ERROR_VALUE,
                        "plan text cannot express the %s \"%.80s\"%s%s; use JSON",
                        is_todo ? "to-do" : "song", name, member[0] != '\0' ? ": " : "", member);
}

/* Write, read again and compare. *same: 1 if the plan is the same. */
static msched_result attempt(writer *w, int *same, msched_error *err)
{
    *same = 0;
    if (!write_all(w))
        return msched__fail_memory(err);
    msched_plan_text_options options;
    msched_plan_text_options_init(&options, sizeof options);
    options.lenient = 1;
    options.allocator = &w->memory;
    options.time_limit_ms = 1; /* do not search candidates for misspelled songs */
    msched_plan *read = NULL;
    msched_result result = msched_plan_parse_text(&read, NULL, w->text.data, w->text.size,
                                                  w->catalog, &options, NULL);
    if (result == MSCHED_ERROR_MEMORY)
        return msched__fail_memory(err);
    if (read == NULL) {
        blame_all(w);
    } else {
        int todos = compare_items(w, read, 1), songs = compare_items(w, read, 0);
        *same = todos && songs && compare_settings(w, read) && !w->refused;
        w->refused |= todos && songs && !*same;
    }
    if (w->ours.failed || w->theirs.failed)
        result = msched__fail_memory(err);
    else if (w->refused || (read == NULL && w->plan->todo_count + w->plan->song_count == 0))
        result = refuse(w, read, err);
    else
        result = MSCHED_OK;
    msched_plan_unref(read);
    return result;
}

/*
 * Allocate the lines, and compute the ids that to-dos would have without "id:". 0 when out of
 * memory.
 */
static int prepare(writer *w)
{
    const msched_plan *plan = w->plan;
    w->todos = msched__arena_alloc(&w->arena, (size_t)plan->todo_count + 1, sizeof *w->todos);
    w->songs = msched__arena_alloc(&w->arena, (size_t)plan->song_count + 1, sizeof *w->songs);
    w->names = msched__arena_alloc(&w->arena, (size_t)plan->todo_count + 1, sizeof *w->names);
    if (w->todos == NULL || w->songs == NULL || w->names == NULL)
        return 0;
    memset(w->songs, 0, ((size_t)plan->song_count + 1) * sizeof *w->songs);
    memset(w->todos, 0, ((size_t)plan->todo_count + 1) * sizeof *w->todos);
    for (uint32_t i = 0; i < plan->todo_count; i++)
        w->names[i] = (msched__identity){plan->todos[i].title, ""};
    for (uint32_t i = 0; i < plan->song_count; i++) /* without a catalog, only ids are certain */
        if (w->catalog == NULL)
            w->songs[i].form = MSCHED__LINE_QUOTED;
    return msched__plan_identify(&w->arena, w->names, plan->todo_count);
}

msched_result msched_plan_to_text(const msched_plan *plan, const msched_catalog *catalog,
                                  msched_text **out, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (plan == NULL)
        return msched__fail_null(err, "plan");
    const msched_result needed = msched__catalog_need_all(catalog, err);
    if (needed != MSCHED_OK)
        return needed;
    writer w = {
        .plan = plan, .catalog = catalog, .memory = plan->arena.allocator, .blamed = UINT32_MAX};
    msched__arena_init(&w.arena, &w.memory, 0);
    msched__buffer_init(&w.text, &w.memory);
    msched__buffer_init(&w.ours, &w.memory);
    msched__buffer_init(&w.theirs, &w.memory);
    msched_result result = prepare(&w) ? MSCHED_OK : msched__fail_memory(err);
    int same = 0;
    for (int round = 0; round <= ROUNDS && result == MSCHED_OK && !same; round++)
        result = attempt(&w, &same, err);
    if (result == MSCHED_OK)
        result = msched__buffer_to_text(&w.text, out, err);
    msched__buffer_free(&w.text);
    msched__buffer_free(&w.ours);
    msched__buffer_free(&w.theirs);
    msched__arena_reset(&w.arena);
    return result;
}
