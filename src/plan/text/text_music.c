/*
 * Music that is typed in words: "fill: 1h party", "during gym", "Gym with music", "Musik: 1h rock".
 * The edits of the messages write it as plan text has it.
 */
#include "base/utf8.h"
#include "plan/plan_identity.h"
#include "plan/text/plan_text.h"
#include "plan/text/text_unknown.h"
#include "plan/words/mood_names.h"
#include "plan/words/text_writer.h"
#include "query/lookup/song_match.h"

#include <stdio.h>
#include <string.h>

#define NAME_MAX_BYTES 100 /* of a to-do that is offered; its id has 70 at most */
#define MOOD_MAX       16
#define SONG_MINUTES   4 /* of a song, for "2 songs" */

static void offer(msched__text_reader *in, msched__slice part, const char *text)
{
    msched__text_offer(in, part, &text, 1);
}

int msched__text_tell_mood(msched__text_reader *in, msched__slice name)
{
    char text[MOOD_MAX + 2] = "#", repair[60];
    msched__slice word = name;
    if (word.size > 6 && msched__slice_is((msched__slice){word.data + word.size - 6, 6}, " music"))
        word.size -= 6;
    if (word.size > MOOD_MAX)
        return 0;
    msched__lower_all(word.data, word.size, text + 1);
    text[word.size + 1] = '\0';
    const uint32_t mood = msched__mood_find(text + 1, word.size);
    if (mood == 0 || msched_mood_name(mood) == NULL)
        return 0;
    snprintf(repair, sizeof repair, "write %s for music of this mood", text);
    msched__text_error(in, name.data, MSCHED_ERROR_NOT_FOUND, "unknown_genre", repair,
                       "\"%.*s\" is not a genre, subgenre or artist of the catalog", (int)name.size,
                       name.data);
    offer(in, name, text);
    return 1;
}

int msched__text_find_during(msched__text_reader *in, msched__slice text, msched__slice *part,
                             char repair[100])
{
    /* after the first, only the name of a to-do, as in "Halo on the train" */
    static const char *const words[] = {"during ", "on the ", "in the ", "at the ", "while "};
    const size_t count = sizeof words / sizeof words[0];
    for (size_t at = 0; at < text.size; at++)
        for (size_t i = 0; i < count && (at == 0 || text.data[at - 1] == ' '); i++) {
            const size_t size = msched__phrase_at(text, at, words[i]);
            if (size == 0 || at + size >= text.size)
                continue;
            const msched__slice name =
                msched__slice_trim((msched__slice){text.data + at + size, text.size - at - size});
            if (name.size > NAME_MAX_BYTES)
                continue;
            const char *slug = msched__plan_slug(&in->arena, name.data, name.size);
            in->failed |= slug == NULL;
            if (slug == NULL)
                return 0;
            const char *near = msched__text_near_todo(in, slug);
            if ((near == NULL && i > 0) || strlen(near == NULL ? slug : near) > 70)
                continue;
            *part = (msched__slice){text.data + at, text.size - at};
            snprintf(repair, 100, "write during:%s", near == NULL ? slug : near);
            return 1;
        }
    return 0;
}

void msched__text_offer_during(msched__text_reader *in, msched__slice part, const char *repair)
{
    offer(in, part, repair + strlen("write "));
}

/* "Musik: 1h Rock", "playlist: 2 hours party music": a fill. */
static int is_fill(msched__slice text, msched__slice *word)
{
    static const char *const words[] = {"music:", "musik:", "musique:", "playlist:", "songs:"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const size_t size = msched__phrase_at(text, 0, words[i]);
        if (size == 0 || !msched__digit_at(text, msched__after_blanks(text, size)))
            continue;
        *word = (msched__slice){text.data, size};
        return 1;
    }
    return 0;
}

#define SONG_WORDS                                                                                 \
    "songs", "song", "playlist", "soundtrack", "lieder", "lied", "chansons", "chanson",            \
        "canciones", "canci\303\263n", "canzoni", "canzone", "listen to", "to listen to",          \
        "wanted songs", "songs to hear"
#define MUSIC_WORDS "music", "musik", "musique", "m\303\272sica", "musica", "muziek"

/* Bytes of "music:" and the like at the start of a text; 0: it begins otherwise. */
static size_t label_size(msched__slice text)
{
    static const char *const words[] = {SONG_WORDS, MUSIC_WORDS, NULL};
    const size_t size = msched__any_ahead(text, 0, words);
    return size > 0 && size < text.size && text.data[size] == ':'
               ? msched__after_blanks(text, size + 1)
               : 0;
}

/* A comma or a dash, which is between songs or before an artist. */
static int has_separator(msched__slice s)
{
    static const char *const dashes[] = {" - ", " \342\200\223 ", " \342\200\224 "};
    for (size_t at = 0; at < s.size; at++)
        for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++)
            if (s.data[at] == ',' ||
                msched__begins_with((msched__slice){s.data + at, s.size - at}, dashes[i]))
                return 1;
    return 0;
}

int msched__text_tell_music(msched__text_reader *in, const msched__text_values *v,
                            msched__slice line)
{
    static const char *const ends[] = {"with music",        "mit musik",  "avec musique",
                                       "con m\303\272sica", "con musica", "met muziek"};
    msched__slice word;
    const msched__slice raw = msched__text_raw(in, line);
    if (is_fill(raw, &word)) {
        msched__text_remark(in, MSCHED_SEVERITY_WARNING, raw.data, "music_in_title",
                            "write fill: 1h rock for music, or quote the title",
                            "\"%.*s\" is read as the title of a to-do", (int)word.size, word.data);
        offer(in, word, "fill:");
        return 1;
    }
    const size_t label = in->catalog == NULL ? 0 : label_size(raw);
    if (label > 0 && has_separator((msched__slice){raw.data + label, raw.size - label})) {
        const size_t size = strcspn(raw.data, ":") + 1;
        msched__text_remark(in, MSCHED_SEVERITY_WARNING, raw.data, "music_in_title",
                            "write \342\231\252 and Title - Artist, each song on a line of its "
                            "own, or quote the title",
                            "\"%.*s\" is read as the title of a to-do", (int)size, raw.data);
    }
    if (v->column[MSCHED__ATTR_MUSIC] != 0 || v->column[MSCHED__ATTR_MOOD] != 0)
        return 0;
    for (size_t at = 1; at < raw.size; at++)
        for (size_t i = 0; raw.data[at - 1] == ' ' && i < sizeof ends / sizeof ends[0]; i++) {
            const size_t size = msched__phrase_at(raw, at, ends[i]);
            if (size == 0 || !msched__blank_at(raw, at + size) ||
                msched__letter_at(raw, msched__after_blanks(raw, at + size)))
                continue; /* "with music teacher" */
            word = (msched__slice){raw.data + at, size};
            msched__text_remark(in, MSCHED_SEVERITY_WARNING, word.data, "music_in_title",
                                "write #music to allow music, or quote the title",
                                "\"%.*s\" is left in the title; music does not play then",
                                (int)word.size, word.data);
            offer(in, word, "#music");
            return 0;
        }
    return 0;
}

/* The last " by " of a text; its size: there is none. */
static size_t find_by(msched__slice s)
{
    for (size_t at = s.size; at-- > 1;)
        if (msched__phrase_at(s, at, " by ") > 0)
            return at;
    return s.size;
}

/* A song of the catalog that is called so: "Title", "Title - Artist", "Title by Artist". */
static int is_song(msched__text_reader *in, msched__slice name)
{
    msched__song_match match = {.form = MSCHED__SONG_NONE};
    const size_t by = find_by(name);
    msched_result result = msched__song_match_text(in->catalog, name.data, name.size, &match, NULL);
    if (result == MSCHED_OK && match.form == MSCHED__SONG_NONE && by < name.size) {
        const char *title = msched__arena_copy(&in->arena, name.data, by);
        const char *artist = msched__arena_copy(&in->arena, name.data + by + 4, name.size - by - 4);
        result = title == NULL || artist == NULL
                     ? MSCHED_ERROR_MEMORY
                     : msched__song_match_pair(in->catalog, title, artist, &match, NULL);
    }
    in->failed |= result == MSCHED_ERROR_MEMORY;
    return result == MSCHED_OK && match.form != MSCHED__SONG_NONE;
}

/* What a title says of music: the music, and the to-do during which it plays (may be empty). */
typedef struct wanted {
    msched__slice music, during;
    int32_t count; /* of "2 songs by Ana"; 0: not given */
} wanted;

/* Cut "while cooking" or "during the run" off the music. */
static void cut_clause(wanted *want)
{
    static const char *const words[] = {" while ",   " during ",  " beim ",   " w\303\244hrend ",
                                        " pendant ", " durante ", " mentre ", " tijdens "};
    const msched__slice s = want->music;
    for (size_t at = s.size; at-- > 1;)
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            const size_t size = msched__phrase_at(s, at, words[i]);
            if (size == 0)
                continue;
            want->music.size = at;
            want->during = (msched__slice){s.data + at + size, s.size - at - size};
            return;
        }
}

/* "2 songs by" before the name of an artist: *at moves past it. Returns the number. */
static int32_t take_count(msched__slice s, size_t *at)
{
    static const char *const songs[] = {"songs",   "song",           "tracks",    "tunes",
                                        "lieder",  "chansons",       "canciones", "canzoni",
                                        "nummers", "m\303\272sicas", NULL},
                             *const bys[] = {"by", "from", "of", "von", "de", "di", "van", NULL};
    size_t p = 0;
    const int32_t count = msched__digit_at(s, 0) ? msched__take_number(s, &p, 2) : 0;
    const size_t unit = msched__after_blanks(s, p), song = msched__any_ahead(s, unit, songs),
                 link = msched__after_blanks(s, unit + song), by = msched__any_ahead(s, link, bys);
    if (count < 1 || count > 20 || song == 0 || by == 0)
        return 0;
    *at = msched__after_blanks(s, link + by);
    return count;
}

/* The slug of a to-do above for "cooking" or "the run"; NULL: none, or several. */
static const char *named_todo(msched__text_reader *in, msched__slice name)
{
    static const char *const articles[] = {"the ", "my ", "i ", "i'm ", "doing ", "dem ", "der "};
    for (size_t i = 0; i < sizeof articles / sizeof articles[0]; i++) {
        const size_t size = msched__phrase_at(name, 0, articles[i]);
        name = (msched__slice){name.data + size, name.size - size};
    }
    char text[NAME_MAX_BYTES + 2];
    const int is_ing = name.size > 5 &&
                       msched__slice_is((msched__slice){name.data + name.size - 3, 3}, "ing");
    /* as written; "cook" of cooking; "run" of running; "drive" of driving */
    for (int form = 0; form < 4; form++) {
        size_t size = name.size;
        if (size == 0 || size > NAME_MAX_BYTES || (form > 0 && !is_ing))
            return NULL;
        memcpy(text, name.data, size);
        size -= form == 0 ? 0 : form == 2 ? 4 : 3;
        if (form == 3)
            text[size++] = 'e';
        const char *slug = msched__plan_slug(&in->arena, text, size),
                   *near = slug != NULL ? msched__text_near_todo(in, slug) : NULL;
        in->failed |= slug == NULL;
        if (near != NULL && strlen(near) <= 70)
            return near;
    }
    return NULL;
}

/* Warn, and offer the line as a song or as a fill. */
static void tell_wanted(msched__text_reader *in, const wanted *want, int is_song, uint32_t column)
{
    char text[3 * NAME_MAX_BYTES], length[16] = "";
    const char *const during = want->during.size > 0 ? named_todo(in, want->during) : NULL;
    const size_t by = is_song ? find_by(want->music) : want->music.size;
    const int size = (int)(want->music.size > NAME_MAX_BYTES ? NAME_MAX_BYTES : want->music.size);
    if (want->count > 0)
        snprintf(length, sizeof length, "%dm ", (int)want->count * SONG_MINUTES);
    if (by < want->music.size)
        snprintf(text, sizeof text, "\342\231\252 %.*s - %.*s", (int)by, want->music.data,
                 (int)(want->music.size - by - 4), want->music.data + by + 4);
    else
        snprintf(text, sizeof text, is_song ? "\342\231\252 %s%.*s" : "fill: %s%.*s", length, size,
                 want->music.data);
    if (during != NULL) {
        const size_t end = strlen(text);
        snprintf(text + end, sizeof text - end, " during:%s", during);
    }
    msched__diag_add(
        in->diag, MSCHED_SEVERITY_WARNING, in->line_number, column, MSCHED_OK, "music_in_title",
        is_song ? "write \342\231\252, Title - Artist and during:NAME, or quote the "
                  "title"
                : "write fill:, a length, the music and during:NAME, or quote the title",
        "\"%.*s\" is music of the catalog, but the line is a to-do", size, want->music.data);
    const char *const texts[] = {text};
    if (during != NULL || want->during.size == 0)
        msched__diag_edit(in->diag, in->line_number, 1,
                          (uint32_t)msched__utf8_length(in->line.data, in->line.size) + 1, texts,
                          1);
}

static void tell_song(msched__text_reader *in, msched__slice name, uint32_t column)
{
    msched__diag_add(in->diag, MSCHED_SEVERITY_NOTE, in->line_number, column, MSCHED_OK,
                     "music_in_title",
                     "write \342\231\252 and Title - Artist for the song, or quote the title",
                     "\"%.*s\" is a song of the catalog, but the line is a to-do",
                     (int)(name.size > 120 ? 120 : name.size), name.data);
}

/* Bytes of "listen to", "play" and the like at the start of a text; 0: it begins otherwise. */
static size_t verb_size(msched__slice text)
{
    static const char *const verbs[] = {
        "listen to ",      "listening to ", "play ",      "put on ",       "hear ", "h\303\266re ",
        "\303\251couter ", "escuchar ",     "ascoltare ", "luister naar ", "ouvir "};
    size_t size = 0;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0] && size == 0; i++)
        size = msched__phrase_at(text, 0, verbs[i]);
    return size;
}

/* The same of a sign for music: musical notes, headphones. */
static size_t sign_size(msched__slice text)
{
    static const char *const signs[] = {"\360\237\216\265", "\360\237\216\266", "\360\237\216\247"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (msched__begins_with(text, signs[i]))
            return msched__after_blanks(text, strlen(signs[i]));
    return 0;
}

/* 1 if a heading is one of the words, perhaps with a colon. */
static int is_heading_of(msched__slice heading, const char *const *words)
{
    const size_t size = msched__any_ahead(heading, 0, words);
    return size > 0 && size + (size < heading.size && heading.data[size] == ':') == heading.size;
}

void msched__text_begin_songs(msched__text_reader *in, msched__slice heading)
{
    static const char *const songs[] = {SONG_WORDS, NULL}, *const music[] = {MUSIC_WORDS, NULL};
    in->is_below_music = is_heading_of(heading, music);
    in->below_songs = in->is_below_music || is_heading_of(heading, songs) ? MSCHED__SONGS_BEGIN
                                                                          : MSCHED__SONGS_NOT;
}

size_t msched__text_wanted_song(msched__text_reader *in, msched__slice text)
{
    const size_t sign = sign_size(text), label = sign > 0 ? 0 : label_size(text),
                 verb = sign + label > 0 ? 0 : verb_size(text), start = sign + label + verb;
    if (start == 0 || start >= text.size || in->catalog == NULL)
        return SIZE_MAX;
    const uint32_t said = in->diag->count, errors = in->diag->error_count;
    /* "Play Halo" may be a game, and "listen to Music" and the like name no song */
    const uint32_t title_words = msched__phrase_at(text, 0, "play ") > 0 ? UINT32_MAX
                                 : label > 0                             ? 1
                                                                         : 2;
    const int is_song = msched__text_names_song(
        in, (msched__slice){text.data + start, text.size - start}, title_words);
    msched__diag_rewind(in->diag, said, errors);
    return is_song ? start : SIZE_MAX;
}

/* Note why a line is a song. */
static void tell_wanted_song(msched__text_reader *in, msched__slice text, size_t start)
{
    while (start > 0 && text.data[start - 1] == ' ')
        start--;
    msched__text_remark(in, MSCHED_SEVERITY_NOTE, text.data, "read_as_song",
                        "write \342\231\252 for a song, or quote the title for a to-do",
                        "the line is read as a wanted song, because of \"%.*s\"", (int)start,
                        text.data);
}

size_t msched__text_find_song(msched__text_reader *in, msched__slice text)
{
    const size_t marker = msched__text_song_marker(text);
    if (marker != SIZE_MAX)
        return marker;
    const size_t start = msched__text_wanted_song(in, text);
    if (start != SIZE_MAX) {
        tell_wanted_song(in, text, start);
        return start;
    }
    if (in->below_songs == MSCHED__SONGS_NOT)
        return SIZE_MAX;
    if ((in->catalog != NULL && msched__text_names_song(in, text, 1)) ||
        (!in->is_below_music && !msched__text_has_times(in, text, 0))) {
        in->below_songs = MSCHED__SONGS_LISTED;
        return 0;
    }
    if (!in->is_below_music)
        in->below_songs = MSCHED__SONGS_NOT;
    return SIZE_MAX;
}

int msched__text_tell_play(msched__text_reader *in, const char *title, uint32_t column)
{
    static const char *const some[] = {"some ", "a bit of ", "du ", "de la ", "un po' di "};
    wanted want = {.music = {title, strlen(title)}};
    size_t verb = 0, amount = 0;
    if (in->catalog == NULL)
        return 0;
    cut_clause(&want);
    verb = verb_size(want.music);
    if (verb == 0)
        verb = sign_size(want.music);
    want.music = (msched__slice){want.music.data + verb, want.music.size - verb};
    want.count = take_count(want.music, &amount);
    for (size_t i = 0; i < sizeof some / sizeof some[0] && amount == 0; i++)
        amount = msched__phrase_at(want.music, 0, some[i]);
    want.music = (msched__slice){want.music.data + amount, want.music.size - amount};
    if (want.music.size == 0 || want.music.size > MSCHED__QUERY_MAX_BYTES)
        return 0;
    if (verb > 0 && amount == 0 && want.during.size == 0) {
        if (is_song(in, want.music))
            tell_song(in, want.music, column);
    } else if (want.count == 0 && verb > 0 && amount == 0 && is_song(in, want.music)) {
        tell_wanted(in, &want, 1, column);
        return 1;
    } else if ((want.count > 0 || want.during.size > 0) &&
               msched__text_is_fill_name(in, want.music)) {
        tell_wanted(in, &want, 0, column);
        return 1;
    }
    return 0;
}
