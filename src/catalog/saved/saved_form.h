/*
 * catalog/saved/saved_form.h: objects with the same layout in memory and in a saved catalog. A form
 * lists the numbers and arrays of an object. Saving writes them as sections, and opening points the
 * object at the sections. The contents of a file are checked before anything uses them.
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

/* Replace the place of a part by another. */
void msched__form_replace(msched__form *form, const void *place, void *other);

/* Read the numbers of a form, whose arrays may be listed afterward. 0: they are missing. */
int msched__form_read_numbers(const msched__form *form, const msched__section_file *file);
/* Point the object at the arrays. 0 if one is missing or has another number of items. */
int msched__form_read_parts(const msched__form *form, const msched__section_file *file);

/* Sections collected for writing. */
typedef struct msched__form_output {
    msched__section_source sections[MSCHED__FORM_COUNT * (MSCHED__FORM_PARTS + 1)];
    uint32_t numbers[MSCHED__FORM_COUNT][MSCHED__FORM_NUMBERS];
    uint32_t section_count, form_count;
} msched__form_output;

/* Add forms by ascending section; what they list must stay until it is written. */
void msched__form_write(const msched__form *form, msched__form_output *out);

/*
 * Open an object of the layers above from a saved catalog. msched__attached_new makes an empty
 * object of `size` bytes, which begins with its msched__attached; NULL if the catalog was not
 * opened from a file, or out of memory. msched__form_open points the object at its sections and, if
 * the catalog is checked, calls `is_sound`; NULL: the object is checked when it is used. If a
 * section is missing or wrong, it frees the object and returns NULL. It passes on NULL.
 */
void *msched__attached_new(const msched_catalog *catalog, size_t size);
msched__attached *msched__form_open(msched__attached *self, const msched_catalog *catalog,
                                    void (*list)(msched__attached *self, const msched_catalog *c,
                                                 msched__form *form),
                                    int (*is_sound)(const msched__attached *self,
                                                    const msched_catalog *c));

/* All are below `limit` or, with `or_none`, MSCHED__NONE. */
int msched__all_below(const uint32_t *items, uint64_t count, uint64_t limit, int or_none);
int msched__all_bytes_below(const uint8_t *items, uint64_t count, uint32_t limit);
/* Each offset is 0 or the start of a text in `text`. */
int msched__all_texts(const uint32_t *offsets, uint64_t count, const char *text, uint64_t size);
/* UTF-8 with NULs, which begins and ends with one. `size` is at least 1. */
int msched__is_text_pool(const char *text, uint64_t size);
/*
 * starts ascend from 0 to row_count, with at least `least` rows a key, and rows are below `limit`.
 */
int msched__is_index(const msched__index *index, uint32_t key_count, uint64_t row_count,
                     uint64_t limit, uint32_t least);
/* Each of 0 .. count - 1 occurs once. -1: out of memory. */
int msched__is_permutation(const uint32_t *items, uint32_t count,
                           const msched_allocator *allocator);

#endif
