/* plan/words/text_phrase.h: words around a time or a length, with the English ones they mean. */
#ifndef MSCHED_PLAN_WORDS_TEXT_PHRASE_H
#define MSCHED_PLAN_WORDS_TEXT_PHRASE_H

/* What must be next to a phrase. */
enum msched__beside {
    MSCHED__BESIDE_CLOCK,      /* a clock follows: 15:30, 15h, 9.30, 9 Uhr */
    MSCHED__BESIDE_HOUR,       /* a clock or an hour alone follows */
    MSCHED__BESIDE_HOUR_OF_24, /* the same, in a language with a 24-hour clock */
    MSCHED__BESIDE_MOMENT,     /* a clock time follows, but not "1h", which is a length */
    MSCHED__BESIDE_NUMBER,     /* a number precedes it */
    MSCHED__BESIDE_LENGTH,     /* a number and the beginning of a word follow: 1h */
    MSCHED__BESIDE_ALONE,      /* nothing */
    MSCHED__BESIDE_DATE,       /* a number or "every" follows */
    MSCHED__BESIDE_WEEKDAY,    /* the name of a weekday follows */
    MSCHED__BESIDE_UNIT,       /* a number and its unit precede it: 1h, 2 Stunden */
    MSCHED__BESIDE_LABEL,      /* the line begins with it, and continues */
    MSCHED__BESIDE_END         /* the line ends or a clock follows; in lower case */
};

typedef struct msched__phrase {
    const char *phrase, *plain;
    enum msched__beside beside;
} msched__phrase;

#endif
