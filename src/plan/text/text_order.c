/*
 * "Gym after work", "nach dem Mittagessen", "Walk between lunch and dinner": if the end of a
 * title names other to-dos of the plan, it sets the order, with a warning; so does its start, as
 * in "after lunch walk". Names that no to-do or several have are reported.
 */
#include "base/utf8.h"
#include "plan/plan_identity.h"
#include "plan/text/plan_text.h"
#include "plan/text/text_unknown.h"
#include "plan/words/text_order_words.h"

#include <stdio.h>
#include <string.h>

static const char *const articles[] = {
    "the ", "my ", "our ", "a ",  "dem ", "der ",  "den ", "das ", "die ", "meinem ", "meiner ",
    "le ",  "la ", "les ", "l'",  "mon ", "ma ",   "el ",  "los ", "las ", "il ",     "lo ",
    "gli ", "i ",  "mi ",  "de ", "het ", "mijn ", "o ",   "os ",  "as ",  "du ",     "des "};

/* What people name instead of a time, folded, and the times that may be meant. */
static const struct {
    const char *names, *after[2], *before[2];
} usual[] = {
    {" work arbeit feierabend job praca pracy ",
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
    {" lunch lunchtime mittag mittagessen mittagspause dejeuner almuerzo pranzo almoco obiad "
     "obiedzie "
     "obiadem ",
     {"after 13:00", "after 14:00"},
     {"before 12:00", "before 13:00"}},
    {" dinner dinnertime abendessen cena jantar avondeten ",
     {"after 20:00", "after 21:00"},
     {"before 18:00", "before 19:00"}},
    {" supper abendbrot ", {"after 19:00", "after 20:00"}, {"before 18:00", "before 19:00"}},
};

/* 1 for "the" alone. */
static int is_article(msched__slice name)
{
    for (size_t i = 0; i < sizeof articles / sizeof articles[0]; i++)
        if (strlen(articles[i]) == name.size + 1 &&
            msched__same_letters(name.data, articles[i], name.size))
            return 1;
    return 0;
}

/* The words of an order in a title. */
typedef struct order_place {
    uint32_t column;           /* in the line */
    msched__slice words, rest; /* what remains of the title */
} order_place;

/* A name without "the" or "my". */
static msched__slice without_article(const msched__order *o)
{
    for (size_t i = 0; i < sizeof articles / sizeof articles[0]; i++) {
        const size_t size = strlen(articles[i]);
        if (o->name.size > size && msched__same_letters(o->name.data, articles[i], size))
            return msched__order_without_end(
                (msched__slice){o->name.data + size, o->name.size - size});
    }
    return msched__order_without_end(o->name);
}

static void warn(msched__text_reader *in, const msched__text_todo *todo, const order_place *place,
                 const char *repair, const char *message)
{
    msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, place->column, MSCHED_OK,
                     "time_in_title", repair, "\"%.*s\" %s; it is left in the title",
                     msched__attr_shown(place->words.size), place->words.data, message);
}

static void offer(msched__text_reader *in, const msched__text_todo *todo, const order_place *place,
                  const char *const *texts, uint32_t count)
{
    const msched__slice words = place->words;
    if (words.data != todo->title || words.size <= todo->lead_size)
        msched__diag_edit(in->diag, todo->line, place->column,
                          place->column + (uint32_t)msched__utf8_length(words.data, words.size),
                          texts, count);
}

/* "look after kids", "before bed", "before the weekend": no name of a to-do is meant. */
static int is_another_matter(const msched__text_todo *todo, const msched__order *o,
                             msched__slice name)
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
static void tell_unknown(msched__text_reader *in, const msched__text_todo *todo,
                         const order_place *place, const msched__order *o, int is_sure)
{
    static const char none[] = "names no to-do of this plan";
    const msched__slice name = without_article(o);
    const int before = o->relation == MSCHED__ORDER_BEFORE;
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        const char *const *texts = before ? usual[i].before : usual[i].after;
        char repair[200];
        if (!msched__word_among(name, usual[i].names) || o->relation > MSCHED__ORDER_BEFORE)
            continue;
        snprintf(repair, sizeof repair,
                 "write a time, for example %s (a line cannot name events of a calendar), or add a "
                 "line for %.*s",
                 texts[0], msched__attr_shown(name.size), name.data);
        warn(in, todo, place, repair, none);
        offer(in, todo, place, texts, 2);
        return;
    }
    if (is_sure || (o->manner == MSCHED__ORDER_CLEAR && !is_another_matter(todo, o, name)))
        warn(in, todo, place,
             "write a time (a line cannot name events of a calendar) or the title of a to-do, or "
             "quote the title",
             none);
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
static uint32_t find_sleep(const msched__text_reader *in, const char *const *slugs,
                           const msched__order *o, const char *slug, uint32_t which[2])
{
    static const char *const wakings[] = {"waking-up",  "waking",    "wake-up",   "i-wake-up",
                                          "getting-up", "aufstehen", "aufwachen", NULL},
                             *const sleeps[] = {"sleep", "schlafen", "schlaf", "night-sleep", NULL};
    enum { LEAST = 4 * 3600 }; /* of the day after it */
    uint32_t found = 0;
    if (o->relation != MSCHED__ORDER_AFTER || !is_one_of(slug, wakings))
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
 * The to-dos of a slug, or of the slug with its article: by their titles or ids, otherwise by words
 * that only one title has.
 */
static uint32_t find_slug(const msched__text_reader *in, const char *const *slugs, uint32_t self,
                          const char *slug, const char *whole, int may_be_part, uint32_t which[2])
{
    may_be_part = may_be_part && strlen(slug) > 2;
    for (int part = 0; part <= may_be_part; part++) {
        uint32_t found = 0;
        for (uint32_t k = 0; k < in->todo_count; k++) {
            const int is_it = part ? msched__text_has_words(slugs[in->todo_count + k], slug)
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
    return 0;
}

/*
 * The to-do of a name. Returns how many there are; *which: the first two. `slugs` are those of the
 * titles, then of their heads.
 */
static uint32_t find(msched__text_reader *in, const char *const *slugs, uint32_t self,
                     const msched__order *o, uint32_t which[2])
{
    const msched__slice name = without_article(o), base = msched__order_base_form(name);
    const int may_be_part = o->manner != MSCHED__ORDER_PLAIN;
    uint32_t found = 0;
    msched__arena scratch;
    msched__arena_init(&scratch, &in->arena.allocator, 0);
    const char *slug = msched__plan_slug(&scratch, name.data, name.size),
               *whole = msched__plan_slug(&scratch, o->name.data, o->name.size),
               *other = msched__plan_slug(&scratch, base.data, base.size);
    if (slug == NULL || whole == NULL || other == NULL)
        in->failed = 1;
    else {
        found = find_slug(in, slugs, self, slug, whole, may_be_part, which);
        if (found == 0 && base.size > 0) /* "po pracy", "by lunchtime" */
            found = find_slug(in, slugs, self, other, other, may_be_part, which);
        if (found == 0)
            found = find_sleep(in, slugs, o, slug, which);
    }
    msched__arena_reset(&scratch);
    return found;
}

/* Make the words attributes: their texts are "after:NAME". */
static void set_orders(msched__text_reader *in, msched__text_todo *todo, const order_place *place,
                       const msched__order *orders, uint32_t count, const char *const *names)
{
    char *title = msched__arena_copy(&in->arena, place->rest.data, place->rest.size);
    char text[480] = "", repair[520];
    size_t size = 0;
    in->failed |= title == NULL;
    for (uint32_t i = 0; i < count && !in->failed; i++) {
        const enum msched__order_relation relation = orders[i].relation;
        const int before = relation == MSCHED__ORDER_BEFORE ||
                           (relation == MSCHED__ORDER_BETWEEN && i == 1);
        const enum msched__attr_kind kind = before ? MSCHED__ATTR_BEFORE : MSCHED__ATTR_AFTER;
        size += (size_t)snprintf(text + size, sizeof text - size, "%s%s:%s", i > 0 ? " " : "",
                                 before ? "before" : "after", names[i]);
        todo->values.column[kind] = place->column;
        *(before ? &todo->values.before : &todo->values.after) = (msched__slice){names[i],
                                                                                 strlen(names[i])};
    }
    if (in->failed)
        return;
    snprintf(repair, sizeof repair, "write %s to confirm, or quote the title", text);
    msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, place->column, MSCHED_OK,
                     "assumed_order", repair, "\"%.*s\" is read as %.300s",
                     msched__attr_shown(place->words.size), place->words.data, text);
    const char *const texts[] = {text};
    offer(in, todo, place, texts, 1);
    todo->title = title;
    todo->slug = NULL;
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
 * candidates, of which `which` is the first, are not such events.
 */
static int use_time(msched__text_reader *in, const char *const *slugs, msched__text_todo *todo,
                    const order_place *place, uint32_t which, uint32_t found, int before)
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
    msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, place->column, MSCHED_OK,
                     "assumed_order", repair, "\"%.*s\" is read as %s, on each date",
                     msched__attr_shown(place->words.size), place->words.data, text);
    offer(in, todo, place, texts, 1);
    if (before && (todo->latest == MSCHED_UNSET || time < todo->latest))
        todo->latest = time;
    if (!before && (todo->earliest == MSCHED_UNSET || time > todo->earliest))
        todo->earliest = time;
    todo->title = msched__arena_copy(&in->arena, place->rest.data, place->rest.size);
    todo->slug = NULL;
    in->failed |= todo->title == NULL;
    return 1;
}

/* Two of the to-dos that a name may mean. */
static void tell_several(msched__text_reader *in, const msched__text_todo *todo,
                         const order_place *place, const uint32_t which[2])
{
    char message[240];
    snprintf(message, sizeof message, "may be \"%.80s\" or \"%.80s\"", in->todos[which[0]].title,
             in->todos[which[1]].title);
    warn(in, todo, place, "write after: or before: and the whole title, or quote the title",
         message);
}

/* Use the orders of a place in the title, or tell why not. */
static void take_orders(msched__text_reader *in, const char *const *slugs, uint32_t index,
                        const order_place *place, const msched__order *orders, uint32_t count)
{
    msched__text_todo *todo = &in->todos[index];
    const char *names[MSCHED__ORDERS_MAX] = {NULL, NULL};
    for (uint32_t i = 0; i < count; i++) {
        uint32_t which[2];
        const uint32_t found = find(in, slugs, index, &orders[i], which);
        if (in->failed)
            return;
        if (found == 0) { /* of two names, one may be that of a to-do */
            const int is_other = i > 0 ||
                                 (count > 1 && find(in, slugs, index, &orders[1], which) > 0);
            tell_unknown(in, todo, place, &orders[i], is_other);
            return;
        }
        const int before = orders[i].relation == MSCHED__ORDER_BEFORE;
        const int is_simple = count == 1 && orders[i].relation <= MSCHED__ORDER_BEFORE;
        if (in->days > 0 && is_simple && (found > 1 || !is_once(in, &in->todos[which[0]])) &&
            use_time(in, slugs, todo, place, which[0], found, before))
            return;
        if (found > 1) {
            tell_several(in, todo, place, which);
            return;
        }
        names[i] = in->todos[which[0]].id[0] != '\0' ? in->todos[which[0]].id : slugs[which[0]];
        if (orders[i].relation == MSCHED__ORDER_DURING) {
            warn(in, todo, place, "write a time, or after: and the title",
                 "is not supported for to-dos");
            return;
        }
        const msched__text_todo *named = &in->todos[which[0]];
        if (in->days > 0 && (!is_once(in, &in->todos[which[0]]) || (before && !named->is_event))) {
            warn(in, todo, place,
                 before && !named->is_event ? "write after: in the line of that task"
                                            : "write a time, or quote the title",
                 before && !named->is_event ? "names a task" : "names a to-do of several dates");
            return;
        }
        if ((in->days > 0 && !is_simple) || !is_name(names[i])) {
            warn(in, todo, place, "write after: or before: and the title, or quote the title",
                 "is not used in this plan");
            return;
        }
    }
    set_orders(in, todo, place, orders, count, names);
}

/* The orders at the end of the title. */
static void take_end(msched__text_reader *in, const char *const *slugs, uint32_t index)
{
    const msched__text_todo *todo = &in->todos[index];
    msched__order orders[MSCHED__ORDERS_MAX];
    const char *words = todo->title + todo->order_at + 1;
    const uint32_t count = msched__title_orders(todo->title, orders);
    size_t end = todo->order_at;
    while (end > 1 && strchr(" -:,;|", todo->title[end - 1]) != NULL)
        end--;
    const order_place place = {todo->order_column, {words, strlen(words)}, {todo->title, end}};
    if (count > 0)
        take_orders(in, slugs, index, &place, orders, count);
}

/* What follows the name at the start of a title: the offset after marks and spaces. */
static size_t after_name(msched__slice rest, size_t end)
{
    while (end < rest.size && strchr(" :,;-", rest.data[end]) != NULL)
        end++;
    return end;
}

/* The end of the words that may be the name at the start of a title; *is_marked: by a comma. */
static size_t lead_end(msched__slice rest, int *is_marked)
{
    enum { SIZE_MOST = 200, WORDS_MOST = 8 };
    size_t end = 0, last = 0, words = 0;
    *is_marked = 0;
    for (; end < rest.size && end < SIZE_MOST && words < WORDS_MOST && !*is_marked; end++) {
        const int is_space = rest.data[end] == ' ';
        words += (size_t)is_space;
        *is_marked = end + 1 < rest.size && strchr(":,;", rest.data[end]) != NULL &&
                     (rest.data[end + 1] == ' ' || msched__letter_at(rest, end + 1));
        last = is_space || *is_marked ? end : last;
    }
    return last;
}

/* 1 for the name in "after the gym" and "nach dem Training". */
static int has_article(const char *title, msched__slice name)
{
    const char *end = name.data - 1, *start = end;
    while (start > title && start[-1] != ' ')
        start--;
    return end > title && is_article((msched__slice){start, (size_t)(end - start)});
}

/* The same order with the first `size` bytes of the words as its name. */
static msched__order named_by(const msched__text_todo *todo, const msched__order *lead, size_t size,
                              int is_marked)
{
    msched__order o = *lead;
    o.name.size = size;
    const msched__slice name = without_article(&o);
    /* "After Effects tutorial", "before the end of the month", "before photo edit" */
    const int has_capital = o.manner == MSCHED__ORDER_CLEAR && name.data[0] >= 'A' &&
                            name.data[0] <= 'Z';
    const int is_odd_word = memchr(name.data, ' ', name.size) == NULL &&
                            (is_article(name) || is_another_matter(todo, &o, name));
    if (has_capital || is_odd_word || (!is_marked && !has_article(todo->title, name)))
        o.manner = MSCHED__ORDER_PLAIN; /* a whole title only */
    return o;
}

/* "after party", "Après ski", "after sales": what no order begins with. */
static int is_name_of_thing(msched__slice name)
{
    static const char things[] =
        " party parties hours care sun shave dark math taste life word thought effects image glow "
        "eight midnight ski premiere hand and sales tax action market ";
    return name.size > 0 && (name.data[0] & 0x80) == 0 && msched__word_among(name, things);
}

/* "after lunch walk": the longest name of a to-do that the words begin with. */
static void take_lead(msched__text_reader *in, const char **slugs, uint32_t index)
{
    msched__text_todo *todo = &in->todos[index];
    const char *title = todo->title;
    msched__order lead, o;
    uint32_t which[2], found = 0;
    int is_marked;
    if (!msched__title_lead(title, &lead))
        return;
    const msched__slice rest = lead.name;
    const size_t longest = lead_end(rest, &is_marked);
    const int may_be_noun = !is_marked && lead.manner != MSCHED__ORDER_PLAIN;
    size_t end = longest;
    o = named_by(todo, &lead, is_marked ? longest : rest.size, is_marked);
    const msched__slice words = without_article(&o);
    const char *space = memchr(words.data, ' ', words.size);
    if (longest == 0 || (!is_marked && space == NULL))
        return; /* no title is left */
    const size_t first = is_marked ? longest : (size_t)(space - rest.data);
    const msched__slice word = {words.data, (size_t)(rest.data + first - words.data)};
    if (may_be_noun && !has_article(title, word) && is_name_of_thing(word))
        return;
    while (end > 0 && !in->failed) {
        o = named_by(todo, &lead, end, is_marked);
        found = find(in, slugs, index, &o, which);
        if (found > 0)
            break;
        do
            end--;
        while (end > 0 && rest.data[end] != ' ');
    }
    if (found == 0) { /* the first word, after "the" */
        const char letter = word.data[0];
        if (may_be_noun && (letter & 0x80) == 0 && (letter < 'a' || letter > 'z'))
            return; /* "after 7 days", "After Effects" */
        end = first;
        o = lead;
        o.name.size = end;
    }
    const size_t next = after_name(rest, end), size = (size_t)(rest.data - title) + end;
    const int has_mark = found > 0 && end < rest.size && strchr(":,;", rest.data[end]) != NULL;
    const order_place place = {
        todo->lead_column, {title, size + (size_t)has_mark}, {rest.data + next, rest.size - next}};
    if (end == 0 || next >= rest.size || in->failed ||
        (todo->order_column != 0 && place.rest.data > title + todo->order_at))
        return; /* no title is left */
    if (found == 0)
        tell_unknown(in, todo, &place, &o, 0);
    else
        take_orders(in, slugs, index, &place, &o, 1);
    if (todo->title != title && todo->order_column != 0)
        todo->order_at -= (uint32_t)(place.rest.data - title);
}

/* The names by which others know a to-do; `is_open`: its own order is still in its title. */
static void name_slugs(msched__text_reader *in, const char **slugs, uint32_t index, int is_open)
{
    const msched__text_todo *todo = &in->todos[index];
    slugs[index] = slug_of(in, todo->title);
    slugs[in->todo_count + index] = is_open ? "" : head_of(in, todo, slugs[index]);
}

static int is_planned(const msched__text_todo *todo)
{
    return !todo->is_wrong && todo->state != MSCHED_STATE_DONE &&
           todo->state != MSCHED_STATE_SKIPPED;
}

void msched__text_take_orders(msched__text_reader *in)
{
    uint32_t used = 0;
    for (uint32_t i = 0; i < in->todo_count; i++)
        used += is_planned(&in->todos[i]) &&
                (in->todos[i].order_column != 0 || in->todos[i].lead_column != 0);
    if (used == 0 || in->failed)
        return;
    const char **slugs = msched__arena_alloc(&in->arena, 2 * (size_t)in->todo_count, sizeof *slugs);
    in->failed |= slugs == NULL;
    for (uint32_t i = 0; i < in->todo_count && !in->failed; i++)
        name_slugs(in, slugs, i, in->todos[i].lead_column != 0);
    for (uint32_t i = 0; i < in->todo_count && !in->failed; i++)
        if (in->todos[i].lead_column != 0) {
            if (is_planned(&in->todos[i]))
                take_lead(in, slugs, i);
            name_slugs(in, slugs, i, 0);
        }
    for (uint32_t i = 0; i < in->todo_count && !in->failed; i++)
        if (in->todos[i].order_column != 0 && is_planned(&in->todos[i]))
            take_end(in, slugs, i);
}

int msched__text_take_times(msched__text_reader *in, msched__text_todo *todo,
                            msched__text_names *names, int before)
{
    int32_t *edge = before ? &todo->latest : &todo->earliest;
    const uint32_t column = todo->values.column[before ? MSCHED__ATTR_BEFORE : MSCHED__ATTR_AFTER];
    if (names->count != 1 || (!todo->dates.each && todo->dates.times <= 1))
        return 0;
    const msched__text_todo *named = &in->todos[names->index[0]];
    const int32_t end = named->end == MSCHED_UNSET ? named->start + named->duration : named->end;
    const int32_t time = before ? named->start : end;
    if (!named->is_event || named->is_wrong || msched__plain_time(time) > 86400)
        return 0;
    const char *relation = before ? "before" : "after";
    char text[24], repair[64];
    snprintf(text, sizeof text, "%s %d:%02d", relation, (int)msched__plain_time(time) / 3600,
             (int)msched__plain_time(time) / 60 % 60);
    snprintf(repair, sizeof repair, "write %s to confirm", text);
    msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, column, MSCHED_OK,
                     "assumed_order", repair, "\"%s:\" is read as %s, on each date", relation,
                     text);
    if (*edge == MSCHED_UNSET || (before ? time < *edge : time > *edge))
        *edge = time;
    if (before) /* as late as possible, like other to-dos before an event */
        todo->values.column[MSCHED__ATTR_LATE] = column;
    names->count = 0;
    return 1;
}
