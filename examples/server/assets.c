#include "assets.h"
#include "request.h"

#include <string.h>

/* No outside host, no inline script or style, no frame around us. */
#define POLICY(scripts)                                                                            \
    "default-src 'none'; script-src " scripts "; style-src 'self'; "                               \
    "img-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "                 \
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "                                \
    "require-trusted-types-for 'script'"
static const char page_policy[] = POLICY("'self'");
/* Where the page plans by itself. */
static const char planner_policy[] = POLICY("'self' 'wasm-unsafe-eval'");

static const asset *find_embedded(const char *path)
{
    for (int i = 0; i < asset_count; i++)
        if (strcmp(assets[i].path, path) == 0)
            return &assets[i];
    return NULL;
}

/* The page's own files go before those of the site: they are of this program's version. */
static const asset *find(const app *a, const char *path)
{
    int has_site = a->site.count > 0;
    if (has_site && strcmp(path, "/site.js") == 0)
        path = "/site_with_planner.js";
    const asset *found = find_embedded(path);
    return found != NULL || !has_site ? found : site_files_find(&a->site, path);
}

int asset_exists(const app *a, const char *path)
{
    return find(a, path) != NULL;
}

void route_asset(request *r)
{
    const asset *found = find(r->app, r->rest);
    int gzip = found->gzip_data != NULL && http_accepts_gzip(request_header(r, "Accept-Encoding"));
    respond(r, &(response){.status = 200,
                           .type = found->type,
                           .body = gzip ? found->gzip_data : found->data,
                           .size = gzip ? found->gzip_size : found->size,
                           .etag = gzip ? found->gzip_etag : found->etag,
                           .encoded = gzip,
                           .is_packed = found->gzip_data == NULL,
                           .csp = r->app->site.count > 0 ? planner_policy : page_policy});
}
