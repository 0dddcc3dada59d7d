/* Units that only all cells of a column together reveal. */
#include "catalog/build/settle.h"

#include "catalog/build/members.h"
#include "catalog/build/play_counts.h"
#include "catalog/build/settle_lists.h"

#include <math.h>

/*
 * If the header gives no unit, a median under 10,000 means seconds. If it gives milliseconds, the
 * median must be under 1,000.
 */
static int are_seconds(const msched__evidence *e)
{
    uint64_t below = e->duration_unit == MSCHED__UNIT_MS ? e->below_thousand
                                                         : e->below_ten_thousand;
    return 2 * below > e->plain_durations;
}

/*
 * If most lengths are under 30, the unit is minutes. "3.27" may be 3 min 27 s: if all lengths allow
 * that reading, many of them decide, and few leave it open.
 */
#define ENOUGH_FRACTIONS 20
#define DAY_MS           86400000.0
/* "3.27" among "3:14" is a clock time that was typed with a point. */
static void note_points(msched_catalog_builder *builder, msched__file_report *file)
{
    msched__report_note(&builder->report, file,
                        "duration_ms: 3.27 is read as 3 min 27 s, because other lengths are "
                        "written like 3:27");
}

static double small_factor(msched_catalog_builder *builder, const msched__evidence *e,
                           msched__file_report *file)
{
    if (e->below_tenth == e->plain_durations) {
        msched__report_note(&builder->report, file,
                            "duration_ms: read as fractions of a day, the form of times in "
                            "spreadsheets, because all are under 0.1");
        return DAY_MS;
    }
    if (e->fractions == 0 || e->no_seconds > 0) {
        msched__report_note(&builder->report, file,
                            "duration_ms: read as minutes, because the median is under %d",
                            MSCHED__LEAST_SECONDS);
        return 60000;
    }
    if (e->timed > 0) {
        note_points(builder, file);
        return 0;
    }
    if (e->fractions >= ENOUGH_FRACTIONS)
        msched__report_note(&builder->report, file,
                            "duration_ms: 3.27 is read as 3 min 27 s, because no length has more "
                            "than 59 after the point");
    else
        msched__report_note(&builder->report, file,
                            "duration_ms: unknown, because 3.27 may be minutes or 3 min 27 s: "
                            "write 3:27");
    return e->fractions >= ENOUGH_FRACTIONS ? 0 : -1;
}

static double small_ms(double number, double factor)
{
    return factor > 0 ? number * factor
           : factor < 0
               ? 0
               : floor(number) * 60000 + floor((number - floor(number)) * 100 + 0.5) * 1000;
}

/* The length of a track in milliseconds is known now. */
static inline void settle_duration(msched_catalog_builder *builder, uint32_t track, double ms,
                                   msched__column_report *column)
{
    const int known = ms >= 1 && ms <= 86400000;
    builder->tracks.duration[track] = known ? ms : 0;
    builder->tracks.open[track] &= (uint8_t)~MSCHED__OPEN_DURATION;
    column->unknown += !known;
    column->unreadable += !known;
}

static void settle_small_durations(msched_catalog_builder *builder, const msched__evidence *e,
                                   msched__file_report *file)
{
    const double factor = small_factor(builder, e, file);
    msched__column_report *column = &file->columns[MSCHED__COLUMN_DURATION];
    const double *durations = builder->tracks.duration;
    column->settled_unit = factor < 0 || factor == DAY_MS ? MSCHED__UNIT_NONE : MSCHED__UNIT_MIN;
    for (uint32_t t = builder->file_tracks; t < builder->ids.count; t++)
        if (builder->tracks.open[t] & MSCHED__OPEN_DURATION)
            settle_duration(builder, t, floor(small_ms(durations[t], factor) + 0.5), column);
}

/* 1 if a length would be a whole number of seconds if Excel took its minutes for hours. */
static int is_even(double ms)
{
    return ms >= 1800000 && fmod(ms, 60000) == 0; /* a song lasts 30 s or more */
}

/*
 * 1 if the even lengths cannot be those of sets and radio shows: some of these last less than two
 * hours, or all last a multiple of five minutes.
 */
static int must_be_songs(const msched_catalog_builder *builder)
{
    int some_odd = 0;
    for (uint32_t t = builder->file_tracks; t < builder->ids.count; t++) {
        const double ms = builder->tracks.duration[t];
        if (is_even(ms) && ms < 7200000)
            return 0;
        some_odd |= is_even(ms) && fmod(ms, 300000) != 0;
    }
    return some_odd;
}

/* Divide the lengths that Excel made of minutes and seconds, and tell which stay. */
static void divide_even_hours(msched_catalog_builder *builder, msched__file_report *file)
{
    uint64_t kept = 0;
    double first = 0;
    msched__report_note(&builder->report, file,
                        "duration_ms: 3:21:00 is read as 3 min 21 s, because nearly all lengths "
                        "would otherwise be hours and whole minutes");
    for (uint32_t t = builder->file_tracks; t < builder->ids.count; t++) {
        double *ms = &builder->tracks.duration[t];
        if (is_even(*ms)) {
            *ms = floor(*ms / 60 + 0.5);
        } else if (*ms > 0) {
            first = kept++ == 0 ? *ms : first;
        }
    }
    const unsigned s = (unsigned)(first / 1000);
    if (kept > 0)
        msched__report_note(&builder->report, file,
                            "duration_ms: lengths that are not like 3:21:00 are read as they are "
                            "written: %llu, the first of them %u:%02u:%02u",
                            (unsigned long long)kept, s / 3600, s / 60 % 60, s % 60);
}

/*
 * Excel takes 3:21 for 3 hours and 21 minutes, and writes 3:21:00. A long mix among such songs has
 * its own length, so one of a few may be different, or one of ten.
 */
static void settle_even_hours(msched_catalog_builder *builder, const msched__evidence *e,
                              msched__file_report *file)
{
    if (e->even_hours < 3 || e->plain_durations > 0 || 2 * e->even_hours <= e->timed)
        return;
    if (10 * e->even_hours >= 9 * e->timed ||
        (e->timed - e->even_hours == 1 && must_be_songs(builder)))
        divide_even_hours(builder, file);
    else
        msched__report_note(&builder->report, file,
                            "duration_ms: lengths of hours and whole minutes, such as 3:21:00: "
                            "%llu; if a spreadsheet made them of 3 min 21 s, write 3:21",
                            (unsigned long long)e->even_hours);
}

/* Negative numbers are on another scale, such as that of the distance from the mean. */
static void forget_durations(msched_catalog_builder *builder, msched__file_report *file)
{
    msched__report_note(&builder->report, file,
                        "duration_ms: unknown, because values below 0 are not lengths");
    for (uint32_t t = builder->file_tracks; t < builder->ids.count; t++)
        if (builder->tracks.open[t] & MSCHED__OPEN_DURATION)
            settle_duration(builder, t, 0, &file->columns[MSCHED__COLUMN_DURATION]);
}

static void settle_durations(msched_catalog_builder *builder, const msched__evidence *e,
                             msched__file_report *file)
{
    const int seconds = are_seconds(e);
    msched__column_report *column = &file->columns[MSCHED__COLUMN_DURATION];
    settle_even_hours(builder, e, file);
    if (e->plain_durations == 0)
        return;
    if (10 * e->negative_durations >= file->rows) {
        forget_durations(builder, file);
        return;
    }
    if (e->duration_unit != MSCHED__UNIT_S && 2 * e->below_least > e->plain_durations) {
        settle_small_durations(builder, e, file);
        return;
    }
    column->settled_unit = seconds ? MSCHED__UNIT_S : MSCHED__UNIT_MS;
    const int has_points = seconds && e->timed > 0 && e->fractions > 0 && e->no_seconds == 0;
    if (has_points)
        note_points(builder, file);
    if (seconds && e->duration_unit != MSCHED__UNIT_S)
        msched__report_note(&builder->report, file,
                            "duration_ms: read as seconds, because the median is under %s",
                            e->duration_unit == MSCHED__UNIT_MS ? "1,000" : "10,000");
    if (!seconds && e->duration_unit == MSCHED__UNIT_S)
        msched__report_note(
            &builder->report, file,
            "duration_ms: read as milliseconds, because the median is at least 10,000");
    if (!seconds && e->below_thousand > 0)
        msched__report_note(&builder->report, file,
                            "duration_ms: lengths under 1 s in milliseconds: %llu; if they are "
                            "seconds, write their unit: 187 s",
                            (unsigned long long)e->below_thousand);
    const double *durations = builder->tracks.duration;
    uint8_t *open = builder->tracks.open;
    for (uint32_t t = builder->file_tracks, end = builder->ids.count; t < end; t++) {
        const double duration = durations[t];
        if (!(open[t] & MSCHED__OPEN_DURATION))
            continue;
        /* most are whole numbers of milliseconds */
        if (!seconds && duration >= 1 && duration <= 86400000 &&
            (double)(int32_t)duration == duration) {
            open[t] &= (uint8_t)~MSCHED__OPEN_DURATION;
            continue;
        }
        const int is_clock = has_points && duration < MSCHED__LEAST_SECONDS &&
                             duration > floor(duration);
        settle_duration(builder, t,
                        is_clock ? small_ms(duration, 0)
                                 : floor(duration * (seconds ? 1000 : 1) + 0.5),
                        column);
    }
}

/*
 * The order of day and month is that of all unambiguous dates; if these contradict each other, only
 * the year is known.
 */
static void settle_dates(msched_catalog_builder *builder, const msched__evidence *e,
                         msched__file_report *file)
{
    const int decided = (e->day_first > 0) != (e->month_first > 0);
    if (e->day_first + e->month_first > 0 && decided)
        msched__report_note(
            &builder->report, file,
            "track_album_release_date: the %s comes first; dates that are only valid "
            "that way: %llu",
            e->day_first > 0 ? "day" : "month",
            (unsigned long long)(e->day_first + e->month_first));
    if (e->undecided_dates == 0)
        return;
    if (!decided)
        msched__report_note(
            &builder->report, file,
            "track_album_release_date: dates of which only the year is known, because "
            "day and month are ambiguous: %llu",
            (unsigned long long)e->undecided_dates);
    for (uint32_t t = builder->file_tracks; t < builder->ids.count; t++) {
        uint8_t *month = &builder->tracks.month[t], *day = &builder->tracks.day[t], before = *month;
        if (!(builder->tracks.open[t] & MSCHED__OPEN_DATE))
            continue;
        builder->tracks.open[t] &= (uint8_t)~MSCHED__OPEN_DATE;
        if (!decided) {
            *month = *day = 0;
        } else if (e->month_first > 0) {
            *month = *day;
            *day = before;
        }
    }
}

/* Percentages: values up to 100, with hardly any between 0 and 1 unless they have decimals. */
static int is_percent(const double *values, uint32_t from, uint32_t to, double *largest)
{
    uint64_t over_one = 0, inside = 0, decimals = 0;
    for (uint32_t t = from; t < to; t++) {
        double x = values[t];
        over_one += x > 1;
        inside += x > 0 && x < 1;
        decimals += x > 1 && x != floor(x);
        *largest = x > *largest ? x : *largest;
    }
    return inside == 0 || (decimals > 0 && 10 * inside <= over_one);
}

static void settle_feature(msched_catalog_builder *builder, uint32_t feature,
                           msched__file_report *file)
{
    double *values = builder->tracks.feature[feature], largest = 0;
    const uint32_t from = builder->file_tracks, to = builder->ids.count;
    msched__column_report *column = &file->columns[MSCHED__COLUMN_FEATURE + feature];
    if (is_percent(values, from, to, &largest)) {
        column->settled_unit = MSCHED__UNIT_PERCENT;
        msched__report_note(&builder->report, file,
                            "%s: read as percentages, because the largest value is %s",
                            msched_feature_name(feature), msched__show_number(largest).text);
        for (uint32_t t = from; t < to; t++)
            values[t] /= 100;
        return;
    }
    uint64_t lost = 0;
    for (uint32_t t = from; t < to; t++)
        if (values[t] > 1) {
            values[t] = NAN;
            lost++;
        }
    column->unknown += lost;
    column->unreadable += lost;
    msched__report_note(&builder->report, file,
                        "%s: %llu values over 1 are unknown, because the others run from 0 to 1",
                        msched_feature_name(feature), (unsigned long long)lost);
}

/* A column of values that are on another scale than its name says. */
static void forget_feature(msched_catalog_builder *builder, uint32_t feature,
                           msched__file_report *file, const char *why)
{
    double *values = builder->tracks.feature[feature];
    msched__column_report *column = &file->columns[MSCHED__COLUMN_FEATURE + feature];
    uint64_t lost = 0;
    for (uint32_t t = builder->file_tracks; t < builder->ids.count; t++) {
        lost += !isnan(values[t]);
        values[t] = NAN;
    }
    column->unknown += lost;
    column->unreadable += lost;
    msched__report_note(&builder->report, file, "%s: unknown, because %s",
                        msched_feature_name(feature), why);
}

/* The loudness of nearly all songs is under 0 dB. */
static int is_no_decibel(const msched_catalog_builder *builder)
{
    const double *values = builder->tracks.feature[MSCHED_FEATURE_LOUDNESS];
    double largest = 0;
    for (uint32_t t = builder->file_tracks; t < builder->ids.count; t++) {
        if (values[t] < 0 || values[t] > 1)
            return 0;
        largest = values[t] > largest ? values[t] : largest;
    }
    return largest > 0;
}

static void settle_scales(msched_catalog_builder *builder, const msched__evidence *e,
                          msched__file_report *file)
{
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++)
        if (e->off_scale[f] > 0 && 20 * e->off_scale[f] >= file->rows)
            forget_feature(builder, f, file,
                           f == MSCHED_FEATURE_KEY
                               ? "numbers over 11 are not on the scale from 0 (C) to 11 (B)"
                               : "values below 0 are not on a scale from 0 to 1");
        else if (e->over_one >> f & 1)
            settle_feature(builder, f, file);
    if (!builder->options.strict && is_no_decibel(builder))
        forget_feature(builder, MSCHED_FEATURE_LOUDNESS, file,
                       "the values run from 0 to 1 and are not decibels");
}

/* Counts that the report mentions. */
static void note_counts(msched__report *report, msched__file_report *file)
{
    if (file->recoded_fields > 0)
        msched__report_note(
            report, file,
            "fields that are not UTF-8, read as Windows-1252: %llu; if this is wrong, "
            "set the encoding",
            (unsigned long long)file->recoded_fields);
    if (file->made_ids > 0)
        msched__report_note(
            report, file,
            "rows without a track id, whose ids were made from title and artist: %llu",
            (unsigned long long)file->made_ids);
    if (file->rounded > 0)
        msched__report_note(report, file, "popularities rounded to whole numbers: %llu",
                            (unsigned long long)file->rounded);
    if (file->loose_quotes > 0)
        msched__report_note(report, file, "rows with quotes that were read as text: %llu",
                            (unsigned long long)file->loose_quotes);
    if (file->unsplit_artists > 0)
        msched__report_note(report, file,
                            "track_artist: texts with commas were kept whole, because nothing "
                            "shows how many artists they name: %llu",
                            (unsigned long long)file->unsplit_artists);
    if (file->skipped_lines > 0)
        msched__report_note(report, file, "lines skipped before the header: %u",
                            (unsigned)file->skipped_lines);
    uint64_t conflicts = 0;
    for (uint32_t column = 0; column < MSCHED__COLUMN_COUNT; column++)
        conflicts += file->columns[column].conflicts;
    if (conflicts > 0)
        msched__report_note(report, file,
                            "values that contradict an earlier row of the same track id: %llu; the "
                            "earlier row and the highest popularity were used",
                            (unsigned long long)conflicts);
    if (file->rows == 0)
        msched__report_note(report, file, "the input has a header but no songs");
}

static void give_default_durations(msched_catalog_builder *builder, msched__file_report *file)
{
    uint64_t given = 0;
    for (uint32_t t = builder->file_tracks; t < builder->ids.count; t++)
        if (builder->tracks.duration[t] == 0) {
            builder->tracks.duration[t] = builder->options.default_duration_ms;
            given++;
        }
    if (given > 0)
        msched__report_note(&builder->report, file, "songs of unknown length, set to %u ms: %llu",
                            (unsigned)builder->options.default_duration_ms,
                            (unsigned long long)given);
}

msched_result msched__builder_settle(msched_catalog_builder *builder,
                                     const msched__evidence *evidence, msched_error *err)
{
    msched__file_report *file = builder->report.last_file;
    settle_durations(builder, evidence, file);
    settle_dates(builder, evidence, file);
    settle_scales(builder, evidence, file);
    msched__plays_settle(builder, file);
    if (builder->options.default_duration_ms != 0)
        give_default_durations(builder, file);
    if (!msched__builder_settle_lists(builder))
        return msched__fail_memory(err);
    note_counts(&builder->report, file);
    builder->file_tracks = builder->ids.count;
    return file->failed ? msched__fail_memory(err) : MSCHED_OK;
}
