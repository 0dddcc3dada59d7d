/* plan/json/plan_json_write.h: the parts of a plan's JSON, for comparing plans. */
#ifndef MSCHED_PLAN_JSON_PLAN_JSON_WRITE_H
#define MSCHED_PLAN_JSON_PLAN_JSON_WRITE_H

#include "base/buffer.h"
#include "plan/plan_data.h"

/* A to-do, as an object. */
void msched__plan_write_todo(msched__buffer *out, const msched_plan *plan, uint32_t index);
/* Which of its names a wanted song is written with, if it has both. */
enum msched__song_names { MSCHED__SONG_BOTH = 0, MSCHED__SONG_ID = 1, MSCHED__SONG_QUERY = 2 };

void msched__plan_write_song(msched__buffer *out, const msched_plan *plan, uint32_t index,
                             enum msched__song_names names);
/*
 * The date, the day and the other single members; the object is not closed. Not complete: without
 * what plan text leaves out, `now` and windows of dates that the plan does not have.
 */
void msched__plan_write_day(msched__buffer *out, const msched_plan *plan, int complete);
/* The rules for all listening, as the last member of that object. */
void msched__plan_write_listening(msched__buffer *out, const msched_plan *plan);

#endif
