/*
 * fuzz/replay.c: runs a fuzz target over the files of its corpus, so that every build tests them.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A block of exactly the file's size, so that a sanitizer sees a read past its end. */
static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = NULL;
    long size;
    int ok = 0;

    if (file == NULL)
        return 0;
    if (fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 &&
        fseek(file, 0, SEEK_SET) == 0) {
        data = malloc(size > 0 ? (size_t)size : 1);
        if (data != NULL && fread(data, 1, (size_t)size, file) == (size_t)size) {
            LLVMFuzzerTestOneInput(data, (size_t)size);
            ok = 1;
        }
    }
    free(data);
    fclose(file);
    return ok;
}

int main(int argc, char **argv)
{
    unsigned long done = 0;

    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        const struct dirent *item;

        while (folder != NULL && (item = readdir(folder)) != NULL) {
            char path[4096];

            if (item->d_name[0] == '.')
                continue;
            snprintf(path, sizeof path, "%s/%s", argv[i], item->d_name);
            if (!replay_file(path)) {
                fprintf(stderr, "cannot replay %s\n", path);
                return 1;
            }
            done++;
        }
        if (folder == NULL) {
            fprintf(stderr, "no folder %s\n", argv[i]);
            return 1;
        }
        closedir(folder);
    }
    printf("%lu inputs replayed\n", done);
    return done == 0;
}
