#include "plan/words/text_order_words.h"

#include "base/utf8.h"

#include <string.h>

/* Words before the name. */
static const struct {
    const char *words;
    enum msched__order_relation relation;
    enum msched__order_manner manner;
} markers[] = {
    {"after ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"right after ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"straight after ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"directly after ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"immediately after ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"soon after ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"shortly after ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"aftr ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"atfer ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"post ", MSCHED__ORDER_AFTER, MSCHED__ORDER_PLAIN},
    {"post-", MSCHED__ORDER_AFTER, MSCHED__ORDER_PLAIN},
    {"following ", MSCHED__ORDER_AFTER, MSCHED__ORDER_PLAIN},
    {"following the ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"when ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"wenn ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"once ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"as soon as ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"sobald ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"b4 ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_QUIET},
    {"befor ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"befroe ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"pre-", MSCHED__ORDER_BEFORE, MSCHED__ORDER_PLAIN},
    {"ahead of ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_QUIET},
    {"prior to ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_QUIET},
    {"immediately before ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"shortly before ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"not before ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"no earlier than ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"before ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"right before ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"just before ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"not after ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"no later than ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"by ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_PLAIN},
    {"nach der ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"nach dem ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"nach den ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"nach meinem ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"nach meiner ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"direkt nach ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"gleich nach ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"nicht vor ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"nicht vor dem ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"nicht vor der ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"vor der ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_QUIET},
    {"vor dem ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_QUIET},
    {"vor den ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_QUIET},
    {"vor meinem ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_QUIET},
    {"vor meiner ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_QUIET},
    {"nicht nach ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_QUIET},
    {"nach ", MSCHED__ORDER_AFTER, MSCHED__ORDER_PLAIN},
    {"vor ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_PLAIN},
    {"apr\303\250s ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"juste apr\303\250s ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"pas avant ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"avant ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"avant de ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"juste avant ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"pas apr\303\250s ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"despu\303\251s de ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"despues de ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"despu\303\251s del ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"despues del ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"tras ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"no antes de ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"no antes del ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"antes de ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"antes del ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"dopo ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"subito dopo ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"non prima di ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"non prima del ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"non prima della ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"prima di ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"prima del ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"prima della ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"prima dell'", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"depois de ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"depois do ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"depois da ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"ap\303\263s ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"antes do ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"antes da ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"na de ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"na het ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"na mijn ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"niet voor ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"niet voor de ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"niet voor het ", MSCHED__ORDER_AFTER, MSCHED__ORDER_QUIET},
    {"voor de ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_QUIET},
    {"voor het ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_QUIET},
    {"voor mijn ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_QUIET},
    {"na ", MSCHED__ORDER_AFTER, MSCHED__ORDER_PLAIN},
    {"voor ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_PLAIN},
    {"po ", MSCHED__ORDER_AFTER, MSCHED__ORDER_PLAIN},
    {"przed ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_QUIET},
    {"efter ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"innan ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"f\303\266re ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"etter ", MSCHED__ORDER_AFTER, MSCHED__ORDER_PLAIN},
    {"f\303\270r ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_PLAIN},
    {"\320\277\320\276\321\201\320\273\320\265 ", MSCHED__ORDER_AFTER, MSCHED__ORDER_CLEAR},
    {"\320\277\320\265\321\200\320\265\320\264 ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_CLEAR},
    {"\320\264\320\276 ", MSCHED__ORDER_BEFORE, MSCHED__ORDER_PLAIN},
    {"between ", MSCHED__ORDER_BETWEEN, MSCHED__ORDER_QUIET},
    {"in between ", MSCHED__ORDER_BETWEEN, MSCHED__ORDER_QUIET},
    {"zwischen ", MSCHED__ORDER_BETWEEN, MSCHED__ORDER_QUIET},
    {"zwischen dem ", MSCHED__ORDER_BETWEEN, MSCHED__ORDER_QUIET},
    {"entre ", MSCHED__ORDER_BETWEEN, MSCHED__ORDER_QUIET},
    {"tra ", MSCHED__ORDER_BETWEEN, MSCHED__ORDER_QUIET},
    {"fra ", MSCHED__ORDER_BETWEEN, MSCHED__ORDER_QUIET},
    {"tussen ", MSCHED__ORDER_BETWEEN, MSCHED__ORDER_QUIET},
    {"mellan ", MSCHED__ORDER_BETWEEN, MSCHED__ORDER_QUIET},
    {"mellem ", MSCHED__ORDER_BETWEEN, MSCHED__ORDER_QUIET},
    {"mi\304\231dzy ", MSCHED__ORDER_BETWEEN, MSCHED__ORDER_QUIET},
    {"during ", MSCHED__ORDER_DURING, MSCHED__ORDER_CLEAR},
    {"while ", MSCHED__ORDER_DURING, MSCHED__ORDER_QUIET},
    {"while watching ", MSCHED__ORDER_DURING, MSCHED__ORDER_QUIET},
    {"w\303\244hrend ", MSCHED__ORDER_DURING, MSCHED__ORDER_QUIET},
    {"w\303\244hrend des ", MSCHED__ORDER_DURING, MSCHED__ORDER_QUIET},
    {"pendant ", MSCHED__ORDER_DURING, MSCHED__ORDER_QUIET},
    {"durante ", MSCHED__ORDER_DURING, MSCHED__ORDER_QUIET},
    {"durante la ", MSCHED__ORDER_DURING, MSCHED__ORDER_QUIET},
    {"durante el ", MSCHED__ORDER_DURING, MSCHED__ORDER_QUIET},
    {"tijdens ", MSCHED__ORDER_DURING, MSCHED__ORDER_QUIET},
    {"podczas ", MSCHED__ORDER_DURING, MSCHED__ORDER_QUIET}};

/* Between two names or two orders. */
static const char *const ands[] = {" and ", " und ", " et ",  " y ",  " e ",
                                   " en ",  " i ",   " och ", " og ", " & "};

enum { MARKER_COUNT = sizeof markers / sizeof markers[0] };

/* The longest marker at the start of a text; MARKER_COUNT: none. */
static uint32_t marker_at(const char *text)
{
    const char first = msched__lower(text[0]);
    uint32_t best = MARKER_COUNT;
    size_t longest = 0;
    for (uint32_t i = 0; i < MARKER_COUNT; i++) {
        const size_t size = strlen(markers[i].words);
        if (markers[i].words[0] == first && size > longest &&
            msched__same_letters(text, markers[i].words, size)) {
            best = i;
            longest = size;
        }
    }
    return best;
}

msched__slice msched__order_without_end(msched__slice name)
{
    static const char *const ends[] = {" is over",      " is done",   " is finished", " is through",
                                       " has finished", " ends",      " finishes",    " has ended",
                                       " vorbei ist",   " fertig ist"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        const size_t size = strlen(ends[i]);
        if (name.size > size && msched__same_letters(name.data + name.size - size, ends[i], size))
            return (msched__slice){name.data, name.size - size};
    }
    return name;
}

msched__slice msched__order_base_form(msched__slice name)
{
    static const struct {
        const char *forms, *base; /* folded */
    } nouns[] = {{" lunchtime ", "lunch"},
                 {" dinnertime ", "dinner"},
                 {" pracy praca ", "praca"},
                 {" obiedzie obiadem ", "obiad"},
                 {" sniadaniu sniadaniem ", "\305\233niadanie"},
                 {" kolacji kolacja ", "kolacja"},
                 {" lunchu lunchem ", "lunch"},
                 {" szkole szkola ", "szko\305\202a"},
                 {" treningu treningiem ", "trening"},
                 {" spotkaniu spotkaniem ", "spotkanie"},
                 {" silowni silownia ", "si\305\202ownia"},
                 {" zakupach zakupami ", "zakupy"}};
    for (size_t i = 0; i < sizeof nouns / sizeof nouns[0]; i++) {
        const msched__slice base = {nouns[i].base, strlen(nouns[i].base)};
        if (msched__word_among(name, nouns[i].forms) &&
            (name.size != base.size || !msched__same_letters(name.data, base.data, base.size)))
            return base;
    }
    return (msched__slice){name.data, 0};
}

size_t msched__then_end(const char *title)
{
    static const char *const ends[] = {
        " afterwards", " afterward", " right after",         " straight after", " danach",
        " hinterher",  " ensuite",   " anschlie\303\237end", " despu\303\251s", " daarna"};
    const size_t size = strlen(title);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        const size_t length = strlen(ends[i]), start = size - length;
        if (size > length && strcmp(title + start, ends[i]) == 0 && title[start - 1] != ':')
            return start + 1;
    }
    return 0;
}

/* "Ask Bo when school ends" */
static int asks(const char *title)
{
    static const char *const verbs[] = {"ask ",  "find out ", "check ", "see ", "decide ",
                                        "know ", "tell ",     "text ",  "call "};
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (msched__same_letters(title, verbs[i], strlen(verbs[i])))
            return 1;
    return 0;
}

/* "when gym is done" and "pre-gym" are orders; "when Harry met Sally" and "post-its" are not. */
static int fits_name(const char *title, const char *words, msched__slice name)
{
    const int is_when = strcmp(words, "when ") == 0;
    if (is_when || strcmp(words, "wenn ") == 0)
        return msched__order_without_end(name).size < name.size && !(is_when && asks(title));
    if (strcmp(words, "post-") == 0 || strcmp(words, "pre-") == 0)
        return name.size > 2 && memchr(name.data, ' ', name.size) == NULL &&
               !msched__slice_is(name, "its");
    return 1;
}

/* The last marker before `end`, whose name ends there. 0: none. */
static int last_order(const char *title, size_t end, msched__order *out)
{
    const uint32_t lead = marker_at(title); /* "not before" is one marker */
    int found = 0;
    for (size_t at = lead < MARKER_COUNT ? strlen(markers[lead].words) : 1; at < end; at++) {
        uint32_t marker;
        if (title[at - 1] != ' ' || (marker = marker_at(title + at)) == MARKER_COUNT)
            continue;
        const size_t start = at + strlen(markers[marker].words);
        if (start >= end || at < 2 ||
            !fits_name(title, markers[marker].words, (msched__slice){title + start, end - start}))
            continue;
        *out = (msched__order){
            at - 1, markers[marker].relation, markers[marker].manner, {title + start, end - start}};
        found = 1;
        at = start - 1;
    }
    return found;
}

int msched__title_lead(const char *title, msched__order *out)
{
    const uint32_t marker = marker_at(title);
    if (marker == MARKER_COUNT || markers[marker].relation > MSCHED__ORDER_BEFORE)
        return 0;
    const char *rest = title + strlen(markers[marker].words);
    *out =
        (msched__order){0, markers[marker].relation, markers[marker].manner, {rest, strlen(rest)}};
    static const char *const others[] = {"post ", "post-", "pre-", "following ", "when ", "wenn "};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strcmp(markers[marker].words, others[i]) == 0)
            return 0; /* "Post letter", "Following Jesus", "When Harry met Sally" */
    return !msched__same_letters(rest, "that ", 5); /* "after that" is after the line above */
}

/* "plan (after lunch)": the order that is all of the bracket at the end. */
static int bracket_order(const char *title, size_t end, msched__order *out)
{
    size_t open = end - 1;
    while (open > 0 && title[open] != '(')
        open--;
    const uint32_t marker = open > 1 && title[open - 1] == ' ' ? marker_at(title + open + 1)
                                                               : MARKER_COUNT;
    if (marker == MARKER_COUNT)
        return 0;
    const size_t start = open + 1 + strlen(markers[marker].words);
    *out = (msched__order){open - 1,
                           markers[marker].relation,
                           markers[marker].manner,
                           {title + start, end - 1 - start}};
    return start < end - 1 && out->relation <= MSCHED__ORDER_BEFORE &&
           fits_name(title, markers[marker].words, out->name);
}

/* "lunch and dinner": the offset of the word between, and its end. 0: none. */
static size_t split_at(msched__slice name, size_t *end)
{
    for (size_t at = 1; at < name.size; at++)
        for (size_t i = 0; i < sizeof ands / sizeof ands[0] && name.data[at] == ' '; i++) {
            const size_t and_size = strlen(ands[i]);
            if (at + and_size < name.size &&
                msched__same_letters(name.data + at, ands[i], and_size)) {
                *end = at + and_size;
                return at;
            }
        }
    return 0;
}

uint32_t msched__title_orders(const char *title, msched__order out[MSCHED__ORDERS_MAX])
{
    size_t end = strlen(title), second = 0;
    while (end > 0 && strchr(".!,;", title[end - 1]) != NULL)
        end--;
    if (end > 0 && title[end - 1] == ')' && bracket_order(title, end, &out[0]))
        return 1;
    if (!last_order(title, end, &out[0]))
        return 0;
    if (out[0].relation == MSCHED__ORDER_BETWEEN) {
        const size_t first = split_at(out[0].name, &second);
        out[1] = out[0];
        out[1].name.data += second;
        out[1].name.size -= second;
        out[0].name.size = first;
        return first > 0 ? 2 : 0;
    }
    for (size_t i = 0; i < sizeof ands / sizeof ands[0]; i++) {
        const size_t size = strlen(ands[i]) - 1, at = out[0].at;
        msched__order before;
        if (at <= size || !msched__same_letters(title + at - size, ands[i], size) ||
            !last_order(title, at - size, &before) || before.relation == out[0].relation ||
            before.relation > MSCHED__ORDER_BEFORE)
            continue;
        out[1] = out[0];
        out[0] = before;
        return 2;
    }
    return 1;
}
