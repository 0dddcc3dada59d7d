#include "format/charset.h"

#include "base/utf8.h"

#include <string.h>

/*
 * Encodings with two bytes per character. The national standards order their characters: the first
 * level of each contains the common ones, so their share shows whether an encoding is right.
 * Chinese and Korean use the same bytes, and differ in which of them are the most frequent.
 */

/* The most frequent characters of Chinese in GB 2312. */
static const char chinese[] =
    "\xD2\xBB\xC9\xCF\xCF\xC2\xB2\xBB\xD6\xD0\xCE\xAA\xC3\xB4\xD6\xAE\xD2\xB2\xC1\xCB"
    "\xCA\xC2\xC8\xCB\xB4\xD3\xCB\xFB\xD2\xD4\xC3\xC7\xBB\xE1\xB5\xAB\xD7\xF7\xC4\xE3"
    "\xB9\xE2\xD4\xD9\xB3\xF6\xB7\xD6\xB5\xBD\xC7\xB0\xB6\xAF\xC8\xA5\xB7\xA2\xD6\xBB"
    "\xBF\xC9\xCD\xAC\xBA\xF3\xBA\xCD\xD2\xF2\xB9\xFA\xD4\xDA\xB5\xD8\xB3\xC7\xB6\xE0"
    "\xD2\xB9\xB4\xF3\xCC\xEC\xCB\xFD\xBA\xC3\xC8\xE7\xD7\xD3\xD1\xA7\xB6\xA8\xCA\xB5"
    "\xBC\xD2\xB6\xD4\xD0\xA1\xBE\xCD\xC4\xEA\xBF\xAA\xB5\xB1\xB5\xC3\xD0\xC4\xC1\xB5"
    "\xC7\xE9\xCF\xEB\xB3\xC9\xCE\xD2\xCB\xF9\xCA\xD6\xB7\xBD\xCA\xB1\xD0\xC7\xCA\xC7"
    "\xD7\xEE\xD4\xC2\xD3\xD0\xB1\xBE\xC0\xB4\xC3\xCE\xB8\xE8\xC3\xBB\xB7\xA8\xBA\xA3"
    "\xC8\xBB\xB0\xAE\xCF\xD6\xC9\xFA\xD3\xC3\xB5\xC4\xBF\xB4\xD7\xC5\xBA\xEC\xBE\xAD"
    "\xC3\xC0\xC0\xCF\xB6\xF8\xC4\xDC\xD7\xD4\xBB\xA8\xD0\xD0\xD2\xAA\xBC\xFB\xCB\xB5"
    "\xC6\xF0\xB9\xFD\xBB\xB9\xD5\xE2\xBD\xF8\xB5\xC0\xC4\xC7\xB6\xBC\xC0\xEF\xD3\xEA"
    "\xD1\xA9\xC3\xE6\xB7\xE7\xB7\xC9";
/* Those of Korean in KS X 1001. */
static const char korean[] =
    "\xB0\xA1\xB0\xB0\xB0\xD4\xB0\xED\xB1\xD7\xB1\xE2\xB1\xE6\xB1\xE8\xB2\xC9\xB3\xAA"
    "\xB3\xAF\xB3\xBB\xB3\xCA\xB3\xEB\xB4\xAB\xB4\xC2\xB4\xD9\xB4\xE7\xB4\xEB\xB5\xA5"
    "\xB5\xB5\xB5\xE7\xB6\xF3\xB6\xF7\xB6\xFB\xB7\xA1\xB7\xCE\xB8\xA6\xB8\xAE\xB8\xB6"
    "\xB8\xB8\xB8\xE9\xB8\xF0\xB9\xD9\xB9\xDA\xB9\xE3\xBA\xB0\xBA\xB8\xBA\xBD\xBA\xCE"
    "\xBB\xE7\xBC\xAD\xBC\xB1\xBC\xD2\xBC\xF6\xBD\xBA\xBD\xC3\xBD\xC5\xBE\xC6\xBE\xC8"
    "\xBE\xCA\xBE\xEE\xBE\xF8\xBF\xA1\xBF\xA9\xBF\xC0\xBF\xCD\xBF\xE4\xBF\xEC\xC0\xB8"
    "\xC0\xBA\xC0\xBB\xC0\xC7\xC0\xCC\xC0\xCE\xC0\xCF\xC0\xDA\xC0\xE5\xC0\xFC\xC1\xA4"
    "\xC1\xA6\xC1\xD6\xC1\xF6\xC7\xCF\xC7\xD1\xC7\xD8";

enum kind { BROKEN, CUT_OFF, NEUTRAL, RARE, COMMON, FREQUENT };

typedef struct character {
    enum kind kind;
    size_t size;
} character;

static int is_in(unsigned byte, unsigned low, unsigned high)
{
    return byte >= low && byte <= high;
}

static int is_listed(const char *list, size_t size, const unsigned char *pair)
{
    for (size_t i = 0; i < size; i += 2)
        if (memcmp(list + i, pair, 2) == 0)
            return 1;
    return 0;
}

/* The common part of encodings whose second byte has its highest bit set where that matters. */
static character of_pair(enum kind kind, int is_valid)
{
    return is_valid ? (character){kind, 2} : (character){BROKEN, 1};
}

static character gb_character(const unsigned char *at, size_t left)
{
    if (left < 2)
        return (character){CUT_OFF, 1};
    if (is_in(at[0], 0x81, 0xFE) && is_in(at[1], 0x30, 0x39))
        return left < 4                                               ? (character){CUT_OFF, left}
               : is_in(at[2], 0x81, 0xFE) && is_in(at[3], 0x30, 0x39) ? (character){RARE, 4}
                                                                      : (character){BROKEN, 1};
    const int is_pinyin = at[0] == 0xA8 && is_in(at[1], 0xA1, 0xBA); /* "é" of "Beyoncé", too */
    enum kind kind = at[1] < 0xA1                                 ? RARE
                     : is_in(at[0], 0xA1, 0xA3)                   ? NEUTRAL
                     : !is_in(at[0], 0xB0, 0xD7)                  ? (is_pinyin ? COMMON : RARE)
                     : is_listed(chinese, sizeof chinese - 1, at) ? FREQUENT
                                                                  : COMMON;
    return of_pair(kind, is_in(at[0], 0x81, 0xFE) && is_in(at[1], 0x40, 0xFE) && at[1] != 0x7F);
}

static character korean_character(const unsigned char *at, size_t left)
{
    if (left < 2)
        return (character){CUT_OFF, 1};
    enum kind kind = at[1] < 0xA1                               ? RARE
                     : is_in(at[0], 0xA1, 0xA3)                 ? NEUTRAL
                     : !is_in(at[0], 0xB0, 0xC8)                ? RARE
                     : is_listed(korean, sizeof korean - 1, at) ? FREQUENT
                                                                : COMMON;
    return of_pair(kind, is_in(at[0], 0x81, 0xFE) &&
                             (is_in(at[1], 0x41, 0x5A) || is_in(at[1], 0x61, 0x7A) ||
                              is_in(at[1], 0x81, 0xFE)));
}

/* Two in five characters have an ASCII byte, unlike those of GB 2312 and KS X 1001. */
static character big5_character(const unsigned char *at, size_t left)
{
    if (left < 2)
        return (character){CUT_OFF, 1};
    enum kind kind = is_in(at[0], 0xA1, 0xA3)   ? NEUTRAL
                     : is_in(at[0], 0xA4, 0xC6) ? (at[1] < 0x80 ? FREQUENT : COMMON)
                                                : RARE;
    return of_pair(kind, is_in(at[0], 0x81, 0xFE) &&
                             (is_in(at[1], 0x40, 0x7E) || is_in(at[1], 0xA1, 0xFE)));
}

static character shift_jis_character(const unsigned char *at, size_t left)
{
    if (is_in(at[0], 0xA1, 0xDF))
        return (character){RARE, 1};
    if (left < 2)
        return (character){CUT_OFF, 1};
    enum kind kind = (at[0] == 0x82 && is_in(at[1], 0x9F, 0xF1)) ||
                             (at[0] == 0x83 && is_in(at[1], 0x40, 0x96))
                         ? FREQUENT
                     : at[0] == 0x81 || at[0] == 0x82                               ? NEUTRAL
                     : is_in(at[0], 0x89, 0x97) || (at[0] == 0x88 && at[1] >= 0x9F) ? COMMON
                                                                                    : RARE;
    return of_pair(kind, (is_in(at[0], 0x81, 0x9F) || is_in(at[0], 0xE0, 0xFC)) &&
                             is_in(at[1], 0x40, 0xFC) && at[1] != 0x7F);
}

static character euc_jp_character(const unsigned char *at, size_t left)
{
    if (left < 2 || (at[0] == 0x8F && left < 3))
        return (character){CUT_OFF, left};
    if (at[0] == 0x8F)
        return is_in(at[1], 0xA1, 0xFE) && is_in(at[2], 0xA1, 0xFE) ? (character){RARE, 3}
                                                                    : (character){BROKEN, 1};
    enum kind kind = is_in(at[0], 0xA4, 0xA5)   ? FREQUENT
                     : is_in(at[0], 0xA1, 0xA3) ? NEUTRAL
                     : is_in(at[0], 0xB0, 0xCF) ? COMMON
                                                : RARE;
    return of_pair(kind, (is_in(at[0], 0xA1, 0xFE) || at[0] == 0x8E) && is_in(at[1], 0xA1, 0xFE));
}

static const struct two_bytes {
    const char *name;
    character (*next)(const unsigned char *at, size_t left);
} two_bytes[] = {{"GB18030", gb_character},
                 {"BIG5-HKSCS", big5_character},
                 {"CP932", shift_jis_character},
                 {"EUC-JP", euc_jp_character},
                 {"CP949", korean_character}};

/* How well an encoding fits, 0..1, and the characters that it gives. */
typedef struct fit {
    const char *name;
    double score;
    uint32_t characters, common;
} fit;

static fit fit_of_two_bytes(const struct two_bytes *charset, msched__slice head)
{
    const unsigned char *at = (const unsigned char *)head.data;
    uint32_t counts[FREQUENT + 1] = {0};
    for (size_t left = head.size; left > 0;) {
        character next = {NEUTRAL, 1};
        if (*at >= 0x80) {
            next = charset->next(at, left);
            counts[next.kind]++;
        }
        at += next.size;
        left -= next.size;
    }
    const uint32_t all = counts[RARE] + counts[COMMON] + counts[FREQUENT];
    fit out = {charset->name, 0, all, counts[COMMON] + counts[FREQUENT]};
    if (all == 0 || 100 * counts[BROKEN] > all)
        return out;
    const double frequent = 5.0 * counts[FREQUENT] / all;
    out.score = (double)out.common / all * (0.5 + 0.5 * (frequent < 1 ? frequent : 1));
    return out;
}

/*
 * Encodings with one byte per character, by alphabet. Pairs in a list are ranges. The common
 * letters make up two thirds of a text.
 */
static const struct alphabet {
    const char *name;
    const char *common, *common_capitals;
    const char *letters, *capitals, *signs;
} alphabets[] = {
    {"CP1251", "\xEE\xE5\xE0\xE8\xED\xF2\xF1\xF0\xE2\xEB",
     "\xCE\xC5\xC0\xC8\xCD\xD2\xD1\xD0\xC2\xCB", "\xE0\xFF\xB8\xB8\xBA\xBA\xB3\xB4\xBF\xBF",
     "\xC0\xDF\xA8\xA8\xAA\xAA\xB2\xB2\xAF\xAF\xA5\xA5",
     "\x84\x85\x91\x97\xA0\xA0\xAB\xAB\xB9\xB9\xBB\xBB"},
    {"KOI8-R", "\xCF\xC5\xC1\xC9\xCE\xD4\xD3\xD2\xD7\xCC",
     "\xEF\xE5\xE1\xE9\xEE\xF4\xF3\xF2\xF7\xEC", "\xC0\xDF\xA3\xA3", "\xE0\xFF\xB3\xB3",
     "\x9A\x9A\xBF\xBF"},
    {"CP1253", "\xE1\xE9\xEF\xE5\xF4\xED\xF3\xF1\xE7\xF2\xDC",
     "\xC1\xC9\xCF\xC5\xD4\xCD\xD3\xD1\xC7\xD0", "\xE0\xFE\xDC\xDF\xC0\xC0",
     "\xC1\xD1\xD3\xDB\xA2\xA2\xB8\xBA\xBC\xBC\xBE\xBF",
     "\x84\x85\x91\x97\xA0\xA0\xAB\xAB\xBB\xBB"},
    {"CP874", "\xD2\xB9\xC3\xA1\xCD\xE0\xA7\xC1\xC2\xC5\xC7\xB4\xB7\xCA\xB5\xE8\xE9\xD1", "",
     "\xA1\xDA\xDF\xFB", "", "\x85\x85\x91\x97\xA0\xA0"},
    {"CP1255", "\xE9\xE5\xE4\xEC\xE0\xF8\xFA\xE1\xEE\xF9", "", "\xE0\xFA\xC0\xC9\xCB\xD3", "",
     "\x84\x85\x91\x97\xA0\xA0"},
    {"CP1256", "\xC7\xE1\xED\xE3\xE4\xD1\xCA\xC8\xE6\xC9\xD3\xCF\xDA", "",
     "\xC0\xD6\xD8\xDF\xE1\xE1\xE3\xE6\xEC\xED\x81\x81\x8D\x8E\x90\x90\x98\x98\xF0\xF3", "",
     "\x84\x85\x91\x97\xA0\xA1\xBA\xBA\xBF\xBF"},
};

enum letter { OTHER, SIGN, LETTER, COMMON_LETTER, CAPITAL, COMMON_CAPITAL };

static void set_ranges(uint8_t letters[256], const char *ranges, enum letter letter)
{
    for (; ranges[0] != '\0'; ranges += 2)
        memset(letters + (unsigned char)ranges[0], letter,
               (size_t)((unsigned char)ranges[1] - (unsigned char)ranges[0]) + 1);
}

static void set_list(uint8_t letters[256], const char *list, enum letter letter)
{
    for (; *list != '\0'; list++)
        letters[(unsigned char)*list] = (uint8_t)letter;
}

static int is_plain_letter(unsigned char byte)
{
    return is_in(byte | 0x20u, 'a', 'z');
}

/* The score of a letter for an alphabet, given the character before it. */
static double worth(enum letter letter, enum letter before)
{
    switch (letter) {
    case COMMON_LETTER:
        return 1;
    case LETTER:
        return 0.3;
    case COMMON_CAPITAL:
        return before == LETTER || before == COMMON_LETTER ? -1 : 0.9;
    case CAPITAL:
        return before == LETTER || before == COMMON_LETTER ? -1 : before == OTHER ? 0.6 : 0.2;
    default:
        return -1;
    }
}

static fit fit_of_alphabet(const struct alphabet *alphabet, msched__slice head)
{
    uint8_t letters[256] = {0};
    double sum = 0;
    fit out = {alphabet->name, 0, 0, 0};
    set_ranges(letters, alphabet->signs, SIGN);
    set_ranges(letters, alphabet->letters, LETTER);
    set_ranges(letters, alphabet->capitals, CAPITAL);
    set_list(letters, alphabet->common, COMMON_LETTER);
    set_list(letters, alphabet->common_capitals, COMMON_CAPITAL);
    const unsigned char *bytes = (const unsigned char *)head.data;
    for (size_t i = 0; i < head.size; i++) {
        const enum letter letter = letters[bytes[i]],
                          before = i == 0 ? OTHER : letters[bytes[i - 1]];
        if (bytes[i] < 0x80 || letter == SIGN)
            continue;
        /* a letter among ASCII letters belongs to no other alphabet */
        const int is_alone = before < LETTER && i > 0 && is_plain_letter(bytes[i - 1]);
        sum += is_alone ? -1 : worth(letter, before);
        out.characters++;
        out.common += letter == COMMON_LETTER || letter == COMMON_CAPITAL;
    }
    out.score = out.characters == 0 ? 0 : sum / out.characters / 0.75;
    out.score = out.score < 0 ? 0 : out.score > 1 ? 1 : out.score;
    return out;
}

/* Western and Central European text has one to three such letters among ASCII letters. */
static const struct latin {
    const char *name;
    const char *letters, *signs;
    const char *inner_signs; /* letters that hardly ever precede another one */
} latins[] = {
    {NULL, "\xC0\xD6\xD8\xF6\xF8\xFF\x8A\x8A\x8C\x8C\x8E\x8E\x9A\x9A\x9C\x9C\x9E\x9F",
     "\x80\x80\x82\x82\x84\x87\x89\x89\x91\x97\x99\x99\xA0\xA1\xA3\xA3\xA7\xAB\xAE\xAE\xB0\xB0"
     "\xB4\xB4\xB7\xB7\xBA\xBB\xBF\xBF",
     "\xEC\xEC\xF9\xF9\xA1\xA3\xAA\xAA\xBA\xBA\xBF\xBF"},
    {"CP1250",
     "\xC0\xD6\xD8\xF6\xF8\xFE\x8A\x8A\x8C\x8F\x9A\x9A\x9C\x9F\xA3\xA3\xA5\xA5\xAA\xAA\xAF\xAF\xB3"
     "\xB3\xB9\xBA\xBC\xBC\xBE\xBF",
     "\x80\x80\x82\x82\x84\x87\x89\x89\x91\x97\x99\x99\xA0\xA0\xA7\xA7\xA9\xA9\xAB\xAB\xAE\xAE"
     "\xB0\xB0\xB4\xB4\xB7\xB7\xBB\xBB",
     ""},
};

static fit fit_of_latin(const struct latin *latin, msched__slice head)
{
    uint8_t letters[256] = {0}, inner[256] = {0};
    double sum = 0;
    fit out = {latin->name, 0, 0, 0};
    set_ranges(letters, latin->signs, SIGN);
    set_ranges(letters, latin->letters, LETTER);
    set_ranges(inner, latin->inner_signs, LETTER);
    const unsigned char *bytes = (const unsigned char *)head.data;
    size_t run = 0;
    for (size_t i = 0; i < head.size; i++) {
        const int is_letter = letters[bytes[i]] == LETTER;
        run = bytes[i] >= 0x80 ? run + 1 : 0;
        if (run == 0)
            continue;
        const int before_letter = i + 1 < head.size && is_plain_letter(bytes[i + 1]),
                  behind_letter = i >= run && is_plain_letter(bytes[i - run]);
        const int is_good = run <= 3 && letters[bytes[i]] != OTHER &&
                            !(inner[bytes[i]] && before_letter && behind_letter);
        sum += !is_good ? -1 : is_letter && (before_letter || behind_letter) ? 1 : 0.6;
        out.characters++;
        out.common += (uint32_t)is_good;
    }
    out.score = out.characters == 0 || sum < 0 ? 0 : sum / out.characters;
    return out;
}

/* Lines with characters beyond ASCII: 1 if hardly any of them is UTF-8. */
static int is_no_utf8(msched__slice head)
{
    uint32_t good = 0, bad = 0;
    for (size_t at = 0; at < head.size;) {
        const char *end = memchr(head.data + at, '\n', head.size - at);
        if (end == NULL && at > 0)
            break; /* the last line may be cut */
        const size_t size = end == NULL ? head.size - at : (size_t)(end - head.data) - at;
        const msched__slice line = {head.data + at, size};
        int is_ascii = 1;
        for (size_t i = 0; is_ascii && i < size; i++)
            is_ascii = (unsigned char)line.data[i] < 0x80;
        if (!is_ascii && msched__utf8_check(line.data, size) == size)
            good++;
        else
            bad += !is_ascii;
        at += size + 1;
    }
    return bad > 0 && bad > 4 * good;
}

#define GOOD_ENOUGH 0.45
#define NEARLY      0.85 /* of the best score: then both are possible */

static void take(fit fits[2], fit next)
{
    if (next.score > fits[0].score) {
        fits[1] = fits[0];
        fits[0] = next;
    } else if (next.score > fits[1].score) {
        fits[1] = next;
    }
}

msched__charset msched__charset_of(msched__slice head)
{
    fit fits[2] = {{NULL, 0, 0, 0}, {NULL, 0, 0, 0}};
    if (msched__utf8_check(head.data, head.size) == head.size || !is_no_utf8(head))
        return (msched__charset){NULL, NULL, 0, 0, 0};
    const fit western = fit_of_latin(&latins[0], head), central = fit_of_latin(&latins[1], head);
    for (size_t i = 0; i < sizeof two_bytes / sizeof two_bytes[0]; i++)
        take(fits, fit_of_two_bytes(&two_bytes[i], head));
    for (size_t i = 0; i < sizeof alphabets / sizeof alphabets[0]; i++)
        take(fits, fit_of_alphabet(&alphabets[i], head));
    if (central.score > western.score + 0.1)
        take(fits, central);
    if (fits[0].score < GOOD_ENOUGH || fits[0].score < western.score + 0.1)
        return (msched__charset){NULL, NULL, western.characters, western.common,
                                 western.score < GOOD_ENOUGH};
    return (msched__charset){fits[0].name,
                             fits[1].score > NEARLY * fits[0].score ? fits[1].name : NULL,
                             fits[0].characters, fits[0].common, 0};
}
