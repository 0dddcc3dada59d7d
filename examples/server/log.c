#include "log.h"

#include "options.h"
#include "outbuf.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define FLUSH_AT 32768

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static outbuf pending;
static uint32_t log_mode;

static void write_time(outbuf *out)
{
    struct timespec now;
    struct tm utc;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    outbuf_format(out, "{\"time\":\"%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ\"", utc.tm_year + 1900,
                  utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec,
                  now.tv_nsec / 1000000);
}

/*
 * Called with the lock held. Where standard output takes no more, lines are dropped rather than
 * requests held up.
 */
static void flush(void)
{
    size_t done = 0;
    while (done < pending.size) {
        ssize_t n = write(STDOUT_FILENO, pending.data + done, pending.size - done);
        if (n <= 0)
            break;
        done += (size_t)n;
    }
    outbuf_reset(&pending, 2 * FLUSH_AT);
}

void log_start(uint32_t mode)
{
    log_mode = mode;
}

void log_flush(void)
{
    pthread_mutex_lock(&lock);
    flush();
    pthread_mutex_unlock(&lock);
}

void log_request(const char *request_id, const char *method, const char *route, int status,
                 uint64_t bytes, uint64_t duration_us, const char *client)
{
    if (log_mode == LOG_OFF || (log_mode == LOG_ERRORS && status < 500))
        return;
    pthread_mutex_lock(&lock);
    write_time(&pending);
    outbuf_format(&pending,
                  ",\"level\":\"%s\",\"event\":\"request\",\"request_id\":\"%s\",\"method\":\"%s\","
                  "\"route\":\"%s\","
                  "\"status\":%d,\"bytes\":%" PRIu64 ",\"duration_us\":%" PRIu64
                  ",\"client\":\"%s\"}\n",
                  status >= 500 ? "error" : "info", request_id, method, route, status, bytes,
                  duration_us, client);
    if (pending.size >= FLUSH_AT)
        flush();
    pthread_mutex_unlock(&lock);
}

void log_event(const char *level, const char *event, const char *detail)
{
    if (log_mode == LOG_OFF)
        return;
    pthread_mutex_lock(&lock);
    write_time(&pending);
    outbuf_format(&pending, ",\"level\":\"%s\",\"event\":\"%s\"", level, event);
    if (detail != NULL) {
        outbuf_string(&pending, ",\"detail\":");
        outbuf_json(&pending, detail);
    }
    outbuf_string(&pending, "}\n");
    flush();
    pthread_mutex_unlock(&lock);
}
