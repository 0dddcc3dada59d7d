/* Which field of the input is which column: by the names of the data set, or by those that the options give. */
#include "catalog/builder.h"

#include <string.h>

static const char *const column_names[MSCHED__COLUMN_COUNT] = {
    "track_id",
    "track_name",
    "track_artist",
    "track_album_id",
    "track_album_name",
    "playlist_id",
    "playlist_name",
    "playlist_genre",
    "playlist_subgenre",
    "track_popularity",
    "track_album_release_date",
    "danceability",
    "energy",
    "key",
    "loudness",
    "mode",
    "speechiness",
    "acousticness",
    "instrumentalness",
    "liveness",
    "valence",
    "tempo",
    "duration_ms",
};

const char *msched__column_name(uint32_t column)
{
    return column_names[column];
}

const char *msched_feature_name(uint32_t feature)
{
    return feature < MSCHED_FEATURE_COUNT ? column_names[MSCHED__COLUMN_FEATURE + feature] : NULL;
}

int msched__column_required(uint32_t column)
{
    return column <= MSCHED__COLUMN_TRACK_ARTIST || column == MSCHED__COLUMN_POPULARITY || column == MSCHED__COLUMN_DURATION;
}

static uint32_t find_column(const char *name, size_t size)
{
    uint32_t column = 0;
    while (column < MSCHED__COLUMN_COUNT && (strlen(column_names[column]) != size || memcmp(column_names[column], name, size) != 0))
        column++;
    return column;
}

msched_result msched__header_names(const msched_catalog_options *options, const char **names, msched_error *err)
{
    memcpy(names, column_names, sizeof column_names);
    if (options->column_count > 0 && options->columns == NULL)
        return msched__fail_null(err, "columns");
    for (uint32_t i = 0; i < options->column_count; i++) {
        const char *given = options->columns[i];
        const char *equals = given == NULL ? NULL : strchr(given, '=');
        if (equals == NULL || equals[1] == '\0')
            return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                                "columns: %s is not a column and its name in the header, as track_artist=artists",
                                msched__quote((msched__slice){given == NULL ? "" : given, given == NULL ? 0 : strlen(given)}).text);
        uint32_t column = find_column(given, (size_t)(equals - given));
        if (column == MSCHED__COLUMN_COUNT)
            return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                                "columns: there is no column %s: before the = stands one as track_artist",
                                msched__quote((msched__slice){given, (size_t)(equals - given)}).text);
        if (names[column] != column_names[column])
            return msched__fail(err, MSCHED_ERROR_ARGUMENT, "columns: %s is named twice", column_names[column]);
        names[column] = equals + 1;
    }
    return MSCHED_OK;
}

/* The next letter or digit from *at on, as lower case; 0 at the end. */
static char next_letter(msched__slice text, size_t *at)
{
    while (*at < text.size) {
        char c = text.data[(*at)++];
        if (c >= 'A' && c <= 'Z')
            return (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            return c;
    }
    return 0;
}

/* Equal but for case, signs between the words and an s at the end. */
static int same_words(msched__slice a, msched__slice b)
{
    size_t i = 0, k = 0;
    for (;;) {
        char x = next_letter(a, &i), y = next_letter(b, &k);
        if (x == y && x == 0)
            return 1;
        if (x != y)
            return (x == 0 && y == 's' && next_letter(b, &k) == 0) || (y == 0 && x == 's' && next_letter(a, &i) == 0);
    }
}

int msched__resembles_column(msched__slice name, uint32_t column)
{
    static const char prefix[] = "track_", unit[] = "_ms";
    msched__slice wanted = {column_names[column], strlen(column_names[column])};
    if (same_words(name, wanted))
        return 1;
    if (column == MSCHED__COLUMN_DURATION)
        return same_words(name, (msched__slice){wanted.data, wanted.size - strlen(unit)});
    if (strncmp(wanted.data, prefix, strlen(prefix)) != 0)
        return 0;
    wanted.data += strlen(prefix);
    wanted.size -= strlen(prefix);
    return same_words(name, wanted);
}
