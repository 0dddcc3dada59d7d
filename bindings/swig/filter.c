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
    if (k == KINDS || text == NULL) {
        fail(err, MSCHED_ERROR_ARGUMENT, "\"%s\" is not one of genre, subgenre, artist, playlist with a text",
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

void filter_years(filter *self, int first, int last)
{
    self->known.year_min = first;
    self->known.year_max = last;
}

void filter_popularity(filter *self, int low, int high)
{
    self->known.popularity_min = low;
    self->known.popularity_max = high;
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

const msched_filter *filter_get(const filter *self)
{
    return self == NULL ? NULL : &self->known;
}
