/* options.c: options of a call, set one by one by their names; and memory for texts. */
#include "module.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

msched_error module_error;
module_options module_asked;

/* Texts of the options, each after a pointer to the one before. */
typedef struct kept {
    struct kept *before;
    char text[];
} kept;

static kept *texts;

EXPORT void *memory_get(size_t size)
{
    return malloc(size > 0 ? size : 1);
}

EXPORT void memory_free(void *block)
{
    free(block);
}

EXPORT msched_result error_code(void)
{
    return module_error.code;
}

EXPORT uint32_t error_line(void)
{
    return (uint32_t)module_error.line;
}

EXPORT uint32_t error_column(void)
{
    return module_error.column;
}

EXPORT const char *error_message(void)
{
    return module_error.message;
}

EXPORT const char *error_name(void)
{
    return msched_result_name(module_error.code);
}

static void free_list(option_list *list)
{
    free(list->names);
    *list = (option_list){0};
}

EXPORT void option_reset(void)
{
    while (texts != NULL) {
        kept *before = texts->before;
        free(texts);
        texts = before;
    }
    free_list(&module_asked.genres);
    free_list(&module_asked.subgenres);
    free_list(&module_asked.artists);
    free_list(&module_asked.playlists);
    free_list(&module_asked.columns);
    module_asked = (module_options){.count = MODULE_NOT_GIVEN};
    msched_filter_init(&module_asked.filter, sizeof module_asked.filter);
    module_error = (msched_error){0};
}

static int out_of_memory(void)
{
    module_error = (msched_error){.code = MSCHED_ERROR_MEMORY};
    strcpy(module_error.message, "out of memory");
    return 0;
}

static int no_such_option(void)
{
    module_error = (msched_error){.code = MSCHED_ERROR_ARGUMENT};
    strcpy(module_error.message, "the module has no such option");
    return 0;
}

static int add_name(option_list *list, const char *text)
{
    if (list->count == list->capacity) {
        uint32_t capacity = list->capacity == 0 ? 8 : 2 * list->capacity;
        const char **names = realloc(list->names, capacity * sizeof *names);
        if (names == NULL)
            return out_of_memory();
        list->names = names;
        list->capacity = capacity;
    }
    list->names[list->count++] = text;
    return 1;
}

static const char *keep(const char *text)
{
    size_t size = strlen(text) + 1;
    kept *copy = malloc(sizeof *copy + size);
    if (copy == NULL)
        return NULL;
    copy->before = texts;
    texts = copy;
    return memcpy(copy->text, text, size);
}

/* Set an option that is a text, or add to one that takes several. 0 after a failure. */
EXPORT int option_text(const char *name, const char *value)
{
    static const struct {
        const char *name;
        size_t list, text; /* where it goes; SIZE_MAX: not there */
    } options[] = {
        {"genre", offsetof(module_options, genres), SIZE_MAX},
        {"subgenre", offsetof(module_options, subgenres), SIZE_MAX},
        {"artist", offsetof(module_options, artists), SIZE_MAX},
        {"playlist", offsetof(module_options, playlists), SIZE_MAX},
        {"column", offsetof(module_options, columns), SIZE_MAX},
        {"name", SIZE_MAX, offsetof(module_options, name)},
        {"encoding", SIZE_MAX, offsetof(module_options, encoding)},
        {"only", SIZE_MAX, offsetof(module_options, only)},
        {"date", SIZE_MAX, offsetof(module_options, date)},
        {"timezone", SIZE_MAX, offsetof(module_options, timezone)},
        {"timestamp", SIZE_MAX, offsetof(module_options, timestamp)},
    };
    char *base = (char *)&module_asked;
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (strcmp(name, options[i].name) != 0)
            continue;
        const char *text = keep(value);
        if (text == NULL)
            return out_of_memory();
        if (options[i].list != SIZE_MAX)
            return add_name((option_list *)(void *)(base + options[i].list), text);
        *(const char **)(void *)(base + options[i].text) = text;
        return 1;
    }
    return no_such_option();
}

/* Set an option that is a number: see names below. 0 where there is none of that name. */
EXPORT int option_number(const char *name, double value)
{
    const struct {
        const char *name;
        void *at;
        enum { UNSIGNED, SIGNED, DOUBLE } kind;
    } options[] = {
        {"count", &module_asked.count, UNSIGNED},
        {"by", &module_asked.by, UNSIGNED},
        {"order", &module_asked.order, UNSIGNED},
        {"minN", &module_asked.min_n, UNSIGNED},
        {"limit", &module_asked.limit, UNSIGNED},
        {"bins", &module_asked.bins, UNSIGNED},
        {"noTypos", &module_asked.no_typos, UNSIGNED},
        {"delimiter", &module_asked.delimiter, UNSIGNED},
        {"skipBadRows", &module_asked.skip_bad_rows, UNSIGNED},
        {"strict", &module_asked.strict, UNSIGNED},
        {"defaultDurationMs", &module_asked.default_duration_ms, UNSIGNED},
        {"lenient", &module_asked.lenient, UNSIGNED},
        {"what", &module_asked.what, UNSIGNED},
        {"now", &module_asked.now_s, UNSIGNED},
        {"days", &module_asked.days, UNSIGNED},
        {"cancelled", &module_asked.cancelled, UNSIGNED},
        {"alarm", &module_asked.alarm, UNSIGNED},
        {"alarmS", &module_asked.alarm_s, UNSIGNED},
        {"sequence", &module_asked.sequence, UNSIGNED},
        {"refreshS", &module_asked.refresh_s, UNSIGNED},
        {"noReasons", &module_asked.no_reasons, UNSIGNED},
        {"lazyReasons", &module_asked.lazy_reasons, UNSIGNED},
        {"assumeDone", &module_asked.assume_done, UNSIGNED},
        {"timeLimitMs", &module_asked.time_limit_ms, UNSIGNED},
        {"seed", &module_asked.seed, DOUBLE},
        {"workLimit", &module_asked.work_limit, DOUBLE},
        {"yearMin", &module_asked.filter.year_min, SIGNED},
        {"yearMax", &module_asked.filter.year_max, SIGNED},
        {"popularityMin", &module_asked.filter.popularity_min, SIGNED},
        {"popularityMax", &module_asked.filter.popularity_max, SIGNED},
        {"excludeZero", &module_asked.filter.exclude_zero, UNSIGNED},
        {"excludeJanuaryFirst", &module_asked.filter.exclude_january_first, UNSIGNED},
        {"allowUnknown", &module_asked.filter.allow_unknown, UNSIGNED},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (strcmp(name, options[i].name) != 0)
            continue;
        if (options[i].kind == UNSIGNED)
            *(uint32_t *)options[i].at = (uint32_t)value;
        else if (options[i].kind == SIGNED)
            *(int32_t *)options[i].at = (int32_t)value;
        else
            *(double *)options[i].at = value;
        return 1;
    }
    return no_such_option();
}

/* Keep songs whose audio feature lies in a range. 0 where there is no such feature. */
EXPORT int option_feature(const char *name, double low, double high)
{
    msched_filter *filter = &module_asked.filter;
    for (uint32_t i = 0; i < MSCHED_FEATURE_COUNT; i++) {
        if (strcmp(msched_feature_name(i), name) != 0)
            continue;
        filter->feature_mask |= 1u << i;
        filter->feature_min[i] = low;
        filter->feature_max[i] = high;
        return 1;
    }
    module_error = (msched_error){.code = MSCHED_ERROR_ARGUMENT};
    strcpy(module_error.message, "there is no such audio feature");
    return 0;
}

EXPORT const char *library_version(void)
{
    return msched_version_string();
}

EXPORT const char *text_data(module_text text)
{
    return msched_text_data(text);
}

EXPORT size_t text_size(module_text text)
{
    return msched_text_size(text);
}

EXPORT void text_free(module_text text)
{
    msched_text_unref(text);
}
