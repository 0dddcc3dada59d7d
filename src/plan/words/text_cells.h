/* plan/words/text_cells.h: cells of tables and of lists with a separator. */
#ifndef MSCHED_PLAN_WORDS_TEXT_CELLS_H
#define MSCHED_PLAN_WORDS_TEXT_CELLS_H

#include "plan/words/text_writer.h"

/*
 * At a separator of cells: "Gym,18:00,1h", "| 8:00 | 9:00 |"; also "gym@6pm". Writes the equivalent
 * plan text. Returns the bytes of the line that it handled; 0: no match.
 */
size_t msched__take_cell(msched__writer *w, size_t at);

#endif
