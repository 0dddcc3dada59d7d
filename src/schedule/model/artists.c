#include "schedule/model/artists.h"

#include "algo/bits.h"
#include "algo/index_sort.h"

int msched__artists_shared(const msched_catalog *catalog, uint32_t a, uint32_t b)
{
    const uint32_t *of_a, *of_b;
    if (a == b || catalog->artist_members.starts == NULL)
        return a == b;
    const uint32_t count_a = msched__members_of(&catalog->artist_members, &a, &of_a),
                   count_b = msched__members_of(&catalog->artist_members, &b, &of_b);
    for (uint32_t i = 0; i < count_a; i++)
        for (uint32_t k = 0; k < count_b; k++)
            if (of_a[i] == of_b[k])
                return 1;
    return 0;
}

int msched__artists_any(const msched_catalog *catalog, const uint64_t *bits, uint32_t artist)
{
    const uint32_t *members;
    const uint32_t count = msched__members_of(&catalog->artist_members, &artist, &members);
    for (uint32_t i = 0; i < count; i++)
        if (msched__bit(bits, members[i]))
            return 1;
    return 0;
}

void msched__artists_add(const msched_catalog *catalog, uint64_t *bits, uint32_t artist)
{
    const uint32_t *members;
    const uint32_t count = msched__members_of(&catalog->artist_members, &artist, &members);
    for (uint32_t i = 0; i < count; i++)
        msched__bit_set(bits, members[i]);
}

/* The first wish of a group of linked ones. */
static uint32_t root_of(const uint32_t *link, uint32_t wish)
{
    while (link[wish] != wish)
        wish = link[wish];
    return wish;
}

/* One key for each artist of each wish. Returns how many; with `keys` NULL only counts. */
static uint32_t list_artists(const msched_catalog *catalog, const msched__wish *wishes,
                             uint32_t count, msched__keyed *keys)
{
    uint32_t listed = 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t *members;
        if (wishes[i].track == UINT32_MAX)
            continue;
        const uint32_t of_wish = msched__members_of(
            &catalog->artist_members, &catalog->track_artist[wishes[i].track], &members);
        for (uint32_t k = 0; keys != NULL && k < of_wish; k++)
            keys[listed + k] = (msched__keyed){members[k], i};
        listed += of_wish;
    }
    return listed;
}

int msched__artists_number(msched__arena *arena, const msched_catalog *catalog,
                           msched__wish *wishes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        wishes[i].artist = wishes[i].track == UINT32_MAX ? UINT32_MAX
                                                         : catalog->track_artist[wishes[i].track];
    if (catalog == NULL || catalog->artist_members.starts == NULL)
        return 1;
    const uint32_t listed = list_artists(catalog, wishes, count, NULL);
    msched__keyed *keys = msched__arena_alloc(arena, listed, sizeof *keys);
    uint32_t *link = msched__arena_alloc(arena, count, sizeof *link);
    if (keys == NULL || link == NULL)
        return 0;
    list_artists(catalog, wishes, count, keys);
    msched__key_sort(keys, listed);
    for (uint32_t i = 0; i < count; i++)
        link[i] = i;
    for (uint32_t i = 1; i < listed; i++)
        if (keys[i].key == keys[i - 1].key) {
            const uint32_t a = root_of(link, keys[i - 1].index), b = root_of(link, keys[i].index);
            link[a > b ? a : b] = a > b ? b : a;
        }
    for (uint32_t i = 0; i < count; i++)
        if (wishes[i].track != UINT32_MAX)
            wishes[i].artist = catalog->track_artist[wishes[root_of(link, i)].track];
    return 1;
}
