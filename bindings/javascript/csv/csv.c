/* csv.c: strict CSV (RFC 4180 with LF, CR or CRLF), a byte at a time. */
#include "csv.h"

enum { BEFORE_ROW, BEFORE_FIELD, IN_FIELD, BEHIND_QUOTE };

typedef struct sink {
    void (*on_field)(void *, size_t, void *);
    void (*on_row)(int, void *);
    void *ctx;
} sink;

int csv_init(struct csv_parser *parser, unsigned char options)
{
    (void)options;
    *parser = (struct csv_parser){.state = BEFORE_ROW, .delimiter = ','};
    return 0;
}

void csv_set_delim(struct csv_parser *parser, unsigned char delimiter)
{
    parser->delimiter = delimiter;
}

void csv_set_space_func(struct csv_parser *parser, int (*is_space)(unsigned char))
{
    (void)parser;
    (void)is_space;
}

void csv_set_realloc_func(struct csv_parser *parser, void *(*resize)(void *, size_t))
{
    (void)parser;
    (void)resize;
}

static void end_field(struct csv_parser *parser, const sink *to)
{
    to->on_field(parser->entry_buf, parser->entry_pos, to->ctx);
    parser->entry_pos = 0;
    parser->quoted = 0;
    parser->state = BEFORE_FIELD;
}

static void end_row(struct csv_parser *parser, int byte, const sink *to)
{
    end_field(parser, to);
    to->on_row(byte, to->ctx);
    parser->state = BEFORE_ROW;
}

static void add(struct csv_parser *parser, unsigned char byte)
{
    parser->entry_buf[parser->entry_pos++] = byte;
    parser->state = IN_FIELD;
}

/* The byte after the quote that closes a field, or that begins one written twice. 0: neither. */
static int step_behind_quote(struct csv_parser *parser, unsigned char byte, int ends,
                             const sink *to)
{
    if (byte == '"') {
        parser->state = IN_FIELD; /* the first of the two is in the text already */
        return 1;
    }
    if (byte != parser->delimiter && !ends)
        return 0;
    parser->entry_pos--;
    if (ends)
        end_row(parser, byte, to);
    else
        end_field(parser, to);
    return 1;
}

/* 0: a quote stands where none may. */
static int step(struct csv_parser *parser, unsigned char byte, const sink *to)
{
    int ends = byte == '\n' || byte == '\r';
    if (parser->state == BEHIND_QUOTE)
        return step_behind_quote(parser, byte, ends, to);
    if (byte == '"' && parser->state != IN_FIELD) {
        parser->quoted = 1;
        parser->state = IN_FIELD;
    } else if (byte == '"') {
        if (!parser->quoted)
            return 0;
        add(parser, byte);
        parser->state = BEHIND_QUOTE;
    } else if (parser->quoted) {
        add(parser, byte);
    } else if (byte == parser->delimiter) {
        end_field(parser, to);
    } else if (!ends) {
        add(parser, byte);
    } else if (parser->state != BEFORE_ROW) {
        end_row(parser, byte, to);
    }
    return 1;
}

size_t csv_parse(struct csv_parser *parser, const void *bytes, size_t size,
                 void (*on_field)(void *, size_t, void *), void (*on_row)(int, void *), void *ctx)
{
    const unsigned char *text = bytes;
    const sink to = {on_field, on_row, ctx};
    for (size_t i = 0; i < size; i++) {
        if (!step(parser, text[i], &to))
            return i;
    }
    return size;
}

int csv_fini(struct csv_parser *parser, void (*on_field)(void *, size_t, void *),
             void (*on_row)(int, void *), void *ctx)
{
    const sink to = {on_field, on_row, ctx};
    if (parser->state == IN_FIELD && parser->quoted)
        return -1;
    if (parser->state == BEHIND_QUOTE)
        parser->entry_pos--;
    if (parser->state != BEFORE_ROW)
        end_row(parser, -1, &to);
    return 0;
}
