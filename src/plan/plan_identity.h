/* plan/plan_identity.h: the name that a to-do keeps from one version of a plan to the next. */
#ifndef MSCHED_PLAN_IDENTITY_H
#define MSCHED_PLAN_IDENTITY_H

#include "base/arena.h"

/* A to-do to be named. */
typedef struct msched__identity {
    const char *title;
    const char *id; /* as given; "": it gets an id from its title */
} msched__identity;

/*
 * Give each to-do without an id its identity: the slug of its title, with "~2" for the second to-do
 * of that title and so on. To-dos with an id also count, so that giving one an id does not rename
 * another. The new ids are in the arena; they differ from each other and from the given ones. 0
 * when out of memory.
 */
int msched__plan_identify(msched__arena *arena, msched__identity *items, uint32_t count);

/*
 * A title as a name: case folded, one "-" for each run of spaces, at most 109 bytes (a longer one
 * ends in a hash of the whole). In the arena; NULL when out of memory.
 */
const char *msched__plan_slug(msched__arena *arena, const char *title, size_t size);

#endif
