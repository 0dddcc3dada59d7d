/* Finish a history after reading all files: order, duplicates and artists. */
#include "algo/index_sort.h"
#include "base/alloc.h"
#include "base/fold.h"
#include "playlist/history_read.h"

#include <string.h>

/* Maximum number of plays of a minute that are compared, so that no file can make this slow. */
#define LOOK_BACK 64

const char *msched__history_title(const msched_history *history, uint32_t song)
{
    const char *artist = msched__history_artist(history, song);
    return artist + strlen(artist) + 1;
}

static int sort_plays(msched_history *history)
{
    size_t count = history->play_count, i = 1;
    while (i < count && history->plays[i - 1].utc <= history->plays[i].utc)
        i++;
    if (i >= count)
        return 1;
    msched__keyed *order = msched__alloc_array(&history->allocator, count, 2 * sizeof *order);
    msched__play *sorted = msched__alloc_array(&history->allocator, count, sizeof *sorted);
    int ok = order != NULL && sorted != NULL;
    if (ok) {
        for (i = 0; i < count; i++)
            order[i] = (msched__keyed){(uint64_t)history->plays[i].utc + (UINT64_C(1) << 63),
                                       (uint32_t)i};
        const msched__keyed *by_time = msched__key_radix_sort(order, order + count, count);
        for (i = 0; i < count; i++)
            sorted[i] = history->plays[by_time[i].index];
        msched__free(&history->allocator, history->plays);
        history->plays = sorted;
        history->play_capacity = count;
        sorted = NULL;
    }
    msched__free(&history->allocator, order);
    msched__free(&history->allocator, sorted);
    return ok;
}

static int64_t minute_of(int64_t utc)
{
    return utc >= 0 ? utc / 60 : -((59 - utc) / 60);
}

/* The kept play of another file that this play duplicates; NULL: none. */
static msched__play *find_other(msched_history *history, size_t kept, const msched__play *play)
{
    for (size_t i = kept; i > 0 && kept - i < LOOK_BACK; i--) {
        msched__play *other = &history->plays[i - 1];
        if (minute_of(other->utc) != minute_of(play->utc))
            return NULL;
        if (other->song == play->song && other->ms == play->ms && other->ms >= 0 &&
            other->file != play->file)
            return other;
    }
    return NULL;
}

static void drop_duplicates(msched_history *history)
{
    size_t kept = 0;
    for (size_t i = 0; i < history->play_count; i++) {
        msched__play play = history->plays[i], *other = find_other(history, kept, &play);
        if (other == NULL) {
            history->plays[kept++] = play;
            continue;
        }
        history->duplicates++;
        if (other->skipped < 0)
            other->skipped = play.skipped;
        other->whole |= play.whole;
    }
    history->play_count = kept;
}

static void find_lengths(msched_history *history)
{
    for (size_t i = 0; i < history->play_count; i++) {
        const msched__play *play = &history->plays[i];
        msched__history_song *song = &history->songs[play->song];
        if (play->whole && play->skipped != 1 && play->ms > song->longest_ms)
            song->longest_ms = play->ms;
    }
}

/* The number of a key, which is added if it is new; UINT32_MAX when out of memory. */
static uint32_t number_of(msched__intern *table, msched__text_pool *pool, const msched__slice *key,
                          size_t parts)
{
    uint64_t hash = msched__intern_hash(key, parts);
    uint32_t found = msched__intern_find(table, key, parts, hash);
    if (found != UINT32_MAX)
        return found;
    if (!msched__text_pool_reserve(pool, key[0].size + (parts == 2 ? key[1].size : 0) + 2) ||
        !msched__intern_reserve(table))
        return UINT32_MAX;
    return msched__intern_add(table, key, parts, hash);
}

typedef struct folding {
    msched__text_pool pool;
    msched__intern pairs, artists;
    msched__buffer room;
} folding;

static int fold_song(msched_history *history, folding *f, uint32_t song)
{
    const char *artist = msched__history_artist(history, song),
               *title = msched__history_title(history, song);
    size_t artist_size = strlen(artist), title_size = strlen(title);
    msched__buffer_clear(&f->room);
    if (!msched__buffer_reserve(&f->room, 3 * (artist_size + title_size) + 1))
        return 0;
    size_t first = msched__fold_case(f->room.data, artist, artist_size);
    size_t second = msched__fold_case(f->room.data + first, title, title_size);
    const msched__slice key[2] = {{f->room.data, first}, {f->room.data + first, second}};
    history->songs[song].recording = number_of(&f->pairs, &f->pool, key, 2);
    history->songs[song].artist = number_of(&f->artists, &f->pool, key, 1);
    return history->songs[song].recording != UINT32_MAX &&
           history->songs[song].artist != UINT32_MAX;
}

static int number_recordings(msched_history *history)
{
    folding f;
    int ok = 1;
    msched__text_pool_init(&f.pool, &history->allocator);
    msched__intern_init(&f.pairs, &f.pool);
    msched__intern_init(&f.artists, &f.pool);
    msched__buffer_init(&f.room, &history->allocator);
    for (uint32_t song = 0; song < history->names.count && ok; song++)
        ok = fold_song(history, &f, song);
    history->recording_count = f.pairs.count;
    history->artist_count = f.artists.count;
    msched__buffer_free(&f.room);
    msched__intern_free(&f.artists);
    msched__intern_free(&f.pairs);
    msched__text_pool_free(&f.pool);
    return ok;
}

msched_result msched__history_finish(msched_history *history, uint32_t file_count,
                                     msched_error *err)
{
    if (!sort_plays(history))
        return msched__fail_memory(err);
    if (file_count > 1)
        drop_duplicates(history);
    find_lengths(history);
    return number_recordings(history) ? MSCHED_OK : msched__fail_memory(err);
}
