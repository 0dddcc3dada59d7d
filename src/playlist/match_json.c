/* A match as JSON. */
#include "base/buffer.h"
#include "playlist/playlist_match.h"
#include "query/popularity/result_json.h"

static void add_track(msched__buffer *out, const msched_catalog *catalog, uint32_t index)
{
    if (index == MSCHED__NONE) {
        msched__buffer_string(out, "null");
        return;
    }
    msched__buffer_char(out, '{');
    msched__write_track(out, catalog, index);
    msched__buffer_char(out, '}');
}

/* Omit texts that the file does not give. */
static void add_text(msched__buffer *out, const char *key, const char *text)
{
    if (text[0] == '\0')
        return;
    msched__buffer_format(out, ", \"%s\": ", key);
    msched__buffer_json(out, text);
}

static void add_song(msched__buffer *out, const msched_playlist_match *match, uint32_t index)
{
    const msched__playlist_song *song = &match->playlist->songs[index];
    const msched__playlist_hit *hit = &match->hits[index];
    msched__buffer_string(out, index == 0 ? "\n  " : ",\n  ");
    msched__buffer_format(out, "{\"line\": %llu, \"title\": ", (unsigned long long)song->line);
    msched__buffer_json(out, song->title);
    msched__buffer_string(out, ", \"artist\": ");
    msched__buffer_json(out, song->artist);
    add_text(out, "album", song->album);
    add_text(out, "id", song->id);
    add_text(out, "link", song->link);
    add_text(out, "isrc", song->isrc);
    add_text(out, "list", song->list);
    if (song->duration_ms > 0)
        msched__buffer_format(out, ", \"duration_ms\": %u", (unsigned)song->duration_ms);
    msched__buffer_format(
        out, ", \"found\": \"%s\", \"track\": ", msched_playlist_found_name(hit->found));
    add_track(out, match->catalog, hit->track);
    msched__buffer_string(out, ", \"candidates\": [");
    for (uint32_t i = 0; i < hit->candidate_count; i++) {
        msched__buffer_string(out, i == 0 ? "" : ", ");
        add_track(out, match->catalog, hit->candidates[i]);
    }
    msched__buffer_string(out, "]}");
}

msched_result msched_playlist_match_to_json(const msched_playlist_match *match, msched_text **out,
                                            msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (match == NULL)
        return msched__fail_null(err, "match");
    const msched_playlist *playlist = match->playlist;
    msched__buffer json;
    msched__buffer_init(&json, &match->allocator);
    msched__buffer_string(&json, "{\"name\": ");
    msched__buffer_json(&json, playlist->name);
    msched__buffer_format(&json, ", \"form\": \"%s\", \"found\": %u, \"missing\": %u, \"songs\": [",
                          msched_playlist_form_name(playlist->form), (unsigned)match->found_count,
                          (unsigned)(playlist->song_count - match->found_count));
    for (uint32_t i = 0; i < playlist->song_count && !json.failed; i++)
        add_song(&json, match, i);
    msched__buffer_string(&json, "],\n \"remarks\": [");
    for (uint32_t i = 0; i < playlist->remark_count && !json.failed; i++) {
        msched__buffer_string(&json, i == 0 ? "\n  " : ",\n  ");
        msched__buffer_format(
            &json, "{\"line\": %llu, \"text\": ", (unsigned long long)playlist->remarks[i].line);
        msched__buffer_json(&json, playlist->remarks[i].text);
        msched__buffer_char(&json, '}');
    }
    msched__buffer_string(&json, "]}\n");
    return msched__buffer_to_text(&json, out, err);
}
