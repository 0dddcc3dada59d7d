/*
 * catalog/saved/saved_form.h: objects that are laid out alike in memory and in a saved catalog. A
 * form lists the numbers and the arrays of one object; saving writes them as sections, opening
 * points the object at the sections. What a file says is checked before anything uses it.
 */
#ifndef MSCHED_CATALOG_SAVED_SAVED_FORM_H
#define MSCHED_CATALOG_SAVED_SAVED_FORM_H

#include "catalog/catalog_data.h"

#include <stddef.h>

/* The first section of each form: its numbers; its arrays follow. */
enum msched__form_section {
    MSCHED__FORM_CATALOG = 0x100,
    MSCHED__FORM_LOOKUP = 0x200,
    MSCHED__FORM_KEY_ORDER = 0x300,
    MSCHED__FORM_GROUPS = 0x400,
    MSCHED__FORM_MOODS = 0x500,
    MSCHED__FORM_DUPLICATES = 0x600
};

#define MSCHED__FORM_COUNT   6
#define MSCHED__FORM_NUMBERS 48
#define MSCHED__FORM_PARTS   72

typedef struct msched__form_part {
    void *place; /* of the pointer to the items */
    uint64_t count;
    uint32_t item_size;
    int is_optional; /* the pointer may be NULL */
} msched__form_part;

typedef struct msched__form {
    uint32_t section, number_count, part_count;
    uint32_t *numbers[MSCHED__FORM_NUMBERS];
    msched__form_part parts[MSCHED__FORM_PARTS];
} msched__form;

void msched__form_number(msched__form *form, uint32_t *number);
void msched__form_part_add(msched__form *form, msched__form_part part);
#define MSCHED__FORM_ADD(form, field, items)                                                       \
    msched__form_part_add(form, (msched__form_part){&(field), (items), sizeof *(field), 0})
#define MSCHED__FORM_ADD_OPTIONAL(form, field, items)                                              \
    msched__form_part_add(form, (msched__form_part){&(field), (items), sizeof *(field), 1})

/* What is listed as lying at `place` lies at `other`. */
void msched__form_replace(msched__form *form, const void *place, void *other);

/* Read the numbers of a form, whose other parts may be listed afterwards. 0: not there. */
int msched__form_read_numbers(const msched__form *form, const msched__section_file *file);
/* Point at the arrays. 0 where one is missing or has another count of items. */
int msched__form_read_parts(const msched__form *form, const msched__section_file *file);

/* Sections that are gathered to be written. */
typedef struct msched__form_output {
    msched__section_source sections[MSCHED__FORM_COUNT * (MSCHED__FORM_PARTS + 1)];
    uint32_t numbers[MSCHED__FORM_COUNT][MSCHED__FORM_NUMBERS];
    uint32_t section_count, form_count;
} msched__form_output;

/* Forms are added by ascending sections; what they list stays until it is written. */
void msched__form_write(const msched__form *form, msched__form_output *out);

/*
 * Opening an object of the layers above from a saved catalog. msched__attached_new makes an empty
 * one of `size` bytes, which begins with its msched__attached; NULL where the catalog is not a
 * saved one, or out of memory. msched__form_open then points it at its sections and, if the catalog
 * is checked, asks `is_sound`. It frees the object and returns NULL where a section is missing or
 * wrong; NULL in, NULL out.
 */
void *msched__attached_new(const msched_catalog *catalog, size_t size);
msched__attached *msched__form_open(msched__attached *self, const msched_catalog *catalog,
                                    void (*list)(msched__attached *self, const msched_catalog *c,
                                                 msched__form *form),
                                    int (*is_sound)(const msched__attached *self,
                                                    const msched_catalog *c));

/* All below `limit`; with `or_none`, or MSCHED__NONE. */
int msched__all_below(const uint32_t *items, uint64_t count, uint64_t limit, int or_none);
int msched__all_bytes_below(const uint8_t *items, uint64_t count, uint32_t limit);
/* Each offset is 0 or that of a text in `text`. */
int msched__all_texts(const uint32_t *offsets, uint64_t count, const char *text, uint64_t size);
/* UTF-8 with NULs, which begins and ends with one. `size` is at least 1. */
int msched__is_text_pool(const char *text, uint64_t size);
/*
 * starts ascend from 0 to row_count, with at least `least` rows a key, and rows are below `limit`.
 */
int msched__is_index(const msched__index *index, uint32_t key_count, uint64_t row_count,
                     uint64_t limit, uint32_t least);
/* Each of 0 .. count - 1 is there once. -1: out of memory. */
int msched__is_permutation(const uint32_t *items, uint32_t count,
                           const msched_allocator *allocator);

#endif
