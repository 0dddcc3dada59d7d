/* cli/cmd_watch.c: plan again when a file changes or the clock passes a task that is not done. */
#include "file_watch.h"
#include "plan_run.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define REST_S    60 /* the clock may be set, and the machine may sleep: look at it that often */
#define FILES_MAX (1 + 3 * CLI_MAX_NAMES)

static volatile sig_atomic_t ended;

typedef struct watcher {
    cli_request *request;
    const msched_catalog *catalog;
    msched_schedule *last; /* what was planned before; NULL: nothing */
    int64_t shift;         /* seconds that --now puts the clock on */
    int has_shift;
    int64_t now;     /* seconds past midnight of the plan's date */
    int64_t day_end; /* of the plan, likewise; at least 24:00 */
    int planned;     /* the last try was planned and written */
    char *told;      /* warnings and notes of the last try; NULL: none */
    file_watch *files;
} watcher;

static void end(int number)
{
    (void)number;
    ended = 1;
}

/* The clock of the plan, on which --now is the moment at which the command was started. */
static void read_clock(watcher *w, const msched_plan *plan)
{
    msched_day day = {.struct_size = sizeof day};

    w->now = 0;
    if (msched_plan_get_day(plan, &day) != MSCHED_OK)
        return;
    w->day_end = day.end_s > 86400 ? day.end_s : 86400;
    w->now = cli_clock_second_in(day.date, day.timezone != NULL ? day.timezone : "");
    if (w->request->now_s != MSCHED_UNSET && !w->has_shift) {
        w->shift = w->request->now_s - w->now;
        w->has_shift = 1;
    }
    w->now += w->shift;
}

static const char *date_of(const msched_schedule *schedule)
{
    return schedule == NULL ? "" : msched_schedule_date(schedule);
}

/* Standard error while it is redirected to a file. */
typedef struct kept_messages {
    FILE *file;  /* NULL: not redirected */
    int stderr_; /* a copy of the original descriptor */
} kept_messages;

static kept_messages keep_messages(void)
{
    kept_messages kept = {.file = tmpfile(), .stderr_ = -1};

    fflush(stderr);
    if (kept.file != NULL && (kept.stderr_ = dup(STDERR_FILENO)) >= 0 &&
        dup2(fileno(kept.file), STDERR_FILENO) >= 0)
        return kept;
    if (kept.stderr_ >= 0)
        close(kept.stderr_);
    if (kept.file != NULL)
        fclose(kept.file);
    return (kept_messages){.file = NULL};
}

/* 1 if a text contains a line, including its line end. */
static int has_line(const char *text, const char *line, size_t size)
{
    while (text != NULL && *text != '\0') {
        size_t length = strcspn(text, "\n");

        length += text[length] == '\n';
        if (length == size && memcmp(text, line, size) == 0)
            return 1;
        text += length;
    }
    return 0;
}

/* Print the messages: all of them, or only those that the last try did not have. */
static void print_messages(watcher *w, kept_messages kept, int all)
{
    long size;
    char *text = NULL;

    if (kept.file == NULL)
        return;
    fflush(stderr);
    dup2(kept.stderr_, STDERR_FILENO);
    close(kept.stderr_);
    if (fseek(kept.file, 0, SEEK_END) == 0 && (size = ftell(kept.file)) >= 0 &&
        (text = calloc((size_t)size + 1, 1)) != NULL) {
        rewind(kept.file);
        text[fread(text, 1, (size_t)size, kept.file)] = '\0';
    }
    for (const char *line = text; line != NULL && *line != '\0';) {
        size_t length = strcspn(line, "\n");

        length += line[length] == '\n';
        if (all || !has_line(w->told, line, length))
            fwrite(line, 1, length, stderr);
        line += length;
    }
    fclose(kept.file);
    free(w->told);
    w->told = text;
}

/* Plan and write. @return exit code: CLI_BAD_INPUT also where lines of the text were left out */
static int replan(watcher *w)
{
    plan_run run = {.schedule = NULL};
    const kept_messages kept = keep_messages();
    msched_day day = {.struct_size = sizeof day};
    int status = plan_run_read(&run, w->request, w->catalog);

    w->planned = 0;
    if (status == CLI_DONE && msched_plan_get_day(run.input.plan, &day) == MSCHED_OK &&
        day.days > 0) {
        fprintf(stderr,
                "musicsched watch: only a plan of one day can be watched; use musicsched replan "
                "for several days\n");
        status = CLI_BAD_INPUT;
    }
    if (status == CLI_DONE) {
        read_clock(w, run.input.plan);
        int32_t now = w->now >= 0 && w->now <= MSCHED_DAY_END_S ? (int32_t)w->now : MSCHED_UNSET;
        int same = msched_plan_get_day(run.input.plan, &day) == MSCHED_OK &&
                   strcmp(day.date, date_of(w->last)) == 0;

        status = plan_run_build(&run, w->request, w->catalog, now, same ? w->last : NULL);
    }
    if (status == CLI_DONE)
        status = plan_run_write(&run, w->request);
    fflush(stdout);
    if (status == CLI_DONE && w->last == NULL)
        plan_run_tell_calendar(&run, w->request);
    if (status == CLI_DONE) {
        msched_schedule_unref(w->last);
        w->last = run.schedule;
        w->planned = 1;
        status = plan_run_tell(&run, w->catalog);
        run.schedule = NULL;
    }
    plan_run_free(&run);
    print_messages(w, kept, !w->planned);
    return status;
}

/*
 * Seconds until the next task should have ended, and which one; at least one second and at most
 * REST_S, then *task is NULL.
 */
static int64_t next_moment(const watcher *w, const char **task)
{
    int64_t left = REST_S;
    msched_schedule_entry entry = {.struct_size = sizeof entry};

    *task = NULL;
    for (uint32_t i = 0; i < msched_schedule_entry_count(w->last); i++) {
        if (msched_schedule_get_entry(w->last, i, &entry) != MSCHED_OK ||
            entry.kind != MSCHED_ENTRY_TODO || entry.fixed || entry.state == MSCHED_STATE_DONE ||
            entry.end_s <= w->now || entry.end_s - w->now > left)
            continue;
        left = entry.end_s - w->now;
        *task = entry.title;
    }
    return left > 0 ? left : 1;
}

static void tell(const watcher *w, const char *what, const char *why)
{
    char clock[16];
    time_t now = time(NULL);
    struct tm local = {.tm_mday = 1};

    if (!w->planned)
        return; /* the reason was reported */
    localtime_r(&now, &local);
    strftime(clock, sizeof clock, "%H:%M:%S", &local);
    fprintf(stderr, "%s %s%s%s\n", clock, what, why,
            w->request->output_path != NULL ? ": written" : "");
}

/* Playlists may be named FILE#NAME. */
static const char *file_of(const char *path, char **copies, uint32_t *count)
{
    const char *mark = strrchr(path, '#');
    char *file = mark != NULL && mark != path ? strndup(path, (size_t)(mark - path)) : NULL;

    if (file != NULL)
        copies[(*count)++] = file;
    return file != NULL ? file : path;
}

/* The files that are read; returns their number, 0 if one of them is standard input. */
static uint32_t list_files(const cli_request *request, const char **paths, char **copies,
                           uint32_t *copy_count)
{
    uint32_t count = 0;

    paths[count++] = request->arguments[0];
    for (uint32_t i = 0; i < request->calendars.count; i++)
        paths[count++] = request->calendars.name[i];
    for (uint32_t i = 0; i < request->histories.count; i++)
        paths[count++] = request->histories.name[i];
    for (uint32_t i = 0; i < request->songs.count; i++)
        paths[count++] = file_of(request->songs.name[i], copies, copy_count);
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(paths[i], "-") == 0 ||
            (request->output_path != NULL && strcmp(paths[i], request->output_path) == 0))
            return 0;
    return count;
}

/* A text without a date means today: is the day that was planned over? */
static int is_new_day(const watcher *w)
{
    char today[11];

    return w->request->date == NULL && w->now >= w->day_end && cli_today(today) != NULL &&
           strcmp(today, date_of(w->last)) > 0;
}

static void follow_clock(watcher *w, const char *task)
{
    char *name = task != NULL ? strdup(task) : NULL; /* the schedule that has it goes */

    if (task == NULL && !is_new_day(w))
        return;
    replan(w);
    tell(w, name != NULL ? name : "a new day", name != NULL ? " has passed" : "");
    free(name);
}

/* Until a signal ends it. */
static void go_on(watcher *w, const sigset_t *mask)
{
    while (!ended) {
        const char *task, *path;
        int64_t left = next_moment(w, &task);
        enum file_watch_end why = file_watch_wait(w->files, left, mask, &path);

        w->now = cli_clock_second_in(date_of(w->last), msched_schedule_timezone(w->last)) +
                 w->shift;
        if (why == FILE_WATCH_CHANGED && !ended) {
            file_watch_mark(w->files);
            replan(w);
            tell(w, path, " has changed");
        } else if (why == FILE_WATCH_TIME) {
            follow_clock(w, task);
        }
    }
}

static int watch(watcher *w, const char *const *paths, uint32_t count)
{
    struct sigaction action = {.sa_handler = end};
    sigset_t blocked, before;
    int status;

    sigemptyset(&action.sa_mask);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGINT);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    sigdelset(&before, SIGINT);
    sigdelset(&before, SIGTERM);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    w->files = file_watch_open(paths, count, w->request->poll);
    if (w->files == NULL) {
        fprintf(stderr, "musicsched watch: out of memory\n");
        return CLI_BAD_INPUT;
    }
    status = replan(w);
    if (w->planned) {
        tell(w, w->request->arguments[0], " is planned");
        go_on(w, &before);
        status = CLI_DONE;
    }
    file_watch_close(w->files);
    return status;
}

int cmd_watch(cli_request *request, const msched_catalog *catalog)
{
    watcher w = {.request = request, .catalog = catalog};
    const char *paths[FILES_MAX];
    char *copies[CLI_MAX_NAMES];
    uint32_t copy_count = 0, count = list_files(request, paths, copies, &copy_count);
    int status = CLI_BAD_USAGE;

    if (count == 0)
        fprintf(stderr, "musicsched watch: cannot watch standard input or the output file: "
                        "name files\n");
    else if ((status = plan_run_previous(&w.last, request)) == CLI_DONE)
        status = watch(&w, paths, count);
    msched_schedule_unref(w.last);
    free(w.told);
    for (uint32_t i = 0; i < copy_count; i++)
        free(copies[i]);
    return status;
}
