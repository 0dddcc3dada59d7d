#include "calendar/calendar_property.h"

#include <string.h>

int msched__calendar_may_read(const msched__content_line *line)
{
    return line->raw.size > 3 && memchr("AaUuSsTtDdRrEePpCcXxFf", line->raw.data[0], 22) != NULL &&
           ((line->raw.data[0] | 0x20) != 'x' ||
            msched__content_is(line, "X-MICROSOFT-CDO-BUSYSTATUS") ||
            msched__content_is(line, "X-MICROSOFT-CDO-ALLDAYEVENT") ||
            msched__content_is(line, "X-APPLE-TRAVEL-DURATION") ||
            msched__content_is(line, "X-ESTIMATED-DURATION")) &&
           !msched__content_is(line, "DESCRIPTION") && !msched__content_is(line, "COMMENT");
}

/*
 * Programs export a declined invitation as an event that is confirmed: only the answer of the
 * attendee says that the owner is not coming.
 */
int msched__calendar_declines(const msched__content *content, const char *owner)
{
    static const char scheme[] = "mailto:";
    const size_t skip = sizeof scheme - 1;
    msched__slice address = content->value;
    if (strchr(owner, '@') == NULL || address.size <= skip ||
        !msched__content_equals((msched__slice){address.data, skip}, scheme))
        return 0;
    address = (msched__slice){address.data + skip, address.size - skip};
    return msched__content_equals(address, owner) &&
           msched__content_equals(msched__content_parameter(content, "PARTSTAT"), "DECLINED");
}

int msched__calendar_titles_canceled(const char *title)
{
    static const char *const words[] = {
        "canceled: ",  "cancelled: ", "abgesagt: ",   "annul\xC3\xA9: ",
        "cancelado: ", "annullato: ", "geannuleerd: "};
    const msched__slice text = {title, strlen(title)};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (msched__begins_with_word(text, words[i]))
            return 1;
    return 0;
}

int msched__calendar_says_free(msched__slice status)
{
    return msched__content_equals(status, "FREE") ||
           msched__content_equals(status, "WORKINGELSEWHERE");
}

int msched__calendar_names_item(const msched__content_line *line)
{
    static const char *const names[] = {"VEVENT", "VTODO", "VFREEBUSY", "VCALENDAR"};
    const size_t size = msched__content_is(line, "BEGIN") ? 6
                        : msched__content_is(line, "END") ? 4
                                                          : 0;
    msched__slice name = {line->raw.data + size, line->raw.size - size};
    while (name.size > 0 && name.data[name.size - 1] == ' ')
        name.size--;
    for (size_t i = 0; size > 0 && i < sizeof names / sizeof *names; i++)
        if (msched__content_equals(name, names[i]))
            return 1;
    return 0;
}

int msched__calendar_skip(msched__content_reader *lines)
{
    msched__content_line line;
    for (uint32_t depth = 1; depth > 0;) {
        const msched__content_reader before = *lines;
        if (!msched__content_next(lines, &line))
            return 0;
        if (msched__calendar_names_item(&line)) {
            *lines = before;
            return 1;
        }
        if (msched__content_is(&line, "BEGIN"))
            depth++;
        else if (msched__content_is(&line, "END"))
            depth--;
    }
    return 1;
}
