/*
 * "Gym after work", "nach dem Mittagessen", "Walk between lunch and dinner": if the end of a
 * title names other to-dos of the plan, it sets the order, with a warning. Names that no to-do or
 * several have are reported.
 */
#include "base/utf8.h"
#include "plan/plan_identity.h"
#include "plan/text/plan_text.h"
#include "plan/text/text_unknown.h"

#include <stdio.h>
#include <string.h>

enum relation { AFTER, BEFORE, BETWEEN, DURING };
/*
 * A CLEAR word is reported if no to-do has the name, a QUIET one is not. A PLAIN one has other
 * meanings ("nach Hause", "voor Anna"), so the name must be a whole title.
 */
enum manner { CLEAR, QUIET, PLAIN };

/* Words before the name. */
static const struct {
    const char *words;
    enum relation relation;
    enum manner manner;
} markers[] = {{"after ", AFTER, CLEAR},
               {"right after ", AFTER, CLEAR},
               {"straight after ", AFTER, CLEAR},
               {"directly after ", AFTER, CLEAR},
               {"immediately after ", AFTER, CLEAR},
               {"soon after ", AFTER, CLEAR},
               {"shortly after ", AFTER, CLEAR},
               {"once ", AFTER, QUIET},
               {"as soon as ", AFTER, QUIET},
               {"sobald ", AFTER, QUIET},
               {"ahead of ", BEFORE, QUIET},
               {"prior to ", BEFORE, QUIET},
               {"immediately before ", BEFORE, CLEAR},
               {"shortly before ", BEFORE, CLEAR},
               {"not before ", AFTER, CLEAR},
               {"no earlier than ", AFTER, CLEAR},
               {"before ", BEFORE, CLEAR},
               {"right before ", BEFORE, CLEAR},
               {"just before ", BEFORE, CLEAR},
               {"not after ", BEFORE, CLEAR},
               {"no later than ", BEFORE, CLEAR},
               {"by ", BEFORE, PLAIN},
               {"nach der ", AFTER, QUIET},
               {"nach dem ", AFTER, QUIET},
               {"nach den ", AFTER, QUIET},
               {"nach meinem ", AFTER, QUIET},
               {"nach meiner ", AFTER, QUIET},
               {"direkt nach ", AFTER, QUIET},
               {"gleich nach ", AFTER, QUIET},
               {"nicht vor ", AFTER, QUIET},
               {"nicht vor dem ", AFTER, QUIET},
               {"nicht vor der ", AFTER, QUIET},
               {"vor der ", BEFORE, QUIET},
               {"vor dem ", BEFORE, QUIET},
               {"vor den ", BEFORE, QUIET},
               {"vor meinem ", BEFORE, QUIET},
               {"vor meiner ", BEFORE, QUIET},
               {"nicht nach ", BEFORE, QUIET},
               {"nach ", AFTER, PLAIN},
               {"vor ", BEFORE, PLAIN},
               {"apr\303\250s ", AFTER, CLEAR},
               {"juste apr\303\250s ", AFTER, CLEAR},
               {"pas avant ", AFTER, CLEAR},
               {"avant ", BEFORE, CLEAR},
               {"avant de ", BEFORE, CLEAR},
               {"juste avant ", BEFORE, CLEAR},
               {"pas apr\303\250s ", BEFORE, CLEAR},
               {"despu\303\251s de ", AFTER, CLEAR},
               {"despues de ", AFTER, CLEAR},
               {"despu\303\251s del ", AFTER, CLEAR},
               {"despues del ", AFTER, CLEAR},
               {"tras ", AFTER, CLEAR},
               {"no antes de ", AFTER, CLEAR},
               {"no antes del ", AFTER, CLEAR},
               {"antes de ", BEFORE, CLEAR},
               {"antes del ", BEFORE, CLEAR},
               {"dopo ", AFTER, CLEAR},
               {"subito dopo ", AFTER, CLEAR},
               {"non prima di ", AFTER, CLEAR},
               {"non prima del ", AFTER, CLEAR},
               {"non prima della ", AFTER, CLEAR},
               {"prima di ", BEFORE, CLEAR},
               {"prima del ", BEFORE, CLEAR},
               {"prima della ", BEFORE, CLEAR},
               {"prima dell'", BEFORE, CLEAR},
               {"depois de ", AFTER, CLEAR},
               {"depois do ", AFTER, CLEAR},
               {"depois da ", AFTER, CLEAR},
               {"ap\303\263s ", AFTER, CLEAR},
               {"antes do ", BEFORE, CLEAR},
               {"antes da ", BEFORE, CLEAR},
               {"na de ", AFTER, QUIET},
               {"na het ", AFTER, QUIET},
               {"na mijn ", AFTER, QUIET},
               {"niet voor ", AFTER, QUIET},
               {"niet voor de ", AFTER, QUIET},
               {"niet voor het ", AFTER, QUIET},
               {"voor de ", BEFORE, QUIET},
               {"voor het ", BEFORE, QUIET},
               {"voor mijn ", BEFORE, QUIET},
               {"na ", AFTER, PLAIN},
               {"voor ", BEFORE, PLAIN},
               {"po ", AFTER, PLAIN},
               {"przed ", BEFORE, QUIET},
               {"efter ", AFTER, CLEAR},
               {"innan ", BEFORE, CLEAR},
               {"f\303\266re ", BEFORE, CLEAR},
               {"etter ", AFTER, PLAIN},
               {"f\303\270r ", BEFORE, PLAIN},
               {"\320\277\320\276\321\201\320\273\320\265 ", AFTER, CLEAR},
               {"\320\277\320\265\321\200\320\265\320\264 ", BEFORE, CLEAR},
               {"\320\264\320\276 ", BEFORE, PLAIN},
               {"between ", BETWEEN, QUIET},
               {"in between ", BETWEEN, QUIET},
               {"zwischen ", BETWEEN, QUIET},
               {"zwischen dem ", BETWEEN, QUIET},
               {"entre ", BETWEEN, QUIET},
               {"tra ", BETWEEN, QUIET},
               {"fra ", BETWEEN, QUIET},
               {"tussen ", BETWEEN, QUIET},
               {"mellan ", BETWEEN, QUIET},
               {"mellem ", BETWEEN, QUIET},
               {"mi\304\231dzy ", BETWEEN, QUIET},
               {"during ", DURING, CLEAR},
               {"while ", DURING, QUIET},
               {"while watching ", DURING, QUIET},
               {"w\303\244hrend ", DURING, QUIET},
               {"w\303\244hrend des ", DURING, QUIET},
               {"pendant ", DURING, QUIET},
               {"durante ", DURING, QUIET},
               {"durante la ", DURING, QUIET},
               {"durante el ", DURING, QUIET},
               {"tijdens ", DURING, QUIET},
               {"podczas ", DURING, QUIET}};

static const char *const articles[] = {
    "the ", "my ", "our ", "a ",  "dem ", "der ",  "den ", "das ", "die ", "meinem ", "meiner ",
    "le ",  "la ", "les ", "l'",  "mon ", "ma ",   "el ",  "los ", "las ", "il ",     "lo ",
    "gli ", "i ",  "mi ",  "de ", "het ", "mijn ", "o ",   "os ",  "as ",  "du ",     "des "};

/* Between two names or two orders. */
static const char *const ands[] = {" and ", " und ", " et ",  " y ",  " e ",
                                   " en ",  " i ",   " och ", " og ", " & "};

/* What people name instead of a time, folded, and the times that may be meant. */
static const struct {
    const char *names, *after[2], *before[2];
} usual[] = {
    {" work arbeit feierabend job ",
     {"after 17:00", "after 18:00"},
     {"before 9:00", "before 8:00"}},
    {" travail boulot trabajo trabalho lavoro werk ",
     {"after 18:00", "after 19:00"},
     {"before 9:00", "before 8:00"}},
    {" school schule ecole escuela colegio scuola escola uni ",
     {"after 15:00", "after 16:00"},
     {"before 8:00", "before 9:00"}},
    {" breakfast fruhstuck desayuno colazione ontbijt ",
     {"after 8:00", "after 9:00"},
     {"before 8:00", "before 9:00"}},
    {" lunch mittag mittagessen mittagspause dejeuner almuerzo pranzo almoco ",
     {"after 13:00", "after 14:00"},
     {"before 12:00", "before 13:00"}},
    {" dinner abendessen cena jantar avondeten ",
     {"after 20:00", "after 21:00"},
     {"before 18:00", "before 19:00"}},
    {" supper abendbrot ", {"after 19:00", "after 20:00"}, {"before 18:00", "before 19:00"}},
};

/* "after lunch" in a title: a relation and the name. */
typedef struct order {
    size_t at; /* of the space before its words */
    uint32_t marker;
    const char *name;
    size_t size;
} order;

enum { MARKER_COUNT = sizeof markers / sizeof markers[0], ORDERS_MAX = 2 };

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

/* The last marker before `end`, whose name ends there. 0: none. */
static int last_order(const char *title, size_t end, order *out)
{
    int found = 0;
    for (size_t at = 1; at < end; at++) {
        uint32_t marker;
        if (title[at - 1] != ' ' || (marker = marker_at(title + at)) == MARKER_COUNT)
            continue;
        const size_t start = at + strlen(markers[marker].words);
        if (start >= end || at < 2)
            continue;
        *out = (order){at - 1, marker, title + start, end - start};
        found = 1;
        at = start - 1; /* "not before" is one marker */
    }
    return found;
}

/* "lunch and dinner": the offset of the word between, and its end. 0: none. */
static size_t split_at(const char *name, size_t size, size_t *end)
{
    for (size_t at = 1; at < size; at++)
        for (size_t i = 0; i < sizeof ands / sizeof ands[0] && name[at] == ' '; i++) {
            const size_t and_size = strlen(ands[i]);
            if (at + and_size < size && msched__same_letters(name + at, ands[i], and_size)) {
                *end = at + and_size;
                return at;
            }
        }
    return 0;
}

/*
 * The orders that end a title: "after lunch", "between lunch and dinner", "after lunch and before
 * dinner". Returns their number.
 */
static uint32_t orders_of(const char *title, order out[ORDERS_MAX])
{
    size_t end = strlen(title), second = 0;
    while (end > 0 && strchr(".!,;", title[end - 1]) != NULL)
        end--;
    if (!last_order(title, end, &out[0]))
        return 0;
    if (markers[out[0].marker].relation == BETWEEN) {
        const size_t first = split_at(out[0].name, out[0].size, &second);
        out[1] = out[0];
        out[1].name += second;
        out[1].size -= second;
        out[0].size = first;
        return first > 0 ? 2 : 0;
    }
    for (size_t i = 0; i < sizeof ands / sizeof ands[0]; i++) {
        const size_t size = strlen(ands[i]) - 1, at = out[0].at;
        order before;
        if (at <= size || !msched__same_letters(title + at - size, ands[i], size) ||
            !last_order(title, at - size, &before) ||
            markers[before.marker].relation == markers[out[0].marker].relation ||
            markers[before.marker].relation > BEFORE)
            continue;
        out[1] = out[0];
        out[0] = before;
        return 2;
    }
    return 1;
}

void msched__text_note_order(msched__text_reader *in, msched__text_todo *todo)
{
    order orders[ORDERS_MAX];
    todo->order_column = 0;
    if (todo->is_event || todo->values.column[MSCHED__ATTR_AFTER] != 0 ||
        todo->values.column[MSCHED__ATTR_BEFORE] != 0 || orders_of(todo->title, orders) == 0)
        return;
    const char *words = todo->title + orders[0].at + 1;
    const size_t size = strlen(words);
    for (size_t at = 0; at + size <= in->line.size; at++)
        if (memcmp(in->line.data + at, words, size) == 0) {
            todo->order_column = (uint32_t)msched__utf8_length(in->line.data, at) + 1;
            todo->order_at = (uint32_t)orders[0].at;
        }
}

/* A name without "is over", as in "once the meeting is over". */
static msched__slice without_end(msched__slice name)
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

/* A name without "the" or "my". */
static msched__slice without_article(const order *o)
{
    for (size_t i = 0; i < sizeof articles / sizeof articles[0]; i++) {
        const size_t size = strlen(articles[i]);
        if (o->size > size && msched__same_letters(o->name, articles[i], size))
            return without_end((msched__slice){o->name + size, o->size - size});
    }
    return without_end((msched__slice){o->name, o->size});
}

static void warn(msched__text_reader *in, const msched__text_todo *todo, const char *repair,
                 const char *message)
{
    const char *words = todo->title + todo->order_at + 1;
    msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, todo->order_column, MSCHED_OK,
                     "time_in_title", repair, "\"%.60s\" %s; it is left in the title", words,
                     message);
}

static void offer(msched__text_reader *in, const msched__text_todo *todo, const char *const *texts,
                  uint32_t count)
{
    const char *words = todo->title + todo->order_at + 1;
    msched__diag_edit(in->diag, todo->line, todo->order_column,
                      todo->order_column + (uint32_t)msched__utf8_length(words, strlen(words)),
                      texts, count);
}

/* "look after kids", "before bed", "before the weekend": no name of a to-do is meant. */
static int is_another_matter(const msched__text_todo *todo, const order *o, msched__slice name)
{
    static const char *const verbs[] = {"look", "looking", "ask", "asking", "named", "clean"};
    static const char *const times[] = {"weekend", "bed",      "bedtime", "sleep", "going",
                                        "hours",   "tomorrow", "all",     "dark",  "sunset",
                                        "sunrise", "it",       "that",    "then"};
    size_t start = o->at, size = 0;
    while (start > 0 && todo->title[start - 1] != ' ')
        start--;
    const msched__slice verb = {todo->title + start, o->at - start};
    while (size < name.size && name.data[size] != ' ')
        size++;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (msched__slice_is(verb, verbs[i]))
            return 1;
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++)
        if (msched__slice_is((msched__slice){name.data, size}, times[i]))
            return 1;
    return todo->values.column[MSCHED__ATTR_LATE] != 0;
}

/*
 * No to-do has the name: a time for work, meals and school. `is_sure`: the title gives an order.
 */
static void tell_unknown(msched__text_reader *in, const msched__text_todo *todo, const order *o,
                         int is_sure)
{
    static const char none[] = "names no to-do of this plan";
    const msched__slice name = without_article(o);
    const int before = markers[o->marker].relation == BEFORE;
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        const char *const *texts = before ? usual[i].before : usual[i].after;
        char repair[120];
        if (!msched__word_among(name, usual[i].names) || markers[o->marker].relation > BEFORE)
            continue;
        snprintf(repair, sizeof repair, "write a time, for example %s, or add a line for %.*s",
                 texts[0], msched__attr_shown(name.size), name.data);
        warn(in, todo, repair, none);
        offer(in, todo, texts, 2);
        return;
    }
    if (is_sure || (markers[o->marker].manner == CLEAR && !is_another_matter(todo, o, name)))
        warn(in, todo, "write a time, or the title of a to-do, or quote the title", none);
}

static const char *slug_of(msched__text_reader *in, const char *title)
{
    const char *slug = msched__plan_slug(&in->arena, title, strlen(title));
    in->failed |= slug == NULL;
    return slug == NULL ? "" : slug;
}

/* The slug without "after lunch", which names another to-do. */
static const char *head_of(msched__text_reader *in, const msched__text_todo *todo, const char *slug)
{
    if (todo->order_column == 0 || todo->order_at >= strlen(todo->title))
        return slug;
    const char *head = msched__plan_slug(&in->arena, todo->title, todo->order_at);
    in->failed |= head == NULL;
    return head == NULL ? "" : head;
}

/* 1 if plan text can write the slug as a name. */
static int is_name(const char *slug)
{
    return slug[0] != '\0' && strlen(slug) <= 200 && strpbrk(slug, ",:;()\"'!?#@") == NULL;
}

static int is_one_of(const char *slug, const char *const *list)
{
    while (*list != NULL && strcmp(slug, *list) != 0)
        list++;
    return *list != NULL;
}

/*
 * "after waking up": the sleep that the day begins with, if one event is called so. A sleep that
 * ends the day leaves no time after it. 1: there is one, *which.
 */
static uint32_t find_sleep(const msched__text_reader *in, const char *const *slugs, const order *o,
                           const char *slug, uint32_t which[2])
{
    static const char *const wakings[] = {"waking-up",  "waking",    "wake-up",   "i-wake-up",
                                          "getting-up", "aufstehen", "aufwachen", NULL},
                             *const sleeps[] = {"sleep", "schlafen", "schlaf", "night-sleep", NULL};
    enum { LEAST = 4 * 3600 }; /* of the day after it */
    uint32_t found = 0;
    if (markers[o->marker].relation != AFTER || !is_one_of(slug, wakings))
        return 0;
    for (uint32_t k = 0; k < in->todo_count; k++)
        if (is_one_of(slugs[k], sleeps)) {
            *which = k;
            found++;
        }
    if (found != 1)
        return 0;
    const msched__text_values *v = &in->todos[*which].values;
    return v->column[MSCHED__ATTR_RANGE] != 0 &&
           msched__plain_time(v->second[MSCHED__ATTR_RANGE]) + LEAST <= in->day.end_s;
}

/*
 * The to-do of a name: by its title or id, otherwise by words that only its title has. Returns how
 * many there are; *which: the first two. `slugs` are those of the titles, then of their heads.
 */
static uint32_t find(msched__text_reader *in, const char *const *slugs, uint32_t self,
                     const order *o, uint32_t which[2])
{
    const msched__slice name = without_article(o);
    const char *slug = msched__plan_slug(&in->arena, name.data, name.size),
               *whole = msched__plan_slug(&in->arena, o->name, o->size);
    const int may_be_part = markers[o->marker].manner != PLAIN;
    if (slug == NULL || whole == NULL) {
        in->failed = 1;
        return 0;
    }
    for (int part = 0; part <= may_be_part; part++) {
        uint32_t found = 0;
        for (uint32_t k = 0; k < in->todo_count; k++) {
            const int is_it = part ? strlen(slug) > 2 &&
                                         msched__text_has_words(slugs[in->todo_count + k], slug)
                                   : strcmp(slugs[k], slug) == 0 || strcmp(slugs[k], whole) == 0 ||
                                         strcmp(in->todos[k].id, slug) == 0;
            if (k == self || !is_it)
                continue;
            if (found < 2)
                which[found] = k;
            found++;
        }
        if (found > 0)
            return found;
    }
    return find_sleep(in, slugs, o, slug, which);
}

/* Make the end of the title attributes: their texts are "after:NAME". */
static void set_orders(msched__text_reader *in, msched__text_todo *todo, const order *orders,
                       uint32_t count, const char *const *names)
{
    const char *words = todo->title + todo->order_at + 1;
    size_t end = todo->order_at;
    while (end > 1 && strchr(" -:,;|", todo->title[end - 1]) != NULL)
        end--;
    char *title = msched__arena_copy(&in->arena, todo->title, end);
    char text[480] = "", repair[520];
    size_t size = 0;
    in->failed |= title == NULL;
    for (uint32_t i = 0; i < count && !in->failed; i++) {
        const enum relation relation = markers[orders[i].marker].relation;
        const int before = relation == BEFORE || (relation == BETWEEN && i == 1);
        const enum msched__attr_kind kind = before ? MSCHED__ATTR_BEFORE : MSCHED__ATTR_AFTER;
        size += (size_t)snprintf(text + size, sizeof text - size, "%s%s:%s", i > 0 ? " " : "",
                                 before ? "before" : "after", names[i]);
        todo->values.column[kind] = todo->order_column;
        *(before ? &todo->values.before : &todo->values.after) = (msched__slice){names[i],
                                                                                 strlen(names[i])};
    }
    if (in->failed)
        return;
    snprintf(repair, sizeof repair, "write %s to confirm, or quote the title", text);
    msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, todo->order_column, MSCHED_OK,
                     "assumed_order", repair, "\"%.60s\" is read as %.300s", words, text);
    const char *const texts[] = {text};
    offer(in, todo, texts, 1);
    todo->title = title;
}

/* 1 if a to-do of a week is only once in it, so that another can come before or after it. */
static int is_once(msched__text_reader *in, msched__text_todo *named)
{
    if (!named->is_event)
        return !named->dates.each && named->dates.times <= 1 && named->values.rule.size == 0;
    msched__text_settle_names(in, &named->dates.on);
    const uint32_t dates = msched__text_dates_of(in, &named->dates.on);
    return named->values.rule.size == 0 && dates != 0 && (dates & (dates - 1)) == 0;
}

/* The latest end or earliest start of the events of a name. -1: one of them has none. */
static int32_t time_of(const msched__text_reader *in, const char *const *slugs, const char *slug,
                       int before, uint32_t *count)
{
    const enum msched__attr_kind range = MSCHED__ATTR_RANGE;
    int32_t out = -1;
    *count = 0;
    for (uint32_t k = 0; k < in->todo_count; k++) {
        const msched__text_values *v = &in->todos[k].values;
        const int32_t time = msched__plain_time(before ? v->value[range] : v->second[range]);
        if (strcmp(slugs[k], slug) != 0)
            continue;
        if (v->column[range] == 0 || time > 86400)
            return -1;
        out = (*count)++ == 0 || (before ? time < out : time > out) ? time : out;
    }
    return out;
}

/*
 * In a week, "after work" is the time at which the event of that name ends, on each date. 0: the
 * to-dos that may be meant, of which `which` is the first, are no such events.
 */
static int use_time(msched__text_reader *in, const char *const *slugs, msched__text_todo *todo,
                    uint32_t which, uint32_t found, int before)
{
    uint32_t count;
    const int32_t time = time_of(in, slugs, slugs[which], before, &count);
    char text[24], repair[80];
    const char *const texts[] = {text};
    if (time < 0 || count != found)
        return 0;
    snprintf(text, sizeof text, "%s %d:%02d", before ? "before" : "after", (int)time / 3600,
             (int)time / 60 % 60);
    snprintf(repair, sizeof repair, "write %s to confirm, or quote the title", text);
    msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, todo->order_column, MSCHED_OK,
                     "assumed_order", repair, "\"%.60s\" is read as %s, on each date",
                     todo->title + todo->order_at + 1, text);
    offer(in, todo, texts, 1);
    if (before && (todo->latest == MSCHED_UNSET || time < todo->latest))
        todo->latest = time;
    if (!before && (todo->earliest == MSCHED_UNSET || time > todo->earliest))
        todo->earliest = time;
    todo->title = msched__arena_copy(&in->arena, todo->title, todo->order_at);
    in->failed |= todo->title == NULL;
    return 1;
}

/* Two of the to-dos that a name may mean. */
static void tell_several(msched__text_reader *in, const msched__text_todo *todo,
                         const uint32_t which[2])
{
    char message[240];
    snprintf(message, sizeof message, "may be \"%.80s\" or \"%.80s\"", in->todos[which[0]].title,
             in->todos[which[1]].title);
    warn(in, todo, "write after: or before: and the whole title, or quote the title", message);
}

static void take_orders(msched__text_reader *in, const char *const *slugs, uint32_t index)
{
    msched__text_todo *todo = &in->todos[index];
    order orders[ORDERS_MAX];
    const char *names[ORDERS_MAX] = {NULL, NULL};
    const uint32_t count = orders_of(todo->title, orders);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t which[2];
        const uint32_t found = find(in, slugs, index, &orders[i], which);
        if (in->failed)
            return;
        if (found == 0) { /* of two names, one may be that of a to-do */
            const int is_other = i > 0 ||
                                 (count > 1 && find(in, slugs, index, &orders[1], which) > 0);
            tell_unknown(in, todo, &orders[i], is_other);
            return;
        }
        const int before = markers[orders[i].marker].relation == BEFORE;
        const int is_simple = count == 1 && markers[orders[i].marker].relation <= BEFORE;
        if (in->days > 0 && is_simple && (found > 1 || !is_once(in, &in->todos[which[0]])) &&
            use_time(in, slugs, todo, which[0], found, before))
            return;
        if (found > 1) {
            tell_several(in, todo, which);
            return;
        }
        names[i] = in->todos[which[0]].id[0] != '\0' ? in->todos[which[0]].id : slugs[which[0]];
        if (markers[orders[i].marker].relation == DURING) {
            warn(in, todo, "write a time, or after: and the title", "is not supported for to-dos");
            return;
        }
        const msched__text_todo *named = &in->todos[which[0]];
        if (in->days > 0 && (!is_once(in, &in->todos[which[0]]) || (before && !named->is_event))) {
            warn(in, todo,
                 before && !named->is_event ? "write after: in the line of that task"
                                            : "write a time, or quote the title",
                 before && !named->is_event ? "names a task" : "names a to-do of several dates");
            return;
        }
        if ((in->days > 0 && !is_simple) || !is_name(names[i])) {
            warn(in, todo, "write after: or before: and the title, or quote the title",
                 "is not used in this plan");
            return;
        }
    }
    if (count > 0)
        set_orders(in, todo, orders, count, names);
}

void msched__text_take_orders(msched__text_reader *in)
{
    const char **slugs = NULL;
    for (uint32_t i = 0; i < in->todo_count && !in->failed; i++) {
        msched__text_todo *todo = &in->todos[i];
        if (todo->order_column == 0 || todo->is_wrong || todo->state == MSCHED_STATE_DONE ||
            todo->state == MSCHED_STATE_SKIPPED)
            continue;
        if (slugs == NULL) {
            slugs = msched__arena_alloc(&in->arena, 2 * (size_t)in->todo_count, sizeof *slugs);
            for (uint32_t k = 0; slugs != NULL && k < in->todo_count; k++) {
                slugs[k] = slug_of(in, in->todos[k].title);
                slugs[in->todo_count + k] = head_of(in, &in->todos[k], slugs[k]);
            }
        }
        in->failed |= slugs == NULL;
        if (!in->failed)
            take_orders(in, slugs, i);
    }
}
