#include "site_files.h"

#include "compress.h"
#include "hmac.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_FILES  256
#define MAX_BYTES  268435456 /* of all files */
#define MAX_DEPTH  4
#define PATH_BYTES 1024
#define TAG_BYTES  24

/* One walk through the folder. */
typedef struct walk {
    site_files *site;
    const char *folder;
    size_t bytes;
    compressor packer;
    char *message;
    size_t message_size;
} walk;

static int refuse(walk *w, const char *path, const char *why)
{
    snprintf(w->message, w->message_size, "--site %.200s: %.200s: %.200s", w->folder, path, why);
    return 0;
}

static const char *type_of(const char *path)
{
    static const struct {
        const char *suffix, *type;
    } types[] = {
        {".js", "text/javascript; charset=utf-8"},
        {".wasm", "application/wasm"},
        {".html", "text/html; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".json", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".md", "text/plain; charset=utf-8"},
        {".gz", "application/gzip"},
    };
    size_t size = strlen(path);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        size_t end = strlen(types[i].suffix);
        if (size > end && strcmp(path + size - end, types[i].suffix) == 0)
            return types[i].type;
    }
    return "application/octet-stream";
}

static char *copy(const char *text, size_t size)
{
    char *made = malloc(size + 1);
    if (made != NULL) {
        memcpy(made, text, size);
        made[size] = '\0';
    }
    return made;
}

/* The bytes of a file, NULL with errno. */
static unsigned char *read_all(const char *name, size_t size)
{
    FILE *file = fopen(name, "rb");
    if (file == NULL)
        return NULL;
    unsigned char *bytes = malloc(size > 0 ? size : 1);
    if (bytes != NULL && fread(bytes, 1, size, file) != size) {
        free(bytes);
        bytes = NULL;
        errno = EIO;
    }
    fclose(file);
    return bytes;
}

static void free_file(asset *file)
{
    free((void *)file->path);
    free((void *)file->etag);
    free((void *)file->gzip_etag);
    free((void *)file->data);
    free((void *)file->gzip_data);
}

/* Entity tags of the bytes, and the bytes compressed unless they are that already. 0: no memory. */
static int finish_file(walk *w, asset *file)
{
    unsigned char sum[HMAC_BYTES];
    char tag[TAG_BYTES];
    hmac_sha256("", 0, file->data, file->size, sum);
    uint64_t number = 0;
    for (size_t i = 0; i < sizeof number; i++)
        number = number << 8 | sum[i];
    int length = snprintf(tag, sizeof tag, "\"%016" PRIx64 "\"", number);
    file->etag = copy(tag, (size_t)length);
    length = snprintf(tag, sizeof tag, "\"%016" PRIx64 "-gz\"", number);
    file->gzip_etag = copy(tag, (size_t)length);
    if (file->etag == NULL || file->gzip_etag == NULL)
        return 0;
    outbuf packed = {0};
    if (file->size < 2 || (file->data[0] == 0x1f && file->data[1] == 0x8b))
        return 1;
    if (!compress_gzip(&w->packer, file->data, file->size, &packed)) {
        outbuf_free(&packed);
        return 0;
    }
    file->gzip_data = (unsigned char *)packed.data;
    file->gzip_size = packed.size;
    return 1;
}

static asset *add_file(site_files *site)
{
    if (site->count == site->capacity) {
        size_t capacity = site->capacity == 0 ? 16 : 2 * site->capacity;
        asset *files = realloc(site->files, capacity * sizeof *files);
        if (files == NULL)
            return NULL;
        site->files = files;
        site->capacity = capacity;
    }
    site->files[site->count] = (asset){0};
    return &site->files[site->count++];
}

/* `name` is the file's, `path` what the server calls it. */
static int take_file(walk *w, const char *name, const char *path, off_t size)
{
    if (w->site->count == MAX_FILES || (uint64_t)size > MAX_BYTES - w->bytes)
        return refuse(w, path, "more than 256 files or 256 MiB: is it a folder of `make site`?");
    unsigned char *data = read_all(name, (size_t)size);
    if (data == NULL)
        return refuse(w, path, strerror(errno));
    w->bytes += (size_t)size;
    asset *file = add_file(w->site);
    if (file == NULL) {
        free(data);
        return refuse(w, path, "out of memory");
    }
    file->data = data;
    file->size = (size_t)size;
    file->type = type_of(path);
    file->path = copy(path, strlen(path));
    return file->path != NULL && finish_file(w, file) ? 1 : refuse(w, path, "out of memory");
}

static int take_folder(walk *w, const char *path, int depth);

static int take_entry(walk *w, const char *path, int depth)
{
    char name[PATH_BYTES];
    struct stat status;
    if ((size_t)snprintf(name, sizeof name, "%s%s", w->folder, path) >= sizeof name)
        return refuse(w, path, "the path is too long");
    if (stat(name, &status) != 0)
        return refuse(w, path, strerror(errno));
    if (S_ISDIR(status.st_mode))
        return depth == MAX_DEPTH ? refuse(w, path, "folders are nested too deeply")
                                  : take_folder(w, path, depth + 1);
    return !S_ISREG(status.st_mode) || take_file(w, name, path, status.st_size);
}

/* `path` is "" or begins with "/". */
static int take_folder(walk *w, const char *path, int depth)
{
    char name[PATH_BYTES], inner[PATH_BYTES];
    if ((size_t)snprintf(name, sizeof name, "%s%s", w->folder, path) >= sizeof name)
        return refuse(w, path, "the path is too long");
    DIR *folder = opendir(name);
    if (folder == NULL)
        return refuse(w, path[0] != '\0' ? path : "/", strerror(errno));
    int fine = 1;
    for (struct dirent *entry; fine && (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        if ((size_t)snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name) >= sizeof inner)
            fine = refuse(w, path, "the path is too long");
        else
            fine = take_entry(w, inner, depth);
    }
    closedir(folder);
    return fine;
}

int site_files_load(site_files *site, const char *folder, char *message, size_t message_size)
{
    walk w = {.site = site, .folder = folder, .message = message, .message_size = message_size};
    static const char *const needed[] = {"/musicsched/musicsched.wasm", "/songs.csv.gz"};
    int fine = take_folder(&w, "", 0);
    for (size_t i = 0; fine && i < sizeof needed / sizeof *needed; i++)
        if (site_files_find(site, needed[i]) == NULL)
            fine = refuse(&w, needed[i], "is missing; `make site` writes the folder");
    compress_free(&w.packer);
    return fine;
}

const asset *site_files_find(const site_files *site, const char *path)
{
    for (size_t i = 0; i < site->count; i++)
        if (strcmp(site->files[i].path, path) == 0)
            return &site->files[i];
    return NULL;
}

void site_files_free(site_files *site)
{
    for (size_t i = 0; i < site->count; i++)
        free_file(&site->files[i]);
    free(site->files);
    *site = (site_files){0};
}
