#include "catalog/cells/artist_title.h"

#include <string.h>

/* Bytes of the separator that begins at `at`, 0 for none. */
static size_t separator_at(msched__slice text, size_t at, enum msched__between between)
{
    static const char *const dashes[] = {" - ", " \xE2\x80\x93 ", " \xE2\x80\x94 "};
    if (text.data[at] != ' ')
        return 0;
    if (between == MSCHED__BETWEEN_BY)
        return text.size - at >= 4 && memcmp(text.data + at, " by ", 4) == 0 ? 4 : 0;
    if (between == MSCHED__BETWEEN_SLASH)
        return text.size - at >= 3 && memcmp(text.data + at, " / ", 3) == 0 ? 3 : 0;
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
        const size_t size = strlen(dashes[i]);
        if (text.size - at >= size && memcmp(text.data + at, dashes[i], size) == 0)
            return size;
    }
    return 0;
}

int msched__split_artist_title(msched__slice text, int title_first, enum msched__between between,
                               msched__slice *artist, msched__slice *title)
{
    size_t found = 0, size = 0;
    title_first = title_first || between == MSCHED__BETWEEN_BY;
    for (size_t at = 0; at < text.size && (title_first || size == 0); at++) {
        const size_t here = separator_at(text, at, between);
        if (here > 0) {
            found = at;
            size = here;
        }
    }
    if (size == 0)
        return 0;
    const msched__slice left = msched__trim((msched__slice){text.data, found});
    const msched__slice right =
        msched__trim((msched__slice){text.data + found + size, text.size - found - size});
    if (left.size == 0 || right.size == 0)
        return 0;
    *artist = title_first ? right : left;
    *title = title_first ? left : right;
    return 1;
}

msched__slice msched__without_quotes(msched__slice text)
{
    static const struct {
        const char *before, *after;
    } pairs[] = {{"\"", "\""}, {"\xE2\x80\x9C", "\xE2\x80\x9D"}, {"\xC2\xAB", "\xC2\xBB"}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const size_t size = strlen(pairs[i].before);
        if (text.size > 2 * size && memcmp(text.data, pairs[i].before, size) == 0 &&
            memcmp(text.data + text.size - size, pairs[i].after, size) == 0)
            return (msched__slice){text.data + size, text.size - 2 * size};
    }
    return text;
}

int msched__is_protected(msched__slice text)
{
    return text.size > 2 && text.data[0] == '=' && text.data[1] == '"' &&
           text.data[text.size - 1] == '"';
}
