#include "plan/plan_identity.h"

#include "base/fold.h"
#include "base/hash.h"
#include "base/stable_hash.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

#define SLUG_KEPT_BYTES 92 /* of a longer slug; the rest is "-" and 16 digits */
#define SLUG_MAX_BYTES  109

/* Open addressing: texts with their counts. */
typedef struct name_table {
    const char **keys;
    uint32_t *counts;
    size_t mask;
} name_table;

const char *msched__plan_slug(msched__arena *arena, const char *title, size_t size)
{
    char *out = msched__arena_alloc(arena, 3 * size + SLUG_MAX_BYTES + 1, 1);
    if (out == NULL)
        return NULL;
    size_t length = msched__fold_case(out, title, size), kept = 0;
    for (size_t i = 0; i < length; i++)
        if (out[i] != ' ')
            out[kept++] = out[i];
        else if (kept > 0 && out[kept - 1] != '-')
            out[kept++] = '-';
    out[kept] = '\0';
    if (kept <= SLUG_MAX_BYTES)
        return out;
    uint64_t hash = msched__stable_hash(MSCHED__STABLE_HASH_START, out, kept);
    const size_t cut = msched__utf8_cut(out, kept, SLUG_KEPT_BYTES);
    snprintf(out + cut, SLUG_MAX_BYTES + 1 - cut, "-%016llx", (unsigned long long)hash);
    return out;
}

static size_t find_slot(const name_table *table, const char *key)
{
    size_t at = (size_t)msched__hash(key, strlen(key)) & table->mask;
    while (table->keys[at] != NULL && strcmp(table->keys[at], key) != 0)
        at = (at + 1) & table->mask;
    return at;
}

/* Count a key. Returns its count so far. */
static uint32_t count_key(name_table *table, const char *key)
{
    size_t at = find_slot(table, key);
    table->keys[at] = key;
    return ++table->counts[at];
}

static int make_table(msched__arena *arena, name_table *table, uint32_t count)
{
    size_t slots = 16;
    while (slots < 2 * (size_t)count)
        slots *= 2;
    table->keys = msched__arena_alloc(arena, slots, sizeof *table->keys);
    table->counts = msched__arena_alloc(arena, slots, sizeof *table->counts);
    table->mask = slots - 1;
    if (table->keys == NULL || table->counts == NULL)
        return 0;
    memset(table->keys, 0, slots * sizeof *table->keys);
    memset(table->counts, 0, slots * sizeof *table->counts);
    return 1;
}

/*
 * The slug, with "~number" if it is not the first of its title or if the name is taken. NULL when
 * out of memory.
 */
static const char *free_name(msched__arena *arena, const name_table *taken, const char *slug,
                             uint32_t number)
{
    size_t size = strlen(slug);
    if (number == 1 && taken->keys[find_slot(taken, slug)] == NULL)
        return msched__arena_copy(arena, slug, size);
    char *name = msched__arena_alloc(arena, size + 12, 1);
    if (name == NULL)
        return NULL;
    memcpy(name, slug, size);
    for (number = number == 1 ? 2 : number;; number++) {
        snprintf(name + size, 12, "~%u", (unsigned)number);
        if (taken->keys[find_slot(taken, name)] == NULL)
            return name;
    }
}

static int identify(msched__arena *arena, msched__arena *scratch, msched__identity *items,
                    uint32_t count)
{
    name_table slugs, taken;
    if (!make_table(scratch, &slugs, count) || !make_table(scratch, &taken, count))
        return 0;
    for (uint32_t i = 0; i < count; i++)
        if (items[i].id[0] != '\0')
            count_key(&taken, items[i].id);
    for (uint32_t i = 0; i < count; i++) {
        const char *slug = msched__plan_slug(scratch, items[i].title, strlen(items[i].title));
        if (slug == NULL)
            return 0;
        uint32_t number = count_key(&slugs, slug);
        if (items[i].id[0] != '\0')
            continue;
        if ((items[i].id = free_name(arena, &taken, slug, number)) == NULL)
            return 0;
        count_key(&taken, items[i].id);
    }
    return 1;
}

int msched__plan_identify(msched__arena *arena, msched__identity *items, uint32_t count)
{
    msched__arena scratch;
    msched__arena_init(&scratch, &arena->allocator, 0);
    int made = identify(arena, &scratch, items, count);
    msched__arena_reset(&scratch);
    return made;
}
