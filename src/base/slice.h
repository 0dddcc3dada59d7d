/* base/slice.h: bytes that belong to someone else, not ended by a NUL. */
#ifndef MSCHED_BASE_SLICE_H
#define MSCHED_BASE_SLICE_H

#include <stddef.h>
#include <string.h>

typedef struct msched__slice {
    const char *data;
    size_t size;
} msched__slice;

/* As msched__trim, if no-break spaces may be among the blanks. */
msched__slice msched__trim_wide(msched__slice text);

/* Converts an ASCII capital to lower case, regardless of the locale, and keeps any other byte. */
static inline char msched__lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Copies `size` letters as msched__lower does. */
static inline void msched__lower_all(const char *text, size_t size, char *out)
{
    for (size_t i = 0; i < size; i++)
        out[i] = msched__lower(text[i]);
}

static inline int msched__begins_with(msched__slice text, const char *start)
{
    const size_t size = strlen(start);
    return text.size >= size && memcmp(text.data, start, size) == 0;
}

/* Whether a text begins with a word, which is in lower case. Ignores the case of ASCII letters. */
static inline int msched__begins_with_word(msched__slice text, const char *word)
{
    size_t i = 0;
    while (word[i] != '\0' && i < text.size && msched__lower(text.data[i]) == word[i])
        i++;
    return word[i] == '\0';
}

/* Whether a text is a word, which is in lower case. Ignores the case of ASCII letters. */
static inline int msched__is_word(msched__slice text, const char *word)
{
    for (size_t i = 0; i < text.size; i++)
        if (word[i] == '\0' || msched__lower(text.data[i]) != word[i])
            return 0;
    return word[text.size] == '\0';
}

/*
 * Whether two strings are equal, or their first `size` bytes are. Ignores the case of ASCII
 * letters.
 */
static inline int msched__same_letters(const char *a, const char *b, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (msched__lower(a[i]) != msched__lower(b[i]))
            return 0;
        if (a[i] == '\0')
            return 1;
    }
    return 1;
}

static inline size_t msched__count_bytes(msched__slice text, char byte)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += text.data[i] == byte;
    return count;
}

/* Whether a byte is a visible character of ASCII. */
static inline int msched__is_visible(char byte)
{
    return (unsigned char)byte - 33u < 94u;
}

/* Without spaces, tabs and no-break spaces (UTF-8) at both ends. */
static inline msched__slice msched__trim(msched__slice text)
{
    /* most texts have none there */
    if (text.size == 0 ||
        (msched__is_visible(text.data[0]) && msched__is_visible(text.data[text.size - 1])))
        return text;
    while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '\t')) {
        text.data++;
        text.size--;
    }
    while (text.size > 0 && (text.data[text.size - 1] == ' ' || text.data[text.size - 1] == '\t'))
        text.size--;
    return text.size > 1 && (text.data[0] == '\xC2' || text.data[text.size - 1] == '\xA0')
               ? msched__trim_wide(text)
               : text;
}

#endif
