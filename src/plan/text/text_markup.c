/*
 * Markdown within a line of plan text: **bold**, *italic*, `code`, ==marked==, ~~struck~~,
 * [text](address) and [[name]]. The marks are removed from the plain line and from titles.
 */
#include "plan/text/plan_text.h"

#include <string.h>

#define STRUCK "~~"

static int is_letter_or_digit(msched__slice s, size_t at)
{
    return msched__letter_at(s, at) || msched__digit_at(s, at);
}

/* Remove bytes [start, end) from the plain line. 0: there are too many marks to record. */
static int drop(msched__text_reader *in, size_t start, size_t end)
{
    if (in->dropped_count == MSCHED__DROPPED_MAX)
        return 0;
    in->dropped[in->dropped_count].start = in->plain_from[start];
    in->dropped[in->dropped_count++].end = in->plain_from[end];
    memmove(in->plain_text + start, in->plain_text + end, in->plain.size - end);
    memmove(in->plain_from + start, in->plain_from + end,
            (in->plain.size - end + 1) * sizeof *in->plain_from);
    in->plain.size -= end - start;
    return 1;
}

static int is_mark(msched__slice s, size_t at, const char *mark)
{
    size_t size = strlen(mark);
    return at + size <= s.size && memcmp(s.data + at, mark, size) == 0;
}

static int is_blank(msched__slice s, size_t at)
{
    return at >= s.size || s.data[at] == ' ';
}

/* Where the text that a mark opens ends; 0: it opens none. */
static size_t closing(msched__slice s, size_t at, const char *mark)
{
    size_t size = strlen(mark);
    int opens = (at == 0 || strchr(" ([{-:|>*_~=`\"", s.data[at - 1]) != NULL) &&
                !is_blank(s, at + size) && s.data[at + size] != mark[0] &&
                (at == 0 || s.data[at - 1] != mark[0]);
    int words = 0;
    for (size_t i = at + size; opens && i + size <= s.size; i++) {
        size_t after = i + size;
        words |= is_letter_or_digit(s, i);
        if (!is_mark(s, i, mark) || s.data[i - 1] == ' ' || !words)
            continue;
        int dot = after < s.size && s.data[after] == '.' && is_blank(s, after + 1);
        if (after == s.size || dot || strchr(" ,;:!?)]}-*_~=`|\"", s.data[after]) != NULL)
            return i;
    }
    return 0;
}

/* "~~Gym 1h~~" and nothing else but marks: the whole item is struck. */
static int is_whole(msched__slice s, size_t start, size_t end)
{
    for (size_t i = 0; i < start; i++)
        if (is_letter_or_digit(s, i) && !(i > 0 && s.data[i - 1] == '['))
            return 0;
    for (size_t i = end; i < s.size; i++)
        if ((s.data[i] | 32) >= 'a' && (s.data[i] | 32) <= 'z')
            return 0;
    return 1;
}

/* Remove pairs of a mark. Struck text is removed with its marks. */
static void drop_pairs(msched__text_reader *in, const char *mark)
{
    size_t size = strlen(mark);
    int quoted = 0, struck = strcmp(mark, STRUCK) == 0;
    for (size_t at = 0; at + size < in->plain.size; at++) {
        quoted ^= in->plain.data[at] == '"';
        if (quoted || !is_mark(in->plain, at, mark))
            continue;
        size_t end = closing(in->plain, at, mark);
        if (end == 0)
            continue;
        if (struck && is_whole(in->plain, at, end + size)) {
            if (end + size < in->plain.size)
                drop(in, end + size, in->plain.size);
            return;
        }
        if (struck) {
            size_t after = end + size +
                           (end + size < in->plain.size && is_blank(in->plain, end + size));
            in->struck_column = msched__text_column(in, in->plain.data + at);
            if (!drop(in, at, after))
                return;
        } else if (!drop(in, end, end + size) || !drop(in, at, at + size)) {
            return;
        }
    }
}

/* The end of an address in parentheses; 0: there is none. */
static size_t address_end(msched__slice s, size_t at)
{
    int address = 0;
    if (at >= s.size || s.data[at] != '(')
        return 0;
    for (size_t i = at + 1; i < s.size && s.data[i] != ' '; i++) {
        if (s.data[i] == ')')
            return address && i > at + 1 ? i + 1 : 0;
        address |= strchr(":/.#@", s.data[i]) != NULL;
    }
    return 0;
}

static void drop_links(msched__text_reader *in)
{
    for (size_t at = 0; at < in->plain.size; at++) {
        const msched__slice s = in->plain;
        if (s.data[at] != '[')
            continue;
        size_t close = at + 1;
        while (close < s.size && s.data[close] != ']' && s.data[close] != '[')
            close++;
        if (close == s.size || s.data[close] != ']' || close == at + 1)
            continue;
        size_t end = address_end(s, close + 1);
        if (end == 0)
            continue;
        int image = at > 0 && s.data[at - 1] == '!';
        if (!drop(in, close, end) || !drop(in, at - (size_t)image, at + 1))
            return;
    }
}

/* "[[Standup notes]]", "[[Projects/Tax|Taxes]]": the name that is shown. */
static void drop_wiki_links(msched__text_reader *in)
{
    for (size_t at = 0; at + 4 < in->plain.size; at++) {
        const msched__slice s = in->plain;
        size_t close = at + 2, shown = at + 2;
        if (s.data[at] != '[' || s.data[at + 1] != '[')
            continue;
        for (; close + 1 < s.size && s.data[close] != ']' && s.data[close] != '['; close++)
            shown = s.data[close] == '|' ? close + 1 : shown;
        if (close + 1 >= s.size || s.data[close] != ']' || s.data[close + 1] != ']' ||
            shown >= close)
            continue;
        if (!drop(in, close, close + 2) || !drop(in, at, shown))
            return;
    }
}

/* " ^1a2b3c" at the end, with which notes of Obsidian refer to a line. */
static void drop_block_name(msched__text_reader *in)
{
    const msched__slice s = in->plain;
    size_t at = s.size, digits = 0;
    while (at > 0 && s.size - at < 40 && (is_letter_or_digit(s, at - 1) || s.data[at - 1] == '-'))
        digits += (size_t)(msched__digit_at(s, --at) || s.data[at] == '-');
    if (s.size - at >= 3 && digits > 0 && at > 1 && s.data[at - 1] == '^' && s.data[at - 2] == ' ')
        drop(in, at - 2, s.size);
}

int msched__text_markup(msched__text_reader *in)
{
    static const char *const marks[] = {STRUCK, "**", "__", "==", "`", "*", "_"};
    in->dropped_count = in->struck_column = 0;
    int found = 0;
    for (size_t i = 0; i < in->plain.size && !found; i++)
        found = strchr("*_~=`(^", in->plain.data[i]) != NULL ||
                (in->plain.data[i] == '[' && msched__byte_at(in->plain, i + 1) == '[');
    if (!found || msched__text_keeps_words(in->plain))
        return 1;
    if (in->plain.data == in->line.data) {
        if (!msched__text_plain_room(in))
            return 0;
        memcpy(in->plain_text, in->line.data, in->line.size);
        for (size_t i = 0; i <= in->line.size; i++)
            in->plain_from[i] = (uint16_t)i;
        in->plain = (msched__slice){in->plain_text, in->line.size};
    }
    drop_block_name(in);
    drop_wiki_links(in);
    drop_links(in);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        drop_pairs(in, marks[i]);
    return 1;
}
