/* plan/plan_text.h: the parts of the reader of plan text. */
#ifndef MSCHED_PLAN_TEXT_H
#define MSCHED_PLAN_TEXT_H

#include "plan/plan_builder.h"
#include "plan/plan_diag.h"
#include "plan/text_scan.h"

#define MSCHED__LINE_MAX_BYTES 4096
#define MSCHED__RUN_MAX        32 /* attributes of one line */

/* An attribute and where it stands: words [first, first + count) of the line. */
typedef struct msched__placed_attr {
    msched__attr attr;
    uint32_t first, count;
} msched__placed_attr;

/* Attributes of one line, in order of place. */
typedef struct msched__run {
    msched__placed_attr items[MSCHED__RUN_MAX];
    uint32_t count;
} msched__run;

/* What a line said, once its attributes are checked. Columns are of the attribute, 0 where it is not given. */
typedef struct msched__text_values {
    int32_t value[MSCHED__ATTR_COUNT], second[MSCHED__ATTR_COUNT];
    uint32_t column[MSCHED__ATTR_COUNT];
    msched__slice id, after, during;
} msched__text_values;

typedef struct msched__text_todo {
    msched__text_values values;
    const char *title, *id; /* in the reader's arena; id "": none was given */
    uint32_t line, title_column;
    int is_event, has_id;
    int32_t start, end, duration, earliest, latest; /* MSCHED_UNSET: not given */
    const char **after;                             /* ids */
    uint32_t after_count;
} msched__text_todo;

typedef struct msched__text_song {
    msched__text_values values;
    const char *track_id, *query; /* NULL: not given */
    const char *during;           /* id */
    uint32_t line;
} msched__text_song;

typedef struct msched__text_reader {
    const msched_catalog *catalog;
    msched_allocator memory;
    msched__arena arena; /* until the text is read */
    msched_diagnostics *diag;
    int failed; /* out of memory */

    msched__slice line; /* the line that is read, without its end */
    uint32_t line_number;
    msched__slice *words;
    size_t word_capacity;
    uint32_t word_count;
    msched__run *run; /* scratch, too large for small stacks */

    msched__text_todo *todos;
    msched__text_song *songs;
    size_t todo_capacity, song_capacity;
    uint32_t todo_count, song_count, done_count, first_done_line;

    msched_day day;
    char date[11], zone[65];
    msched_listening listening;
    int32_t *quiet; /* pairs */
    size_t quiet_capacity;
    int32_t pad_before, pad_after;
    uint32_t setting_line[10]; /* where each setting was made; 0: not */
} msched__text_reader;

/* Column of a place in the line, 1-based in characters. */
uint32_t msched__text_column(const msched__text_reader *in, const char *at);
/* Errors about a place in the line. */
void msched__text_error(msched__text_reader *in, const char *at, msched_result result, const char *code, const char *repair,
                        const char *format, ...) MSCHED__PRINTF(6, 7);
/* A warning or note about a place in the line. */
void msched__text_remark(msched__text_reader *in, uint32_t severity, const char *at, const char *code, const char *repair,
                         const char *format, ...) MSCHED__PRINTF(6, 7);
/* Cut a slice of the line into words at spaces and tabs. 0 when out of memory. */
int msched__text_split(msched__text_reader *in, msched__slice slice);
/* From the start of word `first` to the end of word `last`. */
msched__slice msched__text_words(const msched__text_reader *in, uint32_t first, uint32_t last);

/* Attributes at the start of words [first, end): how many words they take. They are added to in->run. */
uint32_t msched__run_lead(msched__text_reader *in, uint32_t first, uint32_t end);
/* Attributes at the end of words [first, end): where they begin. */
uint32_t msched__run_trail(msched__text_reader *in, uint32_t first, uint32_t end, enum msched__attr_place place);
/* Report wrong and repeated attributes of in->run; the others into values. 1 if none was wrong. */
int msched__run_values(msched__text_reader *in, msched__text_values *values);

/* Lines (text_line.c, text_song.c, text_setting.c). text_setting: 0 if the line is none. */
int msched__text_setting(msched__text_reader *in);
void msched__text_todo_line(msched__text_reader *in, size_t start);
/* `start` is the text after the marker. */
void msched__text_song_line(msched__text_reader *in, size_t start);
/* Bytes of a song's marker at the start of s; SIZE_MAX: it is no song. 0: an address that is a song by itself. */
size_t msched__text_song_marker(msched__slice s);
/* What concerns several lines (text_links.c). */
void msched__text_check(msched__text_reader *in);
/* Where a song may play by its attributes; MSCHED_UNSET where they do not say. */
void msched__text_song_window(const msched__text_values *v, int32_t *start, int32_t *end);

#endif
