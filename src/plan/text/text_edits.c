/*
 * Give each error and warning of plan text an edit if it has none: one that its code allows;
 * otherwise, the line becomes a comment.
 */
#include "base/utf8.h"
#include "plan/text/plan_text.h"

#include <stdio.h>
#include <string.h>

static void offer(msched_diagnostic *shown, msched__text_reader *in, uint32_t column, uint32_t end,
                  const char *text)
{
    const char **edits = msched__arena_alloc(&in->diag->arena, 1, sizeof *edits);
    if (edits == NULL ||
        (edits[0] = msched__arena_copy(&in->diag->arena, text, strlen(text))) == NULL) {
        in->diag->failed = 1;
        return;
    }
    shown->edits = edits;
    shown->edit_count = 1;
    shown->edit_line = shown->line;
    shown->edit_column = column;
    shown->edit_end_column = end;
}

/* The words and the space before them, or after them at the start of the line. */
static void offer_deletion(msched_diagnostic *shown, msched__text_reader *in, uint32_t column,
                           uint32_t end)
{
    offer(shown, in, column > 1 ? column - 1 : column, column > 1 ? end : end + 1, "");
}

static void offer_candidates(msched_diagnostic *shown, uint32_t end)
{
    shown->edits = shown->candidates;
    shown->edit_count = shown->candidate_count;
    shown->edit_line = shown->line;
    shown->edit_column = shown->column;
    shown->edit_end_column = end;
}

static void fill_in(msched__text_reader *in, msched__diag_item *item)
{
    msched_diagnostic *shown = &item->shown;
    int is_song = shown->candidate_count > 0;
    if (is_song && item->span > 0)
        offer_candidates(shown, shown->column + item->span);
    else if (strcmp(shown->code, "bad_character") == 0)
        offer(shown, in, shown->column, shown->column + 1, "");
    else if (strcmp(shown->code, "duplicate_attribute") == 0 && item->span > 0)
        offer_deletion(shown, in, shown->column, shown->column + item->span);
    else
        offer(shown, in, 1, 1, "// ");
}

void msched__text_edits(msched__text_reader *in)
{
    for (uint32_t i = 0; i < in->diag->count && !in->diag->failed; i++) {
        msched__diag_item *item = &in->diag->items[i];
        if (item->shown.severity != MSCHED_SEVERITY_NOTE && item->shown.line > 0 &&
            item->shown.edit_count == 0)
            fill_in(in, item);
    }
}
