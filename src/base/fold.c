#include "base/fold.h"

#include "base/fold_table.h"
#include "base/utf8.h"

#include <string.h>

typedef struct fold_table {
    const uint16_t *blocks, *values;
    uint32_t end;
} fold_table;

/* A length byte and that many bytes of UTF-8, or NULL if the code point stays. */
static const unsigned char *folded(const fold_table *table, uint32_t code)
{
    if (code >= table->end)
        return NULL;
    uint32_t place = table->blocks[code / MSCHED__FOLD_BLOCK] * (uint32_t)MSCHED__FOLD_BLOCK +
                     code % MSCHED__FOLD_BLOCK;
    return table->values[place] == 0 ? NULL : msched__fold_texts + table->values[place];
}

/* Upper case ASCII letters of eight bytes below 0x80 made lower case. */
static uint64_t lower_eight(uint64_t word)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t from_a = word + ones * (0x80 - 'A');
    uint64_t past_z = word + ones * (0x7F - 'Z');
    return word | ((from_a & ~past_z & ones * 0x80) >> 2);
}

/* Hangul syllables are decomposed by the rule of the Unicode Standard, section 3.12. */
static size_t put_hangul(char *out, uint32_t syllable)
{
    uint32_t index = syllable - 0xAC00, trailing = index % 28;
    size_t size = msched__utf8_put(out, 0x1100 + index / 588);
    size += msched__utf8_put(out + size, 0x1161 + index % 588 / 28);
    if (trailing != 0)
        size += msched__utf8_put(out + size, 0x11A7 + trailing);
    return size;
}

/* One code point from data[*at] to out; bytes written. */
static size_t fold_one(char *out, const char *data, size_t size, size_t *at,
                       const fold_table *table, int hangul)
{
    size_t from = *at;
    uint32_t code = msched__utf8_next(data, size, at);
    if (hangul && code >= 0xAC00 && code <= 0xD7A3)
        return put_hangul(out, code);
    const unsigned char *text = folded(table, code);
    if (text == NULL) {
        memcpy(out, data + from, *at - from);
        return *at - from;
    }
    memcpy(out, text + 1, text[0]);
    return text[0];
}

static size_t fold(char *out, const char *data, size_t size, const fold_table *table, int search)
{
    size_t used = 0, at = 0;
    while (at < size) {
        uint64_t word;
        while (size - at >= sizeof word) {
            memcpy(&word, data + at, sizeof word);
            if ((word & UINT64_C(0x8080808080808080)) != 0)
                break;
            word = lower_eight(word);
            memcpy(out + used, &word, sizeof word);
            used += sizeof word;
            at += sizeof word;
        }
        size_t stop = size - at > sizeof word ? at + sizeof word : size;
        while (at < stop) {
            unsigned char byte = (unsigned char)data[at];
            if (byte < 0x80) {
                out[used++] = (char)(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte);
                at++;
            } else {
                used += fold_one(out + used, data, size, &at, table, search);
            }
        }
    }
    return used;
}

size_t msched__fold_case(char *out, const char *data, size_t size)
{
    static const fold_table table = {msched__fold_case_blocks, msched__fold_case_values,
                                     MSCHED__FOLD_CASE_END};
    return fold(out, data, size, &table, 0);
}

size_t msched__fold_search(char *out, const char *data, size_t size)
{
    static const fold_table table = {msched__fold_search_blocks, msched__fold_search_values,
                                     MSCHED__FOLD_SEARCH_END};
    return fold(out, data, size, &table, 1);
}
