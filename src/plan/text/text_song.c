/*
 * A line of plan text that requests a song. The catalog is searched first, so that titles may look
 * like attributes.
 */
#include "base/alloc.h"
#include "base/utf8.h"
#include "plan/text/plan_text.h"
#include "plan/text/text_rule.h"
#include "query/lookup/song_match.h"

#include <musicsched/lookup.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

#define AVOIDED_MAX    256 /* songs to avoid, of a text */
#define CANDIDATES_MAX 5

static size_t prefix_size(msched__slice s, const char *prefix)
{
    size_t size = strlen(prefix);
    return s.size >= size && msched__slice_is((msched__slice){s.data, size}, prefix) ? size : 0;
}

/* Bytes of a link before the track id; 0: it is not a link. */
static size_t address_size(msched__slice s)
{
    size_t size = prefix_size(s, "spotify:track:");
    if (size > 0)
        return size;
    size = prefix_size(s, "https://");
    if (size == 0)
        size = prefix_size(s, "http://");
    size_t host = prefix_size((msched__slice){s.data + size, s.size - size}, "open.spotify.com/");
    if (host == 0)
        return 0;
    size += host;
    if (prefix_size((msched__slice){s.data + size, s.size - size}, "intl-") > 0) {
        const char *slash = memchr(s.data + size, '/', s.size - size);
        size = slash == NULL ? s.size : (size_t)(slash - s.data) + 1;
    }
    size_t track = prefix_size((msched__slice){s.data + size, s.size - size}, "track/");
    return track == 0 ? 0 : size + track;
}

size_t msched__text_song_marker(msched__slice s)
{
    if (address_size(s) > 0)
        return 0;
    if (s.size >= 3 &&
        (memcmp(s.data, "\xE2\x99\xAA", 3) == 0 || memcmp(s.data, "\xE2\x99\xAB", 3) == 0))
        return 3;
    size_t size = prefix_size(s, "song:");
    return size > 0 ? size : SIZE_MAX;
}

static int is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t id_size(msched__slice s)
{
    size_t size = 0;
    while (size < s.size && is_alnum(s.data[size]))
        size++;
    return size;
}

/* 1 if words [first, word_count) are only attributes of a song, which are then in in->run. */
static int all_attributes(msched__text_reader *in, uint32_t first)
{
    in->run->count = 0;
    return msched__run_trail(in, first, in->word_count, MSCHED__PLACE_SONG) == first;
}

static const char *copy(msched__text_reader *in, msched__slice s)
{
    const char *text = msched__arena_copy(&in->arena, s.data, s.size);
    in->failed |= text == NULL;
    return text;
}

/* "Title - Artist" of tracks, in the diagnostics' memory. NULL when out of memory. */
static const char *const *describe(msched__text_reader *in, const uint32_t *tracks, uint32_t count)
{
    const char **texts = msched__arena_alloc(&in->diag->arena, count, sizeof *texts);
    for (uint32_t i = 0; texts != NULL && i < count; i++) {
        msched_track track = {.struct_size = sizeof track};
        msched_catalog_get_track(in->catalog, tracks[i], &track);
        size_t title = strlen(track.name), artist = strlen(track.artist);
        char *text = msched__arena_alloc(&in->diag->arena, title + artist + 4, 1);
        if (text == NULL)
            return NULL;
        memcpy(text, track.name, title);
        memcpy(text + title, " - ", 3);
        memcpy(text + title + 3, track.artist, artist + 1);
        texts[i] = text;
    }
    return texts;
}

/* What to write for one of these songs; the others are candidates of the message. */
static void say_songs(char *out, size_t size, const char *const *texts, uint32_t count)
{
    if (count > 1)
        snprintf(out, size, "write \"%s\" or \"%s\"", texts[0], texts[1]);
    else
        snprintf(out, size, "write \"%s\"", texts[0]);
}

static void warn_ambiguous(msched__text_reader *in, msched__slice typed,
                           const msched__song_match *match)
{
    const char *const *texts = describe(in, match->tracks, match->listed);
    if (texts == NULL || match->listed == 0) {
        in->failed |= texts == NULL;
        return;
    }
    char repair[300];
    say_songs(repair, sizeof repair, texts, match->listed);
    msched__text_remark(in, MSCHED_SEVERITY_WARNING, typed.data, "ambiguous_song", repair,
                        "matches %u songs; using the most popular, %s",
                        (unsigned)match->recording_count, texts[0]);
    msched__diag_candidates(in->diag, texts, match->listed);
    msched__diag_span(in->diag, msched__utf8_length(typed.data, typed.size));
}

int64_t msched__text_clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* The time is over: the schedule finds candidates in its own time. */
static void warn_not_searched(msched__text_reader *in, msched__slice typed)
{
    msched__text_remark(in, MSCHED_SEVERITY_WARNING, typed.data, "unknown_song",
                        "write Title - Artist, spelled as in the catalog, or allow more time",
                        "no song is called \"%.*s\"; similar titles were not searched because the "
                        "time limit was reached",
                        (int)(typed.size > 120 ? 120 : typed.size), typed.data);
    msched__diag_span(in->diag, msched__utf8_length(typed.data, typed.size));
}

/* "Halo during gym": 1: reported. */
static int warn_during(msched__text_reader *in, msched__slice typed)
{
    msched__slice part;
    char repair[100];
    if (!msched__text_find_during(in, typed, &part, repair))
        return 0;
    msched__text_remark(in, MSCHED_SEVERITY_WARNING, typed.data, "unknown_song", repair,
                        "the catalog has no song \"%.*s\"; it stays unscheduled",
                        (int)(typed.size > 120 ? 120 : typed.size), typed.data);
    msched__text_offer_during(in, part, repair);
    return 1;
}

static void warn_unknown(msched__text_reader *in, msched__slice typed, const char *query)
{
    if (query != NULL && warn_during(in, typed))
        return;
    if (in->deadline_ns != 0 && msched__text_clock_ns() >= in->deadline_ns) {
        warn_not_searched(in, typed);
        return;
    }
    uint32_t tracks[CANDIDATES_MAX], count = 0;
    int taken = 0, shown = (int)(typed.size > 120 ? 120 : typed.size);
    msched_find_options options;
    msched_find_options_init(&options, sizeof options);
    options.limit = CANDIDATES_MAX;
    options.allocator = &in->memory;
    msched_hits *hits = NULL;
    if (query != NULL &&
        msched_find(&hits, in->catalog, query, &options, NULL) == MSCHED_ERROR_MEMORY)
        in->failed = 1;
    for (; count < msched_hits_count(hits) && count < CANDIDATES_MAX; count++) {
        msched_hit hit = {.struct_size = sizeof hit};
        msched_hits_get(hits, count, &hit);
        if (hit.score < MSCHED__LIKELY_SCORE)
            break;
        tracks[count] = hit.track;
        taken |= count == 0 && hit.match <= MSCHED_MATCH_WORDS; /* as a schedule takes it */
    }
    msched_hits_unref(hits);
    const char *const *texts = count == 0 ? NULL : describe(in, tracks, count);
    in->failed |= count > 0 && texts == NULL;
    char repair[300] = "";
    if (texts != NULL && taken)
        say_songs(repair, sizeof repair, texts, count);
    else if (texts != NULL)
        snprintf(repair, sizeof repair, "did you mean \"%s\"?", texts[0]);
    else
        snprintf(repair, sizeof repair, "write Title - Artist, spelled as in the catalog");
    if (texts != NULL && taken)
        msched__text_remark(in, MSCHED_SEVERITY_WARNING, typed.data, "near_song", repair,
                            "no song is called \"%.*s\"; using \"%s\"", shown, typed.data,
                            texts[0]);
    else
        msched__text_remark(in, MSCHED_SEVERITY_WARNING, typed.data, "unknown_song", repair,
                            "the catalog has no song \"%.*s\"; it stays unscheduled", shown,
                            typed.data);
    if (texts != NULL)
        msched__diag_candidates(in->diag, texts, count);
    msched__diag_span(in->diag, msched__utf8_length(typed.data, typed.size));
}

/*
 * "spotify:track:ID", an address, or a bare track id of the catalog; what follows must be
 * attributes. 1 if it matches.
 */
static int read_id(msched__text_reader *in, msched__text_song *song)
{
    msched__slice word = in->words[0];
    size_t before = address_size(word);
    msched__slice id = {word.data + before,
                        id_size((msched__slice){word.data + before, word.size - before})};
    if (before == 0 && (id.size != word.size || id.size < 16))
        return 0;
    size_t rest = before + id.size;
    if (id.size == 0 || id.size > MSCHED_PLAN_MAX_ID_BYTES ||
        (rest < word.size && word.data[rest] != '?' && word.data[rest] != '/')) {
        msched__text_error(in, id.data, MSCHED_ERROR_VALUE, "bad_track_id",
                           "write spotify:track: and the 22 letters and digits of the id",
                           "the track id is missing");
        return -1;
    }
    uint32_t index;
    const char *text = copy(in, id);
    int known = text != NULL && in->catalog != NULL &&
                msched_catalog_find_id(in->catalog, text, &index, NULL) == MSCHED_OK;
    if (before == 0 && !known && (in->catalog != NULL || id.size != 22))
        return 0;
    if (!all_attributes(in, 1)) {
        if (before == 0)
            return 0;
        msched__text_error(in, in->words[1].data, MSCHED_ERROR_SYNTAX, "unexpected_text",
                           "remove it, or correct the attribute",
                           "only times, must, nice, x2 and during: can follow a track id");
        return -1;
    }
    song->track_id = text;
    if (!known && in->catalog != NULL)
        warn_unknown(in, id, NULL);
    return 1;
}

/* 1 if the last of several words is "4:21" or "(4:21)", the length of a song. */
static int ends_with_length(const msched__text_reader *in)
{
    if (in->word_count < 2)
        return 0;
    msched__slice word = in->words[in->word_count - 1];
    if (word.size > 2 && (word.data[0] == '(' || word.data[0] == '['))
        word = (msched__slice){word.data + 1, word.size - 2};
    size_t at = 0;
    const int32_t minutes = msched__take_number(word, &at, 2);
    return minutes >= 0 && minutes < 13 && at + 3 == word.size && word.data[at] == ':' &&
           word.data[at + 1] < '6' && is_alnum(word.data[at + 1]) && is_alnum(word.data[at + 2]) &&
           word.data[at + 2] <= '9';
}

/* 1 if the words are a song and attributes of it. */
static int are_song(msched__text_reader *in, uint32_t title_words)
{
    for (uint32_t k = in->word_count; k >= 1 && !in->failed; k--) {
        const msched__slice typed = msched__text_raw(in, msched__text_words(in, 0, k - 1));
        msched__song_match match;
        if (!all_attributes(in, k))
            continue;
        if (msched__song_match_text(in->catalog, typed.data, typed.size, &match, NULL) != MSCHED_OK)
            in->failed = 1;
        else if (match.form != MSCHED__SONG_NONE &&
                 (match.form != MSCHED__SONG_TITLE || k >= title_words))
            return 1;
    }
    return 0;
}

int msched__text_names_song(msched__text_reader *in, msched__slice text, uint32_t title_words)
{
    if (!msched__text_split(in, text))
        return 0;
    if (are_song(in, title_words))
        return 1;
    if (!ends_with_length(in))
        return 0;
    in->word_count--;
    return are_song(in, title_words);
}

/* The longest text that is a song and is followed by attributes only. 1 if there is one. */
static int read_title(msched__text_reader *in, msched__text_song *song)
{
    in->run->count = 0;
    uint32_t end = msched__run_trail(in, 1, in->word_count, MSCHED__PLACE_SONG);
    for (uint32_t k = in->word_count; k >= end && !in->failed; k--) {
        msched__slice typed = msched__text_raw(in, msched__text_words(in, 0, k - 1));
        msched__song_match match;
        if (msched__song_match_text(in->catalog, typed.data, typed.size, &match, NULL) !=
            MSCHED_OK) {
            in->failed = 1;
            return 0;
        }
        if (match.form == MSCHED__SONG_NONE || !all_attributes(in, k))
            continue;
        msched_track track = {.struct_size = sizeof track};
        msched_catalog_get_track(in->catalog, match.track, &track);
        song->track_id = copy(in, (msched__slice){track.id, strlen(track.id)});
        song->query = typed.size <= MSCHED__QUERY_MAX_BYTES ? copy(in, typed) : NULL;
        if (match.recording_count > 1)
            warn_ambiguous(in, typed, &match);
        return 1;
    }
    return 0;
}

/* The same without the length of the song behind it. */
static int read_title_with_length(msched__text_reader *in, msched__text_song *song)
{
    if (!ends_with_length(in))
        return 0;
    const msched__slice length = in->words[--in->word_count];
    const int found = read_title(in, song);
    if (found == 0) {
        in->word_count++;
        return 0;
    }
    msched__text_remark(in, MSCHED_SEVERITY_NOTE, length.data, "length_of_song",
                        "write at and the time to hear it then",
                        "\"%.*s\" is read as the length of the song", (int)length.size,
                        length.data);
    return found;
}

uint32_t msched__text_leave_bare(msched__text_reader *in, uint32_t end)
{
    msched__run *run = in->run;
    for (uint32_t i = 0; i < run->count;) {
        if (run->items[i].first != end || (run->items[i].attr.doubt & MSCHED__BARE) == 0) {
            i++;
            continue;
        }
        end += run->items[i].count;
        run->count--;
        memmove(run->items + i, run->items + i + 1, (run->count - i) * sizeof *run->items);
    }
    return end;
}

/*
 * Not a song of the catalog: the attributes at the end are removed, and the rest is stored as the
 * request.
 */
static int read_unknown(msched__text_reader *in, msched__text_song *song)
{
    in->run->count = 0;
    uint32_t end = msched__run_trail(in, 1, in->word_count, MSCHED__PLACE_SONG);
    if (in->catalog != NULL) /* "Black Friday" */
        end = msched__text_leave_bare(in, end);
    msched__slice typed = msched__text_raw(in, msched__text_words(in, 0, end - 1));
    if (typed.size > MSCHED__QUERY_MAX_BYTES) {
        msched__text_error(in, typed.data, MSCHED_ERROR_LIMIT, "song_too_long",
                           "write title and artist only",
                           "the song's text has %zu bytes: at most %d are looked up", typed.size,
                           MSCHED__QUERY_MAX_BYTES);
        return -1;
    }
    song->query = copy(in, typed);
    if (in->catalog != NULL && song->query != NULL)
        warn_unknown(in, typed, song->query);
    return 1;
}

static int check_song_times(msched__text_reader *in, const msched__text_values *v)
{
    static const enum msched__attr_kind places[] = {MSCHED__ATTR_RANGE, MSCHED__ATTR_AT,
                                                    MSCHED__ATTR_EARLIEST, MSCHED__ATTR_LATEST,
                                                    MSCHED__ATTR_DAYPART};
    enum msched__attr_kind first = v->column[MSCHED__ATTR_AT] != 0 ? MSCHED__ATTR_AT
                                                                   : MSCHED__ATTR_RANGE;
    int ok = 1;
    for (size_t i = 0; v->column[first] != 0 && i < 5; i++)
        if (places[i] != first && v->column[places[i]] != 0) {
            msched__text_conflict(in, v, first, places[i], "conflicting_attributes",
                                  "remove one of the two");
            ok = 0;
        }
    return ok;
}

void msched__text_song_line(msched__text_reader *in, size_t start)
{
    msched__slice text = {in->plain.data + start, in->plain.size - start};
    if (!msched__text_split(in, text))
        return;
    if (in->word_count == 0) {
        msched__text_error(in, in->line.data, MSCHED_ERROR_SYNTAX, "no_title",
                           "write Title - Artist after the mark", "the song is missing");
        return;
    }
    msched__text_song song = {.line = in->line_number};
    int found = read_id(in, &song);
    if (found == 0 && in->catalog != NULL)
        found = read_title(in, &song);
    if (found == 0 && in->catalog != NULL)
        found = read_title_with_length(in, &song);
    if (found == 0 && !in->failed)
        found = read_unknown(in, &song);
    if (found != 1 || in->failed || !msched__run_values(in, &song.values) ||
        !check_song_times(in, &song.values) || !msched__text_keep_rule(in, &song.values) ||
        !msched__text_read_dates(in, &song.values, &song.dates))
        return;
    void *block = in->songs;
    if (!msched__grow(&in->memory, &block, &in->song_capacity, (size_t)in->song_count + 1,
                      sizeof *in->songs)) {
        in->failed = 1;
        return;
    }
    in->songs = block;
    in->songs[in->song_count++] = song;
}

/* Add a song that fill leaves out, by the id of a track. */
static void add_avoided(msched__text_reader *in, const char *id)
{
    msched_listening *l = &in->listening;
    const char **ids = msched__arena_alloc(&in->arena, (size_t)l->fill_avoid_count + 1,
                                           sizeof *ids);
    if (ids == NULL || id == NULL) {
        in->failed = 1;
        return;
    }
    if (l->fill_avoid_count > 0)
        memcpy(ids, l->fill_avoid, l->fill_avoid_count * sizeof *ids);
    ids[l->fill_avoid_count++] = id;
    l->fill_avoid = ids;
}

/* The track of a title, found as in the line of a song; NULL: none, which is reported. */
static const char *find_avoided(msched__text_reader *in, msched__slice typed)
{
    msched__song_match match = {.form = MSCHED__SONG_NONE};
    int shown = (int)(typed.size > 120 ? 120 : typed.size);
    if (in->catalog != NULL &&
        msched__song_match_text(in->catalog, typed.data, typed.size, &match, NULL) != MSCHED_OK) {
        in->failed = 1;
        return NULL;
    }
    if (match.form == MSCHED__SONG_NONE) {
        msched__text_remark(in, MSCHED_SEVERITY_WARNING, typed.data, "unknown_song",
                            in->catalog != NULL
                                ? "write Title - Artist, spelled as in the catalog"
                                : "write spotify:track: and its id, or give a catalog",
                            "unknown song \"%.*s\"; nothing is avoided for it", shown, typed.data);
        msched__diag_span(in->diag, msched__utf8_length(typed.data, typed.size));
        return NULL;
    }
    if (match.recording_count > 1)
        warn_ambiguous(in, typed, &match);
    msched_track track = {.struct_size = sizeof track};
    msched_catalog_get_track(in->catalog, match.track, &track);
    return copy(in, (msched__slice){track.id, strlen(track.id)});
}

/* "14 days", "14d", "2 weeks": songs that were heard so lately. 0: it is not a number of days. */
static int take_avoid_days(msched__text_reader *in, msched__slice value)
{
    static const char *const units[] = {"days", "day", "d", "weeks", "week", "w", NULL};
    size_t at = 0;
    int32_t count = msched__take_number(value, &at, 5);
    msched__skip_spaces(value, &at);
    size_t unit = at;
    if (count < 1 || !msched__take_any(value, &at, units) || at != value.size)
        return 0;
    int64_t days = (int64_t)count * ((value.data[unit] | 32) == 'w' ? 7 : 1);
    if (days > 36500)
        msched__text_bad_value(in, value, "bad_setting", "write avoid: 14 days",
                               "at most 36500 days can be avoided");
    else
        in->listening.avoid_days = (uint32_t)days;
    return 1;
}

/* "yesterday.json": an earlier schedule or a listening history. 0: it is not such a file. */
static int take_avoid_file(msched__text_reader *in, msched__slice value)
{
    static const char *const endings[] = {".json", ".jsonl", ".csv", ".json.gz", ".csv.gz"};
    msched_listening *l = &in->listening;
    msched__slice name = msched__text_raw(in, value);
    if (name.size > 2 && name.data[0] == '"' && name.data[name.size - 1] == '"')
        name = (msched__slice){name.data + 1, name.size - 2};
    int found = 0;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t size = strlen(endings[i]);
        found |= name.size > size &&
                 msched__slice_is((msched__slice){name.data + name.size - size, size}, endings[i]);
    }
    if (!found)
        return 0;
    if (l->avoid_file_count >= MSCHED_PLAN_MAX_AVOID_FILES || name.size > MSCHED__PATH_MAX_BYTES) {
        msched__text_error(in, value.data, MSCHED_ERROR_LIMIT, "too_many", "remove some of them",
                           "a plan has at most %d files to avoid, with names of up to %d bytes",
                           MSCHED_PLAN_MAX_AVOID_FILES, MSCHED__PATH_MAX_BYTES);
        return 1;
    }
    const char **files = msched__arena_alloc(&in->arena, (size_t)l->avoid_file_count + 1,
                                             sizeof *files);
    const char *file = copy(in, name);
    in->failed |= files == NULL || file == NULL;
    if (in->failed)
        return 1;
    if (l->avoid_file_count > 0)
        memcpy(files, l->avoid_files, l->avoid_file_count * sizeof *files);
    files[l->avoid_file_count++] = file;
    l->avoid_files = files;
    return 1;
}

void msched__text_avoid(msched__text_reader *in, msched__slice value)
{
    if (take_avoid_days(in, value) || take_avoid_file(in, value))
        return;
    size_t marker = msched__text_song_marker(value);
    if (marker != SIZE_MAX)
        value = (msched__slice){value.data + marker, value.size - marker};
    if (!msched__text_split(in, value))
        return;
    if (in->word_count == 0 || in->listening.fill_avoid_count >= AVOIDED_MAX) {
        int none = in->word_count == 0;
        msched__text_error(in, value.data, none ? MSCHED_ERROR_SYNTAX : MSCHED_ERROR_LIMIT,
                           none ? "bad_setting" : "too_many",
                           none ? "write avoid: Title - Artist, or quote the title of a to-do"
                                : "remove some of them, or plan with your listening history",
                           none ? "the song is missing" : "a text has at most 256 songs to avoid");
        return;
    }
    msched__text_song song = {.line = in->line_number};
    int found = read_id(in, &song);
    if (found == 1 && in->run->count > 0) {
        msched__text_error(in, in->words[1].data, MSCHED_ERROR_SYNTAX, "unexpected_text",
                           "remove it", "unexpected text after the song");
        return;
    }
    const char *id = song.track_id;
    if (found == 0)
        id = find_avoided(in, msched__text_raw(in, msched__text_words(in, 0, in->word_count - 1)));
    if (found >= 0 && id != NULL)
        add_avoided(in, id);
}
