/*
 * plan/text/plan_text_write.h: lines of plan text for the parts of a plan. There is no guarantee
 * that the reader understands a line as intended: plan_to_text.c reads the written text again.
 */
#ifndef MSCHED_PLAN_TEXT_PLAN_TEXT_WRITE_H
#define MSCHED_PLAN_TEXT_PLAN_TEXT_WRITE_H

#include "base/buffer.h"
#include "plan/plan_data.h"

/* How explicit a line is: each form is less likely to be misread than the one before it. */
enum msched__line_form {
    MSCHED__LINE_SHORT = 0,  /* as people write: no quotation marks, ids only if they differ */
    MSCHED__LINE_QUOTED = 1, /* the title in quotation marks; a song by the id of its track */
    MSCHED__LINE_NAMED = 2   /* also with the id */
};

/* The date and the settings, one per line. */
void msched__write_settings(msched__buffer *out, const msched_plan *plan);
/*
 * A to-do on a line, and its description on lines below. `slug` is the id that it has without
 * "id:".
 */
void msched__write_todo_line(msched__buffer *out, const msched_plan *plan, uint32_t index,
                             enum msched__line_form form, const char *slug);
/* A wanted song; a comment above names a song that is written by its id. */
void msched__write_song_line(msched__buffer *out, const msched_plan *plan, uint32_t index,
                             enum msched__line_form form);

#endif
