/* Checks of single values and messages about them. */
#include "catalog/cells/row.h"

#include "base/utf8.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const column_names[MSCHED__COLUMN_ALL] = {
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
    "artist_uris",
    "artist_count",
    "release_year",
    "release_month",
    "release_day",
    "play_count",
    "length_seconds",
    "artist_and_title",
    "artist_2",
    "artist_3",
    "artist_4",
    "artist_5",
    "artist_6",
};

const char *msched__column_name(uint32_t column)
{
    return column_names[column];
}

const char *msched_feature_name(uint32_t feature)
{
    return feature < MSCHED_FEATURE_COUNT ? column_names[MSCHED__COLUMN_FEATURE + feature] : NULL;
}

msched__quoted msched__quote(msched__slice text)
{
    msched__quoted quoted;
    /* whole characters */
    size_t size = msched__utf8_check(text.data, text.size < 40 ? text.size : 40);
    snprintf(quoted.text, sizeof quoted.text, "\"%.*s\"%s", (int)size, size == 0 ? "" : text.data,
             size < text.size ? "..." : "");
    return quoted;
}

msched_result msched__row_fail(msched_error *err, const msched__row_place *place,
                               msched_result code, uint32_t column, const char *format, ...)
{
    char what[sizeof err->message];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    uint32_t field = place->fields == NULL ? 0 : place->fields[column];
    if (field == 0)
        return msched__fail_at(err, code, place->line, 0, "%s:%llu: %s: %s", place->source,
                               (unsigned long long)place->line, msched__column_name(column), what);
    return msched__fail_at(err, code, place->line, field, "%s:%llu:%u: %s: %s", place->source,
                           (unsigned long long)place->line, (unsigned)field,
                           msched__column_name(column), what);
}

msched_result msched__check_text(int strict, uint32_t column, msched__slice text,
                                 const msched__row_place *place, msched_error *err)
{
    size_t good = msched__utf8_check(text.data, text.size);
    if (good < text.size)
        return msched__row_fail(
            err, place, MSCHED_ERROR_ENCODING, column,
            "%s is followed by byte 0x%02X, which is not valid UTF-8: save the input as UTF-8",
            msched__quote((msched__slice){text.data, good}).text,
            (unsigned)(unsigned char)text.data[good]);
    if (strict && text.size == 0 && column <= MSCHED__COLUMN_TRACK_ARTIST)
        return msched__row_fail(err, place, MSCHED_ERROR_VALUE, column,
                                "\"\" is empty, but every row needs this value");
    return MSCHED_OK;
}

msched__quoted msched__show_number(double value)
{
    msched__quoted out;
    if (isnan(value)) {
        snprintf(out.text, sizeof out.text, "unknown");
        return out;
    }
    /*
     * printf writes the decimal point of the locale, which may be any bytes that a number does not
     * hold
     */
    char text[sizeof out.text];
    size_t used = 0;
    snprintf(text, sizeof text, "%.9g", value);
    for (const char *at = text; *at != '\0'; at++) {
        if ((*at >= '0' && *at <= '9') || strchr("+-einf", *at) != NULL)
            out.text[used++] = *at;
        else if (used > 0 && out.text[used - 1] != '.')
            out.text[used++] = '.';
    }
    out.text[used] = '\0';
    return out;
}

const msched__range msched__feature_ranges[MSCHED__FEATURES] = {
    [MSCHED_FEATURE_DANCEABILITY] = {0, 1}, [MSCHED_FEATURE_ENERGY] = {0, 1},
    [MSCHED_FEATURE_KEY] = {0, 11},         [MSCHED_FEATURE_LOUDNESS] = {-200, 100},
    [MSCHED_FEATURE_MODE] = {0, 1},         [MSCHED_FEATURE_SPEECHINESS] = {0, 1},
    [MSCHED_FEATURE_ACOUSTICNESS] = {0, 1}, [MSCHED_FEATURE_INSTRUMENTALNESS] = {0, 1},
    [MSCHED_FEATURE_LIVENESS] = {0, 1},     [MSCHED_FEATURE_VALENCE] = {0, 1},
    [MSCHED_FEATURE_TEMPO] = {0, 1000},
};

msched_result msched__feature_fail(uint32_t feature, const char *shown,
                                   const msched__row_place *place, msched_error *err)
{
    const char *wanted = feature == MSCHED_FEATURE_KEY
                             ? "a whole number -1..11 (0 = C, -1 = not detected)"
                         : feature == MSCHED_FEATURE_MODE     ? "0 (minor) or 1 (major)"
                         : feature == MSCHED_FEATURE_LOUDNESS ? "a loudness of -200..100 dB"
                         : feature == MSCHED_FEATURE_TEMPO ? "a tempo of 0..1000 beats per minute"
                                                           : "a number 0..1";
    return msched__row_fail(err, place, MSCHED_ERROR_VALUE, MSCHED__COLUMN_FEATURE + feature,
                            "%s is not %s", shown, wanted);
}
