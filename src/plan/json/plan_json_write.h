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
 * The date, the day and the other single members, with `now` on request; the object is not closed.
 */
void msched__plan_write_day(msched__buffer *out, const msched_plan *plan, int with_now);
/* The rules for all listening, as the last member of that object. */
void msched__plan_write_listening(msched__buffer *out, const msched_plan *plan);

#endif
