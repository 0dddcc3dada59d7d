#include "filter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KINDS 4

struct filter {
    msched_filter known;
    char **texts[KINDS];
    uint32_t counts[KINDS];
};

static const char *const kind_names[KINDS] = {"genre", "subgenre", "artist", "playlist"};

static void fail(msched_error *err, msched_result code, const char *format, const char *text)
{
    memset(err, 0, sizeof *err);
    err->code = code;
    snprintf(err->message, sizeof err->message, format, text);
}

filter *filter_create(msched_error *err)
{
    filter *self = calloc(1, sizeof *self);
    if (self == NULL)
        fail(err, MSCHED_ERROR_MEMORY, "%s", "out of memory");
    else
        msched_filter_init(&self->known, sizeof self->known);
    return self;
}

void filter_free(filter *self)
{
    for (int k = 0; self != NULL && k < KINDS; k++) {
        for (uint32_t i = 0; i < self->counts[k]; i++)
            free(self->texts[k][i]);
        free(self->texts[k]);
    }
    free(self);
}

void filter_add(filter *self, const char *kind, const char *text, msched_error *err)
{
    int k = 0;
    while (k < KINDS && (kind == NULL || strcmp(kind, kind_names[k]) != 0))
        k++;
    if (k < KINDS && text == NULL) {
        fail(err, MSCHED_ERROR_ARGUMENT, kind, ": a text is needed");
        return;
    }
    if (k == KINDS) {
        fail(err, MSCHED_ERROR_ARGUMENT, "\"%s\" is not one of genre, subgenre, artist, playlist",
             kind == NULL ? "" : kind);
        return;
    }
    char **grown = realloc(self->texts[k], (self->counts[k] + 1) * sizeof *grown);
    char *copy = grown == NULL ? NULL : malloc(strlen(text) + 1);
    if (grown != NULL)
        self->texts[k] = grown;
    if (copy == NULL) {
        fail(err, MSCHED_ERROR_MEMORY, "%s", "out of memory");
        return;
    }
    strcpy(copy, text);
    grown[self->counts[k]++] = copy;
    const char *const *lists[KINDS];
    for (int i = 0; i < KINDS; i++)
        lists[i] = (const char *const *)self->texts[i];
    self->known.genres = lists[0];
    self->known.subgenres = lists[1];
    self->known.artists = lists[2];
    self->known.playlists = lists[3];
    self->known.genre_count = self->counts[0];
    self->known.subgenre_count = self->counts[1];
    self->known.artist_count = self->counts[2];
    self->known.playlist_count = self->counts[3];
}

/*
 * The library's 0 for no limit; anything out of range is refused, so that no limit is dropped
 * silently.
 */
static int32_t limit(const char *name, int value, int low, int high, msched_error *err)
{
    char range[32];
    snprintf(range, sizeof range, "%d..%d", low, high);
    if (value == -1)
        return 0;
    if (value < low || value > high)
        fail(err, MSCHED_ERROR_ARGUMENT, name, range);
    return value;
}

void filter_years(filter *self, int first, int last, msched_error *err)
{
    self->known.year_min = limit("years: a year is not within %s", first, 1, 9999, err);
    self->known.year_max = limit("years: a year is not within %s", last, 1, 9999, err);
}

void filter_popularity(filter *self, int low, int high, msched_error *err)
{
    self->known.popularity_min = limit("popularity: the lower limit is not within %s", low, 0, 100,
                                       err);
    self->known.popularity_max = limit("popularity: the upper limit is not within %s", high, 1, 100,
                                       err);
}

void filter_feature(filter *self, const char *name, double low, double high, msched_error *err)
{
    for (uint32_t f = 0; name != NULL && f < MSCHED_FEATURE_COUNT; f++) {
        if (strcmp(name, msched_feature_name(f)) != 0)
            continue;
        self->known.feature_mask |= 1u << f;
        self->known.feature_min[f] = low;
        self->known.feature_max[f] = high;
        return;
    }
    fail(err, MSCHED_ERROR_ARGUMENT, "there is no audio feature \"%s\"", name == NULL ? "" : name);
}

void filter_exclude(filter *self, int zero, int january_first)
{
    self->known.exclude_zero = zero != 0;
    self->known.exclude_january_first = january_first != 0;
}

void filter_allow_unknown(filter *self, int allow)
{
    self->known.allow_unknown = allow != 0;
}

const msched_filter *filter_get(const filter *self)
{
    return self == NULL ? NULL : &self->known;
}
