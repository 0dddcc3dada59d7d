#include "catalog/cells/summary_row.h"

#include "base/fold.h"
#include "base/utf8.h"
#include "catalog/cells/cells.h"

#include <string.h>

#define WORD_BYTES     60
#define SHORT_ID_BYTES 10 /* a number of a row, not an id of a service */

/* Case and diacritics are folded. */
static const char *const totals[] = {
    "total",       "totals",     "grand total", "subtotal",   "in total", "sum",
    "summary",     "average",    "mean",        "gesamt",     "summe",    "gesamtsumme",
    "insgesamt",   "mittelwert", "totaux",      "somme",      "moyenne",  "total general",
    "suma",        "promedio",   "totale",      "somma",      "media",    "soma",
    "total geral", "totaal",     "som",         "gemiddelde", "razem",    "celkem",
    "итого",       "всего",      "合計",        "总计",       "總計",     "合计",
    "durchschnitt"};

static const char *const songs[] = {
    "songs",     "tracks", "titles", "titel",   "titres",  "stucke",  "lieder", "brani",
    "canciones", "pistas", "faixas", "musicas", "nummers", "utwory",  "items",  "entries",
    "morceaux",  "rows",   "曲",     "песен",   "треков",  "eintrage"};

static int is_one_of(msched__slice text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(words[i]) == text.size && memcmp(words[i], text.data, text.size) == 0)
            return 1;
    return 0;
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "25 songs", "25 songs, 1:45:00"; `text` is folded. */
static int is_count(msched__slice text)
{
    size_t at = 0;
    while (at < text.size && is_digit(text.data[at]))
        at++;
    if (at == 0)
        return 0;
    while (at < text.size && text.data[at] == ' ')
        at++;
    const size_t from = at;
    while (at < text.size && strchr(" ,;(", text.data[at]) == NULL)
        at++;
    return is_one_of((msched__slice){text.data + from, at - from}, songs,
                     sizeof songs / sizeof songs[0]);
}

/* "Total", "Summe:", "Total (25)". */
static int is_total(msched__slice text)
{
    size_t size = 0;
    while (size < text.size && strchr(":=(", text.data[size]) == NULL && !is_digit(text.data[size]))
        size++;
    text.size = size;
    return is_one_of(msched__trim(text), totals, sizeof totals / sizeof totals[0]);
}

enum word { NO_WORD, TOTAL, COUNT };

static enum word word_of(msched__slice text)
{
    char folded[3 * WORD_BYTES + 1];
    if (text.size == 0 || text.size > WORD_BYTES ||
        msched__utf8_check(text.data, text.size) != text.size)
        return NO_WORD;
    text = (msched__slice){folded, msched__fold_search(folded, text.data, text.size)};
    return is_total(text) ? TOTAL : is_count(text) ? COUNT : NO_WORD;
}

static msched__slice known(msched__slice cell)
{
    const msched__slice text = msched__trim(cell);
    return msched__cell_is_unknown(text) ? (msched__slice){"", 0} : text;
}

int msched__is_summary_row(msched__slice id, msched__slice title, msched__slice artist)
{
    title = known(title);
    artist = known(artist);
    if (title.size > 0 && artist.size > 0)
        return is_digit(artist.data[0]) && word_of(artist) == COUNT && word_of(title) == TOTAL;
    id = known(id);
    if (title.size + artist.size > 0)
        return id.size < SHORT_ID_BYTES && word_of(title.size > 0 ? title : artist) != NO_WORD;
    return id.size > 0 && (memchr(id.data, ' ', id.size) != NULL || word_of(id) != NO_WORD);
}
