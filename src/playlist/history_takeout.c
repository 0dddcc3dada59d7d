#include "playlist/history_takeout.h"

#include <string.h>

static int ends(msched__slice text, const char *word)
{
    const size_t size = strlen(word);
    return text.size >= size && memcmp(text.data + text.size - size, word, size) == 0;
}

static void cut_begin(msched__slice *text, size_t size)
{
    *text = (msched__slice){text->data + size, text->size - size};
}

/* Remove the word for "watched", in the language of the account. */
static void cut_watched(msched__slice *title)
{
    static const char *const before[] = {
        "Watched ",      "Vous avez regardé ", "Has visto ",
        "Hai guardato ", "Você assistiu a ",   "Assistiu a ",
        "Viste ",        "Obejrzano: ",        "Du har tittat på ",
        "Du så ",        "İzlenen: ",          "Просмотрен ролик "};
    static const char *const behind[] = {" angesehen", " bekeken", " を視聴しました", " 시청함"};
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
        if (msched__begins_with(*title, before[i])) {
            cut_begin(title, strlen(before[i]));
            return;
        }
    for (size_t i = 0; i < sizeof behind / sizeof behind[0]; i++)
        if (ends(*title, behind[i])) {
            title->size -= strlen(behind[i]);
            return;
        }
}

/* "Artist - Title (Official Video)" of the channel "ArtistVEVO". */
static void split_video(msched__history_record *record)
{
    static const char dash[] = " - ";
    for (size_t at = 1; at + 3 < record->title.size; at++) {
        if (memcmp(record->title.data + at, dash, 3) != 0)
            continue;
        record->artist = (msched__slice){record->title.data, at};
        cut_begin(&record->title, at + 3);
        return;
    }
    if (ends(record->artist, "VEVO"))
        record->artist.size -= 4;
}

const char *msched__takeout_make_song(const msched__takeout *takeout,
                                      msched__history_record *record)
{
    static const char topic[] = " - Topic";
    const int is_song = ends(record->artist, topic);
    if (takeout->header.size == 0 && !takeout->is_takeout)
        return NULL;
    if (takeout->is_ad || (!is_song && !msched__begins_with(takeout->header, "YouTube Music"))) {
        record->title = (msched__slice){"", 0};
        record->is_episode = 1;
        return NULL;
    }
    cut_watched(&record->title);
    if (msched__begins_with(record->title, "https://"))
        return "the video is not available any more, so its title is unknown";
    if (is_song)
        record->artist.size -= sizeof topic - 1;
    else
        split_video(record);
    return NULL;
}
