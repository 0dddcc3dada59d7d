/*
 * format/json_repeat.h: arrays of objects that a program wrote one after the other, in one pass.
 * From object to object, most bytes between two values of interest are the same: names, blanks,
 * and members that nobody asks for. These bytes are compared with those of the object before at
 * once; only where they differ, the object is read member by member.
 */
#ifndef MSCHED_FORMAT_JSON_REPEAT_H
#define MSCHED_FORMAT_JSON_REPEAT_H

#include "format/json_scan.h"

#define MSCHED__REPEAT_SLOTS 32u
#define MSCHED__REPEAT_KEYS  16u

/* Added to a role: members with null may be left out. */
#define MSCHED__REPEAT_UNLESS_NULL 0x40u

/* What the members with a key are for: 1 to 127; 0: they have no effect. */
typedef uint8_t (*msched__repeat_role_fn)(msched__slice key);

/* Of one text, which must stay. Begin with zeros. */
typedef struct msched__json_repeat {
    msched__repeat_role_fn role_of;
    uint32_t slot; /* the next one of this object */
    struct {
        msched__slice lead; /* from the end of the value before, to the begin of this value */
        uint8_t role;
    } slots[MSCHED__REPEAT_SLOTS];
    msched__slice
        varying[MSCHED__REPEAT_KEYS]; /* keys that may be left out, but whose values change */
    uint32_t varying_count;
} msched__json_repeat;

/* 1 if the next thing is an object, which is stepped into. */
int msched__repeat_object(msched__json_repeat *repeat, msched__json_scan *scan);
/*
 * The next member with an effect. 1, or 0: the end of the object was stepped over, or there is a
 * fault.
 */
int msched__repeat_member(msched__json_repeat *repeat, msched__json_scan *scan, uint8_t *role,
                          msched__scan_value *value);

#endif
