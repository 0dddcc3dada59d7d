/* Words in titles that show what the words and numbers next to them mean. */
#include "plan/words/text_title_words.h"

#include "plan/words/text_length.h"
#include "plan/words/text_writer.h"

#include <string.h>

int msched__begins_phrase(msched__slice word)
{
    static const char *const words[] = {"with",    "w/",
                                        "at",      "in",
                                        "on",      "about",
                                        "re",      "re:",
                                        "for",     "to",
                                        "before",  "after",
                                        "and",     "of",
                                        "from",    "@",
                                        "via",     "near",
                                        "by",      "while",
                                        "during",  "then",
                                        "mit",     "bei",
                                        "avec",    "con",
                                        "chez",    "bij",
                                        "met",     "nach",
                                        "vor",     "na",
                                        "voor",    "apr\303\250s",
                                        "avant",   "despu\303\251s",
                                        "despues", "antes",
                                        "dopo",    "prima",
                                        "depois",  "przed",
                                        "efter",   "innan",
                                        "tras",    "between",
                                        "po",      "if",
                                        "wenn",    "falls",
                                        "because", "weil",
                                        "unless",  NULL};
    size_t at = 0;
    return word.data[0] == '(' || word.data[0] == '@' || word.data[0] == '#' ||
           word.data[0] == '-' || word.data[0] == '|' ||
           (msched__take_any(word, &at, words) && at == word.size);
}

int msched__counts_things(msched__slice word)
{
    static const char nouns[] =
        " room rooms chapter chapters ch page pages pp p floor floors gate platform track "
        "tracks line lines level levels unit units lesson lessons exercise exercises season "
        "seasons episode episodes ep eps version versions ver v step steps week weeks grade "
        "grades year years question questions problem problems section sections part parts "
        "verse verses item items slide slides no nr number numbers order seat seats row rows "
        "building house apt suite route model release ticket tickets issue issues pr task "
        "tasks option options figure table article paragraph rule rules psalm psalms act "
        "scene score age ages size kapitel seite seiten aufgabe aufgaben python java ubuntu "
        "debian node php ruby android ios windows kernel usb module modules day days team "
        "teams group groups phase round volume vol book books john genesis matthew ";
    return msched__word_among(word, nouns);
}

int msched__ends_in_half(msched__slice word)
{
    const size_t size = word.size - (word.size > 0 && word.data[word.size - 1] == ',');
    return size >= 3 && memcmp(word.data + size - 3, "1/2", 3) == 0;
}

int msched__is_fraction_of(msched__slice last, msched__slice next)
{
    static const char things[] = " of de von di marathon marathons mile miles chapter chapters "
                                 "page pages cup pint price day days term time cake pie pizza "
                                 "loaf recipe dozen pound lb kg kilo liter litre apple onion "
                                 "chicken book album share ";
    return msched__ends_in_half(last) && msched__word_among(next, things);
}

int msched__names_place(msched__slice word, msched__slice next)
{
    static const char places[] = " room rm hs horsaal raum zimmer saal salle aula sala zaal hall "
                                 "lokaal building bldg lab ";
    return next.size > 0 && ((msched__counts_things(word) && msched__digit_at(next, 0)) ||
                             (next.size < 6 && msched__digit_at(next, next.size - 1) &&
                              msched__word_among(word, places)));
}

int msched__is_company(const msched__slice *words, uint32_t at)
{
    static const char *const with[] = {"with", "w/", "mit", "avec", "con", "met", NULL};
    size_t end = 0;
    return at > 1 && msched__take_any(words[at - 2], &end, with) && end == words[at - 2].size;
}

int msched__has_numbers_and_times(msched__slice word)
{
    static const char *const nouns[] = {"lesson", "lessons",  "team",      "teams", "group",
                                        "groups", "exercise", "exercises", "house", NULL};
    size_t at = 0;
    return msched__take_any(word, &at, nouns) && at == word.size;
}

int msched__is_separator(msched__slice word)
{
    for (size_t i = 0; i < word.size; i++)
        if (strchr("-|,;:/>&=*+", word.data[i]) == NULL)
            return (word.size == 2 && memcmp(word.data, "\xC2\xB7", 2) == 0) ||
                   (word.size == 3 && memcmp(word.data, "\xE2\x80\xA2", 3) == 0);
    return word.size > 0;
}

/* "1130" as hour and minute; "11" as an hour. 0: it is neither. *size: its digits. */
static int take_hour(msched__slice word, size_t *at, size_t *size)
{
    const size_t from = *at;
    const int32_t number = msched__take_number(word, at, 4);
    *size = *at - from;
    return number >= 0 &&
           (*size > 2 ? number / 100 <= 24 && number % 100 < 60 && number % 5 == 0 : number <= 24);
}

/* "9;30", "9,30" at the end, "11-1130", "630p", "9a-915a" */
static int is_near_clock(msched__slice word, int last)
{
    size_t at = 0, first, second;
    if (!take_hour(word, &at, &first) || at == word.size)
        return 0;
    const char mark = word.data[at];
    if (mark == ';' || mark == ',') {
        const size_t from = ++at;
        const int32_t minute = msched__take_number(word, &at, 2);
        return first < 3 && at == word.size && at == from + 2 && minute >= 0 && minute < 60 &&
               (mark == ';' || (last && minute % 15 == 0));
    }
    int halves = (mark | 32) == 'a' || (mark | 32) == 'p';
    at += (size_t)halves;
    if (at == word.size)
        return halves && first > 2;
    if (word.data[at++] != '-' || !take_hour(word, &at, &second))
        return 0;
    if (at + 1 == word.size && ((word.data[at] | 32) == 'a' || (word.data[at] | 32) == 'p')) {
        halves = 1;
        at++;
    }
    return at == word.size && (halves || (first < 3) != (second < 3));
}

/* "8am/8pm", "9pm-": an hour with am or pm within a word. */
static int has_half_day(msched__slice word)
{
    for (size_t i = 1; i + 1 < word.size; i++)
        if (word.data[i] != '\0' && strchr("apAP", word.data[i]) != NULL &&
            (word.data[i + 1] | 32) == 'm' && msched__digit_at(word, i - 1) &&
            !msched__letter_at(word, i + 2) && !msched__digit_at(word, i + 2) &&
            (i < 3 || !msched__digit_at(word, i - 3)))
            return 1;
    return 0;
}

/* "19- Party", which has no end; "8-16-24h", three times. */
static int is_open_range(msched__slice word, int first)
{
    size_t at = 0, digits, numbers = 0;
    for (; at < word.size && take_hour(word, &at, &digits) && digits < 3; numbers++) {
        if (at == word.size || word.data[at] != '-')
            break;
        at++;
    }
    if (numbers == 1 && at == word.size)
        return first && word.data[at - 1] == '-';
    return numbers == 2 && at + 1 == word.size && (word.data[at] | 32) == 'h';
}

int msched__looks_like_time(msched__slice word, int first, int last)
{
    static const char *const names[] = {"noon", "midnight", "midday", "eod", "cob"};
    const int has_colon = first && word.size > 1 &&
                          word.data[word.size - 1] == ':'; /* "EOD: mail" */
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if ((last || first) &&
            msched__slice_is((msched__slice){word.data, word.size - (size_t)has_colon}, names[i]))
            return 1;
    if (has_half_day(word) || is_near_clock(word, last) || is_open_range(word, first))
        return 1;
    for (size_t i = 1; i + 2 < word.size; i++)
        if (word.data[i] == ':' && msched__digit_at(word, i - 1) && msched__digit_at(word, i + 1) &&
            msched__digit_at(word, i + 2) && !msched__digit_at(word, i + 3) &&
            word.data[i + 1] < '6')
            return 1;
    return msched__packed_time(word) >= 0 && !msched__is_year_or_time(word);
}

int32_t msched__packed_time(msched__slice word)
{
    size_t at = 0;
    const int32_t number = word.size == 4 ? msched__take_number(word, &at, 4) : -1;
    return at == 4 && number % 100 < 60 && number % 5 == 0 && number < 2400 && number >= 600
               ? number / 100 * 3600 + number % 100 * 60
               : -1;
}

int msched__has_packed_times(msched__slice text)
{
    for (size_t at = 0; at < text.size; at++) {
        if (at > 0 && text.data[at - 1] != '\n')
            continue;
        while (at < text.size && strchr("-*+ \t", text.data[at]) != NULL)
            at++;
        if (at + 3 < text.size && text.data[at] == '[' && text.data[at + 2] == ']')
            for (at += 3; at < text.size && msched__blank_at(text, at);)
                at++;
        size_t end = at, next;
        while (msched__digit_at(text, end))
            end++;
        if (msched__packed_time((msched__slice){text.data + at, end - at}) < 0)
            continue;
        if (text.data[at] == '0' && msched__blank_at(text, end))
            return 1;
        next = end + (msched__byte_at(text, end) == '-');
        at = next;
        while (msched__digit_at(text, next))
            next++;
        if (at > end && msched__packed_time((msched__slice){text.data + at, next - at}) >= 0)
            return 1;
    }
    return 0;
}

int msched__is_year_or_time(msched__slice word)
{
    const int32_t time = msched__packed_time(word);
    return time >= 19 * 3600 && time <= 21 * 3600;
}

int msched__goes_with_year(msched__slice word)
{
    return msched__word_among(
        word, " budget budgets goals goal plan plans planning tax taxes report reports review "
              "accounts accounting calendar strategy roadmap vision agenda season edition olympics "
              "election model vintage census resolutions catalog catalogue of in since from until "
              "year casino ad bc photo photos picture pictures album albums foto fotos wine "
              "season memories highlights recap retrospective steuer steuererklarung jahr "
              "jahresbericht kalender "
              "impots bilan annee "
              "impuestos presupuesto tasse bilancio ");
}

int msched__is_amount(msched__slice word, msched__slice next)
{
    return word.size == 4 &&
           msched__word_among(next, " words word worter mots palabras parole palavras woorden "
                                    "steps step schritte pas pasos passi people kcal calories "
                                    "calorie euros euro dollars pounds pages page g ml m metres "
                                    "metre meters meter reps rep pieces piece emails dollar "
                                    "pound usd eur gbp yen rupee rupees rpm dpi ppm lumen watt "
                                    "kg km lb lbs mb burpee burpees ");
}

/* "est:30" of todo.txt has no unit. */
static int is_length_field(msched__slice word)
{
    static const char *const keys[] = {
        "est:", "dur:", "estimate:", "duration:", "len:", "length:", "effort:", "min:", "mins:"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const size_t size = strlen(keys[i]);
        size_t at = size;
        if (word.size > size && msched__slice_is((msched__slice){word.data, size}, keys[i]) &&
            msched__take_number(word, &at, 4) > 0 && at == word.size)
            return 1;
    }
    return 0;
}

/* "tidy/10m", "...10m", "10m#home" */
static int has_length(msched__slice word)
{
    int32_t seconds;
    uint32_t doubt;
    size_t start = word.size;
    const char *mark = memchr(word.data, '#', word.size);
    if (mark != NULL && mark > word.data)
        return has_length((msched__slice){word.data, (size_t)(mark - word.data)}) ||
               (msched__digit_at(word, 0) &&
                msched__scan_length((msched__slice){word.data, (size_t)(mark - word.data)}, 0,
                                    &seconds, &doubt) &&
                (doubt & MSCHED__COMPACT) != 0);
    while (start > 0 && (word.data[start - 1] & 0x80) == 0 &&
           strchr("/.=>(", word.data[start - 1]) == NULL)
        start--;
    const msched__slice tail = {word.data + start, word.size - start};
    return start > 0 && tail.size > 1 && msched__digit_at(tail, 0) &&
           msched__letter_at(tail, tail.size - 1) && (tail.data[tail.size - 1] | 32) == 'm' &&
           msched__scan_length(tail, 0, &seconds, &doubt) && (doubt & MSCHED__COMPACT) != 0;
}

int msched__looks_like_length(msched__slice word)
{
    int32_t seconds;
    uint32_t doubt;
    size_t size = word.size;
    if (is_length_field(word) || has_length(word))
        return 1;
    while (word.size > 0 && strchr("),;", word.data[word.size - 1]) != NULL)
        word.size--;
    return word.size < size && msched__digit_at(word, 0) &&
           msched__letter_at(word, word.size - 1) &&
           msched__scan_length(word, 0, &seconds, &doubt) && (doubt & MSCHED__COMPACT) != 0;
}

int msched__is_zone(msched__slice word, int may_be_short)
{
    static const char *const regions[] = {"Europe/",    "America/", "Asia/",     "Africa/",
                                          "Australia/", "Pacific/", "Atlantic/", "Indian/"};
    static const char zones[] =
        " UTC GMT CET CEST EET EST EDT CST CDT MST MDT PST PDT BST IST JST AEST AEDT ACST AWST "
        "NZST NZDT SGT HKT KST MSK WET WEST MEZ MESZ HST AKST WAT CAT EAT SAST PKT BRT ART ICT "
        "WIB PHT TRT GST AKDT WEDT MSD ";
    char key[8] = " ";
    while (word.size > 0 && strchr(",;.)", word.data[word.size - 1]) != NULL)
        word.size--;
    if (word.size > 0 && word.data[0] == '(')
        word = (msched__slice){word.data + 1, word.size - 1};
    for (size_t i = 3; i + 1 < word.size; i++) /* "UTC+1" */
        if ((word.data[i] == '+' || word.data[i] == '-') && msched__digit_at(word, i + 1))
            word.size = i;
    for (size_t i = 0; i < sizeof regions / sizeof regions[0]; i++)
        if (word.size > strlen(regions[i]) &&
            memcmp(word.data, regions[i], strlen(regions[i])) == 0)
            return 1;
    if (word.size == 2 && word.data[1] == 'T' && strchr("ECMP", word.data[0]) != NULL)
        return may_be_short; /* "ET" */
    if (word.size < 3 || word.size + 3 > sizeof key)
        return 0;
    memcpy(key + 1, word.data, word.size);
    key[word.size + 1] = ' ';
    return strstr(zones, key) != NULL;
}
