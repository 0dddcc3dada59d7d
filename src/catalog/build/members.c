#include "catalog/build/members.h"

#include "base/alloc.h"
#include "base/slice.h"

#include <string.h>

msched__intern *msched__list_table(msched_catalog_builder *builder, enum msched__list_kind kind)
{
    return kind == MSCHED__LIST_ARTISTS  ? &builder->artists
           : kind == MSCHED__LIST_GENRES ? &builder->genres
                                         : &builder->subgenres;
}

static int is_letter_of(char c, char lower)
{
    return c == lower || c == lower - 'a' + 'A';
}

/* Bytes of "feat. ", " ft. ", "(featuring " and the like at this place, or 0. */
static size_t featuring_at(msched__slice text, size_t at)
{
    static const char *const words[] = {"featuring", "feat", "ft"};
    if (at == 0 || strchr(" ([", text.data[at]) == NULL)
        return 0;
    const size_t from = at + 1;
    for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
        size_t size = 0;
        while (words[w][size] != '\0' && from + size < text.size &&
               is_letter_of(text.data[from + size], words[w][size]))
            size++;
        if (words[w][size] != '\0')
            continue;
        size += from + size < text.size && text.data[from + size] == '.';
        if (from + size + 1 < text.size && text.data[from + size] == ' ')
            return size + 2;
    }
    return 0;
}

/* Bytes of the separator at this place, or 0. */
static size_t separator_at(msched__slice text, size_t at, uint32_t split)
{
    const char c = text.data[at];
    if (c == MSCHED__MEMBER_END || (c == ';' && (split & MSCHED__SPLIT_SEMICOLON)) ||
        (c == ',' && (split & MSCHED__SPLIT_COMMA)))
        return 1;
    return (split & MSCHED__SPLIT_FEATURING) ? featuring_at(text, at) : 0;
}

static int has_featuring(msched__slice text)
{
    for (size_t at = 0; at + 3 < text.size; at++)
        if (is_letter_of(text.data[at + 1], 'f') && featuring_at(text, at) > 0)
            return 1;
    return 0;
}

#define EVERY_BYTE UINT64_C(0x0101010101010101)

/* Not 0 if a byte of the word is `byte`. */
static inline uint64_t has_byte(uint64_t word, char byte)
{
    const uint64_t differ = word ^ (unsigned char)byte * EVERY_BYTE;
    return (differ - EVERY_BYTE) & ~differ & 0x80 * EVERY_BYTE;
}

uint32_t msched__separators_of(const msched__text_pool *pool, uint32_t offset)
{
    enum { LETTER = 16 }; /* "f" or "F": "feat." may be there */
    static const uint8_t kinds[256] = {[';'] = MSCHED__SPLIT_SEMICOLON,
                                       [','] = MSCHED__SPLIT_COMMA,
                                       [MSCHED__MEMBER_END] = MSCHED__SPLIT_MARKED,
                                       ['f'] = LETTER,
                                       ['F'] = LETTER};
    const char *text = pool->data + offset, *at = text, *end = pool->data + pool->size;
    uint32_t found = 0;
    uint64_t word;
    for (; end - at >= (ptrdiff_t)sizeof word; at += sizeof word) {
        memcpy(&word, at, sizeof word);
        if (has_byte(word, '\0') != 0)
            break;
        found |= (has_byte(word, ';') != 0 ? MSCHED__SPLIT_SEMICOLON : 0u) |
                 (has_byte(word, ',') != 0 ? MSCHED__SPLIT_COMMA : 0u) |
                 (has_byte(word, MSCHED__MEMBER_END) != 0 ? MSCHED__SPLIT_MARKED : 0u) |
                 (has_byte(word | 0x20 * EVERY_BYTE, 'f') != 0 ? LETTER : 0u);
    }
    for (; *at != '\0'; at++)
        found |= kinds[(unsigned char)*at];
    const uint32_t separators = found & (MSCHED__SPLIT_ALL | MSCHED__SPLIT_MARKED);
    return (found & LETTER) && has_featuring((msched__slice){text, (size_t)(at - text)})
               ? separators | MSCHED__SPLIT_FEATURING
               : separators;
}

int msched__next_member(msched__slice *rest, uint32_t split, msched__slice *member)
{
    while (rest->size > 0) {
        size_t size = 0, separator = 0;
        while (size < rest->size && (separator = separator_at(*rest, size, split)) == 0)
            size++;
        *member = msched__trim((msched__slice){rest->data, size});
        *rest = (msched__slice){rest->data + size + separator, rest->size - size - separator};
        /* the bracket that "(feat." opened */
        if ((split & MSCHED__SPLIT_FEATURING) && rest->size == 0 && member->size > 1 &&
            strchr(")]", member->data[member->size - 1]) != NULL &&
            memchr(member->data, '(', member->size) == NULL &&
            memchr(member->data, '[', member->size) == NULL)
            member->size--;
        if (member->size > 0)
            return 1;
    }
    return 0;
}

/* A text of a table. */
static msched__slice text_of(const msched__intern *table, uint32_t item)
{
    const char *text = table->pool->data + table->offsets[item];
    return (msched__slice){text, strlen(text)};
}

static uint32_t split_of(const msched__built_lists *lists, uint32_t item)
{
    return item < lists->decided && lists->split != NULL ? lists->split[item] & MSCHED__SPLIT_ALL
                                                         : 0;
}

/* Add a member to the last list unless it is there. 0 when out of memory. */
static int add_member(msched_catalog_builder *builder, msched__built_lists *lists, size_t from,
                      uint32_t member)
{
    for (size_t i = from; i < lists->row_count; i++)
        if (lists->rows[i] == member)
            return 1;
    if (!msched__grow(&builder->allocator, (void **)&lists->rows, &lists->row_capacity,
                      lists->row_count + 1, sizeof *lists->rows))
        return 0;
    lists->rows[lists->row_count++] = member;
    return 1;
}

/* The member's number in the table, which may grow by it. UINT32_MAX when out of memory. */
static uint32_t number_of(msched__intern *table, msched__slice member)
{
    const uint64_t hash = msched__intern_hash(&member, 1);
    const uint32_t item = msched__intern_find(table, &member, 1, hash);
    if (item != MSCHED__NONE)
        return item;
    return msched__intern_reserve(table) ? msched__intern_add(table, &member, 1, hash)
                                         : MSCHED__NONE;
}

/* Write a list as "A, B". */
static void rewrite(msched__intern *table, uint32_t item, const msched__built_lists *lists,
                    size_t from)
{
    msched__text_pool *pool = table->pool;
    const size_t start = pool->size;
    for (size_t i = from; i < lists->row_count; i++) {
        const msched__slice member = text_of(table, lists->rows[i]);
        if (i > from) {
            memcpy(pool->data + pool->size, ", ", 2);
            pool->size += 2;
        }
        memcpy(pool->data + pool->size, member.data, member.size);
        pool->size += member.size;
    }
    pool->data[pool->size++] = '\0';
    table->offsets[item] = (uint32_t)start;
}

/* The members of one text: itself, or those of a list. 0 when out of memory. */
static int split_item(msched_catalog_builder *builder, msched__intern *table, uint32_t item,
                      msched__built_lists *lists)
{
    const uint32_t split = split_of(lists, item);
    const size_t from = lists->row_count, size = text_of(table, item).size;
    const int marked = memchr(table->pool->data + table->offsets[item], MSCHED__MEMBER_END, size) !=
                       NULL;
    if (split == 0 && !marked)
        return add_member(builder, lists, from, item);
    /* the members, and the text again: it may move while members are added */
    if (!msched__text_pool_reserve(table->pool, 4 * size + 16))
        return 0;
    msched__slice rest = text_of(table, item), member;
    while (msched__next_member(&rest, split, &member)) {
        const uint32_t number = number_of(table, member);
        if (number == MSCHED__NONE || !add_member(builder, lists, from, number))
            return 0;
    }
    if (lists->row_count == from)
        return add_member(builder, lists, from, item);
    if (marked || (split & MSCHED__SPLIT_SEMICOLON))
        rewrite(table, item, lists, from);
    return 1;
}

static int has_lists(const msched__intern *table, const msched__built_lists *lists)
{
    for (uint32_t i = 0; i < lists->decided; i++)
        if (lists->split[i] != 0)
            return 1;
    for (uint32_t i = lists->decided; i < table->count; i++) {
        const msched__slice text = text_of(table, i);
        if (memchr(text.data, MSCHED__MEMBER_END, text.size) != NULL)
            return 1;
    }
    return 0;
}

static int split_table(msched_catalog_builder *builder, enum msched__list_kind kind)
{
    msched__intern *table = msched__list_table(builder, kind);
    msched__built_lists *lists = &builder->lists[kind];
    if (!has_lists(table, lists))
        return 1;
    size_t room = 0;
    for (uint32_t item = 0; item < table->count; item++) {
        if (!msched__grow(&builder->allocator, (void **)&lists->starts, &room, (size_t)item + 2,
                          sizeof *lists->starts))
            return 0;
        lists->starts[item] = (uint32_t)lists->row_count;
        if (!split_item(builder, table, item, lists))
            return 0;
        lists->starts[item + 1] = (uint32_t)lists->row_count;
    }
    return 1;
}

msched_result msched__builder_split_lists(msched_catalog_builder *builder, msched_error *err)
{
    for (int kind = 0; kind < MSCHED__LIST_KINDS; kind++)
        if (!split_table(builder, (enum msched__list_kind)kind))
            return msched__fail_memory(err);
    return MSCHED_OK;
}
