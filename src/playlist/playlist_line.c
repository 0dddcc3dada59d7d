#include "playlist/playlist_line.h"

#include "catalog/read/header.h"

#include <string.h>

static msched__slice from(msched__slice text, size_t at)
{
    return msched__trim((msched__slice){text.data + at, text.size - at});
}

static msched__slice until(msched__slice text, size_t end)
{
    return msched__trim((msched__slice){text.data, end});
}

/* Where `part` begins in the text at or after `at`; the size of the text: nowhere. */
static size_t find(msched__slice text, size_t at, const char *part)
{
    const size_t size = strlen(part);
    for (; at + size <= text.size; at++)
        if (memcmp(text.data + at, part, size) == 0)
            return at;
    return text.size;
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

int msched__line_has_letters(msched__slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (memchr(" =-_*~#.+|?", text.data[i], 11) == NULL)
            return 1;
    return 0;
}

static size_t count_digits(msched__slice text)
{
    size_t digits = 0;
    while (digits < text.size && is_digit(text.data[digits]))
        digits++;
    return digits;
}

/* The text after the box of a task list: "[ ] ", "[x] ". */
static msched__slice without_box(msched__slice text)
{
    static const char *const boxes[] = {"[ ] ", "[x] ", "[X] ", "\xE2\x98\x90", "\xE2\x98\x91"};
    for (size_t i = 0; i < sizeof boxes / sizeof boxes[0]; i++)
        if (msched__begins_with(text, boxes[i]))
            return from(text, strlen(boxes[i]));
    return text;
}

int64_t msched__line_clock_ms(msched__slice text)
{
    int64_t seconds = 0;
    int colons = 0;
    for (size_t at = 0; at < text.size;) {
        const size_t digits = count_digits((msched__slice){text.data + at, text.size - at});
        int64_t part = 0;
        if (digits == 0 || digits > 2 || (at > 0 && digits != 2))
            return 0;
        for (size_t i = 0; i < digits; i++)
            part = part * 10 + (text.data[at + i] - '0');
        if (colons > 0 && part >= 60)
            return 0;
        seconds = seconds * 60 + part;
        at += digits;
        if (at == text.size)
            break;
        if (text.data[at++] != ':' || ++colons > 2)
            return 0;
    }
    return colons == 0 || text.data[text.size - 1] == ':' ? 0 : seconds * 1000;
}

int msched__line_has_dash(msched__slice text)
{
    return find(text, 0, " - ") < text.size || find(text, 0, " \xE2\x80\x93 ") < text.size ||
           find(text, 0, " \xE2\x80\x94 ") < text.size;
}

/*
 * After the position of a song in a mix: "[00:06:21] Artist - Title", "6:21 Artist - Title". Not
 * after a title such as "3:00 AM", and not after the title in "22:22 - Artist".
 */
static msched__slice without_position(msched__slice text)
{
    const int is_bracketed = msched__begins_with(text, "[") || msched__begins_with(text, "(");
    size_t end = (size_t)is_bracketed;
    while (end < text.size && (is_digit(text.data[end]) || text.data[end] == ':'))
        end++;
    const msched__slice clock = {text.data + is_bracketed, end - (size_t)is_bracketed};
    if (clock.size < 4 || memchr(clock.data, ':', clock.size) == NULL || end == text.size)
        return text;
    if (is_bracketed && text.data[end++] != (text.data[0] == '[' ? ']' : ')'))
        return text;
    if (end == text.size || text.data[end] != ' ' ||
        (msched__line_clock_ms(clock) == 0 && find(clock, 0, "0:00") == clock.size))
        return text;
    msched__slice rest = from(text, end);
    if (msched__begins_with(rest, "- "))
        rest = from(rest, 2);
    static const char *const halves[] = {"AM ", "PM ", "am ", "pm ", "a.m", "p.m"};
    for (size_t i = 0; i < sizeof halves / sizeof halves[0]; i++)
        if (msched__begins_with(rest, halves[i]))
            return text;
    return msched__line_has_dash(rest) ? rest : text;
}

msched__slice msched__line_without_marker(msched__slice text)
{
    static const char *const bullets[] = {
        "- ",           "* ",           "+ ",           "> ",           "w/ ",
        "\xE2\x80\xA2", "\xE2\x97\x8F", "\xE2\x80\xA3", "\xE2\x99\xAA", "\xE2\x99\xAB"};
    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++)
        if (msched__begins_with(text, bullets[i]))
            return without_box(from(text, strlen(bullets[i])));
    const msched__slice after = without_box(text);
    if (after.data != text.data)
        return after;
    text = without_position(text); /* a number may follow */
    if (msched__begins_with(text, "[") || msched__begins_with(text, "#")) {
        const size_t digits = count_digits((msched__slice){text.data + 1, text.size - 1});
        const int is_closed = text.data[0] == '#' ||
                              (digits + 1 < text.size && text.data[digits + 1] == ']');
        const size_t end = digits + 1 + (text.data[0] == '[');
        if (digits > 0 && digits < 5 && is_closed && end < text.size && text.data[end] == ' ')
            return from(text, end);
        return text;
    }
    const size_t digits = count_digits(text);
    if (digits == 0 || digits > 5 || digits + 2 >= text.size)
        return text;
    const char sign = text.data[digits];
    const msched__slice rest = {text.data + digits + 1, text.size - digits - 1};
    const size_t more = sign == '.' ? count_digits(rest) : 0; /* "1.2": the second of a side */
    const size_t tab = digits + (more > 0 ? more + 1 : 0);
    if (tab < text.size && text.data[tab] == '\t')
        return without_position(from(text, tab + 1));
    if ((sign == '.' || sign == ')') && text.data[digits + 1] == ' ')
        return without_position(from(text, digits + 2));
    /* "03 - Artist - Title", but not "99 - Artist" */
    if (msched__begins_with((msched__slice){text.data + digits, text.size - digits}, " - ") &&
        find(text, digits + 3, " - ") < text.size)
        return from(text, digits + 3);
    return text;
}

/* Take a length off the end: "(3:07)", "[3:07]", and "3:07" after a text with a dash. */
static msched__slice take_length(msched__playlist_draft *draft, msched__slice text)
{
    const char last = text.size > 0 ? text.data[text.size - 1] : '\0';
    const int is_bracketed = last == ')' || last == ']';
    size_t begin = text.size - (size_t)is_bracketed;
    while (begin > 0 && (is_digit(text.data[begin - 1]) || text.data[begin - 1] == ':'))
        begin--;
    const int64_t ms = msched__line_clock_ms(
        (msched__slice){text.data + begin, text.size - (size_t)is_bracketed - begin});
    if (ms == 0 || begin < 2)
        return text;
    if (is_bracketed && text.data[begin - 1] != (last == ')' ? '(' : '['))
        return text;
    const msched__slice rest = until(text, begin - (size_t)is_bracketed);
    if (rest.size == 0 ||
        (!is_bracketed && (!msched__line_has_dash(rest) || rest.size + 1 > begin)))
        return text;
    draft->duration_ms = ms;
    static const char *const dashes[] = {" -", " \xE2\x80\x93", " \xE2\x80\x94"};
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
        const size_t size = strlen(dashes[i]);
        if (rest.size > size && memcmp(rest.data + rest.size - size, dashes[i], size) == 0)
            return until(rest, rest.size - size);
    }
    return rest;
}

/* Behind a track number and its dash: "01 - Title", "- 01 - Title", "01. Title". */
static msched__slice without_number(msched__slice text)
{
    if (msched__begins_with(text, "- "))
        text = from(text, 2);
    const size_t digits = count_digits(text);
    const msched__slice rest = {text.data + digits, text.size - digits};
    return digits == 0 || digits > 3                                             ? text
           : msched__begins_with(rest, " - ") || msched__begins_with(rest, ". ") ? from(rest, 2)
                                                                                 : text;
}

int msched__line_read_album(msched__playlist_draft *draft, msched__slice text)
{
    const size_t open = find(text, 0, " - [");
    const size_t close = find(text, open, "]");
    if (open == 0 || close + 1 >= text.size)
        return 0;
    const msched__slice album = {text.data + open + 4, close - open - 4};
    const size_t number = find(album, 0, "#");
    const msched__slice rest = from(text, close + 1);
    const int has_number = number + 1 < album.size && is_digit(album.data[number + 1]);
    const msched__slice title = without_number(rest);
    if (title.size == 0 || (!has_number && title.data == rest.data))
        return 0;
    draft->artist = until(text, open);
    draft->album = until(album, has_number ? number : album.size);
    draft->title = title;
    draft->loose = 0;
    return 1;
}

/* Bytes of the quotes that open and close a text; 0: it has none. */
static size_t quotes(msched__slice text, const char **close)
{
    static const char *const pairs[][2] = {{"\"", "\""},
                                           {"\xE2\x80\x9C", "\xE2\x80\x9D"},
                                           {"\xE2\x80\x9E", "\xE2\x80\x9C"},
                                           {"\xC2\xAB", "\xC2\xBB"}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (msched__begins_with(text, pairs[i][0])) {
            *close = pairs[i][1];
            return strlen(pairs[i][0]);
        }
    return 0;
}

/* "\"Title\" by Artist", "\"Title\" - Artist". */
static int read_quoted(msched__playlist_draft *draft, msched__slice text)
{
    static const char *const words[] = {"by ", "- ", "\xE2\x80\x93 ", "\xE2\x80\x94 ", "von ",
                                        "de ", "di "};
    const char *close = "";
    const size_t open = quotes(text, &close), end = find(text, open, close);
    if (open == 0 || end == text.size)
        return 0;
    const msched__slice rest = from(text, end + strlen(close));
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (msched__begins_with(rest, words[i])) {
            draft->title = (msched__slice){text.data + open, end - open};
            draft->artist = from(rest, strlen(words[i]));
            draft->loose = 0;
            return draft->artist.size > 0 && draft->title.size > 0;
        }
    return 0;
}

/* Artist and title, or the other way round, with a sign other than a dash between them. */
static int read_separated(msched__playlist_draft *draft, msched__slice text)
{
    static const char *const signs[] = {"\t", " // ", " | ", " \xC2\xB7 ", " \xE2\x80\xA2 "};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        const size_t at = find(text, 0, signs[i]), after = at + strlen(signs[i]);
        if (at == 0 || after >= text.size)
            continue;
        const msched__slice rest = from(text, after);
        draft->artist = until(text, at);
        draft->title = until(rest, find(rest, 0, signs[i]));
        return draft->title.size > 0;
    }
    return 0;
}

void msched__line_read(msched__playlist_draft *draft, msched__slice text)
{
    draft->loose = 1;
    text = take_length(draft, text);
    if (msched__line_read_album(draft, text) || read_quoted(draft, text))
        return;
    if (find(text, 0, " - ") == text.size && read_separated(draft, text))
        return;
    draft->artist = draft->album = (msched__slice){NULL, 0};
    draft->title = text;
}

int msched__line_split(msched__slice text, uint32_t n, msched__slice *title, msched__slice *artist)
{
    static const char *const signs[MSCHED__LINE_READINGS] = {" by ", ": ", " ("};
    size_t last = text.size;
    for (size_t at = find(text, 1, signs[n]); at < text.size; at = find(text, at + 1, signs[n])) {
        last = at;
        if (n == 1)
            break; /* titles have colons more often than artists */
    }
    if (last == text.size || (n == 2 && text.data[text.size - 1] != ')'))
        return 0;
    const msched__slice left = until(text, last);
    const msched__slice right = from((msched__slice){text.data, text.size - (n == 2)},
                                     last + strlen(signs[n]));
    *title = n == 1 ? right : left;
    *artist = n == 1 ? left : right;
    return left.size > 0 && right.size > 0;
}
