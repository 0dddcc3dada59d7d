/* playlist/json_form.h: forms of JSON that become an array or a small object before it is read. */
#ifndef MSCHED_PLAYLIST_JSON_FORM_H
#define MSCHED_PLAYLIST_JSON_FORM_H

#include "base/buffer.h"
#include "base/slice.h"

/*
 * JSON of programs as JSON that is read: without \u0000 in texts, JSON lines as an array, an object
 * with an object for each song as an array, and a data frame whose columns are objects with an
 * array for each. Values keep their lines. Returns `text`, or its form in `out`; check out->failed.
 */
msched__slice msched__json_form(msched__buffer *out, msched__slice text);

#endif
