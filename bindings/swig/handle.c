#include "handle.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fail(msched_error *err, msched_result code, const char *what, const char *text)
{
    *err = (msched_error){.code = code};
    snprintf(err->message, sizeof err->message, "%s%s", what, text);
}

#define HANDLE(Class, noun)                                                                        \
    struct Class {                                                                                 \
        pthread_mutex_t lock;                                                                      \
        msched_##noun *object;                                                                     \
    };                                                                                             \
                                                                                                   \
    Class *Class##_wrap(msched_##noun *object, msched_error *err)                                  \
    {                                                                                              \
        Class *self = object == NULL ? NULL : malloc(sizeof *self);                                \
        if (self != NULL && pthread_mutex_init(&self->lock, NULL) == 0) {                          \
            self->object = object;                                                                 \
            return self;                                                                           \
        }                                                                                          \
        if (object != NULL)                                                                        \
            fail(err, MSCHED_ERROR_MEMORY, "out of memory", "");                                   \
        free(self);                                                                                \
        msched_##noun##_unref(object);                                                             \
        return NULL;                                                                               \
    }                                                                                              \
                                                                                                   \
    msched_##noun *Class##_take(Class *self, msched_error *err)                                    \
    {                                                                                              \
        if (self == NULL) {                                                                        \
            fail(err, MSCHED_ERROR_ARGUMENT, #noun, ": a " #noun " is needed");                    \
            return NULL;                                                                           \
        }                                                                                          \
        pthread_mutex_lock(&self->lock);                                                           \
        msched_##noun *object = self->object == NULL ? NULL : msched_##noun##_ref(self->object);   \
        pthread_mutex_unlock(&self->lock);                                                         \
        if (object == NULL)                                                                        \
            fail(err, MSCHED_ERROR_ARGUMENT, "the " #noun " is closed", "");                       \
        return object;                                                                             \
    }                                                                                              \
                                                                                                   \
    void Class##_close(Class *self)                                                                \
    {                                                                                              \
        if (self == NULL)                                                                          \
            return;                                                                                \
        pthread_mutex_lock(&self->lock);                                                           \
        msched_##noun *object = self->object;                                                      \
        self->object = NULL;                                                                       \
        pthread_mutex_unlock(&self->lock);                                                         \
        msched_##noun##_unref(object);                                                             \
    }                                                                                              \
                                                                                                   \
    int Class##_is_open(Class *self)                                                               \
    {                                                                                              \
        msched_error closed = {0};                                                                 \
        msched_##noun *object = Class##_take(self, &closed);                                       \
        msched_##noun##_unref(object);                                                             \
        return object != NULL;                                                                     \
    }                                                                                              \
                                                                                                   \
    void delete_##Class(Class *self)                                                               \
    {                                                                                              \
        if (self == NULL)                                                                          \
            return;                                                                                \
        Class##_close(self);                                                                       \
        pthread_mutex_destroy(&self->lock);                                                        \
        free(self);                                                                                \
    }

HANDLE(Catalog, catalog)
HANDLE(Plan, plan)
HANDLE(Schedule, schedule)
HANDLE(Calendar, calendar)
HANDLE(History, history)

uint32_t choose(const char *what, const char *value, const char *const *names, uint32_t count,
                msched_error *err)
{
    if (err->code != MSCHED_OK)
        return 0;
    char list[200] = "";
    for (uint32_t i = 0; i < count; i++) {
        if (value != NULL && strcmp(value, names[i]) == 0)
            return i;
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "", names[i]);
    }
    *err = (msched_error){.code = MSCHED_ERROR_ARGUMENT};
    snprintf(err->message, sizeof err->message, "%s: \"%.20s\" is not one of %s", what,
             value == NULL ? "" : value, list);
    return 0;
}

int64_t to_range(const char *what, int64_t value, int64_t most, msched_error *err)
{
    if (value >= 0 && value <= most)
        return value;
    char range[80];
    snprintf(range, sizeof range, ": %lld is not between 0 and %lld", (long long)value,
             (long long)most);
    if (err->code == MSCHED_OK)
        fail(err, MSCHED_ERROR_ARGUMENT, what, range);
    return 0;
}

uint32_t to_uint32(const char *what, int64_t value, msched_error *err)
{
    return (uint32_t)to_range(what, value, UINT32_MAX, err);
}

static void fail_to_read(const char *path, msched_error *err)
{
    const int problem = errno;
    *err = (msched_error){.code = MSCHED_ERROR_IO};
    snprintf(err->message, sizeof err->message, "%s: cannot be read: %s", path, strerror(problem));
}

char *read_file(const char *path, size_t most, size_t *size, msched_error *err)
{
    const int is_named = path != NULL && path[0] != '\0';
    FILE *file = is_named ? fopen(path, "rb") : NULL;
    size_t room = 1 << 16;
    char *data = file == NULL ? NULL : malloc(room), *more = data;
    *size = 0;
    if (!is_named)
        fail(err, MSCHED_ERROR_ARGUMENT, "no path was given", "");
    else if (file == NULL)
        fail_to_read(path, err);
    while (more != NULL && *size <= most) {
        *size += fread(data + *size, 1, room - *size, file);
        if (*size < room)
            break;
        room *= 2;
        more = realloc(data, room);
        data = more != NULL ? more : data;
    }
    if (file != NULL && more == NULL)
        fail(err, MSCHED_ERROR_MEMORY, "out of memory", "");
    else if (file != NULL && ferror(file))
        fail_to_read(path, err);
    if (file != NULL)
        fclose(file);
    if (err->code == MSCHED_OK)
        return data;
    free(data);
    return NULL;
}

char *copy_text(const char *text, size_t size, msched_error *err)
{
    char *copied = malloc(size + 1);
    if (copied == NULL)
        fail(err, MSCHED_ERROR_MEMORY, "out of memory", "");
    else
        memcpy(copied, text, size + 1);
    return copied;
}

uint32_t split_lines(const char *text, char **copy, const char ***lines, msched_error *err)
{
    uint32_t count = 1;
    if (text == NULL || text[0] == '\0')
        return 0;
    *copy = copy_text(text, strlen(text), err);
    for (const char *at = text; *at != '\0'; at++)
        count += *at == '\n';
    *lines = calloc(count, sizeof **lines);
    if (*copy == NULL || *lines == NULL) {
        fail(err, MSCHED_ERROR_MEMORY, "out of memory", "");
        return 0;
    }
    char *at = *copy;
    for (uint32_t i = 0; i < count; i++) {
        (*lines)[i] = at;
        at += strcspn(at, "\n");
        *at++ = '\0';
    }
    return count;
}

char *take_text(msched_result result, msched_text *text, msched_error *err)
{
    if (result != MSCHED_OK)
        return NULL;
    char *copied = copy_text(msched_text_data(text), msched_text_size(text), err);
    msched_text_unref(text);
    return copied;
}

Table *take_stream(msched_result result, struct ArrowArrayStream *stream, msched_error *err)
{
    return result == MSCHED_OK ? table_from_stream(stream, err) : NULL;
}

const char *version(void)
{
    return msched_version_string();
}
