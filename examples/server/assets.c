#include "assets.h"
#include "request.h"

#include <string.h>

/* No outside host, no inline script or style, no frame around us. */
static const char page_policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'";

static const asset *find(const char *path)
{
    for (int i = 0; i < asset_count; i++)
        if (strcmp(assets[i].path, path) == 0)
            return &assets[i];
    return NULL;
}

int asset_exists(const char *path)
{
    return find(path) != NULL;
}

void route_asset(request *r)
{
    const asset *found = find(r->rest);
    int gzip = http_accepts_gzip(request_header(r, "Accept-Encoding"));
    respond(r, &(response){.status = 200,
                           .type = found->type,
                           .body = gzip ? found->gzip_data : found->data,
                           .size = gzip ? found->gzip_size : found->size,
                           .etag = gzip ? found->gzip_etag : found->etag,
                           .encoded = gzip,
                           .csp = page_policy});
}
