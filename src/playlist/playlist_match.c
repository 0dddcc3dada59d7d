/*
 * Find each song of a playlist in a catalog. The most reliable way comes first: an id, then the
 * exact title and artist, then both without the additions of services. A song with a different
 * title is never a match, only a candidate.
 */
#include "playlist/playlist_match.h"

#include "base/alloc.h"
#include "base/options.h"
#include "base/utf8.h"
#include "catalog/catalog_check.h"
#include "playlist/playlist_line.h"
#include "query/lookup/plain_title.h"
#include "query/lookup/song_match.h"

#include <musicsched/lookup.h>

#include <string.h>

#define CANDIDATES_MAX 5
#define QUERY_MAX      1000

const char *msched_playlist_found_name(uint32_t found)
{
    static const char *const names[] = {"none", "id", "exact", "close", "title"};
    return found < sizeof names / sizeof names[0] ? names[found] : NULL;
}

static msched__slice slice_of(const char *text)
{
    return (msched__slice){text, strlen(text)};
}

static int find_by_id(const msched_playlist_match *match, const msched__playlist_song *song,
                      msched__playlist_hit *hit)
{
    const char *const ids[] = {song->id, song->isrc};
    for (size_t i = 0; i < 2; i++)
        if (ids[i][0] != '\0' &&
            msched_catalog_find_id(match->catalog, ids[i], &hit->track, NULL) == MSCHED_OK) {
            hit->found = MSCHED_FOUND_ID;
            return 1;
        }
    hit->track = MSCHED__NONE;
    return 0;
}

static int keep_candidates(msched_playlist_match *match, msched__playlist_hit *hit,
                           const uint32_t *tracks, uint32_t count)
{
    uint32_t *kept = msched__arena_alloc(&match->arena, count, sizeof *kept);
    if (kept == NULL)
        return 0;
    for (uint32_t i = 0; i < count; i++)
        if (tracks[i] != hit->track)
            kept[hit->candidate_count++] = tracks[i];
    hit->candidates = hit->candidate_count > 0 ? kept : NULL;
    return 1;
}

/* Match a title and an artist that are parts of a text. */
static msched_result match_parts(const msched_playlist_match *match, msched__slice title,
                                 msched__slice artist, msched__song_match *found)
{
    char *copy = msched__alloc_array(&match->allocator, title.size + artist.size + 2, 1);
    if (copy == NULL)
        return MSCHED_ERROR_MEMORY;
    memcpy(copy, title.data, title.size);
    copy[title.size] = '\0';
    memcpy(copy + title.size + 1, artist.data, artist.size);
    copy[title.size + 1 + artist.size] = '\0';
    const msched_result result = msched__song_match_pair(match->catalog, copy,
                                                         copy + title.size + 1, found, NULL);
    msched__free(&match->allocator, copy);
    return result;
}

/* Match a line such as "Title by Artist", whose title may have the word itself. */
static msched_result match_line(const msched_playlist_match *match,
                                const msched__playlist_song *song, msched__song_match *found)
{
    msched_result result = MSCHED_OK;
    msched__slice title, artist;
    if (song->artist[0] != '\0')
        return MSCHED_OK;
    for (uint32_t n = 0;
         n < MSCHED__LINE_READINGS && result == MSCHED_OK && found->form == MSCHED__SONG_NONE; n++)
        if (msched__line_split(slice_of(song->title), n, &title, &artist))
            result = match_parts(match, title, artist, found);
    return result;
}

/* Match the exact texts. 1: found, 0: not, -1: out of memory. */
static int find_exact(msched_playlist_match *match, const msched__playlist_song *song,
                      msched__playlist_hit *hit)
{
    msched__song_match found = {.form = MSCHED__SONG_NONE};
    msched_result result = MSCHED_OK;
    if (song->title[0] == '\0')
        return 0;
    if (song->artist[0] != '\0') {
        result = msched__song_match_pair(match->catalog, song->title, song->artist, &found, NULL);
        if (result == MSCHED_OK && found.form == MSCHED__SONG_NONE && song->loose)
            result = msched__song_match_pair(match->catalog, song->artist, song->title, &found,
                                             NULL);
    } else {
        result = msched__song_match_text(match->catalog, song->title, strlen(song->title), &found,
                                         NULL);
    }
    if (result == MSCHED_OK && found.form == MSCHED__SONG_NONE)
        result = match_line(match, song, &found);
    if (result != MSCHED_OK)
        return -1;
    if (found.form == MSCHED__SONG_NONE)
        return 0;
    hit->track = found.track;
    hit->found = song->artist[0] == '\0' && found.form == MSCHED__SONG_TITLE ? MSCHED_FOUND_TITLE
                                                                             : MSCHED_FOUND_EXACT;
    return found.listed < 2 || keep_candidates(match, hit, found.tracks, found.listed) ? 1 : -1;
}

/* Title and artist of a song in up to three readings, the likeliest first. Returns their number. */
static size_t readings(const msched__playlist_song *song, msched__slice title[3],
                       msched__slice artist[3])
{
    size_t count = 0;
    msched__slice whole = slice_of(song->title);
    if (song->artist[0] != '\0') {
        title[count] = whole;
        artist[count++] = slice_of(song->artist);
        title[count] = artist[0];
        artist[count] = whole;
        return count + (song->loose != 0);
    }
    for (size_t at = 1; at + 3 < whole.size && count == 0; at++)
        if (memcmp(whole.data + at, " - ", 3) == 0) {
            title[1] = artist[0] = (msched__slice){whole.data + at + 3, whole.size - at - 3};
            title[0] = artist[1] = (msched__slice){whole.data, at};
            count = 2;
        }
    for (uint32_t n = 0; n < MSCHED__LINE_READINGS && count == 0; n++)
        count = (size_t)msched__line_split(whole, n, &title[0], &artist[0]);
    return count;
}

/* 1 if the track is the song except for additions, 0 if not, -1 when out of memory. */
static int is_close(const msched_playlist_match *match, const msched__playlist_song *song,
                    uint32_t track)
{
    const msched_catalog *catalog = match->catalog;
    msched__slice titles[3], artists[3];
    size_t count = readings(song, titles, artists);
    int same = 0;
    for (size_t i = 0; i < count && same == 0; i++) {
        const msched__slice title[2] = {
            titles[i], slice_of(msched__catalog_text(catalog, catalog->track_name[track]))};
        const msched__slice artist[2] = {
            artists[i], slice_of(msched__catalog_text(
                            catalog, catalog->artist_name[catalog->track_artist[track]]))};
        same = msched__same_song(&match->allocator, title, artist);
    }
    return same;
}

/* The query of the lookup: the plain title and the first artist, cut between characters. */
static int write_query(const msched_playlist_match *match, const msched__playlist_song *song,
                       char query[QUERY_MAX + 1])
{
    msched__slice title = slice_of(song->title),
                  artist = msched__first_artist(slice_of(song->artist));
    char *plain = msched__alloc_array(&match->allocator, title.size + 1, 1);
    if (plain == NULL)
        return 0;
    size_t size = msched__plain_title(plain, title);
    size = size > QUERY_MAX - 200 ? QUERY_MAX - 200 : size;
    memcpy(query, plain, size);
    msched__free(&match->allocator, plain);
    if (artist.size > 0 && size + 1 + artist.size <= QUERY_MAX) {
        query[size++] = ' ';
        memcpy(query + size, artist.data, artist.size);
        size += artist.size;
    }
    while (size > 0 && msched__utf8_check(query, size) < size)
        size--;
    query[size] = '\0';
    return 1;
}

/* Search by lookup for a hit that is the song, or candidates. 0 when out of memory. */
static int find_near(msched_playlist_match *match, const msched__playlist_song *song,
                     msched__playlist_hit *hit)
{
    char query[QUERY_MAX + 1];
    uint32_t tracks[CANDIDATES_MAX], count = 0;
    msched_find_options options;
    msched_hits *hits = NULL;
    int same = 0;
    if (!write_query(match, song, query))
        return 0;
    msched_find_options_init(&options, sizeof options);
    options.limit = CANDIDATES_MAX;
    options.allocator = &match->allocator;
    if (query[0] == '\0')
        return 1;
    msched_result result = msched_find(&hits, match->catalog, query, &options, NULL);
    for (uint32_t i = 0; result == MSCHED_OK && i < msched_hits_count(hits); i++) {
        msched_hit one = {.struct_size = sizeof one};
        msched_hits_get(hits, i, &one);
        if (one.score >= MSCHED__LIKELY_SCORE)
            tracks[count++] = one.track;
        if (hit->found == MSCHED_FOUND_NONE && (same = is_close(match, song, one.track)) == 1) {
            hit->found = MSCHED_FOUND_CLOSE;
            hit->track = one.track;
        }
        if (same < 0)
            result = MSCHED_ERROR_MEMORY;
    }
    msched_hits_unref(hits);
    if (result == MSCHED_ERROR_MEMORY)
        return 0;
    return count == 0 || hit->found != MSCHED_FOUND_NONE ||
           keep_candidates(match, hit, tracks, count);
}

static int find_song(msched_playlist_match *match, uint32_t index)
{
    const msched__playlist_song *song = &match->playlist->songs[index];
    msched__playlist_hit *hit = &match->hits[index];
    *hit = (msched__playlist_hit){.found = MSCHED_FOUND_NONE, .track = MSCHED__NONE};
    int found = find_by_id(match, song, hit);
    if (found == 0)
        found = find_exact(match, song, hit);
    if (found == 0)
        found = find_near(match, song, hit) ? 0 : -1;
    match->found_count += hit->found != MSCHED_FOUND_NONE;
    return found >= 0;
}

msched_result msched_playlist_match_make(msched_playlist_match **out, msched_playlist *playlist,
                                         msched_catalog *catalog, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (playlist == NULL)
        return msched__fail_null(err, "playlist");
    if (catalog == NULL)
        return msched__fail_null(err, "catalog");
    const msched_result needed = msched__catalog_need_all(catalog, err);
    if (needed != MSCHED_OK)
        return needed;
    msched_playlist_match *match = msched__alloc_zero(&playlist->allocator, 1, sizeof *match);
    if (match == NULL)
        return msched__fail_memory(err);
    msched__refcount_init(&match->refs);
    match->allocator = playlist->allocator;
    msched__arena_init(&match->arena, &match->allocator, 0);
    match->playlist = msched_playlist_ref(playlist);
    match->catalog = msched_catalog_ref(catalog);
    match->hits = msched__alloc_array(&match->allocator, playlist->song_count, sizeof *match->hits);
    int ok = match->hits != NULL;
    for (uint32_t i = 0; i < playlist->song_count && ok; i++)
        ok = find_song(match, i);
    if (!ok) {
        msched_playlist_match_unref(match);
        return msched__fail_memory(err);
    }
    *out = match;
    return MSCHED_OK;
}

void msched_playlist_match_unref(msched_playlist_match *match)
{
    if (match == NULL || !msched__refcount_drop(&match->refs))
        return;
    msched_allocator allocator = match->allocator;
    msched__free(&allocator, match->hits);
    msched__arena_reset(&match->arena);
    msched_playlist_unref(match->playlist);
    msched_catalog_unref(match->catalog);
    msched__free(&allocator, match);
}

uint32_t msched_playlist_match_found_count(const msched_playlist_match *match)
{
    return match == NULL ? 0 : match->found_count;
}

msched_result msched_playlist_match_get(const msched_playlist_match *match, uint32_t index,
                                        msched_playlist_hit *hit)
{
    if (match == NULL || index >= match->playlist->song_count)
        return MSCHED_ERROR_ARGUMENT;
    const msched__playlist_hit *from = &match->hits[index];
    msched_playlist_hit known = {.struct_size = sizeof known,
                                 .found = from->found,
                                 .track = from->track,
                                 .candidate_count = from->candidate_count,
                                 .candidates = from->candidates};
    return msched__options_write(hit, &known, sizeof known);
}
