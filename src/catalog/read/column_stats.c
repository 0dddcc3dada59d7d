#include "catalog/read/column_stats.h"

#include "catalog/cells/artist_title.h"
#include "catalog/cells/cell_number.h"
#include "catalog/cells/cells.h"
#include "catalog/cells/row.h"
#include "catalog/read/header.h"
#include "catalog/track_id.h"

#include <string.h>

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_letter(char c)
{
    return ((unsigned char)c | 0x20) >= 'a' && ((unsigned char)c | 0x20) <= 'z';
}

/* Ignoring the case of ASCII letters; `word` is in lower case. */
static int holds(msched__slice text, const char *word)
{
    const size_t size = strlen(word);
    for (size_t at = 0; at + size <= text.size; at++) {
        size_t same = 0;
        while (same < size &&
               (is_letter(text.data[at + same]) ? text.data[at + same] | 0x20
                                                : text.data[at + same]) == word[same])
            same++;
        if (same == size)
            return 1;
    }
    return 0;
}

static int holds_any(msched__slice text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (holds(text, words[i]))
            return 1;
    return 0;
}

#define HOLDS_ANY(text, words) holds_any(text, words, sizeof(words) / sizeof(words)[0])

static int is_one_of(msched__slice text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text.size == strlen(words[i]) && holds(text, words[i]))
            return 1;
    return 0;
}

/* 22 letters and digits, of both kinds. */
static int is_id(msched__slice text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!is_digit(text.data[i]) && !is_letter(text.data[i]))
            return 0;
        digits += (size_t)is_digit(text.data[i]);
    }
    return text.size == 22 && digits > 0 && digits < 22;
}

static int is_date(msched__slice text)
{
    msched__values values;
    msched__evidence evidence = {0};
    int has_sign = 0;
    if (text.size >= 16 && (text.data[10] == 'T' || text.data[10] == ' ') && text.data[13] == ':')
        text.size = 10; /* a moment: "2024-01-01T10:00:00+00:00" */
    for (size_t i = 0; i < text.size; i++) {
        if (!is_digit(text.data[i]) && strchr("-/.", text.data[i]) == NULL)
            return 0;
        has_sign += !is_digit(text.data[i]);
    }
    return has_sign == 2 && text.size >= 8 && text.size <= 10 &&
           msched__cell_date(text, &values, &evidence) == MSCHED__CELL_READ;
}

static int is_clock(msched__slice text)
{
    msched__values values;
    msched__evidence evidence = {0};
    return text.size <= 8 && memchr(text.data, ':', text.size) != NULL &&
           msched__cell_duration(text, MSCHED__UNIT_NONE, &values, &evidence) ==
               MSCHED__CELL_READ &&
           !values.plain_duration;
}

/* A text without blanks, such as "8oN1yfOR2_I" or a UUID: whether it has a digit is in *digit. */
static int is_code(msched__slice text, int *digit)
{
    *digit = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!is_digit(text.data[i]) && !is_letter(text.data[i]) && text.data[i] != '-' &&
            text.data[i] != '_')
            return 0;
        *digit |= is_digit(text.data[i]);
    }
    return text.size >= 8;
}

/* Codes of one length, most of them with digits, are not names. */
static void add_code(msched__column_stats *stats, msched__slice cell)
{
    int digit;
    if (stats->code_size == 0)
        stats->code_size = cell.size;
    if (cell.size == stats->code_size && is_code(cell, &digit)) {
        stats->codes++;
        stats->codes_with_digits += (uint32_t)digit;
    }
}

static void add_number(msched__column_stats *stats, msched__slice cell)
{
    double number;
    int percent;
    if (!msched__cell_number(cell, &number, &percent) || percent || number < 0 || number > 1e12)
        return;
    if (number != (double)(uint64_t)number)
        return;
    stats->years += number >= 1900 && number <= 2100;
    stats->percents += number <= 100;
    stats->counts_up += stats->whole > 0 && number == stats->before + 1;
    stats->low = stats->whole == 0 || number < stats->low ? number : stats->low;
    stats->high = stats->whole == 0 || number > stats->high ? number : stats->high;
    stats->sum += number;
    stats->before = number;
    stats->whole++;
}

/* Artist and title, perhaps with the album between them. */
static void add_parts(msched__column_stats *stats, msched__slice cell)
{
    msched__slice first, rest, last, before, album, title;
    const uint32_t row = stats->rows;
    enum msched__between between = MSCHED__BETWEEN_DASH;
    if (!msched__split_artist_title(cell, 0, between, &first, &rest)) {
        between = MSCHED__BETWEEN_SLASH;
        if (!msched__split_artist_title(cell, 0, between, &first, &rest))
            return;
    }
    stats->dashes += between == MSCHED__BETWEEN_DASH;
    stats->slashes += between == MSCHED__BETWEEN_SLASH;
    stats->left[row] = msched__intern_hash(&first, 1) | 1;
    if (!msched__split_artist_title(cell, 1, between, &last, &before))
        return;
    stats->right[row] = msched__intern_hash(&last, 1) | 1;
    stats->single_dashes += between == MSCHED__BETWEEN_DASH && before.size == first.size;
    if (between == MSCHED__BETWEEN_DASH &&
        msched__split_artist_title(rest, 0, between, &album, &title) && title.size == last.size) {
        stats->double_dashes++;
        stats->middle[row] = msched__intern_hash(&album, 1) | 1;
    }
}

static void add_text(msched__column_stats *stats, msched__slice cell)
{
    static const char *const genres[] = {
        "pop",   "rock",    "hip hop", "hip-hop", "jazz",   "metal",   "folk",
        "soul",  "techno",  "house",   "latin",   "reggae", "country", "blues",
        "punk",  "indie",   "disco",   "electro", "edm",    "r&b",     "rap",
        "dance", "classic", "ambient", "funk",    "gospel", "trance",  "schlager"};
    static const char *const title_marks[] = {
        "(", ")", "[", "remix", "remaster", " live", " edit", "version", "?", "feat. ", "ft. "};
    static const char *const artist_marks[] = {" & ", ", ", ";", " and the ", "orchestra", " band"};
    static const char *const words[] = {
        "true",     "false", "major", "minor",     "yes", "no",         "clean", "track",
        "explicit", "song",  "si",    "s\xC3\xAD", "sim", "n\xC3\xA3o", "oui",   "non",
        "ja",       "nein",  "da",    "ne",        "tak", "nie"};
    const int is_flag = cell.size == 1 && is_letter(cell.data[0]); /* "y" */
    stats->plain_words += (uint32_t)(is_flag ||
                                     is_one_of(cell, words, sizeof words / sizeof words[0]));
    stats->genres += (uint32_t)(cell.size < 40 && HOLDS_ANY(cell, genres));
    stats->title_marks += (uint32_t)HOLDS_ANY(cell, title_marks);
    stats->artist_marks += (uint32_t)(HOLDS_ANY(cell, artist_marks) ||
                                      (cell.size > 4 && memcmp(cell.data, "The ", 4) == 0));
    add_parts(stats, cell);
}

void msched__column_stats_add(msched__column_stats *stats, msched__slice cell)
{
    size_t letters = 0;
    cell = msched__trim(cell);
    if (stats->rows == MSCHED__STATS_ROWS)
        return;
    if (cell.size == 0 || msched__cell_is_unknown(cell)) {
        stats->rows++;
        return;
    }
    for (size_t i = 0; i < cell.size; i++)
        letters += (size_t)(is_letter(cell.data[i]) || (unsigned char)cell.data[i] >= 0x80);
    stats->filled++;
    stats->hash[stats->rows] = msched__intern_hash(&cell, 1) | 1;
    stats->links += (uint32_t)(msched__track_id_of(cell).size < cell.size);
    stats->ids += (uint32_t)is_id(cell);
    stats->clocks += (uint32_t)is_clock(cell);
    stats->dates += (uint32_t)is_date(cell);
    stats->letters += letters > 0 && memchr(cell.data, ':', cell.size) != cell.data &&
                      !holds(cell, "://") && !holds(cell, "spotify:");
    add_number(stats, cell);
    add_code(stats, cell);
    if (letters > 0)
        add_text(stats, cell);
    stats->rows++;
}

uint32_t msched__distinct(const uint64_t *hashes, uint32_t count)
{
    uint32_t distinct = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t j = 0;
        while (j < i && hashes[j] != hashes[i])
            j++;
        distinct += hashes[i] != 0 && j == i;
    }
    return distinct;
}

int msched__determines(const msched__column_stats *by, const msched__column_stats *of)
{
    uint32_t broken = 0;
    for (uint32_t i = 0; i < by->rows; i++) {
        uint32_t j = 0;
        while (j < i && (by->hash[j] != by->hash[i] || by->hash[i] == 0))
            j++;
        broken += j < i && of->hash[j] != of->hash[i];
    }
    return 20 * broken <= by->rows;
}

/* 19 in 20 of the cells that are filled. */
static int are_all(const msched__column_stats *stats, uint32_t part)
{
    return part > 0 && 20 * (uint64_t)part >= 19 * (uint64_t)stats->filled;
}

static enum msched__column_kind kind_of_numbers(const msched__column_stats *stats)
{
    const double mean = stats->sum / stats->whole;
    if (are_all(stats, stats->counts_up + 1) && stats->filled > 2)
        return MSCHED__KIND_OTHER; /* numbers of rows */
    if (are_all(stats, stats->years))
        return MSCHED__KIND_DATE;
    if (stats->low >= 10000 && stats->high <= 7200000 && mean >= 60000 && mean <= 900000)
        return MSCHED__KIND_MILLISECONDS;
    if (stats->high >= 20 && stats->high <= 100)
        return MSCHED__KIND_PERCENT;
    if (stats->low >= 60 && stats->high >= 200 && stats->high <= 1500 && mean >= 150 && mean <= 420)
        return MSCHED__KIND_SECONDS;
    return MSCHED__KIND_OTHER;
}

enum msched__column_kind msched__column_stats_kind(const msched__column_stats *stats)
{
    if (2 * stats->filled < stats->rows || stats->filled == 0)
        return MSCHED__KIND_NOTHING;
    if (are_all(stats, stats->links) || are_all(stats, stats->ids))
        return MSCHED__KIND_TRACK_ID;
    if (are_all(stats, stats->clocks))
        return MSCHED__KIND_CLOCK;
    if (are_all(stats, stats->dates))
        return MSCHED__KIND_DATE;
    if (are_all(stats, stats->whole))
        return kind_of_numbers(stats);
    if (10 * (uint64_t)stats->letters < 8 * (uint64_t)stats->filled ||
        2 * stats->plain_words > stats->filled ||
        (are_all(stats, stats->codes) && 2 * stats->codes_with_digits > stats->filled))
        return MSCHED__KIND_OTHER;
    return 10 * (uint64_t)stats->genres >= 6 * (uint64_t)stats->filled ? MSCHED__KIND_GENRE
                                                                       : MSCHED__KIND_TEXT;
}
