/*
 * The JSON object around a plan: what it accepts lies within the input, and has what the server
 * goes on with.
 */
#include "request_document.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    request_document document;
    document_error error = {0};
    char *text = malloc(size > 0 ? size : 1); /* no NUL after it, so that reading too far is seen */
    if (text == NULL)
        return 0;
    memcpy(text, data, size);
    if (request_document_parse(&document, text, size, &error)) {
        if ((document.plan.data == NULL) == (document.text == NULL))
            abort();
        if (document.plan.data != NULL &&
            (document.plan.data < text || document.plan.data + document.plan.size > text + size))
            abort();
    } else if (error.message[0] == '\0' || error.line == 0) {
        abort();
    }
    request_document_free(&document);
    free(text);
    return 0;
}
