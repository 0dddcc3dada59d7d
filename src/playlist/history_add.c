/* Add records from the readers as plays. */
#include "base/alloc.h"
#include "base/utf8.h"
#include "catalog/cells/cells.h"
#include "catalog/track_id.h"
#include "playlist/history_read.h"

#include <stdio.h>
#include <string.h>

static int fail(msched__history_reader *in, msched_result result)
{
    in->failed = result;
    return 0;
}

static uint64_t line_of(msched__history_reader *in, size_t at)
{
    if (at < in->counted) {
        in->counted = 0;
        in->line = 1;
    }
    for (; in->counted < at && in->counted < in->data.size; in->counted++)
        in->line += in->data.data[in->counted] == '\n';
    return in->line;
}

/* Keep a remark, cut to whole characters. */
static int keep_remark(msched__history_reader *in, char *text)
{
    msched_history *history = in->history;
    size_t size = strlen(text);
    while (size > 0 && msched__utf8_check(text, size) < size)
        text[--size] = '\0';
    char *kept = msched__alloc_array(&history->allocator, size + 1, 1);
    if (kept == NULL)
        return fail(in, MSCHED_ERROR_MEMORY);
    memcpy(kept, text, size + 1);
    history->remarks[history->remark_count++] = kept;
    return 1;
}

int msched__history_remark(msched__history_reader *in, size_t at, const char *reason)
{
    char text[400];
    in->history->unreadable++;
    if (in->history->remark_count >= MSCHED__HISTORY_REMARKS)
        return 1;
    while (at < in->data.size && (unsigned char)in->data.data[at] <= ' ')
        at++; /* the line in which it begins, not the line before */
    snprintf(text, sizeof text, "%.200s:%llu: %.150s", in->name,
             (unsigned long long)line_of(in, at), reason);
    return keep_remark(in, text);
}

int msched__history_note(msched__history_reader *in, const char *note)
{
    char text[400];
    if (in->history->remark_count >= MSCHED__HISTORY_REMARKS)
        return 1;
    snprintf(text, sizeof text, "%.200s: %.150s", in->name, note);
    return keep_remark(in, text);
}

static int is_text(msched__slice text)
{
    return msched__utf8_check(text.data, text.size) == text.size;
}

/* The offset of a text; an invalid text becomes "". */
static uint32_t keep(msched_history *history, msched__slice text)
{
    return is_text(text) ? msched__text_pool_put(&history->pool, text) : 0;
}

/* Add a new song. UINT32_MAX when out of memory. */
static uint32_t add_song(msched_history *history, const msched__queued_play *play)
{
    void *block = history->songs;
    size_t bytes = play->key[0].size + play->key[1].size + play->album.size + play->link.size + 4;
    if (!msched__text_pool_reserve(&history->pool, bytes) ||
        !msched__intern_reserve(&history->names) ||
        !msched__grow(&history->allocator, &block, &history->song_capacity,
                      (size_t)history->names.count + 1, sizeof *history->songs)) {
        history->songs = block;
        return UINT32_MAX;
    }
    history->songs = block;
    uint32_t song = msched__intern_add(&history->names, play->key, 2, play->hash);
    history->songs[song] =
        (msched__history_song){.album = keep(history, play->album),
                               .track_id = keep(history, msched__track_id_of(play->link))};
    return song;
}

static int8_t skipped_of(const msched__history_record *record)
{
    if (record->skipped >= 0 || record->reason_end.size == 0)
        return record->skipped;
    return record->reason_end.size == 6 && memcmp(record->reason_end.data, "fwdbtn", 6) == 0;
}

static int add_play(msched__history_reader *in, const msched__queued_play *play)
{
    msched_history *history = in->history;
    uint32_t song = msched__intern_find(&history->names, play->key, 2, play->hash);
    void *block = history->plays;
    if (song == UINT32_MAX) {
        if (!is_text(play->key[0]) || !is_text(play->key[1]))
            return msched__history_remark(in, play->at, "title or artist is not UTF-8");
        song = add_song(history, play);
    }
    if (history->play_count >= MSCHED_HISTORY_MAX_PLAYS)
        return fail(in, MSCHED_ERROR_LIMIT);
    if (song == UINT32_MAX || !msched__grow(&history->allocator, &block, &history->play_capacity,
                                            history->play_count + 1, sizeof *history->plays))
        return fail(in, MSCHED_ERROR_MEMORY);
    if (play->song_ms > 0)
        history->songs[song].given_ms = play->song_ms;
    history->plays = block;
    history->plays[history->play_count++] = (msched__play){.utc = play->utc,
                                                           .ms = play->ms,
                                                           .song = song,
                                                           .file = in->file,
                                                           .skipped = play->skipped,
                                                           .whole = play->whole};
    return 1;
}

int msched__history_flush(msched__history_reader *in)
{
    int ok = 1;
    for (uint32_t i = 0; i < in->queued; i++)
        msched__intern_prefetch_text(&in->history->names, in->queue[i].hash);
    for (uint32_t i = 0; i < in->queued && ok; i++)
        ok = add_play(in, &in->queue[i]);
    in->queued = 0;
    return ok;
}

/* Why a record is not a play; NULL: it is one, at *utc. */
static const char *fault_of(const msched__history_record *record, int64_t *utc)
{
    if (record->title.size == 0)
        return "it names no track";
    if (!msched__history_time(record->time, utc))
        return record->time.size == 0 ? "it has no time" : "its time cannot be read";
    return memchr(record->artist.data, '\0', record->artist.size) != NULL ||
                   memchr(record->title.data, '\0', record->title.size) != NULL
               ? "the title or artist contains a NUL"
               : NULL;
}

int msched__history_queue(msched__history_reader *in, const msched__history_record *record)
{
    int64_t utc;
    if (record->title.size == 0 && record->is_episode) {
        in->history->episodes++;
        return 1;
    }
    const char *fault = fault_of(record, &utc);
    if (fault != NULL)
        return msched__history_flush(in) && msched__history_remark(in, record->at, fault);
    if (in->queued == MSCHED__HISTORY_QUEUE && !msched__history_flush(in))
        return 0;
    msched__queued_play *play = &in->queue[in->queued++];
    *play = (msched__queued_play){.key = {record->artist, record->title},
                                  .album = record->album,
                                  .link = record->link,
                                  .utc = utc,
                                  .at = record->at,
                                  .ms = record->ms > INT32_MAX ? INT32_MAX : (int32_t)record->ms,
                                  .song_ms = record->song_ms,
                                  .skipped = skipped_of(record),
                                  .whole = record->reason_end.size == 9 &&
                                           memcmp(record->reason_end.data, "trackdone", 9) == 0};
    play->hash = msched__intern_hash(play->key, 2);
    msched__intern_prefetch(&in->history->names, play->hash);
    return 1;
}

int msched__history_add(msched__history_reader *in, const msched__history_record *record)
{
    return msched__history_queue(in, record) && msched__history_flush(in);
}
