#include "query/lookup/search_text.h"

#include "base/fold.h"
#include "base/utf8.h"

#include <string.h>

size_t msched__search_normal(char *out, const char *data, size_t size)
{
    size_t folded = msched__fold_search(out, data, size), used = 0;
    for (size_t i = 0; i < folded; i++) {
        char c = out[i];
        if (c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f')
            c = ' ';
        if (c != ' ' || (used > 0 && out[used - 1] != ' '))
            out[used++] = c;
    }
    if (used > 0 && out[used - 1] == ' ')
        used--;
    out[used] = '\0';
    return used;
}

size_t msched__title_proper(const char *title)
{
    size_t size = 0;
    while (title[size] != '\0' &&
           (title[size] != ' ' || (title[size + 1] != '(' && title[size + 1] != '[' &&
                                   (title[size + 1] != '-' || title[size + 2] != ' '))))
        size++;
    return size;
}

void msched__words_start(msched__words *words, const char *text, size_t size)
{
    words->text = text;
    words->size = size;
    words->at = 0;
    words->length = 0;
    words->symbol = 0;
}

int msched__is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           ((unsigned char)c & 0x80);
}

/* End the word; a cut inside a character removes the whole character. */
static int finish_word(msched__words *words, size_t length)
{
    if (length > MSCHED__WORD_BYTES) {
        length = MSCHED__WORD_BYTES;
        while (((unsigned char)words->word[length] & 0xC0) == 0x80)
            length--;
    }
    words->word[length] = '\0';
    words->length = length;
    return 1;
}

static void put(msched__words *words, size_t *length, char c)
{
    if (*length <= MSCHED__WORD_BYTES)
        words->word[(*length)++] = c;
}

/* Whether text[at..) up to the next space contains a letter; *end is that space. */
static int chunk_has_letter(const msched__words *words, size_t at, size_t *end)
{
    int found = 0;
    for (; at < words->size && words->text[at] != ' '; at++)
        found |= msched__is_letter(words->text[at]);
    *end = at;
    return found;
}

int msched__words_next(msched__words *words)
{
    const char *text = words->text;
    for (; words->at < words->size; words->at++) {
        size_t length = 0, end;
        if (msched__is_letter(text[words->at])) {
            words->symbol = 0;
            for (; words->at < words->size &&
                   (msched__is_letter(text[words->at]) || text[words->at] == '\'');
                 words->at++)
                if (text[words->at] != '\'')
                    put(words, &length, text[words->at]);
            return finish_word(words, length);
        }
        if (text[words->at] != ' ' && (words->at == 0 || text[words->at - 1] == ' ') &&
            !chunk_has_letter(words, words->at, &end)) {
            words->symbol = 1;
            for (; words->at < end; words->at++)
                put(words, &length, text[words->at]);
            return finish_word(words, length);
        }
    }
    return 0;
}

unsigned msched__word_letters(uint32_t letters[MSCHED__TYPO_LETTERS], const char *word)
{
    size_t size = strlen(word), at = 0;
    unsigned count = 0;
    while (at < size) {
        if (count == MSCHED__TYPO_LETTERS)
            return 0;
        letters[count++] = msched__utf8_next(word, size, &at);
    }
    return count;
}

uint32_t msched__word_signature(const uint32_t *letters, unsigned count)
{
    uint32_t bits = 0;
    for (unsigned i = 0; i < count; i++) {
        uint32_t c = letters[i];
        bits |= UINT32_C(1) << (c >= 'a' && c <= 'z' ? c - 'a' : 26 + c % 6);
    }
    return bits;
}

void msched__typed_read(msched__typed *typed, const char *word)
{
    memset(typed, 0, sizeof *typed);
    typed->count = msched__word_letters(typed->letters, word);
    typed->signature = msched__word_signature(typed->letters, typed->count);
    for (unsigned i = 0; i < typed->count; i++)
        if (typed->letters[i] < 128)
            typed->ascii[typed->letters[i]] |= UINT32_C(1) << i;
}

/* Bit i: letters[i] is the letter at word[*at], which is passed. */
static uint32_t places_of_next(const msched__typed *typed, const char *word, size_t *at)
{
    if ((unsigned char)word[*at] < 128)
        return typed->ascii[(unsigned char)word[(*at)++]];
    uint32_t letter = msched__utf8_next(word, *at + 4, at), places = 0;
    for (unsigned i = 0; i < typed->count; i++)
        places |= (uint32_t)(typed->letters[i] == letter) << i;
    return places;
}

/*
 * Hyyro, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances" (2003): a
 * column of the table of distances as bits, whose i-th bits in `up` and `down` show whether cell i
 * is one more or one less than the cell above it.
 */
unsigned msched__typed_distance(const msched__typed *typed, const char *word)
{
    uint32_t up = UINT32_MAX, down = 0, equal = 0, places_before = 0;
    const uint32_t last = UINT32_C(1) << (typed->count - 1);
    unsigned distance = typed->count;
    for (size_t at = 0; word[at] != '\0';) {
        uint32_t places = places_of_next(typed, word, &at);
        uint32_t swapped = ((~equal & places) << 1) & places_before;
        equal = (((places & up) + up) ^ up) | places | down | swapped;
        uint32_t right_up = down | ~(equal | up), right_down = equal & up;
        distance += (right_up & last) != 0;
        distance -= (right_down & last) != 0;
        right_up = right_up << 1 | 1;
        right_down <<= 1;
        up = right_down | ~(equal | right_up);
        down = right_up & equal;
        places_before = places;
    }
    return distance;
}
