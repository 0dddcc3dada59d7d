#include "catalog/build/play_counts.h"

#include "base/alloc.h"

#include <math.h>

int msched__plays_are_counted(const msched_catalog_builder *builder)
{
    const msched__file_report *file = builder->report.last_file;
    return file != NULL && file->columns[MSCHED__COLUMN_POPULARITY].unit == MSCHED__UNIT_PLAYS;
}

int msched__plays_add(msched_catalog_builder *builder, double count)
{
    msched__built_plays *plays = &builder->plays;
    if (!msched__grow(&builder->allocator, (void **)&plays->counts, &plays->capacity,
                      plays->count + 1, sizeof *plays->counts))
        return 0;
    plays->first = plays->count == 0 ? builder->entry_count : plays->first;
    plays->counts[plays->count++] = count;
    return 1;
}

void msched__plays_free(msched_catalog_builder *builder)
{
    msched__free(&builder->allocator, builder->plays.counts);
    builder->plays = (msched__built_plays){NULL, 0, 0, 0};
}

/*
 * "1.234" can be 1234, too. It is if every count with a point has three digits after it, because
 * plays are whole numbers.
 */
static void settle_points(msched__built_plays *plays)
{
    int has_fractions = 0;
    for (size_t i = 0; i < plays->count; i++)
        has_fractions |= plays->counts[i] > 0 && plays->counts[i] != floor(plays->counts[i]);
    for (size_t i = 0; i < plays->count; i++)
        if (plays->counts[i] < 0)
            plays->counts[i] = has_fractions ? -plays->counts[i]
                                             : floor(-1000 * plays->counts[i] + 0.5);
}

static double largest(const msched__built_plays *plays)
{
    double most = 0;
    for (size_t i = 0; i < plays->count; i++)
        most = plays->counts[i] > most ? plays->counts[i] : most;
    return most;
}

/*
 * 1 if lengths are in proportion to plays, so they are the time that somebody listened, in total.
 * Lengths of songs hardly depend on plays: the slope of the logarithms is near 0, not near 1. By
 * chance it can be higher, but a play of a song lasts neither a second nor hours.
 */
#define LEAST_LENGTHS 20
#define LEAST_PLAY_MS 10000.0 /* as the mean of all songs */
#define MOST_PLAY_MS  3600000.0
static int lengths_grow(const msched_catalog_builder *builder, const msched__built_plays *plays)
{
    double count = 0, sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;
    for (size_t i = 0; i < plays->count; i++) {
        const double ms = builder->tracks.duration[builder->entries.track[plays->first + i]];
        if (!(plays->counts[i] > 0) || !(ms > 0))
            continue;
        const double x = log(plays->counts[i]), y = log(ms);
        count += 1;
        sum_x += x;
        sum_y += y;
        sum_xx += x * x;
        sum_xy += x * y;
    }
    const double spread = count * sum_xx - sum_x * sum_x,
                 play_ms = count == 0 ? 0 : exp((sum_y - sum_x) / count);
    return count >= LEAST_LENGTHS && play_ms >= LEAST_PLAY_MS && play_ms <= MOST_PLAY_MS &&
           spread > 0.1 * count * count && count * sum_xy - sum_x * sum_y > spread / 2;
}

static void forget_lengths(msched_catalog_builder *builder, msched__file_report *file)
{
    msched__column_report *column = &file->columns[MSCHED__COLUMN_DURATION];
    for (uint32_t t = builder->file_tracks; t < builder->ids.count; t++) {
        column->unknown += builder->tracks.duration[t] != 0;
        builder->tracks.duration[t] = 0;
    }
    msched__report_note(&builder->report, file,
                        "duration_ms: unknown, because the lengths grow with the plays: they are "
                        "the time that all plays took");
}

void msched__plays_settle(msched_catalog_builder *builder, msched__file_report *file)
{
    msched__built_plays *plays = &builder->plays;
    if (!msched__plays_are_counted(builder))
        return;
    settle_points(plays);
    const double most = largest(plays);
    for (size_t i = 0; i < plays->count; i++) {
        const size_t entry = plays->first + i;
        if (isnan(plays->counts[i]))
            continue;
        /* as for plays in a history: rankings are kept, and few plays do not all become 0 */
        const uint8_t popularity =
            (uint8_t)(most == 0 ? 0 : floor(100 * log1p(plays->counts[i]) / log1p(most) + 0.5));
        uint8_t *of_track = &builder->tracks.popularity[builder->entries.track[entry]];
        builder->entries.popularity[entry] = popularity;
        if (*of_track == MSCHED__POPULARITY_UNKNOWN || *of_track < popularity)
            *of_track = popularity;
    }
    msched__report_note(&builder->report, file,
                        "track_popularity: from counts of plays, as 100 * ln(1 + plays) / "
                        "ln(1 + most plays); most plays: %s",
                        msched__show_number(most).text);
    if (lengths_grow(builder, plays))
        forget_lengths(builder, file);
    msched__plays_free(builder);
}
