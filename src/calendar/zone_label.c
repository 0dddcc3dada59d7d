#include "calendar/zone_label.h"

#include "base/civil.h"
#include "base/slice.h"
#include "calendar/zone_rules.h"

#include <stdio.h>
#include <string.h>

#define DAY_S      86400
#define NAME_BYTES 64

/* "(UTC+01:00) " or "(GMT) ": its offset. Returns the text after it; NULL: it is not there. */
static const char *read_offset(const char *label, int32_t *seconds)
{
    unsigned hours = 0, minutes = 0;
    char sign[2] = "+";
    int end = 0;
    if (strncmp(label, "(UTC", 4) != 0 && strncmp(label, "(GMT", 4) != 0)
        return NULL;
    if (label[4] == ')')
        end = 1;
    else if (sscanf(label + 4, "%1[+-]%2u:%2u)%n", sign, &hours, &minutes, &end) != 3)
        return NULL;
    if (end == 0 || hours > 14 || minutes > 59)
        return NULL;
    *seconds = (int32_t)(hours * 3600 + minutes * 60) * (sign[0] == '-' ? -1 : 1);
    label += 4 + end;
    while (*label == ' ')
        label++;
    return label;
}

/* The offset of the middle of a month from 2020 on. */
static int32_t offset_of(const msched__zone *zone, int32_t month)
{
    const msched__date date = {2020 + month / 12, (uint8_t)(1 + month % 12), 15};
    return msched__zone_at(zone, msched__date_to_days(date) * DAY_S)->offset_s;
}

/* 1 if the standard time of a zone, the lower offset of January and July 2026, is an offset. */
static int has_standard(const msched__zone *zone, int32_t seconds)
{
    const int32_t january = offset_of(zone, 6 * 12), july = offset_of(zone, 6 * 12 + 6);
    return (january < july ? january : july) == seconds;
}

static int is_same(const msched__zone *a, const msched__zone *b)
{
    for (int32_t month = 0; month < 12 * 12; month++)
        if (offset_of(a, month) != offset_of(b, month))
            return 0;
    return 1;
}

/* A search for the zone of a name. */
typedef struct search {
    const msched_allocator *allocator;
    msched__zone *zone;
    msched__zone_label *out;
    int found, differs, failed;
} search;

/* A name of a zone file; 1 if it exists. */
static int try_name(search *s, const char *name)
{
    msched__zone zone;
    msched_error ignored;
    const msched_result result = msched__zone_load(&zone, NULL, name, s->allocator, &ignored);
    s->failed |= result == MSCHED_ERROR_MEMORY;
    if (result != MSCHED_OK)
        return 0;
    if (!has_standard(&zone, s->out->offset_s)) {
        msched__zone_free(&zone);
        return 1;
    }
    if (s->found) {
        s->differs |= !is_same(s->zone, &zone);
        msched__zone_free(&zone);
        return 1;
    }
    *s->zone = zone;
    s->found = 1;
    snprintf(s->out->name, sizeof s->out->name, "%s", name);
    return 1;
}

/* "Mexico City" as America/Mexico_City. */
static void try_place(search *s, msched__slice place)
{
    static const char *const regions[] = {"Europe",  "America",   "Asia",     "Africa",
                                          "Pacific", "Australia", "Atlantic", "Indian"};
    static const char city_of[] = "City of ";
    char name[NAME_BYTES];
    if (place.size > strlen(city_of) && memcmp(place.data, city_of, strlen(city_of)) == 0)
        place = (msched__slice){place.data + strlen(city_of), place.size - strlen(city_of)};
    if (place.size < 3 || place.size > 40)
        return;
    for (size_t i = 0; i < sizeof regions / sizeof regions[0] && !s->failed; i++) {
        const int start = snprintf(name, sizeof name, "%s/", regions[i]);
        for (size_t k = 0; k < place.size; k++)
            name[(size_t)start + k] = place.data[k] == ' ' ? '_' : place.data[k];
        name[(size_t)start + place.size] = '\0';
        if (try_name(s, name))
            return;
    }
}

/* "Pacific Time (US & Canada)" as the Windows name "Pacific Standard Time". */
static void try_windows_name(search *s, const char *text)
{
    const char *time = strstr(text, " Time");
    const size_t size = time == NULL ? strcspn(text, "(,") : (size_t)(time - text);
    char windows[NAME_BYTES + 16], iana[NAME_BYTES];
    if (size < 3 || size >= NAME_BYTES)
        return;
    snprintf(windows, sizeof windows, "%.*s Standard Time", (int)size, text);
    if (msched__zone_windows_name(windows, iana, sizeof iana))
        try_name(s, iana);
}

static void try_places(search *s, const char *text)
{
    while (*text != '\0' && *text != '(' && !s->failed) {
        size_t size = strcspn(text, ",(");
        const size_t next = size + (text[size] == ',');
        while (size > 0 && text[size - 1] == ' ')
            size--;
        try_place(s, (msched__slice){text, size});
        text += next;
        while (*text == ' ')
            text++;
    }
}

msched_result msched__zone_of_label(msched__zone *zone, const char *label,
                                    const msched_allocator *allocator, msched__zone_label *out)
{
    static const char utc[] = "Coordinated Universal Time";
    search s = {.allocator = allocator, .zone = zone, .out = out};
    *out = (msched__zone_label){0};
    const char *text = read_offset(label, &out->offset_s);
    if (text == NULL)
        return MSCHED_ERROR_NOT_FOUND;
    const int is_utc = strncmp(text, utc, strlen(utc)) == 0;
    if (!is_utc)
        try_windows_name(&s, text);
    if (!is_utc && !s.found)
        try_places(&s, text);
    if (s.found && (s.differs || s.failed)) {
        msched__zone_free(zone);
        out->name[0] = '\0';
    }
    if (s.failed)
        return MSCHED_ERROR_MEMORY;
    if (s.found && !s.differs)
        return MSCHED_OK;
    out->is_fixed = !is_utc;
    msched_error ignored;
    return msched__zone_fixed(zone, out->offset_s, allocator, &ignored);
}
