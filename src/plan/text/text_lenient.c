/*
 * Make a plan of the lines that can be read: lines with errors are left out, and what depends on
 * them is repaired or reported.
 */
#include "plan/text/plan_text.h"

#include <string.h>

/*
 * Mark to-dos and songs whose line has an error. The diagnostics are in order of lines, and so are
 * both lists.
 */
static void mark_lines(msched__text_reader *in)
{
    uint32_t todo = 0, song = 0;
    for (uint32_t i = 0; i < in->diag->count; i++) {
        const msched_diagnostic *shown = &in->diag->items[i].shown;
        if (shown->severity != MSCHED_SEVERITY_ERROR)
            continue;
        while (todo < in->todo_count && in->todos[todo].line < shown->line)
            todo++;
        while (song < in->song_count && in->songs[song].line < shown->line)
            song++;
        if (todo < in->todo_count && in->todos[todo].line == shown->line)
            in->todos[todo].is_wrong = 1;
        if (song < in->song_count && in->songs[song].line == shown->line)
            in->songs[song].is_wrong = 1;
    }
}

/* Remove from planned to-dos the order relative to to-dos that are left out. */
static void drop_links(const msched__text_reader *in, msched__text_names *names)
{
    uint32_t kept = 0;
    for (uint32_t k = 0; k < names->count; k++)
        if (!in->todos[names->index[k]].is_wrong) {
            names->ids[kept] = names->ids[k];
            names->index[kept++] = names->index[k];
        }
    names->count = kept;
}

static void drop_songs(msched__text_reader *in)
{
    for (uint32_t i = 0; i < in->song_count; i++) {
        msched__text_song *song = &in->songs[i];
        if (song->is_wrong || song->during == NULL || !in->todos[song->during_index].is_wrong)
            continue;
        song->is_wrong = 1;
        msched__diag_add(in->diag, MSCHED_SEVERITY_ERROR, song->line,
                         song->values.column[MSCHED__ATTR_DURING], MSCHED_ERROR_NOT_FOUND,
                         "unknown_id", "correct that line first",
                         "the to-do in which it plays (line %u) is left out",
                         (unsigned)in->todos[song->during_index].line);
    }
}

int msched__text_set_aside(msched__text_reader *in)
{
    mark_lines(in);
    for (uint32_t i = 0; i < in->todo_count; i++) {
        drop_links(in, &in->todos[i].after);
        drop_links(in, &in->todos[i].before);
    }
    drop_songs(in);
    uint32_t readable = 0;
    for (uint32_t i = 0; i < in->todo_count; i++)
        readable += !in->todos[i].is_wrong;
    for (uint32_t i = 0; i < in->song_count; i++)
        readable += !in->songs[i].is_wrong;
    return in->day.date != NULL && (readable > 0 || in->fill_count > 0);
}
