/* query/lookup/search_text.h: normalize texts for lookup, and split them into words. */
#ifndef MSCHED_QUERY_LOOKUP_SEARCH_TEXT_H
#define MSCHED_QUERY_LOOKUP_SEARCH_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* Bytes that msched__search_normal needs for `size` bytes of input. */
#define MSCHED__NORMAL_ROOM(size) ((size)*20 + 1)

/*
 * Fold case and diacritics, reduce runs of spaces to a single space, and trim the ends. The text
 * ends with a NUL. Returns the number of bytes before it.
 */
size_t msched__search_normal(char *out, const char *data, size_t size);

/*
 * Bytes of a normal title without additions for a version: "song" of "song - live" and of "song
 * (feat. somebody)".
 */
size_t msched__title_proper(const char *title);

/* Letters, digits and every byte of a character beyond ASCII. */
int msched__is_letter(char c);

#define MSCHED__WORD_BYTES 64 /* longer words are cut in the same way everywhere */

/* Walks the words of a normal text. Apostrophes inside a word are dropped: "don't" is "dont". */
typedef struct msched__words {
    const char *text;
    size_t size, at;
    char word[MSCHED__WORD_BYTES + 1];
    size_t length;
    int symbol; /* the word is made of neither letters nor digits: "???" */
} msched__words;

void msched__words_start(msched__words *words, const char *text, size_t size);
/* 0 at the end. */
int msched__words_next(msched__words *words);

#define MSCHED__TYPO_LETTERS 32 /* longer words are not matched with mistakes */

/* Code points of a word; 0 when there are more than MSCHED__TYPO_LETTERS. */
unsigned msched__word_letters(uint32_t letters[MSCHED__TYPO_LETTERS], const char *word);
/* A bit set of the letters: one mistake changes at most two bits. */
uint32_t msched__word_signature(const uint32_t *letters, unsigned count);

/* A word prepared for comparison with many others. */
typedef struct msched__typed {
    uint32_t letters[MSCHED__TYPO_LETTERS];
    unsigned count; /* 0: too long to be compared */
    uint32_t signature;
    uint32_t ascii[128]; /* bit i: letters[i] is this one */
} msched__typed;

void msched__typed_read(msched__typed *typed, const char *word);
/*
 * Mistakes (wrong, missing, extra letters and swapped neighbors) between two words: optimal string
 * alignment distance.
 */
unsigned msched__typed_distance(const msched__typed *typed, const char *word);

#endif
