/*
 * A line of plan text, checked and in plain characters: full-width digits, dashes and spaces of all
 * kinds become ASCII.
 */
#include "base/alloc.h"
#include "base/utf8.h"
#include "plan/text/plan_text.h"

#include <string.h>

#define PLAIN_MAX (2 * MSCHED__LINE_MAX_BYTES + 1)

static const struct {
    uint32_t first, last;
    const char *plain;
} kinds[] = {
    {0x00A0, 0x00A0, " "},   {0x00AB, 0x00AB, "\""},  {0x00B1, 0x00B1, "~"},
    {0x00BB, 0x00BB, "\""},  {0x00BC, 0x00BC, ".25"}, {0x00BD, 0x00BD, ".5"},
    {0x00BE, 0x00BE, ".75"}, {0x2000, 0x200A, " "},   {0x200B, 0x200F, ""},
    {0x2010, 0x2015, "-"},   {0x2018, 0x2019, "'"},   {0x201C, 0x201F, "\""},
    {0x202F, 0x202F, " "},   {0x2032, 0x2032, "'"},   {0x205F, 0x205F, " "},
    {0x2060, 0x2060, ""},    {0x2192, 0x2192, "->"},  {0x2212, 0x2212, "-"},
    {0x2236, 0x2236, ":"},   {0x22C5, 0x22C5, " "},   {0x2248, 0x2248, "~"},
    {0x2264, 0x2264, "<"},   {0x2265, 0x2265, ">"},   {0x3000, 0x3000, " "},
    {0x301C, 0x301C, "~"},   {0xFE0F, 0xFE0F, ""},    {0xFE58, 0xFE58, "-"},
    {0xFE63, 0xFE63, "-"},   {0xFEFF, 0xFEFF, ""},
};

/* The end of the time before " PM" or "am" that ends at an offset; the offset without it. */
static size_t before_half(msched__slice s, size_t end)
{
    size_t at = end;
    if (at > 5 && (s.data[at - 1] | 32) == 'm' && strchr("aApP", s.data[at - 2]) != NULL)
        at -= 2;
    at -= at < end && s.data[at - 1] == ' ';
    return at < end && msched__digit_at(s, at - 1) ? at : end;
}

/*
 * The replacement of a tab: a dash between two clock times, because they are cells of a table:
 * "12:30 PM", "1:30 PM".
 */
static char tab_of(msched__slice s, size_t at)
{
    const size_t stop = before_half(s, at);
    size_t start = stop, end = at + 1;
    while (start > 0 && (msched__digit_at(s, start - 1) || s.data[start - 1] == ':'))
        start--;
    while (end < s.size && (msched__digit_at(s, end) || s.data[end] == ':'))
        end++;
    int clocks = stop - start > 3 && end - at > 4 && s.data[stop - 3] == ':' &&
                 s.data[end - 3] == ':';
    return s.data[at] == '\t' && clocks ? '-' : ' ';
}

int msched__text_check_line(msched__text_reader *in)
{
    msched__slice *s = &in->line;
    if (s->size > 1 && s->data[0] == '/' && s->data[1] == '/')
        return 0;
    if (s->size > MSCHED__LINE_MAX_BYTES) {
        msched__diag_add(in->diag, MSCHED_SEVERITY_ERROR, in->line_number, 1, MSCHED_ERROR_LIMIT,
                         "line_too_long", "shorten it, or split it into several lines",
                         "the line has %zu bytes: the limit is %d", s->size,
                         MSCHED__LINE_MAX_BYTES);
        return 0;
    }
    size_t bad = msched__utf8_check(s->data, s->size);
    if (bad < s->size) {
        msched__text_error(in, s->data + bad, MSCHED_ERROR_ENCODING, "bad_utf8",
                           "save the text as UTF-8", "the line is not UTF-8 from here on");
        return 0;
    }
    int has_tab = 0;
    const char *const blanks = in->is_joined ? "\t\r\n" : "\t";
    for (size_t i = 0; i < s->size; i++) {
        int blank = s->data[i] != '\0' && strchr(blanks, s->data[i]) != NULL;
        has_tab |= blank;
        if (((unsigned char)s->data[i] < 0x20 && !blank) || s->data[i] == 0x7f) {
            msched__text_error(in, s->data + i, MSCHED_ERROR_VALUE, "bad_character", "remove it",
                               "this is a control character");
            return 0;
        }
    }
    if (has_tab) {
        char *copy = msched__arena_copy(&in->arena, s->data, s->size);
        if (copy == NULL) {
            in->failed = 1;
            return 0;
        }
        for (size_t i = 0; i < s->size; i++)
            copy[i] = (unsigned char)copy[i] < 0x20 ? tab_of(*s, i) : copy[i];
        s->data = copy;
    }
    return 1;
}

static const char *plain_of(uint32_t c)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0] && c >= kinds[i].first; i++)
        if (c <= kinds[i].last)
            return kinds[i].plain;
    return NULL;
}

static int is_picture(uint32_t c)
{
    return (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF) ||
           (c >= 0x2B00 && c <= 0x2BFF) || (c >= 0x231A && c <= 0x23FF);
}

static int is_plain_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t put(msched__text_reader *in, size_t size, char c, size_t from)
{
    in->plain_text[size] = c;
    in->plain_from[size] = (uint16_t)from;
    return size + 1;
}

int msched__text_plain_room(msched__text_reader *in)
{
    if (in->plain_text == NULL) {
        in->plain_text = msched__alloc_array(&in->memory, PLAIN_MAX, 1);
        in->plain_from = msched__alloc_array(&in->memory, PLAIN_MAX, sizeof *in->plain_from);
    }
    in->failed |= in->plain_text == NULL || in->plain_from == NULL;
    return !in->failed;
}

/* An emoji before or after a word is a separate word: "\xF0\x9F\x8F\x83" "7:00" . */
static size_t put_char(msched__text_reader *in, size_t size, size_t start, size_t end, int *picture)
{
    const msched__slice line = in->line;
    size_t at = start;
    uint32_t c = msched__utf8_next(line.data, line.size, &at);
    char ascii[2] = {(char)(c - 0xFEE0), '\0'};
    const char *plain = c >= 0xFF01 && c <= 0xFF5E ? ascii : plain_of(c);
    const char *from = plain != NULL ? plain : line.data + start;
    size_t count = plain != NULL ? strlen(plain) : end - start;
    int now = is_picture(c), apart = 0;
    if (*picture >= 0 && count > 0)
        apart = now ? size > 0 && is_plain_word(in->plain_text[size - 1])
                    : *picture && is_plain_word(from[0]);
    if (apart)
        size = put(in, size, ' ', start);
    for (size_t i = 0; i < count; i++)
        size = put(in, size, from[i], plain != NULL ? start : start + i);
    if (*picture >= 0 && count > 0)
        *picture = now;
    return size;
}

/* Each rule looks past blanks from many places, so that a run of thousands would take seconds. */
#define MOST_BLANKS 16

/* 1 if a text ends in more blanks than that, after other characters. */
static int is_surplus(msched__slice s)
{
    size_t blanks = 0;
    while (blanks <= MOST_BLANKS && blanks < s.size && s.data[s.size - 1 - blanks] == ' ')
        blanks++;
    return blanks > MOST_BLANKS && s.size > blanks;
}

/* 1 if the line is ASCII and has no surplus blanks. */
static int is_plain_line(msched__slice s)
{
    size_t blanks = 0;
    for (size_t at = 0; at < s.size; at++) {
        blanks = s.data[at] == ' ' ? blanks + 1 : 0;
        if ((unsigned char)s.data[at] >= 0x80 || blanks > MOST_BLANKS)
            return 0;
    }
    return 1;
}

int msched__text_plain(msched__text_reader *in)
{
    const msched__slice line = in->line;
    size_t at = 0, size = 0;
    in->plain = line;
    if (is_plain_line(line))
        return 1;
    if (!msched__text_plain_room(in))
        return 0;
    int picture = msched__text_keeps_words(line) ? -1 : 0; /* a song keeps its spelling */
    for (at = 0; at < line.size;) {
        size_t start = at;
        msched__utf8_next(line.data, line.size, &at);
        size = put_char(in, size, start, at, &picture);
        size -= is_surplus((msched__slice){in->plain_text, size});
    }
    in->plain_from[size] = (uint16_t)line.size;
    in->plain = (msched__slice){in->plain_text, size};
    return 1;
}

/*
 * Words from the one that opens a quotation to the one that closes it. Unclosed quotation marks are
 * ignored.
 */
static void mark_quoted(msched__text_reader *in)
{
    uint32_t open = UINT32_MAX;
    for (uint32_t i = 0; i < in->word_count; i++) {
        msched__slice word = in->words[i];
        while (word.size > 0 && strchr(",;.:!?)", word.data[word.size - 1]) != NULL)
            word.size--;
        int begins = word.size > 0 && word.data[0] == '"',
            ends = word.size > 0 && word.data[word.size - 1] == '"';
        if (open == UINT32_MAX && begins)
            open = i;
        else if (open == UINT32_MAX || !ends)
            continue;
        if (!ends || (open == i && word.size == 1))
            continue;
        for (uint32_t k = open; k <= i; k++)
            in->quoted[k] = 1;
        open = UINT32_MAX;
    }
}

int msched__text_split(msched__text_reader *in, msched__slice slice)
{
    in->word_count = 0;
    size_t at = 0;
    for (;;) {
        while (at < slice.size && (slice.data[at] == ' ' || slice.data[at] == '\t'))
            at++;
        if (at == slice.size)
            break;
        size_t start = at;
        while (at < slice.size && slice.data[at] != ' ' && slice.data[at] != '\t')
            at++;
        void *words = in->words, *quoted = in->quoted;
        size_t wanted = (size_t)in->word_count + 1;
        if (!msched__grow(&in->memory, &words, &in->word_capacity, wanted, sizeof *in->words)) {
            in->failed = 1;
            return 0;
        }
        in->words = words;
        if (!msched__grow(&in->memory, &quoted, &in->quoted_capacity, wanted, sizeof *in->quoted)) {
            in->failed = 1;
            return 0;
        }
        in->quoted = quoted;
        in->quoted[in->word_count] = 0;
        in->words[in->word_count++] = (msched__slice){slice.data + start, at - start};
    }
    mark_quoted(in);
    return 1;
}

msched__slice msched__text_words(const msched__text_reader *in, uint32_t first, uint32_t last)
{
    const char *start = in->words[first].data;
    return (msched__slice){start, (size_t)(in->words[last].data + in->words[last].size - start)};
}
