#include "handle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct Match {
    msched_playlist *playlist;
    msched_playlist_match *match;
    msched_catalog *catalog;
};

void delete_Match(Match *self)
{
    if (self == NULL)
        return;
    msched_playlist_match_unref(self->match);
    msched_playlist_unref(self->playlist);
    msched_catalog_unref(self->catalog);
    free(self);
}

/* Look the songs of `data` up in the catalog; NULL with err written on failure. */
static Match *match_data(Catalog *catalog, const char *data, size_t size, const char *only,
                         msched_error *err)
{
    msched_playlist_options options;
    Match *self = calloc(1, sizeof *self);
    if (self == NULL) {
        fail(err, MSCHED_ERROR_MEMORY, "out of memory", "");
        return NULL;
    }
    msched_playlist_options_init(&options, sizeof options);
    options.only = only;
    self->catalog = Catalog_take(catalog, err);
    if (self->catalog != NULL &&
        msched_playlist_read(&self->playlist, data, size, &options, err) == MSCHED_OK)
        msched_playlist_match_make(&self->match, self->playlist, self->catalog, err);
    if (self->match != NULL)
        return self;
    delete_Match(self);
    return NULL;
}

Match *Catalog_match_file(Catalog *self, const char *path, const char *only, msched_error *err)
{
    size_t size = 0;
    char *data = read_file(path, MSCHED_PLAYLIST_MAX_BYTES, &size, err);
    Match *match = data == NULL ? NULL : match_data(self, data, size, only, err);
    free(data);
    return match;
}

/* A text as JSON after `out`, which has room for six bytes a byte; where it ends. */
static char *write_json(char *out, const char *text)
{
    *out++ = '"';
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            *out++ = '\\';
        if ((unsigned char)*text < 0x20)
            out += sprintf(out, "\\u%04x", (unsigned)*text);
        else
            *out++ = *text;
    }
    *out++ = '"';
    return out;
}

/* As a JSON array, so that no text is taken for a form of playlist. */
Match *Catalog_match_songs(Catalog *self, const char *songs, msched_error *err)
{
    char *copy = NULL;
    const char **lines = NULL;
    uint32_t count = split_lines(songs, &copy, &lines, err);
    size_t length = songs == NULL ? 0 : strlen(songs);
    char *json = malloc(6 * length + 3 * (size_t)count + 3), *end = json;
    Match *match = NULL;
    if (json == NULL && err->code == MSCHED_OK)
        fail(err, MSCHED_ERROR_MEMORY, "out of memory", "");
    if (err->code == MSCHED_OK) {
        *end++ = '[';
        for (uint32_t i = 0; i < count; i++) {
            if (i > 0)
                *end++ = ',';
            end = write_json(end, lines[i]);
        }
        *end++ = ']';
        match = match_data(self, json, (size_t)(end - json), NULL, err);
    }
    free(json);
    free(copy);
    free(lines);
    return match;
}

char *Match_name(Match *self, msched_error *err)
{
    const char *name = msched_playlist_name(self->playlist);
    return copy_text(name, strlen(name), err);
}

int64_t Match_found(Match *self)
{
    return msched_playlist_match_found_count(self->match);
}

/* The columns of a table of songs; NULL when out of memory. */
typedef struct columns {
    double *line;
    char **title, **artist, **album, **id, **found, **track_id, **track_name, **track_artist;
    char **candidates;
} columns;

static void set_hit(Table *out, const columns *to, uint32_t row, const Match *match)
{
    msched_playlist_hit hit = {.struct_size = sizeof hit};
    msched_track track = {.struct_size = sizeof track};
    char label[8][512];
    const char *texts[8];
    uint32_t shown = 0;
    msched_playlist_match_get(match->match, row, &hit);
    table_set_text(out, to->found, row, msched_playlist_found_name(hit.found));
    if (hit.found != MSCHED_FOUND_NONE &&
        msched_catalog_get_track(match->catalog, hit.track, &track) == MSCHED_OK) {
        table_set_text(out, to->track_id, row, track.id);
        table_set_text(out, to->track_name, row, track.name);
        table_set_text(out, to->track_artist, row, track.artist);
    }
    for (; shown < hit.candidate_count && shown < 8; shown++) {
        msched_catalog_get_track(match->catalog, hit.candidates[shown], &track);
        snprintf(label[shown], sizeof label[shown], "%s - %s", track.name, track.artist);
        texts[shown] = label[shown];
    }
    if (shown > 0)
        table_set_texts(out, to->candidates, row, texts, shown);
}

Table *Match_songs(Match *self, msched_error *err)
{
    uint32_t rows = msched_playlist_song_count(self->playlist);
    Table *result = table_create(rows, 10);
    columns to = {.line = table_add_numbers(result, "line", 1)};
    to.title = table_add_texts(result, "title");
    to.artist = table_add_texts(result, "artist");
    to.album = table_add_texts(result, "album");
    to.id = table_add_texts(result, "id");
    to.found = table_add_texts(result, "found");
    to.track_id = table_add_texts(result, "track_id");
    to.track_name = table_add_texts(result, "track_name");
    to.track_artist = table_add_texts(result, "track_artist");
    to.candidates = table_add_texts(result, "candidates");
    for (uint32_t r = 0; to.line != NULL && r < rows; r++) {
        msched_playlist_song song = {.struct_size = sizeof song};
        msched_playlist_get_song(self->playlist, r, &song);
        to.line[r] = (double)song.line;
        table_set_text(result, to.title, r, song.title);
        table_set_text(result, to.artist, r, song.artist);
        table_set_text(result, to.album, r, song.album);
        table_set_text(result, to.id, r, song.id);
        set_hit(result, &to, r, self);
    }
    return table_finish(result, err);
}

Table *Match_remarks(Match *self, msched_error *err)
{
    uint32_t rows = msched_playlist_remark_count(self->playlist);
    Table *result = table_create(rows, 2);
    double *lines = table_add_numbers(result, "line", 1);
    char **reason = table_add_texts(result, "reason");
    for (uint32_t r = 0; lines != NULL && r < rows; r++) {
        uint64_t line = 0;
        table_set_text(result, reason, r, msched_playlist_get_remark(self->playlist, r, &line));
        lines[r] = (double)line;
    }
    return table_finish(result, err);
}

char *Match_to_json(Match *self, msched_error *err)
{
    msched_text *text = NULL;
    msched_playlist_match_to_json(self->match, &text, err);
    return take_text(err->code, text, err);
}

Plan *Plan_add_songs(Plan *self, const Match *match, int must, int64_t weight, int64_t limit,
                     msched_error *err)
{
    msched_playlist_use use;
    msched_plan *added = NULL;
    msched_playlist_use_init(&use, sizeof use);
    use.must = must != 0;
    use.weight = to_uint32("weight", weight, err);
    use.limit = to_uint32("limit", limit, err);
    if (match == NULL && err->code == MSCHED_OK)
        fail(err, MSCHED_ERROR_ARGUMENT, "no match was given", "");
    msched_plan *plan = err->code == MSCHED_OK ? Plan_take(self, err) : NULL;
    if (plan != NULL)
        msched_plan_add_playlist(&added, plan, match->match, &use, NULL, err);
    msched_plan_unref(plan);
    return Plan_wrap(added, err);
}
