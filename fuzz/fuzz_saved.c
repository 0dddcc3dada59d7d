/*
 * fuzz/fuzz_saved.c: any bytes as a saved catalog. The input changes bytes of a good one, as pairs
 * of a place and what is put there, and the checksums of its front are made right again, so that
 * what lies behind them is reached. What opens must answer.
 */
#include "base/checksum.h"
#include "catalog/saved/saved_catalog.h"
#include "catalog/saved/saved_form.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <musicsched/musicsched.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char csv[] = "track_id,track_name,artists,popularity,duration_ms,album,release_date,"
                          "playlist_id,genre,energy,"
                          "tempo\n"
                          "1,Dance Monkey,Tones;I,100,209000,Kids,2019-05-10,p,pop,0.5,98\n"
                          "2,Halo,Beyonc\xC3\xA9,80,261000,I Am,2008,p,pop,0.7,84\n"
                          "3,halo,Beyonc\xC3\xA9,40,261000,,,q,rock,,\n"
                          "2,Halo,Beyonc\xC3\xA9,82,261000,I Am,2008,q,rock,0.7,84\n"
                          "4,\xE6\xAD\x8C,I,,200000,,1999-05,,,1,300\n";

static char *good;
static size_t good_size;

static void check(int condition)
{
    if (!condition)
        abort();
}

static void make_good(void)
{
    char path[] = "/tmp/fuzz_saved.XXXXXX";
    msched_catalog *songs;
    int file = mkstemp(path);
    check(file >= 0);
    check(msched_catalog_load_memory(&songs, csv, sizeof csv - 1, NULL, NULL) == MSCHED_OK);
    check(msched_catalog_save(songs, path, NULL) == MSCHED_OK);
    close(file);
    file = open(path, O_RDONLY);
    good_size = (size_t)lseek(file, 0, SEEK_END);
    good = aligned_alloc(MSCHED__SECTION_ALIGN, good_size);
    check(good != NULL && pread(file, good, good_size, 0) == (ssize_t)good_size);
    close(file);
    unlink(path);
    msched_catalog_unref(songs);
}

static void mend_front(char *bytes)
{
    msched__section_header header;
    memcpy(&header, bytes, sizeof header);
    if (header.data_start < sizeof header || header.data_start > good_size)
        return;
    header.checksum = 0;
    header.checksum = msched__checksum_step(
        msched__checksum(&header, sizeof header),
        msched__checksum(bytes + sizeof header, (size_t)header.data_start - sizeof header));
    memcpy(bytes, &header, sizeof header);
}

/* What reads the features of all tracks. */
static void ask_features(const msched_catalog *songs)
{
    struct ArrowArrayStream stream = {0};
    struct ArrowArray batch = {0};
    msched_correlations *correlations;
    if (msched_correlations_compute(&correlations, songs, NULL, NULL) == MSCHED_OK)
        msched_correlations_unref(correlations);
    if (msched_catalog_export_numbers(songs, &stream, NULL) != MSCHED_OK)
        return;
    check(stream.get_next(&stream, &batch) == 0 && batch.release != NULL);
    batch.release(&batch);
    stream.release(&stream);
}

static void ask(const msched_catalog *songs)
{
    static const char day[] = "date: 2026-11-24\n9-17 Work #focus\nGym 1h #workout\nfill: 20m\n";
    static const char *const asked[] = {"halo", "dance monky", "i"};
    msched_catalog_info info = {.struct_size = sizeof info};
    msched_text *text = NULL;
    check(msched_catalog_get_info(songs, &info) == MSCHED_OK);
    for (uint32_t t = 0; t < info.tracks && t < 16; t++) {
        msched_track track = {.struct_size = sizeof track};
        msched_entry entry = {.struct_size = sizeof entry};
        if (msched_catalog_get_track(songs, t, &track) == MSCHED_OK) {
            uint32_t index;
            check(strlen(track.id) + strlen(track.name) + strlen(track.artist) < good_size);
            msched_catalog_find_id(songs, track.id, &index, NULL);
        }
        for (uint32_t i = 0; i < 4; i++) {
            msched_catalog_track_artist(songs, t, i);
            msched_catalog_entry_genre(songs, t, i);
        }
        if (msched_catalog_get_entry(songs, t, &entry) == MSCHED_OK)
            check(strlen(entry.playlist_id) + strlen(entry.genre) < good_size);
    }
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        msched_hits *hits;
        if (msched_find(&hits, songs, asked[i], NULL, NULL) == MSCHED_OK) {
            if (msched_hits_to_json(hits, songs, &text, NULL) == MSCHED_OK)
                msched_text_unref(text);
            msched_hits_unref(hits);
        }
        if (msched_suggest(&hits, songs, asked[i], NULL, NULL) == MSCHED_OK)
            msched_hits_unref(hits);
    }
    msched_top *top;
    if (msched_top_compute(&top, songs, NULL, NULL) == MSCHED_OK) {
        if (msched_top_to_json(top, songs, &text, NULL) == MSCHED_OK)
            msched_text_unref(text);
        msched_top_unref(top);
    }
    /* by genre first, which looks at few columns */
    for (uint32_t i = 0; i <= MSCHED_BY_YEAR_MONTH; i++) {
        const uint32_t by = (i + MSCHED_BY_GENRE) % (MSCHED_BY_YEAR_MONTH + 1);
        msched_groups_options options;
        msched_groups *groups;
        msched_groups_options_init(&options, sizeof options);
        options.by = by;
        if (msched_groups_compute(&groups, songs, &options, NULL) == MSCHED_OK) {
            if (msched_groups_to_json(groups, &text, NULL) == MSCHED_OK)
                msched_text_unref(text);
            msched_groups_unref(groups);
        }
    }
    for (uint32_t t = 0; t < info.tracks && t < 16; t++)
        if (msched_track_to_json(songs, t, &text, NULL) == MSCHED_OK)
            msched_text_unref(text);
    ask_features(songs);
    msched_plan *plan = NULL;
    msched_schedule *schedule = NULL;
    if (msched_plan_parse_text(&plan, NULL, day, sizeof day - 1, songs, NULL, NULL) == MSCHED_OK &&
        msched_schedule_build(&schedule, songs, plan, NULL, NULL) == MSCHED_OK)
        msched_schedule_unref(schedule);
    msched_plan_unref(plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (good == NULL)
        make_good();
    char *bytes = aligned_alloc(MSCHED__SECTION_ALIGN, good_size);
    msched_catalog_options options;
    msched__section_file file;
    msched_catalog *songs = NULL;
    check(bytes != NULL);
    memcpy(bytes, good, good_size);
    for (size_t i = 0; i + 3 <= size; i += 3) /* three bytes: two of the place, one of the value */
        bytes[(data[i] | (size_t)data[i + 1] << 8) % good_size] = (char)data[i + 2];
    mend_front(bytes);
    msched_catalog_options_init(&options, sizeof options);
    if (msched__section_file_read(&file, bytes, good_size, "fuzz", NULL) == MSCHED_OK &&
        msched__catalog_open_sections(&songs, &file, &options, "fuzz", NULL) == MSCHED_OK) {
        ask(songs);
        msched_catalog_unref(songs);
    }
    free(bytes);
    return 0;
}
