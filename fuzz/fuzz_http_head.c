/*
 * The header section of a request, as it comes from the network: whole, and byte by byte, with the
 * same verdict.
 */
#include "http_head.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What CivetWeb gets says the same and is itself without fault. */
static void check_rewrite(const char *text, const http_head *head)
{
    char out[HTTP_MAX_HEAD + 1024];
    http_head again;
    http_refusal why;
    size_t scanned = 0, written = http_head_rewrite(text, head, out, sizeof out);
    if (written == 0)
        abort();
    if (head->minor == 0) /* may be without a Host, which the rewritten one then lacks */
        return;
    if (http_head_scan(out, written, &scanned, &why) != (long)written ||
        !http_head_parse(out, written, &again, &why))
        abort();
    if (again.length >= 0 || again.target_size < head->target_size)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    http_head head;
    http_refusal why, why_dribbled;
    size_t scanned = 0, dribbled = 0;
    char *text = malloc(size + 1);
    if (text == NULL)
        return 0;
    memcpy(text, data, size);
    long end = http_head_scan(text, size, &scanned, &why), end_dribbled = 0;
    for (size_t come = 1; come <= size && end_dribbled == 0; come++)
        end_dribbled = http_head_scan(text, come, &dribbled, &why_dribbled);
    if (end != end_dribbled || (end < 0 && why.status != why_dribbled.status))
        abort();
    if (end > 0 && http_head_parse(text, (size_t)end, &head, &why))
        check_rewrite(text, &head);
    free(text);
    return 0;
}
