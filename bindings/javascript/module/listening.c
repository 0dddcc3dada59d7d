/* listening.c: playlists looked up in a catalog, and histories that a fill avoids. */
#include "module.h"

/* Which songs of the catalog a playlist means, as JSON. */
EXPORT module_text playlist_match(msched_catalog *catalog, const char *data, size_t size)
{
    msched_playlist_options options;
    msched_playlist *playlist = NULL;
    msched_playlist_match *match = NULL;
    msched_text *text = NULL;
    msched_playlist_options_init(&options, sizeof options);
    options.name = module_asked.name;
    options.only = module_asked.only;
    if (msched_playlist_read(&playlist, data, size, &options, &module_error) == MSCHED_OK &&
        msched_playlist_match_make(&match, playlist, catalog, &module_error) == MSCHED_OK)
        msched_playlist_match_to_json(match, &text, &module_error);
    msched_playlist_match_unref(match);
    msched_playlist_unref(playlist);
    return text;
}

static msched_history *read_history(const char *data, size_t size)
{
    msched_history_options options;
    msched_history *history = NULL;
    msched_history_options_init(&options, sizeof options);
    msched_history_load_memory(&history, data, size, module_asked.name, &options, &module_error);
    return history;
}

/*
 * A catalog of the songs of a history or, if `songs` is not NULL, of that catalog. The popularity
 * of a song is how often it was played.
 */
EXPORT msched_catalog *catalog_from_history(const char *data, size_t size,
                                            const msched_catalog *songs)
{
    msched_history *history = read_history(data, size);
    msched_catalog *catalog = NULL;
    if (history != NULL)
        msched_history_to_catalog(&catalog, history, songs, &module_error);
    msched_history_unref(history);
    return catalog;
}

/* The plan with a fill that takes nothing that was heard in the days before it. */
EXPORT msched_plan *plan_avoid(const msched_plan *plan, const msched_catalog *catalog,
                               const char *data, size_t size)
{
    msched_history *history = read_history(data, size);
    msched_plan *with = NULL;
    if (history != NULL)
        msched_plan_avoid_history(&with, plan, history, catalog, module_asked.days, NULL,
                                  &module_error);
    msched_history_unref(history);
    return with;
}
