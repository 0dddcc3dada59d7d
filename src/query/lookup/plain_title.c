#include "query/lookup/plain_title.h"

#include "base/alloc.h"
#include "catalog/read/header.h"
#include "query/lookup/search_text.h"

#include <string.h>

static int holds(msched__slice text, const char *word)
{
    for (; text.size > 0; text.data++, text.size--)
        if (msched__begins_with_word(text, word))
            return 1;
    return 0;
}

/* Bytes of "feat. " and the like at the start of `text`. */
static size_t featuring_size(msched__slice text)
{
    static const char *const starts[] = {"feat. ", "feat ", "ft. ", "ft ", "featuring ", "with "};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        if (msched__begins_with_word(text, starts[i]))
            return strlen(starts[i]);
    return 0;
}

/* Texts in brackets or after a dash that do not identify the recording. */
static int is_addition(msched__slice text)
{
    static const char *const words[] = {
        "remaster",   "official", "lyric",  "music video", "album version", "single version",
        "radio edit", "mono",     "stereo", "explicit",    "bonus track"};
    if (featuring_size(text) > 0)
        return 1;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (holds(text, words[i]))
            return 1;
    return (msched__begins_with_word(text, "audio") || msched__begins_with_word(text, "video") ||
            msched__begins_with_word(text, "visualizer")) &&
           text.size < 12;
}

/* Bytes of an addition that begins at the start of `text`: " (..)", " [..]" or " - ..". */
static size_t addition_size(msched__slice text)
{
    size_t end = 2;
    if (text.size < 4 || text.data[0] != ' ')
        return 0;
    if (text.data[1] == '(' || text.data[1] == '[') {
        char close = text.data[1] == '(' ? ')' : ']';
        while (end < text.size && text.data[end] != close)
            end++;
        return is_addition((msched__slice){text.data + 2, end - 2}) ? end + (end < text.size) : 0;
    }
    if (memcmp(text.data, " - ", 3) == 0) {
        for (end = 3; end + 3 < text.size && memcmp(text.data + end, " - ", 3) != 0;)
            end++;
        end = end + 3 >= text.size ? text.size : end;
        return is_addition((msched__slice){text.data + 3, end - 3}) ? end : 0;
    }
    msched__slice rest = {text.data + 1, text.size - 1};
    return msched__begins_with_word(rest, "feat. ") || msched__begins_with_word(rest, "ft. ") ||
                   msched__begins_with_word(rest, "featuring ")
               ? text.size
               : 0;
}

size_t msched__plain_title(char *out, msched__slice title)
{
    size_t size = 0;
    for (size_t at = 0; at < title.size;) {
        const char *space = memchr(title.data + at, ' ', title.size - at);
        size_t word = space == NULL ? title.size - at : (size_t)(space - title.data) - at;
        memcpy(out + size, title.data + at, word);
        size += word;
        at += word;
        size_t addition = addition_size((msched__slice){title.data + at, title.size - at});
        at += addition;
        if (addition == 0 && at < title.size)
            out[size++] = title.data[at++];
    }
    while (size > 0 && out[size - 1] == ' ')
        size--;
    if (size > 0)
        return size;
    if (title.size > 0)
        memcpy(out, title.data, title.size);
    return title.size;
}

msched__slice msched__featured_artists(msched__slice title)
{
    size_t at = 0;
    while (at < title.size) {
        size_t size = addition_size((msched__slice){title.data + at, title.size - at});
        msched__slice text = {title.data + at, size};
        at += size + (size == 0);
        while (text.size > 0 && memchr(" ([-", text.data[0], 4) != NULL)
            text = (msched__slice){text.data + 1, text.size - 1};
        size_t skipped = featuring_size(text);
        if (skipped == 0)
            continue;
        text = (msched__slice){text.data + skipped, text.size - skipped};
        while (text.size > 0 && memchr(" )]", text.data[text.size - 1], 3) != NULL)
            text.size--;
        return text;
    }
    return (msched__slice){"", 0};
}

/* Bytes of the separator of two artists at the start of `text`. */
static size_t separator_size(msched__slice text)
{
    static const char *const separators[] = {"; ",     ";",      ", ",  " & ", " feat. ", " ft. ",
                                             " feat ", " with ", " x ", " / ", " vs. ",   " and "};
    if (text.size == 0 || memchr(" ;,", text.data[0], 3) == NULL)
        return 0;
    for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++)
        if (msched__begins_with_word(text, separators[i]))
            return strlen(separators[i]);
    return 0;
}

msched__slice msched__first_artist(msched__slice artists)
{
    for (size_t at = 1; at < artists.size; at++)
        if (separator_size((msched__slice){artists.data + at, artists.size - at}) > 0)
            return (msched__slice){artists.data, at};
    return artists;
}

msched__slice msched__take_artist(msched__slice *rest)
{
    msched__slice first = msched__first_artist(*rest);
    size_t size = first.size;
    size += separator_size((msched__slice){rest->data + size, rest->size - size});
    *rest = (msched__slice){rest->data + size, rest->size - size};
    return first;
}

static int equal(msched__slice a, msched__slice b)
{
    return a.size == b.size && a.size > 0 && memcmp(a.data, b.data, a.size) == 0;
}

static int share_artist(msched__slice a, msched__slice b)
{
    if (equal(a, b))
        return 1;
    while (a.size > 0) {
        msched__slice rest = b, one = msched__take_artist(&a);
        while (rest.size > 0)
            if (equal(msched__take_artist(&rest), one))
                return 1;
    }
    return 0;
}

int msched__same_song(const msched_allocator *allocator, const msched__slice title[2],
                      const msched__slice artist[2])
{
    size_t room = 0, used = 0;
    msched__slice normal[4];
    for (size_t i = 0; i < 2; i++)
        room += title[i].size + MSCHED__NORMAL_ROOM(title[i].size) +
                MSCHED__NORMAL_ROOM(artist[i].size);
    char *memory = msched__alloc_array(allocator, room, 1);
    if (memory == NULL)
        return -1;
    for (size_t i = 0; i < 2; i++) {
        size_t plain = msched__plain_title(memory + used, title[i]);
        char *from = memory + used;
        used += title[i].size;
        normal[i] = (msched__slice){memory + used,
                                    msched__search_normal(memory + used, from, plain)};
        used += MSCHED__NORMAL_ROOM(title[i].size);
        normal[2 + i] = (msched__slice){
            memory + used, msched__search_normal(memory + used, artist[i].data, artist[i].size)};
        used += MSCHED__NORMAL_ROOM(artist[i].size);
    }
    int same = equal(normal[0], normal[1]) && share_artist(normal[2], normal[3]);
    msched__free(allocator, memory);
    return same;
}
