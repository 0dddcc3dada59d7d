/* Words that leave dates out, in several languages. */
#include "plan/words/text_negation_words.h"

const char *const msched__negations[] = {
    "not",    "never",    "except",       "excluding",     "without", "minus",
    "avoid",  "avoiding", "apart",        "neither",       "nor",     "nicht",
    "nie",    "niemals",  "au\303\237er", "ausser",        "ohne",    "sauf",
    "jamais", "pas",      "sans",         "nunca",         "excepto", "sin",
    "tranne", "eccetto",  "senza",        "niet",          "nooit",   "behalve",
    "zonder", "exceto",   "sem",          "opr\303\263cz", "bez",     NULL};

int msched__take_except(msched__slice s, size_t *at, int after_dates)
{
    static const char
        *const phrases[] = {"but not",    "and not",    "other than",    "apart from",
                            "aside from", "except for", "nie am",        "salvo el",
                            "salvo on",   "menos on",   "salvo los",     "menos el",
                            "menos los",  "exceto",     "opr\303\263cz", "met uitzondering van",
                            NULL},
               *const afters[] = {"menos", "salvo", "save for", "save", "but", "no", "less", NULL},
               *const ons[] = {"on the", "at",  "on", "for", "at the",   "am", "le",
                               "el",     "los", "il", "op",  "\303\240", "na", NULL};
    const int is_plural = s.size > 0 && (s.data[s.size - 1] | 32) == 's'; /* "no Mondays" */
    if (!msched__take_any(s, at, phrases) && !msched__take_any(s, at, msched__negations) &&
        !(after_dates && msched__take_any(s, at, afters)) &&
        !(is_plural && msched__take_word(s, at, "no")))
        return 0;
    msched__skip_spaces(s, at);
    if (msched__take_any(s, at, ons))
        msched__skip_spaces(s, at);
    return 1;
}
