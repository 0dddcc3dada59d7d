/* Which texts of an input are lists of artists or genres: by its header and all its texts. */
#include "catalog/build/settle_lists.h"

#include "base/alloc.h"
#include "catalog/build/members.h"
#include "catalog/cells/row.h"

#include <stdio.h>
#include <string.h>

/* A separator counts if at least one in this many texts has it. */
#define ONE_IN 100

typedef struct texts {
    msched_catalog_builder *builder;
    msched__intern *table;
    msched__built_lists *lists;
    uint32_t from;                  /* the first text that this input gave */
    int is_plural;                  /* the header speaks of several */
    uint64_t semicolons, featuring; /* texts with these separators */
    uint64_t tight, spaced;         /* texts with commas: without a blank after any, and others */
    uint64_t found, kept;           /* lists, and texts with commas that are not lists */
    uint32_t used;                  /* separators of the lists */
    int marked;                     /* some were lists in the input */
} texts;

static msched__slice text_of(const texts *t, uint32_t item)
{
    const char *text = t->table->pool->data + t->table->offsets[item];
    return (msched__slice){text, strlen(text)};
}

static int has_word(const char *text, const char *word)
{
    const size_t size = strlen(word);
    for (; *text != '\0'; text++)
        if (msched__same_letters(text, word, size))
            return 1;
    return 0;
}

/* "artists", "Artist Name(s)", "Genres". */
static int speaks_of_several(const msched__file_report *file, uint32_t column)
{
    const uint32_t field = file->columns[column].field;
    if (field == 0 || field > file->field_count ||
        file->columns[column].found_by == MSCHED__FOUND_BY_NAME)
        return 0;
    const char *header = file->fields[field - 1];
    return has_word(header, "artists") || has_word(header, "genres") ||
           has_word(header, "performers") || has_word(header, "names") ||
           strchr(header, '(') != NULL;
}

/* 1 if a comma separates thousands, as in "10,000 Maniacs". */
static int has_thousands(msched__slice text)
{
    for (size_t at = 1; at + 3 < text.size; at++) {
        size_t digits = 0;
        while (at + 1 + digits < text.size && text.data[at + 1 + digits] >= '0' &&
               text.data[at + 1 + digits] <= '9')
            digits++;
        if (text.data[at] == ',' && digits == 3 && text.data[at - 1] >= '0' &&
            text.data[at - 1] <= '9')
            return 1;
    }
    return 0;
}

static void count_commas(texts *t, msched__slice text)
{
    const char *comma = memchr(text.data, ',', text.size), *end = text.data + text.size;
    while (comma != NULL && comma + 1 < end && comma[1] != ' ')
        comma = memchr(comma + 1, ',', (size_t)(end - comma - 1));
    if (comma == NULL)
        t->tight += !has_thousands(text);
    else
        t->spaced++;
}

/* Which separators each text has, and how many texts have each. */
static void look(texts *t)
{
    for (uint32_t item = t->from; item < t->table->count; item++) {
        if (item >= t->lists->looked)
            t->lists->split[item] = (uint8_t)msched__separators_of(t->table->pool,
                                                                   t->table->offsets[item]);
        const uint32_t separators = t->lists->split[item];
        t->semicolons += (separators & MSCHED__SPLIT_SEMICOLON) != 0;
        t->featuring += (separators & MSCHED__SPLIT_FEATURING) != 0;
        if ((separators & (MSCHED__SPLIT_COMMA | MSCHED__SPLIT_MARKED)) == MSCHED__SPLIT_COMMA)
            count_commas(t, text_of(t, item));
    }
}

/* Whether enough texts have a separator to rule out an accident. */
static int is_common(const texts *t, uint64_t found)
{
    return found > 0 && ONE_IN * found >= t->table->count - t->from;
}

/*
 * Whether the parts between commas also occur alone: all of them, or half of them if the header is
 * a plural.
 */
static int parts_stand_alone(const texts *t, msched__slice text, uint32_t split)
{
    uint32_t parts = 0, known = 0;
    msched__slice member;
    while (msched__next_member(&text, split | MSCHED__SPLIT_COMMA, &member)) {
        parts++;
        known += msched__intern_find(t->table, &member, 1, msched__intern_hash(&member, 1)) !=
                 MSCHED__NONE;
    }
    return parts > 1 && (t->is_plural ? 2 * known >= parts : known == parts);
}

static void decide(texts *t, uint32_t separators, int commas_split)
{
    for (uint32_t item = t->from; item < t->table->count; item++) {
        const uint32_t found = t->lists->split[item], marked = found & MSCHED__SPLIT_MARKED;
        uint32_t split = found & separators;
        if (!marked && (found & MSCHED__SPLIT_COMMA)) {
            const msched__slice text = text_of(t, item);
            if ((commas_split && !has_thousands(text)) || parts_stand_alone(t, text, split))
                split |= MSCHED__SPLIT_COMMA;
            else
                t->kept++;
        }
        t->lists->split[item] = (uint8_t)(split | marked);
        t->used |= split;
        t->marked |= marked != 0;
        t->found += (split | marked) != 0;
    }
}

/* "track_artist: texts that name several were split at ";": 12". */
static void tell(const texts *t, uint32_t column)
{
    const char *const how[] = {(t->used & MSCHED__SPLIT_SEMICOLON) ? "\";\"" : NULL,
                               (t->used & MSCHED__SPLIT_COMMA) == 0 ? NULL
                               : t->is_plural                       ? "\",\""
                                              : "\",\" where the parts also occur alone",
                               (t->used & MSCHED__SPLIT_FEATURING) ? "\"feat.\"" : NULL,
                               t->marked ? "boundaries known from brackets or counts" : NULL};
    char where[160] = "";
    size_t used = 0;
    for (size_t i = 0; i < sizeof how / sizeof how[0]; i++)
        if (how[i] != NULL)
            used += (size_t)snprintf(where + used, sizeof where - used, "%s%s",
                                     used == 0 ? "" : ", ", how[i]);
    if (t->found > 0)
        msched__report_note(&t->builder->report, t->builder->report.last_file,
                            "%s: texts that name several were split at %s: %llu",
                            msched__column_name(column), where, (unsigned long long)t->found);
}

static int settle_kind(msched_catalog_builder *builder, enum msched__list_kind kind)
{
    static const uint32_t columns[MSCHED__LIST_KINDS] = {
        MSCHED__COLUMN_TRACK_ARTIST, MSCHED__COLUMN_GENRE, MSCHED__COLUMN_SUBGENRE};
    msched__file_report *file = builder->report.last_file;
    texts t = {.builder = builder,
               .table = msched__list_table(builder, kind),
               .lists = &builder->lists[kind],
               .from = builder->lists[kind].decided,
               .is_plural = speaks_of_several(file, columns[kind])};
    if (t.from == t.table->count)
        return 1;
    if (!msched__grow(&builder->allocator, (void **)&t.lists->split, &t.lists->split_capacity,
                      t.table->count, 1))
        return 0;
    uint32_t separators = 0;
    look(&t);
    t.lists->looked = t.table->count;
    if (t.is_plural || is_common(&t, t.semicolons))
        separators |= MSCHED__SPLIT_SEMICOLON;
    if (kind == MSCHED__LIST_ARTISTS && is_common(&t, t.featuring))
        separators |= MSCHED__SPLIT_FEATURING;
    /* people write a blank after a comma, and programs that join artists may not */
    const int joined = t.spaced == 0 && t.semicolons == 0 && is_common(&t, t.tight);
    decide(&t, separators, t.is_plural && (kind != MSCHED__LIST_ARTISTS || joined));
    t.lists->decided = t.table->count;
    tell(&t, columns[kind]);
    if (kind == MSCHED__LIST_ARTISTS &&
        file->columns[columns[kind]].found_by != MSCHED__FOUND_BY_NAME &&
        file->columns[MSCHED__COLUMN_ARTIST_URIS].field == 0 &&
        file->columns[MSCHED__COLUMN_ARTIST_COUNT].field == 0)
        file->unsplit_artists = t.kept;
    return 1;
}

int msched__builder_settle_lists(msched_catalog_builder *builder)
{
    for (int kind = 0; !builder->options.strict && kind < MSCHED__LIST_KINDS; kind++)
        if (!settle_kind(builder, (enum msched__list_kind)kind))
            return 0;
    return 1;
}
