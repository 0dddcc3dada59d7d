/*
 * plan/plan_check.h: check the values of a plan, each by itself.
 */
#ifndef MSCHED_PLAN_CHECK_H
#define MSCHED_PLAN_CHECK_H

#include "plan/plan_builder_data.h"

/*
 * Check the values of a day, to-do, song or listening rules, each by itself. In a
 * to-do, a song and a fill, clock times are replaced by real seconds of the plan's axis.
 */
msched_result msched__plan_check_day(msched_plan_builder *builder, const msched_day *day,
                                     msched_error *err);
msched_result msched__plan_check_todo(msched_plan_builder *builder, msched_todo *todo,
                                      msched_error *err);
msched_result msched__plan_check_song(msched_plan_builder *builder, msched_song *song,
                                      msched_error *err);
/* The state of a to-do with its times, and that of a song, at `index` in the plan. */
msched_result msched__plan_check_state(msched_plan_builder *builder, msched_todo *todo,
                                       uint32_t index, msched_error *err);
msched_result msched__plan_check_song_state(msched_plan_builder *builder, uint32_t index,
                                            uint32_t state, msched_error *err);
msched_result msched__plan_check_listening(msched_plan_builder *builder,
                                           msched_listening *listening, msched_error *err);
/* The same of the fields of a fill alone. */
msched_result msched__plan_check_fill(msched_plan_builder *builder, msched_listening *listening,
                                      msched_error *err);

#endif
