/* tests/schedule/songs_checker.h: every rule of songs in a day, checked from the problem alone. */
#ifndef MSCHED_TESTS_SONGS_CHECKER_H
#define MSCHED_TESTS_SONGS_CHECKER_H

#include "schedule/model/playlist.h"
#include "schedule/model/plays.h"

/* Whether [start, end) lies in one of the spans. */
static inline int within(const msched__interval *spans, uint32_t count, int32_t start, int32_t end)
{
    for (uint32_t i = 0; i < count; i++)
        if (spans[i].start <= start && end <= spans[i].end)
            return 1;
    return 0;
}

/* Whether one of a track's rows has one of the names; no names: yes. */
static inline int has_name(const msched_catalog *catalog, uint32_t track, int subgenre,
                           const char *const *names, uint32_t count)
{
    for (uint32_t e = 0; e < catalog->entry_count; e++)
        for (uint32_t i = 0; i < count && catalog->entry_track[e] == track; i++) {
            uint32_t value = (subgenre ? catalog->entry_subgenre : catalog->entry_genre)[e];
            const uint32_t *texts = subgenre ? catalog->subgenre_name : catalog->genre_name;
            if (value != MSCHED__NONE && strcmp(catalog->text + texts[value], names[i]) == 0)
                return 1;
        }
    return count == 0;
}

/* NULL, or which rule a fill track breaks. */
static inline const char *filter_fault(const msched_catalog *catalog, uint32_t track,
                                       const msched_listening *rules)
{
    int32_t year = catalog->release_year[track];
    int artist = rules->fill_artist_count == 0;
    for (uint32_t i = 0; i < rules->fill_artist_count; i++)
        artist |= strcmp(catalog->text + catalog->artist_name[catalog->track_artist[track]],
                         rules->fill_artists[i]) == 0;
    if (!artist)
        return "artist";
    if (catalog->popularity[track] < rules->fill_min_popularity)
        return "popularity";
    if ((rules->fill_year_min != 0 && year < rules->fill_year_min) ||
        (rules->fill_year_max != 0 && (year > rules->fill_year_max || year == 0)))
        return "year";
    if (!has_name(catalog, track, 0, rules->fill_genres, rules->fill_genre_count))
        return "genre";
    if (!has_name(catalog, track, 1, rules->fill_subgenres, rules->fill_subgenre_count))
        return "subgenre";
    return NULL;
}

/* NULL, or which rule the songs of the day break. Frozen songs stand where they stand. */
static inline const char *day_fault(const msched__fill_problem *problem,
                                    const msched__timed_song *songs, uint32_t count)
{
    const msched__songs_problem *p = problem->songs;
    const msched_catalog *catalog = p->catalog;
    int64_t total = 0, fill = 0;
    for (uint32_t i = 0; i < count; i++) {
        const msched__timed_song *a = &songs[i];
        int32_t end = a->start_s + a->length_s;
        if (i > 0 && songs[i - 1].start_s > a->start_s)
            return "order";
        if (a->length_s != (int32_t)((catalog->duration_ms[a->track] + 999) / 1000))
            return "length";
        total += a->length_s;
        if (a->play == MSCHED__FILL) {
            int frozen = 0;
            for (uint32_t k = 0; k < problem->previous_count; k++)
                frozen |= problem->previous[k].frozen && problem->previous[k].track == a->track &&
                          problem->previous[k].start_s == a->start_s;
            fill += a->length_s;
            if (!frozen && !within(problem->windows, problem->window_count, a->start_s, end))
                return "fill window";
            if (!frozen && filter_fault(catalog, a->track, &p->plan->listening) != NULL)
                return filter_fault(catalog, a->track, &p->plan->listening);
        } else {
            const msched__play *play = &p->plays[a->play];
            if (a->track != play->track)
                return "track";
            if (!play->frozen && !within(play->windows, play->window_count, a->start_s, end))
                return "window";
            if (play->pinned_s != MSCHED_UNSET && play->pinned_s != a->start_s)
                return "pin";
        }
        for (uint32_t k = 0; k < i; k++) {
            const msched__timed_song *b = &songs[k];
            int32_t apart = a->start_s - b->start_s - b->length_s;
            if (apart < p->gap_s)
                return "gap";
            if (a->artist == b->artist && apart < p->artist_separation_s)
                return "artist separation";
            if (catalog->track_recording[a->track] == catalog->track_recording[b->track] &&
                (a->play == MSCHED__FILL || b->play == MSCHED__FILL))
                return "recording";
        }
    }
    if (fill > problem->fill_s)
        return "too much fill";
    if (p->max_total_s != MSCHED_UNSET && total > p->max_total_s)
        return "max_total";
    return NULL;
}

#endif
