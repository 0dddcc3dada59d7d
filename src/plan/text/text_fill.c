/* The fills of plan text: "fill: 1h pop @evening", one or more. */
#include "base/fold.h"
#include "catalog/catalog_data.h"
#include "plan/text/plan_text.h"
#include "query/lookup/near_names.h"
#include "query/lookup/song_match.h"

#include <musicsched/plan.h>

#include <stdio.h>
#include <string.h>

/*
 * The catalog's own spelling of a name among `count` names; NULL: none is equal after case folding.
 */
static const char *find_name(msched__text_reader *in, msched__slice name, const uint32_t *offsets,
                             uint32_t count)
{
    char *folded = msched__arena_alloc(&in->arena, 3 * name.size, 1), other[768];
    if (folded == NULL) {
        in->failed = 1;
        return NULL;
    }
    size_t size = msched__fold_case(folded, name.data, name.size);
    for (uint32_t i = 0; i < count; i++) {
        const char *text = msched__catalog_text(in->catalog, offsets[i]);
        size_t text_size = strlen(text);
        if (text_size <= 256 && msched__fold_case(other, text, text_size) == size &&
            memcmp(other, folded, size) == 0)
            return text;
    }
    return NULL;
}

/* Add a name to a list of the fill; the lists are arrays of MSCHED__NAMES_MAX in the arena. */
static void add_fill_name(msched__text_reader *in, const char *const **list, uint32_t *count,
                          const char *name)
{
    const char **names_of = msched__arena_alloc(&in->arena, (size_t)*count + 1, sizeof *names_of);
    if (names_of == NULL || name == NULL) {
        in->failed = 1;
        return;
    }
    if (*count > 0)
        memcpy(names_of, *list, *count * sizeof *names_of);
    names_of[(*count)++] = name;
    *list = names_of;
}

static int unknown_name(msched__text_reader *in, msched__slice name)
{
    const uint32_t kinds = 1u << MSCHED__NAME_GENRE | 1u << MSCHED__NAME_SUBGENRE |
                           1u << MSCHED__NAME_ARTIST;
    char near[MSCHED__NEAR_NAMES_ROOM], during[100];
    if (msched__text_tell_mood(in, name))
        return 0;
    const char *text = msched__arena_copy(&in->arena, name.data, name.size);
    if (text == NULL) {
        in->failed = 1;
        return 0;
    }
    msched__slice part;
    const int is_during = msched__text_find_during(in, name, &part, during);
    msched__text_error(in, name.data, MSCHED_ERROR_NOT_FOUND, "unknown_genre",
                       is_during ? during : msched__names_near(near, in->catalog, kinds, text),
                       "\"%.*s\" is not a genre, subgenre or artist of the catalog",
                       (int)(name.size > 60 ? 60 : name.size), name.data);
    if (is_during)
        msched__text_offer_during(in, part, during);
    return 0;
}

/* The catalog's spelling of a name, and the list for it; NULL: the catalog has no such name. */
static const char *find_fill_name(msched__text_reader *in, msched__slice name, msched_listening *l,
                                  const char *const ***list, uint32_t **count)
{
    const msched_catalog *c = in->catalog;
    const char *found;
    *list = &l->fill_genres;
    *count = &l->fill_genre_count;
    if ((found = find_name(in, name, c->genre_name, c->genre_count)) != NULL)
        return found;
    *list = &l->fill_subgenres;
    *count = &l->fill_subgenre_count;
    if ((found = find_name(in, name, c->subgenre_name, c->subgenre_count)) != NULL)
        return found;
    *list = &l->fill_artists;
    *count = &l->fill_artist_count;
    return find_name(in, name, c->artist_name, c->artist_count);
}

int msched__text_is_fill_name(msched__text_reader *in, msched__slice name)
{
    const char *const **list;
    uint32_t *count;
    msched_listening unused;
    return in->catalog != NULL && name.size > 0 && name.size <= MSCHED__QUERY_MAX_BYTES &&
           find_fill_name(in, name, &unused, &list, &count) != NULL;
}

/* 0 after an error: a name is not in the catalog. */
static int add_fill_names(msched__text_reader *in, msched_listening *l, msched__slice text)
{
    int ok = 1;
    while (text.size > 0) {
        const char *comma = memchr(text.data, ',', text.size);
        msched__slice name = {text.data, comma == NULL ? text.size : (size_t)(comma - text.data)};
        text = comma == NULL ? (msched__slice){text.data, 0}
                             : (msched__slice){comma + 1, text.size - name.size - 1};
        name = msched__slice_trim(name);
        if (name.size == 0)
            continue;
        if (l->fill_genre_count + l->fill_subgenre_count + l->fill_artist_count >=
            MSCHED__NAMES_MAX) {
            msched__text_bad_value(in, name, "too_many", "remove some of them",
                                   "a fill has at most 256 genres, subgenres and artists");
            return 0;
        }
        const char *const **list = &l->fill_genres;
        uint32_t *names = &l->fill_genre_count;
        const char *found = in->catalog == NULL
                                ? msched__arena_copy(&in->arena, name.data, name.size)
                                : find_fill_name(in, name, l, &list, &names);
        if (found != NULL || in->catalog == NULL)
            add_fill_name(in, list, names, found);
        else
            ok &= unknown_name(in, name);
    }
    return ok;
}

/*
 * Whether a text is the name of a to-do, as in "fill: run": a fill without a length needs one, and
 * the catalog has no such name.
 */
static int is_todo_name(msched__text_reader *in, msched__slice text)
{
    const char *const **list;
    uint32_t *count;
    msched_listening unused;
    return memchr(text.data, ',', text.size) == NULL &&
           (in->catalog == NULL || find_fill_name(in, text, &unused, &list, &count) == NULL);
}

/* Whether a name goes on with bare attributes: the artist "Black Friday". */
static int is_name_with_bare(msched__text_reader *in, uint32_t first, uint32_t end)
{
    const msched__run *run = in->run;
    uint32_t last = end;
    for (uint32_t i = 0; i < run->count; i++)
        if (run->items[i].first == last && (run->items[i].attr.doubt & MSCHED__BARE) != 0)
            last += run->items[i].count;
    if (last == end || in->catalog == NULL)
        return 0;
    msched__slice text = msched__text_words(in, first, last - 1);
    const char *const **list;
    uint32_t *count;
    msched_listening unused;
    for (size_t at = text.size; at > 0; at--)
        if (text.data[at - 1] == ',')
            return find_fill_name(
                       in, msched__slice_trim((msched__slice){text.data + at, text.size - at}),
                       &unused, &list, &count) != NULL;
    return find_fill_name(in, text, &unused, &list, &count) != NULL;
}

/* The attributes before the names of a fill. Returns the number of their words. */
static uint32_t lead_fill(msched__text_reader *in)
{
    uint32_t first = 0, n = 1;
    while (n > 0 && in->run->count < MSCHED__RUN_MAX) {
        n = in->word_count - first < 3 ? in->word_count - first : 3;
        while (n > 0 && msched__run_take(in, first, n, MSCHED__PLACE_FILL) == 0)
            n--;
        first += n;
    }
    return first;
}

/* Length, mood, years and the like of a line without errors so far. */
static void set_values(msched_listening *l, const msched__text_values *v)
{
    l->fill_s = v->value[MSCHED__ATTR_DURATION];
    l->fill_mood = (uint32_t)v->value[MSCHED__ATTR_MOOD];
    l->fill_year_min = v->value[MSCHED__ATTR_YEARS];
    l->fill_year_max = v->second[MSCHED__ATTR_YEARS];
    l->fill_min_popularity = (uint32_t)v->value[MSCHED__ATTR_POPULARITY];
    l->fill_max_track_s = v->value[MSCHED__ATTR_MAX_TRACK];
}

/* "after 7:00", "before 9:00": one end; the day has the other. 0 after an error. */
static int set_bounds(msched__text_reader *in, msched_listening *l, const msched__text_values *v,
                      msched__slice value)
{
    const enum msched__attr_kind from = MSCHED__ATTR_EARLIEST, to = MSCHED__ATTR_LATEST;
    l->fill_between_start_s = v->column[from] != 0 ? v->value[from] : MSCHED_UNSET;
    l->fill_between_end_s = v->column[to] != 0 ? v->value[to] : MSCHED_UNSET;
    if (v->column[from] == 0 || v->column[to] == 0 ||
        msched__plain_time(v->value[to]) > msched__plain_time(v->value[from]))
        return 1;
    msched__text_bad_value(in, value, "conflicting_attributes",
                           "write the earlier time after \"after\"",
                           "the fill ends before it begins");
    return 0;
}

/* The time of the day in which it plays. 0 after an error. */
static int set_window(msched__text_reader *in, msched_listening *l, const msched__text_values *v,
                      msched__slice value)
{
    const enum msched__attr_kind range = MSCHED__ATTR_RANGE, part = MSCHED__ATTR_DAYPART;
    const enum msched__attr_kind where = v->column[range] != 0 ? range : part;
    const int is_bound = v->column[MSCHED__ATTR_EARLIEST] != 0 ||
                         v->column[MSCHED__ATTR_LATEST] != 0;
    if ((v->column[range] != 0) + (v->column[part] != 0) + is_bound > 1) {
        msched__text_bad_value(in, value, "conflicting_attributes", "remove one of the two",
                               "a time range and a part of the day cannot be combined");
        return 0;
    }
    if (is_bound)
        return set_bounds(in, l, v, value);
    if (v->column[where] == 0)
        return 1;
    if (msched__plain_time(v->second[where]) > MSCHED_DAY_END_S) {
        msched__text_bad_value(in, value, "outside_day", "end it by 36:00",
                               "the range ends after 36:00");
        return 0;
    }
    l->fill_between_start_s = v->value[where];
    l->fill_between_end_s = v->second[where];
    return 1;
}

static int has_room(msched__text_reader *in, msched__slice value)
{
    if (in->fills == NULL)
        in->fills = msched__arena_alloc(&in->arena, MSCHED_PLAN_MAX_FILLS, sizeof *in->fills);
    in->failed |= in->fills == NULL;
    if (in->failed)
        return 0;
    if (in->fill_count < MSCHED_PLAN_MAX_FILLS)
        return 1;
    msched__text_bad_value(in, value, "too_many", "remove some of them",
                           "a plan has at most 16 fills");
    return 0;
}

/*
 * "jazz before 9", which is not the name of a band: an error that offers both times of the day. 1:
 * reported.
 */
static int ask_hour(msched__text_reader *in, msched__slice names)
{
    static const char *const words[] = {"before", "after", "by", "until", "from", "till", NULL};
    const char *comma = NULL;
    for (size_t i = 0; i < names.size; i++)
        comma = names.data[i] == ',' ? names.data + i + 1 : comma;
    const msched__slice last = msched__slice_trim(
        comma == NULL ? names : (msched__slice){comma, (size_t)(names.data + names.size - comma)});
    size_t hour = last.size, word, end;
    while (hour > 0 && msched__digit_at(last, hour - 1))
        hour--;
    for (word = hour; word > 0 && last.data[word - 1] == ' ';)
        word--;
    for (end = word; word > 0 && last.data[word - 1] != ' ';)
        word--;
    size_t at = hour, matched = word;
    const int32_t number = hour < last.size ? msched__take_number(last, &at, 2) : 0;
    if (number < 1 || number > 24 || !msched__take_any(last, &matched, words) || matched != end ||
        msched__text_is_fill_name(in, last))
        return 0;
    char first[24], second[24], repair[80];
    const char *const texts[] = {first, second};
    const int size = (int)(end - word);
    snprintf(first, sizeof first, "%.*s %d:00", size, last.data + word, (int)number);
    snprintf(second, sizeof second, "%.*s %d:00", size, last.data + word, (int)number % 12 + 12);
    snprintf(repair, sizeof repair, number < 13 ? "write %s or %s" : "write %s", first, second);
    msched__text_error(in, last.data + word, MSCHED_ERROR_VALUE, "ambiguous_time", repair,
                       number < 13 ? "\"%.*s\" is ambiguous" : "\"%.*s\" needs minutes",
                       (int)(last.size - word), last.data + word);
    msched__text_offer(in, (msched__slice){last.data + word, last.size - word}, texts,
                       number < 13 ? 2 : 1);
    return 1;
}

/*
 * "1h pop, dance pop @evening #focus 2015-2020 min:60 during:gym": attributes at both ends, names
 * between; or "run", the name of a to-do.
 */
void msched__text_fill(msched__text_reader *in, msched__slice value)
{
    if (!has_room(in, value) || !msched__text_split(in, value))
        return;
    msched__text_fill_line fill = {.line = in->line_number};
    msched_listening_init(&fill.rules, sizeof fill.rules);
    in->run->count = 0;
    uint32_t first = lead_fill(in);
    uint32_t end = msched__run_trail(in, first, in->word_count, MSCHED__PLACE_FILL);
    if (is_name_with_bare(in, first, end))
        end = msched__text_leave_bare(in, end);
    msched__text_values v;
    int ok = msched__run_values(in, &v) && msched__text_read_dates(in, &v, &fill.dates);
    fill.during = v.during;
    fill.during_column = v.column[MSCHED__ATTR_DURING];
    fill.during_text = v.text[MSCHED__ATTR_DURING];
    if (end > first) {
        const msched__slice names = msched__text_words(in, first, end - 1);
        if (ask_hour(in, names))
            return;
        fill.is_name_only = v.column[MSCHED__ATTR_DURATION] == 0 && fill.during_column == 0 &&
                            is_todo_name(in, names);
        if (fill.is_name_only) {
            fill.during = names;
            fill.during_column = msched__text_column(in, names.data);
        } else if (!add_fill_names(in, &fill.rules, names)) {
            ok = 0;
        }
    }
    if (!ok)
        return;
    fill.dates_column = v.column[MSCHED__ATTR_ON] != 0 ? v.column[MSCHED__ATTR_ON] : 1;
    if (v.column[MSCHED__ATTR_DURATION] == 0 && fill.during_column == 0) {
        msched__text_bad_value(
            in, value, "bad_setting",
            "write a length first (fill: 1h pop @evening #focus), or name a to-do (fill: gym)",
            "the fill has no length");
        return;
    }
    set_values(&fill.rules, &v);
    if (set_window(in, &fill.rules, &v, value))
        in->fills[in->fill_count++] = fill;
}

static msched_listening with_avoided(const msched__text_reader *in, uint32_t k)
{
    msched_listening rules = in->fills[k].rules;
    rules.fill_during = in->fills[k].during_id;
    rules.fill_avoid = in->listening.fill_avoid;
    rules.fill_avoid_count = in->listening.fill_avoid_count;
    rules.quiet_s = in->listening.quiet_s;
    rules.quiet_count = in->listening.quiet_count;
    rules.max_total_s = in->listening.max_total_s;
    rules.gap_s = in->listening.gap_s;
    rules.artist_separation_s = in->listening.artist_separation_s;
    rules.avoid_days = in->listening.avoid_days;
    rules.avoid_files = in->listening.avoid_files;
    rules.avoid_file_count = in->listening.avoid_file_count;
    rules.repeat_s = in->listening.repeat_s;
    return rules;
}

msched_result msched__text_add_fills(const msched__text_reader *in, msched_plan_builder *builder,
                                     msched_error *err)
{
    uint32_t count = 0;
    msched_result result = MSCHED_OK;
    for (uint32_t k = 0; result == MSCHED_OK && k < in->fill_count; k++) {
        const msched__text_fill_line *fill = &in->fills[k];
        const msched_listening rules = with_avoided(in, k);
        if (fill->is_wrong || (fill->during_column > 0 &&
                               (fill->during_id == NULL || in->todos[fill->during_index].is_wrong)))
            continue; /* its to-do is left out */
        if (builder->span != NULL)
            result = msched__text_date_fill(in, builder, &fill->dates, count, err);
        if (result != MSCHED_OK)
            return result;
        result = count++ == 0 ? msched_plan_builder_set_listening(builder, &rules, err)
                              : msched_plan_builder_add_fill(builder, &rules, err);
    }
    return count == 0 ? msched_plan_builder_set_listening(builder, &in->listening, err) : result;
}
