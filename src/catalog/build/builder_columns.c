/* The columns that a builder fills, in one list for all that is done to each of them. */
#include "base/alloc.h"
#include "catalog/build/builder_ahead.h"

#include <string.h>

#define COLUMN(field)                                                                              \
    {                                                                                              \
        (void **)&(field), sizeof *(field)                                                         \
    }

size_t msched__track_columns(msched_catalog_builder *builder,
                             msched__built_column columns[MSCHED__BUILT_COLUMNS])
{
    msched__built_tracks *t = &builder->tracks;
    const msched__built_column all[] = {
        COLUMN(t->name),     COLUMN(t->artist), COLUMN(t->album),      COLUMN(t->year),
        COLUMN(t->month),    COLUMN(t->day),    COLUMN(t->popularity), COLUMN(t->open),
        COLUMN(t->duration), COLUMN(t->line)};
    size_t count = 0;
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++)
        columns[count++] = (msched__built_column)COLUMN(t->feature[f]);
    memcpy(columns + count, all, sizeof all);
    count += sizeof all / sizeof all[0];
    return builder->options.strict ? count : count - 1;
}

size_t msched__entry_columns(msched_catalog_builder *builder,
                             msched__built_column columns[MSCHED__BUILT_COLUMNS])
{
    msched__built_entries *e = &builder->entries;
    const msched__built_column all[] = {COLUMN(e->track), COLUMN(e->playlist), COLUMN(e->genre),
                                        COLUMN(e->subgenre), COLUMN(e->popularity)};
    memcpy(columns, all, sizeof all);
    return sizeof all / sizeof all[0];
}

int msched__resize_columns(msched_catalog_builder *builder, const msched__built_column *columns,
                           size_t count, size_t capacity)
{
    msched__ahead_stop(builder);
    for (size_t i = 0; i < count; i++) {
        void *items = msched__realloc_array(&builder->allocator, *columns[i].items, capacity,
                                            columns[i].item_size);
        if (items == NULL)
            return 0;
        *columns[i].items = items;
    }
    return 1;
}
