#include "format/ical.h"

#include "base/utf8.h"

#include <string.h>

#define LINE_OCTETS 75

void msched__ical_init(msched__ical *ical, msched__buffer *out)
{
    ical->out = out;
    msched__buffer_init(&ical->line, &out->allocator);
}

void msched__ical_finish(msched__ical *ical)
{
    ical->out->failed |= ical->line.failed;
    msched__buffer_free(&ical->line);
}

void msched__ical_add(msched__ical *ical, const char *plain)
{
    msched__buffer_string(&ical->line, plain);
}

void msched__ical_add_text(msched__ical *ical, const char *value)
{
    for (const char *p = value; *p != '\0'; p++) {
        unsigned char c = (unsigned char)*p;
        if (c == '\r' && p[1] == '\n')
            continue;
        if (c == '\n' || c == '\r')
            msched__buffer_add(&ical->line, "\\n", 2);
        else if (c < 0x20 || c == 0x7f)
            msched__buffer_char(&ical->line, ' ');
        else {
            if (c == '\\' || c == ';' || c == ',')
                msched__buffer_char(&ical->line, '\\');
            msched__buffer_char(&ical->line, (char)c);
        }
    }
}

void msched__ical_end_line(msched__ical *ical)
{
    const char *data = ical->line.data;
    size_t left = ical->line.failed ? 0 : ical->line.size, room = LINE_OCTETS;
    while (left > room) {
        size_t cut = msched__utf8_cut(data, left, room);
        if (cut == 0) /* not UTF-8: cut anywhere */
            cut = room;
        msched__buffer_add(ical->out, data, cut);
        msched__buffer_string(ical->out, "\r\n ");
        data += cut;
        left -= cut;
        room = LINE_OCTETS - 1; /* the space at the start counts */
    }
    msched__buffer_add(ical->out, data, left);
    msched__buffer_string(ical->out, "\r\n");
    msched__buffer_clear(&ical->line);
}

void msched__ical_line(msched__ical *ical, const char *name, const char *value)
{
    msched__ical_add(ical, name);
    msched__ical_add(ical, ":");
    msched__ical_add(ical, value);
    msched__ical_end_line(ical);
}

void msched__ical_text(msched__ical *ical, const char *name, const char *value)
{
    msched__ical_add(ical, name);
    msched__ical_add(ical, ":");
    msched__ical_add_text(ical, value);
    msched__ical_end_line(ical);
}
