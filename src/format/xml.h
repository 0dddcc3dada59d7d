/*
 * format/xml.h: the elements of an XML text, by expat. Documents that declare entities are refused,
 * so that no text can expand; nothing outside the text is ever opened.
 */
#ifndef MSCHED_FORMAT_XML_H
#define MSCHED_FORMAT_XML_H

#include "base/error.h"
#include "base/slice.h"

#define MSCHED__XML_MAX_DEPTH 64

/* Called for each element. Names have no prefix; both return 0 when out of memory. */
typedef struct msched__xml_handler {
    void *ctx;
    int (*start)(void *ctx, const char *name, uint64_t line);
    /* NULL, or told after start of the name and value of each attribute of the element. */
    int (*attribute)(void *ctx, const char *element, const char *name, const char *value);
    /* `text` is the text of the element since its last tag, not trimmed. */
    int (*end)(void *ctx, const char *name, msched__slice text, uint64_t line);
} msched__xml_handler;

/* 1 if XML can be read: the library was built with expat. */
int msched__xml_available(void);

/*
 * Read a whole document. MSCHED_OK, MEMORY, LIMIT (nested too deep) or SYNTAX, with line and
 * column. The elements before the fault were already passed on.
 */
msched_result msched__xml_read(msched__slice data, const msched__xml_handler *handler,
                               const msched_allocator *allocator, msched_error *err);

#endif
