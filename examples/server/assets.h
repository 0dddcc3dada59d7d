/* assets.h: the page's files, embedded by embed_assets.py. */
#ifndef SERVER_ASSETS_H
#define SERVER_ASSETS_H

#include <stddef.h>

typedef struct asset {
    const char *path;
    const char *type;
    const char *etag; /* with its quotes */
    const char *gzip_etag;
    const unsigned char *data;
    size_t size;
    const unsigned char *gzip_data;
    size_t gzip_size;
} asset;

extern const asset assets[];
extern const int asset_count;

#endif
