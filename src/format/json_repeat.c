#include "format/json_repeat.h"

#include <string.h>

enum {
    VARIES = 254, /* no effect, but each object has another value */
    END = 255     /* the lead goes past the end of the object */
};

static int is_varying(const msched__json_repeat *repeat, msched__slice key)
{
    for (uint32_t i = 0; i < repeat->varying_count; i++)
        if (repeat->varying[i].size == key.size &&
            memcmp(repeat->varying[i].data, key.data, key.size) == 0)
            return 1;
    return 0;
}

static const char *begin_of(const msched__scan_value *value)
{
    return value->bytes.data - (value->type == MSCHED__SCAN_STRING);
}

/* Where the text at `at` begins to differ from the lead that was expected. */
static const char *first_difference(msched__slice lead, const msched__json_scan *scan)
{
    const char *at = scan->at;
    for (size_t i = 0; i < lead.size && at < scan->end && *at == lead.data[i]; i++)
        at++;
    return at;
}

static int is_null(const msched__scan_value *value)
{
    return value->type == MSCHED__SCAN_PLAIN && value->bytes.size == 4 &&
           value->bytes.data[0] == 'n';
}

static uint8_t find_role(msched__json_repeat *repeat, const msched__json_scan *scan,
                         msched__slice key, const msched__scan_value *value, const char *difference)
{
    const uint8_t role = repeat->role_of(key);
    if (role != 0 && ((role & MSCHED__REPEAT_UNLESS_NULL) == 0 || !is_null(value)))
        return role;
    if (is_varying(repeat, key))
        return role != 0 ? role : VARIES;
    if (difference == NULL || difference < begin_of(value) || difference > scan->at ||
        repeat->varying_count == MSCHED__REPEAT_KEYS)
        return 0;
    repeat->varying[repeat->varying_count++] = key;
    return role != 0 ? role : VARIES;
}

/* Read members until one has an effect or varies, and remember what was in front of it. */
static uint8_t find_member(msched__json_repeat *repeat, msched__json_scan *scan,
                           msched__scan_value *value)
{
    const uint32_t slot = repeat->slot < MSCHED__REPEAT_SLOTS ? repeat->slot : 0;
    const int is_kept = slot == repeat->slot, has_lead = repeat->slots[slot].lead.size > 0;
    const char *begin = scan->at;
    const char *difference = is_kept && has_lead ? first_difference(repeat->slots[slot].lead, scan)
                                                 : NULL;
    uint8_t role = 0;
    msched__slice key;
    for (int first = repeat->slot == 0; role == 0; first = 0)
        role = msched__scan_member(scan, first, &key, value)
                   ? find_role(repeat, scan, key, value, difference)
                   : END;
    if (is_kept && scan->fault == NULL) {
        const char *end = role == END ? scan->at : begin_of(value);
        repeat->slots[slot].lead = (msched__slice){begin, (size_t)(end - begin)};
        repeat->slots[slot].role = role;
    }
    return role;
}

/* The next slot of the object: what it is for, and its value. */
static uint8_t next_slot(msched__json_repeat *repeat, msched__json_scan *scan,
                         msched__scan_value *value)
{
    if (repeat->slot >= MSCHED__REPEAT_SLOTS)
        return find_member(repeat, scan, value);
    const msched__slice lead = repeat->slots[repeat->slot].lead;
    const uint8_t role = repeat->slots[repeat->slot].role;
    if (lead.size == 0 || lead.size > (size_t)(scan->end - scan->at) ||
        memcmp(scan->at, lead.data, lead.size) != 0)
        return find_member(repeat, scan, value);
    scan->at += lead.size;
    return role == END || msched__scan_value_next(scan, value) ? role : END;
}

int msched__repeat_object(msched__json_repeat *repeat, msched__json_scan *scan)
{
    repeat->slot = 0;
    return msched__scan_object(scan);
}

int msched__repeat_member(msched__json_repeat *repeat, msched__json_scan *scan, uint8_t *role,
                          msched__scan_value *value)
{
    do {
        *role = next_slot(repeat, scan, value);
        repeat->slot++;
    } while (*role == VARIES);
    return *role != END;
}
