#include "format/xml.h"

#include "base/buffer.h"

#ifdef MSCHED_WITH_EXPAT

#include <expat.h>
#include <string.h>

/* Expat 2.9 deprecates the functions whose results are 32 bits wide on some systems. */
#if XML_MAJOR_VERSION > 2 || (XML_MAJOR_VERSION == 2 && XML_MINOR_VERSION >= 9)
#define line_of   XML_GetCurrentLineNumber64
#define column_of XML_GetCurrentColumnNumber64
#else
#define line_of   XML_GetCurrentLineNumber
#define column_of XML_GetCurrentColumnNumber
#endif

#define PIECE_BYTES (1 << 20)

typedef struct reader {
    XML_Parser parser;
    const msched__xml_handler *handler;
    msched__buffer text; /* of the innermost element, since the last tag */
    int depth;
    msched_result result;
    const char *reason;
} reader;

int msched__xml_available(void)
{
    return 1;
}

static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

static void stop(reader *in, msched_result result, const char *reason)
{
    if (in->result == MSCHED_OK) {
        in->result = result;
        in->reason = reason;
    }
    XML_StopParser(in->parser, XML_FALSE);
}

static void XMLCALL on_start(void *ctx, const XML_Char *name, const XML_Char **attributes)
{
    reader *in = ctx;
    if (++in->depth > MSCHED__XML_MAX_DEPTH) {
        stop(in, MSCHED_ERROR_LIMIT, "elements are nested more than 64 deep");
        return;
    }
    msched__buffer_clear(&in->text);
    if (!in->handler->start(in->handler->ctx, local_name(name), line_of(in->parser)))
        stop(in, MSCHED_ERROR_MEMORY, NULL);
    for (; in->handler->attribute != NULL && *attributes != NULL && in->result == MSCHED_OK;
         attributes += 2)
        if (!in->handler->attribute(in->handler->ctx, local_name(name), attributes[0],
                                    attributes[1]))
            stop(in, MSCHED_ERROR_MEMORY, NULL);
}

static void XMLCALL on_end(void *ctx, const XML_Char *name)
{
    reader *in = ctx;
    msched__slice text = {in->text.data == NULL ? "" : in->text.data, in->text.size};
    in->depth--;
    if (in->text.failed ||
        !in->handler->end(in->handler->ctx, local_name(name), text, line_of(in->parser)))
        stop(in, MSCHED_ERROR_MEMORY, NULL);
    msched__buffer_clear(&in->text);
}

static void XMLCALL on_text(void *ctx, const XML_Char *text, int size)
{
    msched__buffer_add(&((reader *)ctx)->text, text, (size_t)size);
}

static void XMLCALL on_entity(void *ctx, const XML_Char *name, int is_parameter,
                              const XML_Char *value, int value_size, const XML_Char *base,
                              const XML_Char *system_id, const XML_Char *public_id,
                              const XML_Char *notation)
{
    (void)name, (void)is_parameter, (void)value, (void)value_size, (void)base, (void)system_id,
        (void)public_id, (void)notation;
    stop(ctx, MSCHED_ERROR_SYNTAX, "it declares entities, which are not allowed in a playlist");
}

static msched_result tell(const reader *in, msched_error *err)
{
    enum XML_Error code = XML_GetErrorCode(in->parser);
    if (in->result == MSCHED_ERROR_MEMORY || code == XML_ERROR_NO_MEMORY)
        return msched__fail_memory(err);
    return msched__fail_at(err, in->result == MSCHED_OK ? MSCHED_ERROR_SYNTAX : in->result,
                           line_of(in->parser), (uint32_t)column_of(in->parser) + 1,
                           "not valid XML: %s",
                           in->reason != NULL ? in->reason : XML_ErrorString(code));
}

msched_result msched__xml_read(msched__slice data, const msched__xml_handler *handler,
                               const msched_allocator *allocator, msched_error *err)
{
    reader in = {.parser = XML_ParserCreate(NULL), .handler = handler};
    if (in.parser == NULL)
        return msched__fail_memory(err);
    msched__buffer_init(&in.text, allocator);
    XML_SetUserData(in.parser, &in);
    XML_SetElementHandler(in.parser, on_start, on_end);
    XML_SetCharacterDataHandler(in.parser, on_text);
    XML_SetEntityDeclHandler(in.parser, on_entity);
    msched_result result = MSCHED_OK;
    do {
        size_t piece = data.size < PIECE_BYTES ? data.size : PIECE_BYTES;
        if (XML_Parse(in.parser, data.data, (int)piece, piece == data.size) != XML_STATUS_OK)
            result = tell(&in, err);
        data.data += piece;
        data.size -= piece;
    } while (data.size > 0 && result == MSCHED_OK);
    XML_ParserFree(in.parser);
    msched__buffer_free(&in.text);
    return result;
}

#else

int msched__xml_available(void)
{
    return 0;
}

msched_result msched__xml_read(msched__slice data, const msched__xml_handler *handler,
                               const msched_allocator *allocator, msched_error *err)
{
    (void)data, (void)handler, (void)allocator;
    return msched__fail(err, MSCHED_ERROR_SYNTAX,
                        "this is XML, but the library was built without expat: install "
                        "libexpat1-dev and build the library again");
}

#endif
