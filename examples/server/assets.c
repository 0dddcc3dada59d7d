#include "assets.h"
#include "request.h"

#include <stdio.h>
#include <string.h>

/* No outside host, no inline script or style, no frame around us. */
static const char page_policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

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
    const char *etag = gzip ? found->gzip_etag : found->etag;
    char headers[160];
    int fresh = http_etag_matches(request_header(r, "If-None-Match"), etag);
    snprintf(headers, sizeof headers, "ETag: %s\r\nVary: Accept-Encoding\r\n%s", etag,
             gzip && !fresh ? "Content-Encoding: gzip\r\n" : "");
    response answer = {.status = 304, .headers = headers, .csp = page_policy, .cache = "no-cache"};
    if (!fresh) {
        answer.status = 200;
        answer.type = found->type;
        answer.body = gzip ? found->gzip_data : found->data;
        answer.size = gzip ? found->gzip_size : found->size;
    }
    respond(r, &answer);
}
