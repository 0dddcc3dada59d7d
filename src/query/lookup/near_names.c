#include "query/lookup/near_names.h"

#include "base/alloc.h"
#include "base/utf8.h"
#include "query/lookup/search_text.h"

#include <stdio.h>
#include <string.h>

#define NEAR_MAX   3
#define NAME_BYTES 128 /* longer names are similar to none */
#define SHOWN      40  /* bytes of a name that are shown */
#define FAR        UINT32_MAX

typedef struct names {
    const uint32_t *offsets; /* into the catalog's text */
    uint32_t count;
    const msched__index *members; /* NULL: none is a list */
} names;

/* The nearest names so far: distance and text of the catalog. */
typedef struct near_list {
    uint32_t count;
    uint32_t far[NEAR_MAX], text[NEAR_MAX];
} near_list;

const char *msched__name_kind(enum msched__name_kind kind)
{
    static const char *const kinds[MSCHED__NAME_KINDS] = {"genre", "subgenre", "artist",
                                                          "playlist"};
    return kinds[kind];
}

static names names_of(const msched_catalog *catalog, enum msched__name_kind kind)
{
    switch (kind) {
    case MSCHED__NAME_GENRE:
        return (names){catalog->genre_name, catalog->genre_count, &catalog->genre_members};
    case MSCHED__NAME_SUBGENRE:
        return (names){catalog->subgenre_name, catalog->subgenre_count, &catalog->subgenre_members};
    case MSCHED__NAME_ARTIST:
        return (names){catalog->artist_name, catalog->artist_count, &catalog->artist_members};
    default:
        return (names){catalog->playlist_name, catalog->playlist_count, NULL};
    }
}

/* Whether `text` contains `part` as whole words. */
static int has_words(const char *text, const char *part)
{
    const size_t size = strlen(part);
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part))
        if ((at == text || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0'))
            return 1;
    return 0;
}

/* 0: equal except for case and marks; then by mistakes, then by common words; or FAR. */
static uint32_t how_far(const msched__typed *typed, const char *given, const char *name)
{
    const size_t size = strlen(given);
    if (strcmp(given, name) == 0)
        return 0;
    const unsigned mistakes = typed->count == 0 || typed->count > 31
                                  ? 99
                                  : msched__typed_distance(typed, name);
    if (mistakes <= (typed->count < 4 ? 1 : typed->count / 4))
        return mistakes;
    if (size >= 3 && (has_words(name, given) || strncmp(name, given, size) == 0))
        return 20;
    return strlen(name) >= 3 && has_words(given, name) ? 21 : FAR;
}

static void offer(near_list *list, uint32_t far, uint32_t text)
{
    uint32_t at = list->count;
    while (at > 0 && list->far[at - 1] > far)
        at--;
    if (at == NEAR_MAX)
        return;
    if (list->count < NEAR_MAX)
        list->count++;
    for (uint32_t i = list->count - 1; i > at; i--) {
        list->far[i] = list->far[i - 1];
        list->text[i] = list->text[i - 1];
    }
    list->far[at] = far;
    list->text[at] = text;
}

/* `room` holds two normal texts of NAME_BYTES. */
static void find_near(near_list *list, const msched_catalog *catalog, names of, const char *name,
                      char *room)
{
    char *given = room, *other = room + MSCHED__NORMAL_ROOM(NAME_BYTES);
    msched__typed typed;
    msched__search_normal(given, name, strlen(name));
    msched__typed_read(&typed, given);
    for (uint32_t i = 0; i < of.count; i++) {
        const char *text = msched__catalog_text(catalog, of.offsets[i]);
        const size_t size = strlen(text);
        if (size == 0 || size > NAME_BYTES ||
            (of.members != NULL && !msched__is_single(of.members, i)))
            continue;
        msched__search_normal(other, text, size);
        const uint32_t far = how_far(&typed, given, other);
        if (far != FAR)
            offer(list, far, of.offsets[i]);
    }
}

int msched__name_exists(const msched_catalog *catalog, enum msched__name_kind kind,
                        const char *name)
{
    const names of = names_of(catalog, kind);
    for (uint32_t i = 0; i < of.count; i++)
        if (strcmp(msched__catalog_text(catalog, of.offsets[i]), name) == 0 ||
            (kind == MSCHED__NAME_PLAYLIST &&
             strcmp(msched__catalog_text(catalog, catalog->playlist_id[i]), name) == 0))
            return 1;
    return 0;
}

/* Append a name in quotes, cut at a whole character. */
static size_t add_name(char *out, size_t used, const char *before, const char *name)
{
    size_t size = strlen(name);
    const int cut = size > SHOWN;
    if (cut)
        size = msched__utf8_check(name, SHOWN);
    used += (size_t)snprintf(out + used, MSCHED__NEAR_NAMES_ROOM - used, "%s\"%.*s%s\"", before,
                             (int)size, name, cut ? "..." : "");
    return used;
}

static void tell_near(char *out, const msched_catalog *catalog, const near_list *list)
{
    size_t used = (size_t)snprintf(out, MSCHED__NEAR_NAMES_ROOM, "did you mean ");
    for (uint32_t i = 0; i < list->count; i++) {
        const char *before = i == 0 ? "" : i + 1 < list->count ? ", " : " or ";
        used = add_name(out, used, before, msched__catalog_text(catalog, list->text[i]));
        if (list->far[i] == 0) /* nothing is nearer than the same */
            break;
    }
    snprintf(out + used, MSCHED__NEAR_NAMES_ROOM - used, "?");
}

/* All names if they are few enough to fit; else 0. */
static int tell_all(char *out, const msched_catalog *catalog, enum msched__name_kind kind)
{
    const names of = names_of(catalog, kind);
    const char *called = msched__name_kind(kind);
    size_t used = (size_t)snprintf(out, MSCHED__NEAR_NAMES_ROOM,
                                   of.count == 1 ? "the only %s is " : "the %ss are ", called);
    for (uint32_t i = 0; i < of.count; i++) {
        if (of.members != NULL && !msched__is_single(of.members, i))
            continue;
        const char *name = msched__catalog_text(catalog, of.offsets[i]);
        const char *before = i == 0 ? "" : i + 1 < of.count ? ", " : " and ";
        if (used + strlen(before) + strlen(name) >= MSCHED__NEAR_NAMES_ROOM)
            return 0;
        used += (size_t)snprintf(out + used, MSCHED__NEAR_NAMES_ROOM - used, "%s%s", before, name);
    }
    return of.count > 0;
}

/* "it is a subgenre", if the name belongs to another kind. */
static int tell_other_kind(char *out, const msched_catalog *catalog, const char *name)
{
    for (int k = 0; k < MSCHED__NAME_KINDS; k++) {
        const enum msched__name_kind kind = (enum msched__name_kind)k;
        if (msched__name_exists(catalog, kind, name)) {
            snprintf(out, MSCHED__NEAR_NAMES_ROOM, "it is %s %s",
                     kind == MSCHED__NAME_ARTIST ? "an" : "a", msched__name_kind(kind));
            return 1;
        }
    }
    return 0;
}

static void find_nearest(near_list *list, const msched_catalog *catalog, uint32_t kinds,
                         const char *name)
{
    char *room = strlen(name) > NAME_BYTES
                     ? NULL
                     : msched__alloc_array(&catalog->allocator, 2, MSCHED__NORMAL_ROOM(NAME_BYTES));
    for (int k = 0; room != NULL && k < MSCHED__NAME_KINDS; k++)
        if (kinds >> k & 1)
            find_near(list, catalog, names_of(catalog, (enum msched__name_kind)k), name, room);
    msched__free(&catalog->allocator, room);
}

const char *msched__names_near(char out[MSCHED__NEAR_NAMES_ROOM], const msched_catalog *catalog,
                               uint32_t kinds, const char *name)
{
    near_list list = {0};
    int first = 0;
    while (first + 1 < MSCHED__NAME_KINDS && !(kinds >> first & 1))
        first++;
    if (tell_other_kind(out, catalog, name))
        return out;
    find_nearest(&list, catalog, kinds, name);
    if (list.count > 0)
        tell_near(out, catalog, &list);
    else if (!tell_all(out, catalog, (enum msched__name_kind)first))
        snprintf(out, MSCHED__NEAR_NAMES_ROOM, "the catalog has %s %ss%s",
                 names_of(catalog, (enum msched__name_kind)first).count == 0 ? "no" : "many",
                 msched__name_kind((enum msched__name_kind)first),
                 names_of(catalog, (enum msched__name_kind)first).count == 0
                     ? ""
                     : ", and none has a similar name");
    return out;
}
