/* cli/cli_output.c: files in, files out, errors. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the library calls its options is what they are called here. */
static void name_flags(char *out, size_t room, const char *message)
{
    static const char *const names[][2] = {
        {"set columns \"", "add --columns \""},
        {"set columns, for example \"", "use --columns, for example --columns \""},
        {"name the columns, or set skip_bad_rows", "name the columns with --columns, or add "
                                                   "--skip-bad-rows"},
        {"set skip_bad_rows", "add --skip-bad-rows"},
        {"become the wanted songs of a plan", "become the wanted songs of a plan: musicsched plan "
                                              "--songs FILE"},
        {"max_field_bytes", "--max-field-bytes"},
        {"max_row_bytes", "--max-row-bytes"}};
    size_t used = 0, size;

    while (*message != '\0' && used + 80 < room) {
        size_t i = 0, count = sizeof names / sizeof names[0];
        const char *name = cli_input_name(message, &size);

        if (name != NULL) {
            used += (size_t)snprintf(out + used, room - used, "%.40s", name);
            message += size;
            continue;
        }
        while (i < count && strncmp(message, names[i][0], strlen(names[i][0])) != 0)
            i++;
        if (i == count) {
            out[used++] = *message++;
            continue;
        }
        used += (size_t)snprintf(out + used, room - used, "%s", names[i][1]);
        message += strlen(names[i][0]);
    }
    out[used] = '\0';
}

int cli_report(const char *source, const msched_error *err)
{
    char message[2 * sizeof err->message];

    name_flags(message, sizeof message, err->message);
    /* Errors of a catalog already say where; others give the place in numbers. */
    if (source == NULL || strncmp(message, source, strlen(source)) == 0)
        fprintf(stderr, "%s\n", message);
    else if (err->line != 0 && err->column != 0)
        fprintf(stderr, "%s:%llu:%u: %s\n", source, (unsigned long long)err->line, err->column,
                message);
    else if (err->line != 0)
        fprintf(stderr, "%s:%llu: %s\n", source, (unsigned long long)err->line, message);
    else
        fprintf(stderr, "%s: %s\n", source, message);
    return CLI_BAD_INPUT;
}

static int write_all(int file, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t done = write(file, data, size);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return 0;
        data += done;
        size -= (size_t)done;
    }
    return 1;
}

static int fail_writing(const char *path)
{
    fprintf(stderr, "%s: cannot write: %s\n", path, strerror(errno));
    return CLI_BAD_INPUT;
}

/* A file that is there keeps its mode; a new one gets what the umask leaves. */
static mode_t mode_for(const char *path)
{
    struct stat old;
    mode_t mask;

    if (stat(path, &old) == 0)
        return old.st_mode & 07777;
    mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* A new file next to the old one is renamed to it only when it is complete. 0 on failure. */
static int replace_file(const char *path, const char *data, size_t size)
{
    size_t room = strlen(path) + sizeof ".XXXXXX";
    char *part = malloc(room);
    int file, ok;

    if (part == NULL)
        return 0;
    snprintf(part, room, "%s.XXXXXX", path);
    file = mkstemp(part);
    if (file < 0) {
        free(part);
        return 0;
    }
    ok = write_all(file, data, size) && fchmod(file, mode_for(path)) == 0 && fsync(file) == 0;
    ok = close(file) == 0 && ok;
    ok = ok && rename(part, path) == 0;
    if (!ok) {
        int reason = errno;

        unlink(part);
        errno = reason;
    }
    free(part);
    return ok;
}

/* The file that a symbolic link names is replaced, and the link stays. */
static int replace_target(const char *path, const char *data, size_t size)
{
    char *target = realpath(path, NULL); /* NULL: a new file */
    int ok = replace_file(target != NULL ? target : path, data, size);
    int reason = errno;

    free(target);
    errno = reason;
    return ok ? CLI_DONE : fail_writing(path);
}

/*
 * What is not a plain file, such as /dev/stdout or a pipe, cannot be replaced: it is written to. So
 * is a symbolic link to a file that is not there yet, which this makes.
 */
static int must_write_through(const char *path)
{
    struct stat there;

    if (stat(path, &there) == 0)
        return !S_ISREG(there.st_mode);
    return lstat(path, &there) == 0 && S_ISLNK(there.st_mode);
}

int cli_write(const char *path, const char *data, size_t size)
{
    if (path == NULL || strcmp(path, "-") == 0) {
        fwrite(data, 1, size, stdout);
        return CLI_DONE; /* main() looks whether standard output took it */
    }
    if (must_write_through(path)) {
        FILE *file = fopen(path, "wb");
        int ok = file != NULL && fwrite(data, 1, size, file) == size;

        ok = file != NULL && fclose(file) == 0 && ok;
        return ok ? CLI_DONE : fail_writing(path);
    }
    return replace_target(path, data, size);
}

int cli_print_text(msched_result result, msched_text **text, const msched_error *err)
{
    if (result != MSCHED_OK)
        return cli_report(NULL, err);
    fwrite(msched_text_data(*text), 1, msched_text_size(*text), stdout);
    msched_text_unref(*text);
    return CLI_DONE;
}

static char *read_stream(FILE *file, const char *path, size_t max_size, size_t *size)
{
    size_t capacity = 65536, used = 0, got;
    char *data = malloc(capacity);

    while (data != NULL && (got = fread(data + used, 1, capacity - used - 1, file)) > 0) {
        used += got;
        if (used > max_size) {
            fprintf(stderr, "%s: larger than %zu bytes\n", path, max_size);
            free(data);
            return NULL;
        }
        if (capacity - used < 2) {
            char *more = realloc(data, 2 * capacity);

            if (more == NULL)
                free(data);
            data = more;
            capacity *= 2;
        }
    }
    if (data == NULL || ferror(file)) {
        fprintf(stderr, "%s: cannot read: %s\n", path, strerror(errno));
        free(data);
        return NULL;
    }
    data[used] = '\0';
    *size = used;
    return data;
}

char *cli_read(const char *path, size_t max_size, size_t *size)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    char *data;

    if (file == NULL) {
        fprintf(stderr, "%s: cannot open: %s\n", path, strerror(errno));
        return NULL;
    }
    data = read_stream(file, file == stdin ? "<stdin>" : path, max_size, size);
    if (file != stdin)
        fclose(file);
    return data;
}
