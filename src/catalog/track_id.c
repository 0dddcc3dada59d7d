#include "catalog/track_id.h"

#include <string.h>

/* If `text` begins with `start`, get what follows. */
static int follows(msched__slice text, const char *start, msched__slice *rest)
{
    size_t size = strlen(start);
    if (text.size <= size || memcmp(text.data, start, size) != 0)
        return 0;
    *rest = (msched__slice){text.data + size, text.size - size};
    return 1;
}

msched__slice msched__track_id_in_link(msched__slice text)
{
    static const char *const starts[] = {
        "spotify:track:",    "https://open.spotify.com/", "http://open.spotify.com/",
        "open.spotify.com/", "https://play.spotify.com/", "https://api.spotify.com/v1/"};
    msched__slice rest = text;
    if (follows(text, starts[0], &rest))
        return rest;
    for (size_t i = 1; i < sizeof starts / sizeof starts[0]; i++) {
        if (!follows(rest, starts[i], &rest))
            continue;
        for (size_t at = 0; at + 6 < rest.size; at++) {
            static const char kinds[2][8] = {"track/", "tracks/"};
            size_t size = memcmp(rest.data + at, kinds[0], 6) == 0                         ? 6
                          : at + 7 < rest.size && memcmp(rest.data + at, kinds[1], 7) == 0 ? 7
                                                                                           : 0;
            if (size == 0)
                continue;
            rest = (msched__slice){rest.data + at + size, rest.size - at - size};
            size_t end = 0;
            while (end < rest.size && strchr("?#/&", rest.data[end]) == NULL)
                end++;
            return end > 0 ? (msched__slice){rest.data, end} : text;
        }
        return text;
    }
    return text;
}
