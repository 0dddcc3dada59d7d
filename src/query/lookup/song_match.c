#include "query/lookup/song_match.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/fold.h"
#include "query/lookup/search_index.h"
#include "query/lookup/search_read.h"

#include <string.h>

static const msched__song_match no_match = {.form = MSCHED__SONG_NONE, .track = MSCHED__NONE};

/* Add a doc to the match, keeping the list in order of popularity. */
static void add_doc(const msched__search *search, msched__song_match *out, uint32_t form,
                    uint32_t *docs, uint32_t doc)
{
    for (uint32_t i = 0; i < out->listed; i++)
        if (docs[i] == doc)
            return; /* found by another split */
    out->form = form;
    out->recording_count++;
    uint32_t at = out->listed < MSCHED__SONG_MATCH_MAX ? out->listed++ : MSCHED__SONG_MATCH_MAX;
    for (; at > 0 && docs[at - 1] > doc; at--)
        if (at < MSCHED__SONG_MATCH_MAX)
            docs[at] = docs[at - 1];
    if (at < MSCHED__SONG_MATCH_MAX)
        docs[at] = doc;
    for (uint32_t i = 0; i < out->listed; i++)
        out->tracks[i] = search->doc_track[docs[i]];
    out->track = out->tracks[0];
}

static void add_title(const msched__search *search, msched__song_match *out, uint32_t *docs,
                      const char *title, size_t size)
{
    uint32_t doc = msched__search_find_exact(search, title, size, NULL, 0);
    for (; doc != MSCHED__NONE; doc = search->title_next[doc]) {
        if (out->listed < MSCHED__SONG_MATCH_MAX)
            add_doc(search, out, MSCHED__SONG_TITLE, docs, doc); /* docs of a chain ascend */
        else
            out->recording_count++;
    }
}

static void add_pair(const msched__search *search, msched__song_match *out, uint32_t *docs,
                     uint32_t form, const char *title, size_t title_size, const char *artist,
                     size_t artist_size)
{
    uint32_t doc = msched__search_find_exact(search, title, title_size, artist, artist_size);
    const int found = doc != MSCHED__NONE;
    for (; doc != MSCHED__NONE; doc = search->pair_next[doc])
        add_doc(search, out, form, docs, doc);
    if (found)
        return;
    doc = msched__search_find_exact(search, title, title_size, NULL, 0);
    while ((doc = msched__search_shared_by(search, doc, artist, artist_size)) != MSCHED__NONE) {
        add_doc(search, out, form, docs, doc);
        doc = search->title_next[doc];
    }
}

/* Try every place of `between`, such as " - ", in a normal text as the separator. */
static void add_splits(const msched__search *search, msched__song_match *out, uint32_t *docs,
                       uint32_t form, const char *between, const char *text, size_t size)
{
    const size_t gap = strlen(between);
    for (size_t at = 1; at + gap < size; at++) {
        if (memcmp(text + at, between, gap) != 0)
            continue;
        const char *rest = text + at + gap;
        const size_t rest_size = size - at - gap;
        if (form == MSCHED__SONG_ARTIST_TITLE)
            add_pair(search, out, docs, form, rest, rest_size, text, at);
        else
            add_pair(search, out, docs, form, text, at, rest, rest_size);
        if (out->form == MSCHED__SONG_NONE && form == MSCHED__SONG_TITLE_ARTIST && at > 2 &&
            text[0] == '"' && text[at - 1] == '"')
            add_pair(search, out, docs, form, text + 1, at - 2, rest, rest_size);
    }
}

static void match_normal(const msched__search *search, msched__song_match *out, const char *text,
                         size_t size)
{
    static const char *const bys[] = {" by ", " von ", " de ", " di ", " van ", " av "};
    uint32_t docs[MSCHED__SONG_MATCH_MAX];
    *out = no_match;
    if (size == 0)
        return;
    add_splits(search, out, docs, MSCHED__SONG_TITLE_ARTIST, " - ", text, size);
    if (out->form == MSCHED__SONG_NONE)
        add_title(search, out, docs, text, size);
    if (out->form == MSCHED__SONG_NONE)
        add_splits(search, out, docs, MSCHED__SONG_ARTIST_TITLE, " - ", text, size);
    for (size_t i = 0; i < sizeof bys / sizeof bys[0] && out->form == MSCHED__SONG_NONE; i++)
        add_splits(search, out, docs, MSCHED__SONG_TITLE_ARTIST, bys[i], text, size);
}

/* Whether a track's texts equal title and artist except for case. `room` fits both folded texts. */
static int same_but_case(const msched_catalog *catalog, uint32_t track, const char *folded,
                         size_t folded_size, uint32_t form, char *room)
{
    const char *title = msched__catalog_text(catalog, catalog->track_name[track]);
    const char *artist = msched__catalog_text(catalog,
                                              catalog->artist_name[catalog->track_artist[track]]);
    const char *first = form == MSCHED__SONG_ARTIST_TITLE ? artist : title,
               *second = first == title ? artist : title;
    size_t size = msched__fold_case(room, first, strlen(first));
    if (form != MSCHED__SONG_TITLE) {
        memcpy(room + size, " - ", 3);
        size += 3;
        size += msched__fold_case(room + size, second, strlen(second));
    }
    return size == folded_size && memcmp(room, folded, size) == 0;
}

/*
 * If several recordings differ only in diacritics and the like, keep those that equal the text
 * exactly, if any.
 */
static msched_result prefer_same(const msched_catalog *catalog, const char *text, size_t size,
                                 msched__song_match *out, msched_error *err)
{
    if (out->listed < 2)
        return MSCHED_OK;
    size_t longest = 0;
    for (uint32_t i = 0; i < out->listed; i++) {
        uint32_t track = out->tracks[i];
        size_t here = strlen(msched__catalog_text(catalog, catalog->track_name[track])) +
                      strlen(msched__catalog_text(
                          catalog, catalog->artist_name[catalog->track_artist[track]]));
        longest = here > longest ? here : longest;
    }
    char *folded = msched__alloc_array(&catalog->allocator, size + 1, 3),
         *room = msched__alloc_array(&catalog->allocator, longest + 1, 3);
    if (folded == NULL || room == NULL) {
        msched__free(&catalog->allocator, folded);
        msched__free(&catalog->allocator, room);
        return msched__fail_memory(err);
    }
    size_t folded_size = msched__fold_case(folded, text, size);
    uint32_t kept = 0, tracks[MSCHED__SONG_MATCH_MAX];
    for (uint32_t i = 0; i < out->listed; i++)
        if (same_but_case(catalog, out->tracks[i], folded, folded_size, out->form, room))
            tracks[kept++] = out->tracks[i];
    msched__free(&catalog->allocator, folded);
    msched__free(&catalog->allocator, room);
    if (kept == 0 || out->recording_count > out->listed)
        return MSCHED_OK;
    memcpy(out->tracks, tracks, kept * sizeof *tracks);
    out->listed = out->recording_count = kept;
    out->track = tracks[0];
    return MSCHED_OK;
}

msched_result msched__song_match_text(const msched_catalog *catalog, const char *text, size_t size,
                                      msched__song_match *out, msched_error *err)
{
    return msched__song_match_prefix(catalog, text, &size, 1, out, err);
}

msched_result msched__song_match_prefix(const msched_catalog *catalog, const char *text,
                                        const size_t *ends, size_t end_count,
                                        msched__song_match *out, msched_error *err)
{
    *out = no_match;
    const msched__search *search = msched__search_of(catalog, err);
    if (search == NULL)
        return MSCHED_ERROR_MEMORY;
    if (end_count == 0)
        return MSCHED_OK;
    char *normal = msched__alloc_array(&catalog->allocator,
                                       MSCHED__NORMAL_ROOM(ends[end_count - 1]), 1);
    if (normal == NULL)
        return msched__fail_memory(err);
    for (size_t i = end_count; i-- > 0 && out->form == MSCHED__SONG_NONE;) {
        match_normal(search, out, normal, msched__search_normal(normal, text, ends[i]));
        out->size = ends[i];
    }
    msched__free(&catalog->allocator, normal);
    if (out->form == MSCHED__SONG_NONE) {
        out->size = 0;
        return MSCHED_OK;
    }
    return prefer_same(catalog, text, out->size, out, err);
}

msched_result msched__song_match_pair(const msched_catalog *catalog, const char *title,
                                      const char *artist, msched__song_match *out,
                                      msched_error *err)
{
    *out = no_match;
    const msched__search *search = msched__search_of(catalog, err);
    if (search == NULL)
        return MSCHED_ERROR_MEMORY;
    size_t title_size = strlen(title), artist_size = artist == NULL ? 0 : strlen(artist);
    char *normal = msched__alloc_array(&catalog->allocator, title_size + artist_size + 5, 20);
    if (normal == NULL)
        return msched__fail_memory(err);
    char *artist_normal = normal + MSCHED__NORMAL_ROOM(title_size);
    uint32_t docs[MSCHED__SONG_MATCH_MAX];
    size_t size = msched__search_normal(normal, title, title_size);
    if (size > 0 && artist_size == 0)
        add_title(search, out, docs, normal, size);
    else if (size > 0)
        add_pair(search, out, docs, MSCHED__SONG_TITLE_ARTIST, normal, size, artist_normal,
                 msched__search_normal(artist_normal, artist, artist_size));
    out->size = title_size;
    msched_result result = MSCHED_OK;
    if (out->listed > 1) { /* as if both were on one line */
        memcpy(normal, title, title_size);
        memcpy(normal + title_size, " - ", 3);
        memcpy(normal + title_size + 3, artist_size == 0 ? "" : artist, artist_size);
        result = prefer_same(catalog, normal,
                             artist_size == 0 ? title_size : title_size + 3 + artist_size, out,
                             err);
    }
    msched__free(&catalog->allocator, normal);
    return result;
}
