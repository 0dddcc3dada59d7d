#include "options.h"

#include <musicsched/musicsched.h>

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "usage: musicsched-server --catalog FILE... [OPTION]...\n"
    "\n"
    "Serves the planning page and the HTTP API of libmusicsched.\n"
    "\n"
    "  --catalog FILE         song file, playlist or listening history; repeatable, all files\n"
    "                         form one catalog; SIGHUP reloads them\n"
    "  --encoding NAME        encoding of the files: GB18030, BIG5, SHIFT_JIS, EUC-KR, CP1251 ..\n"
    "                         (default: detected)\n"
    "  --columns NAME=HEADER  set the header of a column (track_artist=artists); repeatable\n"
    "  --skip-bad-rows        leave out all bad rows, even if they are most of a file\n"
    "  --strict               refuse a file that needs assumptions\n"
    "  --default-length M:SS  length of songs of unknown length (default: do not schedule them)\n"
    "  --site FOLDER          folder from `make site`: with it, the page plans in the browser,\n"
    "                         without a request for each change; read once at the start\n"
    "  --host ADDRESS         address to listen on (127.0.0.1); 0.0.0.0 or :: for all\n"
    "  --port NUMBER          port to listen on (8080); 0 for any free port\n"
    "  --threads NUMBER       requests answered at the same time (4 per processor, at least 8)\n"
    "  --connections NUMBER   open connections; above this, the longest idle one is closed "
    "(10000)\n"
    "  --keep-alive MS        how long a connection may be idle (75000)\n"
    "  --max-waiting NUMBER   requests that may wait for a thread; 503 above this (1024)\n"
    "  --wait-timeout MS      how long a request may wait; 503 after that (20000)\n"
    "  --max-in-flight BYTES  total size of requests and responses; 503 above this (67108864)\n"
    "  --max-body BYTES       largest request body (1048576)\n"
    "  --header-timeout MS    time to receive the whole header of a request (5000)\n"
    "  --body-timeout MS      time to receive the whole body of a request (5000)\n"
    "  --work-limit NUMBER    units of work for one schedule (200000)\n"
    "  --time-limit MS        wall-clock time for one schedule (500)\n"
    "  --rate NUMBER          requests per second of one client; 0: no limit (0)\n"
    "  --burst NUMBER         requests that a client may send at once under --rate (2 x rate)\n"
    "  --cpu-rate MS          processor time per second of one client, in milliseconds; 0: no\n"
    "                         limit (250 with --rate)\n"
    "  --trusted-proxy RANGE  address or range, such as 10.0.0.0/8, of a proxy whose\n"
    "                         X-Forwarded-For names the client; repeatable\n"
    "  --drain MS             time from SIGTERM until new connections are refused (1000)\n"
    "  --log all|errors|off   what to log on standard output, one JSON object per line (all)\n"
    "  --cors-origin ORIGIN   other origin whose pages may use the API (none)\n"
    "  --feed-secret FILE     sign the addresses of feeds with the 16 to 1,024 bytes of FILE, and "
    "refuse\n"
    "                         all others\n"
    "  --probe                check that the server at --host and --port is ready; exit 0 if so\n"
    "  --help, --version\n"
    "\n"
    "example: musicsched-server --catalog spotify_songs.csv --port 8080\n"
    "Signals: SIGTERM and SIGINT finish accepted requests and stop; SIGHUP reloads the catalog.\n";

#define UNSET            UINT32_MAX
#define DEFAULT_CPU_RATE 250
#define SECRET_MIN       16

typedef struct number_option {
    const char *name;
    size_t offset;
    uint32_t min;
    uint32_t max;
} number_option;

static const number_option number_options[] = {
    {"--port", offsetof(server_options, port), 0, 65535},
    {"--threads", offsetof(server_options, threads), 1, 256},
    {"--connections", offsetof(server_options, connections), 1, 1000000},
    {"--keep-alive", offsetof(server_options, keep_alive_ms), 100, 3600000},
    {"--max-waiting", offsetof(server_options, max_waiting), 1, 1000000},
    {"--wait-timeout", offsetof(server_options, wait_ms), 100, 600000},
    {"--max-in-flight", offsetof(server_options, max_in_flight), 65536, 4000000000},
    {"--max-body", offsetof(server_options, max_body_bytes), 1024, MSCHED_PLAN_MAX_BYTES},
    {"--header-timeout", offsetof(server_options, header_timeout_ms), 100, 600000},
    {"--body-timeout", offsetof(server_options, body_timeout_ms), 100, 600000},
    {"--work-limit", offsetof(server_options, work_limit), 1, 1000000000},
    {"--time-limit", offsetof(server_options, time_limit_ms), 1, 600000},
    {"--rate", offsetof(server_options, rate), 0, 1000000},
    {"--burst", offsetof(server_options, burst), 1, 1000000},
    {"--cpu-rate", offsetof(server_options, cpu_rate), 0, 1000000},
    {"--drain", offsetof(server_options, drain_ms), 0, 600000},
};

static int bad_usage(const char *what, const char *argument)
{
    fprintf(stderr, "musicsched-server: %s%s%s\nTry 'musicsched-server --help'.\n", what,
            argument[0] ? ": " : "", argument);
    return 2;
}

/* -1: taken; -2: no such option; else the exit status. */
static int take_number(server_options *out, const char *name, const char *value)
{
    for (size_t i = 0; i < sizeof number_options / sizeof number_options[0]; i++) {
        const number_option *option = &number_options[i];
        if (strcmp(option->name, name) != 0)
            continue;
        if (value == NULL)
            return bad_usage("a number is missing after", name);
        char *end;
        unsigned long number = strtoul(value, &end, 10);
        if (value[0] < '0' || value[0] > '9' || *end != '\0' || number < option->min ||
            number > option->max) {
            fprintf(stderr, "musicsched-server: %s needs a number from %u to %u, not \"%s\"\n",
                    name, option->min, option->max, value);
            return 2;
        }
        uint32_t checked = (uint32_t)number;
        memcpy((char *)out + option->offset, &checked, sizeof checked);
        return -1;
    }
    return -2;
}

static int take_log(server_options *out, const char *value)
{
    static const char *const modes[] = {"all", "errors", "off"};
    for (uint32_t i = 0; i < 3; i++)
        if (strcmp(value, modes[i]) == 0) {
            out->log = i;
            return -1;
        }
    return bad_usage("--log needs all, errors or off", "");
}

static int take_column(server_options *out, const char *value)
{
    if (out->column_count == OPTIONS_MAX_COLUMNS)
        return bad_usage("too many columns, at", value);
    out->columns[out->column_count++] = value;
    return -1;
}

static int take_catalog(server_options *out, const char *value)
{
    if (out->catalog_count == OPTIONS_MAX_CATALOGS)
        return bad_usage("--catalog may be given 64 times; too many, at", value);
    out->catalogs[out->catalog_count++] = value;
    return -1;
}

static int take_encoding(server_options *out, const char *value)
{
    out->encoding = value;
    return -1;
}

static int take_default_length(server_options *out, const char *value)
{
    unsigned minutes, seconds;
    char rest;
    if (strspn(value, "0123456789:") != strlen(value) || strlen(value) > 7 ||
        sscanf(value, "%u:%2u%c", &minutes, &seconds, &rest) != 2 || seconds > 59 ||
        minutes > 1439 || minutes + seconds == 0)
        return bad_usage("--default-length needs a length such as 3:30, not", value);
    out->default_length_ms = (minutes * 60 + seconds) * 1000;
    return -1;
}

static int take_proxy(server_options *out, const char *value)
{
    if (out->proxy_count == OPTIONS_MAX_PROXIES)
        return bad_usage("too many proxies, at", value);
    if (!address_range_parse(value, &out->proxies[out->proxy_count]))
        return bad_usage("--trusted-proxy needs an address or a range such as 10.0.0.0/8, not",
                         value);
    out->proxy_count++;
    return -1;
}

typedef struct text_option {
    const char *name;
    int (*take)(server_options *out, const char *value);
} text_option;

static int take_site(server_options *out, const char *value)
{
    out->site = value;
    return -1;
}

static int take_host(server_options *out, const char *value)
{
    out->host = value;
    return -1;
}

static int take_cors_origin(server_options *out, const char *value)
{
    out->cors_origin = value;
    return -1;
}

/* Line ends at the end of the file do not belong to it. */
static int take_feed_secret(server_options *out, const char *value)
{
    FILE *file = fopen(value, "rb");
    size_t size = file != NULL ? fread(out->feed_secret, 1, sizeof out->feed_secret, file) : 0;
    int whole = file != NULL && !ferror(file) && fgetc(file) == EOF;
    if (file != NULL)
        fclose(file);
    while (size > 0 && (out->feed_secret[size - 1] == '\n' || out->feed_secret[size - 1] == '\r'))
        size--;
    if (!whole || size < SECRET_MIN)
        return bad_usage("--feed-secret needs a readable file of 16 to 1,024 bytes, not", value);
    out->feed_secret_size = (uint32_t)size;
    return -1;
}

static const text_option text_options[] = {
    {"--catalog", take_catalog},
    {"--columns", take_column},
    {"--encoding", take_encoding},
    {"--default-length", take_default_length},
    {"--site", take_site},
    {"--host", take_host},
    {"--log", take_log},
    {"--cors-origin", take_cors_origin},
    {"--trusted-proxy", take_proxy},
    {"--feed-secret", take_feed_secret},
};

static int take_text(server_options *out, const char *name, const char *value)
{
    for (size_t i = 0; i < sizeof text_options / sizeof text_options[0]; i++) {
        if (strcmp(text_options[i].name, name) != 0)
            continue;
        if (value == NULL || value[0] == '\0')
            return bad_usage("a value is missing after", name);
        return text_options[i].take(out, value);
    }
    return bad_usage("unknown option", name);
}

static uint32_t default_threads(void)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors <= 2 ? 8 : processors > 32 ? 128 : 4 * (uint32_t)processors;
}

int options_parse(server_options *out, int argc, char **argv)
{
    *out = (server_options){.host = "127.0.0.1",
                            .port = 8080,
                            .threads = default_threads(),
                            .connections = 10000,
                            .keep_alive_ms = 75000,
                            .max_waiting = 1024,
                            .wait_ms = 20000,
                            .max_in_flight = 67108864,
                            .max_body_bytes = 1048576,
                            .body_timeout_ms = 5000,
                            .header_timeout_ms = 5000,
                            .work_limit = 200000,
                            .time_limit_ms = 500,
                            .cpu_rate = UNSET,
                            .drain_ms = 1000};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            fputs(usage, stdout);
            return 0;
        }
        if (strcmp(argv[i], "--version") == 0) {
            printf("musicsched-server %s\n", msched_version_string());
            return 0;
        }
        if (strcmp(argv[i], "--skip-bad-rows") == 0) {
            out->skip_bad_rows = 1;
        } else if (strcmp(argv[i], "--strict") == 0) {
            out->strict = 1;
        } else if (strcmp(argv[i], "--probe") == 0) {
            out->probe = 1;
        } else {
            const char *value = i + 1 < argc ? argv[i + 1] : NULL;
            int status = take_number(out, argv[i], value);
            if (status == -2)
                status = take_text(out, argv[i], value);
            if (status >= 0)
                return status;
            i++;
        }
    }
    if (out->catalog_count == 0 && !out->probe)
        return bad_usage("--catalog FILE is missing", "");
    if (out->cpu_rate == UNSET)
        out->cpu_rate = out->rate > 0 ? DEFAULT_CPU_RATE : 0;
    if (out->burst == 0)
        out->burst = out->rate > 500000 ? 1000000 : out->rate * 2;
    return -1;
}
