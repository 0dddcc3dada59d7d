/* Forms, and checks of the arrays in a saved catalog. */
#include "catalog/saved/saved_form.h"

#include "base/alloc.h"
#include "base/utf8.h"

#include <assert.h>
#include <string.h>

void msched__form_number(msched__form *form, uint32_t *number)
{
    assert(form->number_count < MSCHED__FORM_NUMBERS);
    form->numbers[form->number_count++] = number;
}

void msched__form_part_add(msched__form *form, msched__form_part part)
{
    assert(form->part_count < MSCHED__FORM_PARTS);
    form->parts[form->part_count++] = part;
}

void msched__form_replace(msched__form *form, const void *place, void *other)
{
    for (uint32_t i = 0; i < form->part_count; i++)
        if (form->parts[i].place == place)
            form->parts[i].place = other;
}

int msched__form_read_numbers(const msched__form *form, const msched__section_file *file)
{
    uint64_t count;
    const uint32_t *numbers = msched__section_find(file, form->section, sizeof *numbers, &count);
    if (numbers == NULL || count != form->number_count)
        return 0;
    for (uint32_t i = 0; i < form->number_count; i++)
        *form->numbers[i] = numbers[i];
    return 1;
}

int msched__form_read_parts(const msched__form *form, const msched__section_file *file)
{
    for (uint32_t i = 0; i < form->part_count; i++) {
        const msched__form_part *part = &form->parts[i];
        uint64_t count;
        const void *items = msched__section_find(file, form->section + 1 + i, part->item_size,
                                                 &count);
        if (items == NULL ? !part->is_optional : count != part->count)
            return 0;
        memcpy(part->place, &items, sizeof items); /* a pointer of some type */
    }
    return 1;
}

void msched__form_write(const msched__form *form, msched__form_output *out)
{
    uint32_t *numbers = out->numbers[out->form_count++];
    for (uint32_t i = 0; i < form->number_count; i++)
        numbers[i] = *form->numbers[i];
    out->sections[out->section_count++] = (msched__section_source){form->section, sizeof *numbers,
                                                                   form->number_count, numbers};
    for (uint32_t i = 0; i < form->part_count; i++) {
        const msched__form_part *part = &form->parts[i];
        void *items;
        memcpy(&items, part->place, sizeof items);
        if (items != NULL || !part->is_optional)
            out->sections[out->section_count++] = (msched__section_source){
                form->section + 1 + i, part->item_size, part->count, items};
    }
}

static void free_attached(msched__attached *self)
{
    const msched_allocator allocator = self->allocator;
    msched__free(&allocator, self);
}

void *msched__attached_new(const msched_catalog *catalog, size_t size)
{
    if (catalog->saved.data == NULL)
        return NULL;
    msched__attached *self = msched__alloc_zero(&catalog->allocator, 1, size);
    if (self != NULL)
        *self = (msched__attached){free_attached, size, catalog->allocator};
    return self;
}

msched__attached *msched__form_open(msched__attached *self, const msched_catalog *catalog,
                                    void (*list)(msched__attached *self, const msched_catalog *c,
                                                 msched__form *form),
                                    int (*is_sound)(const msched__attached *self,
                                                    const msched_catalog *c))
{
    msched__form form;
    if (self == NULL)
        return NULL;
    list(self, catalog, &form);
    if (msched__form_read_numbers(&form, &catalog->saved)) {
        list(self, catalog, &form); /* its numbers count the items of the arrays */
        if (msched__form_read_parts(&form, &catalog->saved) &&
            (is_sound == NULL || !catalog->checks_saved || is_sound(self, catalog)))
            return self;
    }
    free_attached(self);
    return NULL;
}

/* Items per step of the loops below: a constant that compilers vectorize. */
#define BLOCK 64u

/* Adding 1 makes MSCHED__NONE the smallest value. */
static inline uint32_t largest_word(const uint32_t *items, uint64_t count, uint32_t more)
{
    uint32_t largest = 0;
    for (uint64_t i = 0; i < count; i++)
        largest = items[i] + more > largest ? items[i] + more : largest;
    return largest;
}

int msched__all_below(const uint32_t *items, uint64_t count, uint64_t limit, int or_none)
{
    const uint32_t more = or_none ? 1 : 0;
    uint64_t at = 0;
    for (; count - at >= BLOCK; at += BLOCK)
        if (largest_word(items + at, BLOCK, more) >= limit + more)
            return 0;
    return count == at || largest_word(items + at, count - at, more) < limit + more;
}

static inline uint8_t largest_byte(const uint8_t *items, uint64_t count)
{
    uint8_t largest = 0;
    for (uint64_t i = 0; i < count; i++)
        largest = items[i] > largest ? items[i] : largest;
    return largest;
}

int msched__all_bytes_below(const uint8_t *items, uint64_t count, uint32_t limit)
{
    uint64_t at = 0;
    for (; count - at >= BLOCK; at += BLOCK)
        if (largest_byte(items + at, BLOCK) >= limit)
            return 0;
    return count == at || largest_byte(items + at, count - at) < limit;
}

int msched__all_texts(const uint32_t *offsets, uint64_t count, const char *text, uint64_t size)
{
    if (!msched__all_below(offsets, count, size, 0))
        return 0;
    for (uint64_t i = 0; i < count; i++)
        if (offsets[i] > 0 && text[offsets[i] - 1] != '\0')
            return 0;
    return 1;
}

/* The offset of the first byte beyond ASCII, or `size`. */
static uint64_t skip_ascii(const char *text, uint64_t at, uint64_t size)
{
    uint64_t words[4];
    for (; size - at >= sizeof words; at += sizeof words) {
        memcpy(words, text + at, sizeof words);
        if ((words[0] | words[1] | words[2] | words[3]) & UINT64_C(0x8080808080808080))
            break;
    }
    while (at < size && (unsigned char)text[at] < 0x80)
        at++;
    return at;
}

int msched__is_text_pool(const char *text, uint64_t size)
{
    if (text[size - 1] != '\0')
        return 0;
    for (uint64_t at = skip_ascii(text, 0, size); at < size; at = skip_ascii(text, at, size)) {
        const uint64_t start = at;
        while ((unsigned char)text[at] >= 0x80) /* ends at the last NUL */
            at++;
        if (msched__utf8_check(text + start, (size_t)(at - start)) != at - start)
            return 0;
    }
    return 1;
}

int msched__is_index(const msched__index *index, uint32_t key_count, uint64_t row_count,
                     uint64_t limit, uint32_t least)
{
    uint32_t ascends = index->starts[0] == 0;
    for (uint32_t key = 0; key < key_count; key++)
        ascends &= index->starts[key + 1] >= index->starts[key] &&
                   index->starts[key + 1] - index->starts[key] >= least;
    return ascends && index->starts[key_count] == row_count &&
           msched__all_below(index->rows, row_count, limit, 0);
}

int msched__is_permutation(const uint32_t *items, uint32_t count, const msched_allocator *allocator)
{
    if (!msched__all_below(items, count, count, 0))
        return 0;
    uint8_t *seen = msched__alloc_zero(allocator, (size_t)count / 8 + 1, 1);
    if (seen == NULL)
        return -1;
    int once = 1;
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t bit = (uint8_t)(1u << items[i] % 8);
        once &= (seen[items[i] / 8] & bit) == 0;
        seen[items[i] / 8] |= bit;
    }
    msched__free(allocator, seen);
    return once;
}
