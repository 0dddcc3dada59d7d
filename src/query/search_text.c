#include "query/search_text.h"

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

void msched__words_start(msched__words *words, const char *text, size_t size)
{
    words->text = text;
    words->size = size;
    words->at = 0;
    words->length = 0;
    words->symbol = 0;
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || ((unsigned char)c & 0x80);
}

/* End the word; a cut inside a character takes the whole character away. */
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

/* Whether text[at..) up to the next space holds a letter; *end is that space. */
static int chunk_has_letter(const msched__words *words, size_t at, size_t *end)
{
    int found = 0;
    for (; at < words->size && words->text[at] != ' '; at++)
        found |= is_letter(words->text[at]);
    *end = at;
    return found;
}

int msched__words_next(msched__words *words)
{
    const char *text = words->text;
    for (; words->at < words->size; words->at++) {
        size_t length = 0, end;
        if (is_letter(text[words->at])) {
            words->symbol = 0;
            for (; words->at < words->size && (is_letter(text[words->at]) || text[words->at] == '\''); words->at++)
                if (text[words->at] != '\'')
                    put(words, &length, text[words->at]);
            return finish_word(words, length);
        }
        if (text[words->at] != ' ' && (words->at == 0 || text[words->at - 1] == ' ') && !chunk_has_letter(words, words->at, &end)) {
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

unsigned msched__word_distance(const uint32_t *a, unsigned a_count, const uint32_t *b, unsigned b_count, unsigned limit)
{
    uint8_t rows[3][MSCHED__TYPO_LETTERS + 1];
    uint8_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (unsigned j = 0; j <= b_count; j++)
        last[j] = (uint8_t)j;
    for (unsigned i = 1; i <= a_count; i++) {
        unsigned best = row[0] = (uint8_t)i;
        for (unsigned j = 1; j <= b_count; j++) {
            unsigned cost = last[j - 1] + (a[i - 1] != b[j - 1]);
            if (last[j] + 1u < cost)
                cost = last[j] + 1u;
            if (row[j - 1] + 1u < cost)
                cost = row[j - 1] + 1u;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1u < cost)
                cost = before[j - 2] + 1u;
            row[j] = (uint8_t)cost;
            best = cost < best ? cost : best;
        }
        if (best > limit)
            return limit + 1;
        uint8_t *swap = before;
        before = last;
        last = row;
        row = swap;
    }
    return last[b_count] <= limit ? last[b_count] : limit + 1;
}
