/* plan/words/text_writer.h: write the plain line, and test what is at an offset of it. */
#ifndef MSCHED_PLAN_WORDS_TEXT_WRITER_H
#define MSCHED_PLAN_WORDS_TEXT_WRITER_H

#include "base/slice.h"
#include "plan/words/text_scan.h"

#include <stdint.h>

typedef struct msched__writer {
    msched__slice from; /* the plain line */
    char *text;
    uint16_t *origin; /* offset in `from` of each byte of the text */
    size_t size;
    int changed;
} msched__writer;

/* Append a text, or bytes of the line; the text belongs to offset `at`. */
void msched__write_text(msched__writer *w, const char *text, size_t at);
void msched__write_bytes(msched__writer *w, size_t at, size_t count);

/* A space or tab, or the end. */
static inline int msched__blank_at(msched__slice s, size_t at)
{
    return at >= s.size || s.data[at] == ' ' || s.data[at] == '\t';
}

static inline size_t msched__after_blanks(msched__slice s, size_t at)
{
    while (at < s.size && msched__blank_at(s, at))
        at++;
    return at;
}

static inline char msched__byte_at(msched__slice s, size_t at)
{
    return at < s.size ? s.data[at] : '\0';
}

/* The rest of a phrase whose first byte matched. */
size_t msched__phrase_rest(msched__slice s, size_t at, const char *phrase);

/* Bytes of a phrase that is completely at an offset; 0: it is not. */
static inline size_t msched__phrase_at(msched__slice s, size_t at, const char *phrase)
{
    return at < s.size && msched__lower(s.data[at]) == phrase[0]
               ? msched__phrase_rest(s, at, phrase)
               : 0;
}

/* A number of one or two digits; returns their count, 0: none. */
size_t msched__short_number(msched__slice s, size_t at);
/* The number of digits that end before an offset. */
size_t msched__digits_before(msched__slice s, size_t at);
/* The character before an offset, skipping spaces; '\0' at the start. */
char msched__char_before(msched__slice s, size_t at);
/* A word as a whole. */
int msched__word_ahead(msched__slice s, size_t at, const char *word);
/* Bytes of one of the words at an offset, as a whole; 0: none. The list ends with NULL. */
size_t msched__any_ahead(msched__slice s, size_t at, const char *const *words);
/* 1 for a capital letter within a line, as in "Ocean's Eleven": a name. */
int msched__is_name_at(msched__slice s, size_t at);
/* The end of "h" or "h 30" at a place. */
size_t msched__spaced_hour(msched__slice s, size_t at);
/*
 * Bytes of "[28/11/2026, 09:12:03] Anna: ", "28.11.26, 09:12 - Anna: " or "[09:12, 28/11/2026]
 * Anna: ", before a chat message. *is_timed: a line above has the last form; set by it.
 */
size_t msched__chat_prefix(msched__slice s, int *is_timed);
/* 1 if one of the words, and blanks, are before an offset. */
int msched__follows_word(msched__slice s, size_t at, const char *const *words);
/* Bytes of "15:30", "15h30", "15h", "15u", "9.30", "9 Uhr", "9 am" and, with `alone`, of "9". */
size_t msched__clock_at(msched__slice s, size_t at, int alone);
/* 1 for "um 9 Bäcker" at the start of a line, which may be in the morning or in the evening. */
int msched__is_open_hour(msched__slice slice, size_t at, size_t number);

/*
 * Hours in words at a place (text_spoken.c): "at nine thirty" with the word before it, "halb neun",
 * after digits "heures", and "dix heures". Bytes of the line that are done; 0: it is not there.
 */
size_t msched__take_spoken_hour(msched__writer *w, size_t at);
size_t msched__take_german_hour(msched__writer *w, size_t at);
size_t msched__take_french_hours(msched__writer *w, size_t at);
size_t msched__take_french_words(msched__writer *w, size_t at);
/* "7pm-ish", "2:30ish", "3pm~": about that time. */
size_t msched__take_ish(msched__writer *w, size_t at);

#endif
