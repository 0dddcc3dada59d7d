/* Words that leave dates out, in several languages. */
#include "plan/words/text_negation_words.h"

#include "plan/words/text_writer.h"

#include <string.h>

const char *const msched__negations[] = {
    "not",     "never",   "except",       "excluding", "exc",    "exc.",          "excl",   "excl.",
    "without", "minus",   "avoid",        "avoiding",  "apart",  "neither",       "nor",    "nicht",
    "nie",     "niemals", "au\303\237er", "ausser",    "ohne",   "sauf",          "jamais", "pas",
    "sans",    "nunca",   "excepto",      "sin",       "tranne", "eccetto",       "senza",  "niet",
    "nooit",   "behalve", "zonder",       "exceto",    "sem",    "opr\303\263cz", "bez",    NULL};

int msched__take_except(msched__slice s, size_t *at, int after_dates)
{
    static const char *const phrases[] = {"but not",    "and not",
                                          "other than", "apart from",
                                          "aside from", "except for",
                                          "nie am",     "salvo el",
                                          "salvo on",   "menos on",
                                          "salvo los",  "menos el",
                                          "menos los",  "met uitzondering van",
                                          NULL},
                             *const afters[] = {"menos", "salvo", "save for", "save",
                                                "but",   "no",    "less",     NULL},
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

/* 1 if the word has letters or an end that only one of the two languages has. */
static int is_spelled(msched__slice word, const char *const *parts, const char *const *ends)
{
    for (size_t i = 0; i < word.size; i++)
        for (size_t k = 0; parts[k] != NULL; k++)
            if (msched__phrase_at(word, i, parts[k]) > 0)
                return 1;
    for (size_t k = 0; ends[k] != NULL; k++) {
        const size_t size = strlen(ends[k]);
        if (word.size >= size && msched__phrase_at(word, word.size - size, ends[k]) > 0)
            return 1;
    }
    return 0;
}

enum msched__no msched__meaning_of_no(msched__slice line)
{
    static const char spanish[] =
        " el los las y con del al un una mi lunes martes miercoles jueves viernes gimnasio "
        "llamar cocinar cena trabajo iglesia limpiar leer pasear estudiar perro tarea ",
                      portuguese[] =
                          " com em do da dos das na nas ao aos um uma meu minha segunda terca "
                          "quarta quinta sexta missa almoco jantar reuniao academia igreja jogo "
                          "futebol trabalho aula ler churrasco praia ginasio ";
    static const char *const spanish_parts[] = {"\303\261", "\302\277", "\302\241", NULL},
                             *const spanish_ends[] = {"i\303\263n", "d\303\255a", "d\303\255as",
                                                      NULL},
                             *const portuguese_parts[] = {"\303\243", "\303\265", "\303\247",
                                                          "\303\252", "\303\264", "\303\242",
                                                          "\303\240", "nh",       NULL},
                             *const portuguese_ends[] = {"agem", NULL};
    int score = 0;
    for (size_t at = 0; at < line.size;) {
        size_t end = at;
        while (end < line.size && !msched__blank_at(line, end))
            end++;
        const msched__slice word = {line.data + at, end - at};
        score += msched__word_among(word, spanish) || is_spelled(word, spanish_parts, spanish_ends);
        score -= msched__word_among(word, portuguese) ||
                 is_spelled(word, portuguese_parts, portuguese_ends);
        at = end + 1;
    }
    return score > 0 ? MSCHED__NO_IS_NOT : score < 0 ? MSCHED__NO_IS_ON : MSCHED__NO_IS_OPEN;
}
