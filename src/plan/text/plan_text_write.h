/*
 * plan/text/plan_text_write.h: lines of plan text for the parts of a plan. Nothing here promises
 * that the reader takes a line as it is meant: plan_to_text.c reads what was written again.
 */
#ifndef MSCHED_PLAN_TEXT_PLAN_TEXT_WRITE_H
#define MSCHED_PLAN_TEXT_PLAN_TEXT_WRITE_H

#include "base/buffer.h"
#include "plan/plan_data.h"

/* How explicit a line is: each form is taken as it is meant where the one before may not be. */
enum msched__line_form {
    MSCHED__LINE_SHORT = 0,  /* as people write: no quotation marks, ids only where they differ */
    MSCHED__LINE_QUOTED = 1, /* the title in quotation marks; a song by the id of its track */
    MSCHED__LINE_NAMED = 2   /* also with the id */
};

/* The date and the settings, a line each. */
void msched__write_settings(msched__buffer *out, const msched_plan *plan);
/* A to-do in its line, and its description in lines below. `slug` is the id that it has without. */
void msched__write_todo_line(msched__buffer *out, const msched_plan *plan, uint32_t index,
                             enum msched__line_form form, const char *slug);
/* A wanted song; a comment above names a song that is written by its id. */
void msched__write_song_line(msched__buffer *out, const msched_plan *plan, uint32_t index,
                             enum msched__line_form form);

#endif
