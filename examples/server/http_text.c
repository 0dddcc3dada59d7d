#include "http_text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int is_alphanumeric(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

int http_is_token_char(unsigned char c)
{
    return is_alphanumeric(c) || (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

int http_is_host_char(unsigned char c)
{
    return is_alphanumeric(c) || (c != '\0' && strchr("-._~%!$&'()*+,;=", c) != NULL);
}

/* One member of a header that is a comma-separated list: its value, and its q in thousandths. */
typedef struct list_member {
    const char *value;
    size_t size;
    int q;
} list_member;

static const char *skip_space(const char *s)
{
    while (*s == ' ' || *s == '\t')
        s++;
    return s;
}

/* "0.25" is 250. What is not a qvalue counts as 1, so that a sloppy client gets an answer. */
static int parse_q(const char *s)
{
    if (*s != '0' && *s != '1')
        return 1000;
    int q = *s == '1' ? 1000 : 0, scale = 100;
    if (*++s == '.')
        for (s++; *s >= '0' && *s <= '9' && scale > 0; s++, scale /= 10)
            q += (*s - '0') * scale;
    return q > 1000 ? 1000 : q;
}

/* Read the next member at *s and step over its comma; 0 at the end. */
static int next_member(const char **s, list_member *member)
{
    const char *p = *s;
    while (*p == ' ' || *p == '\t' || *p == ',')
        p++;
    if (*p == '\0')
        return 0;
    member->value = p;
    member->q = 1000;
    while (*p != '\0' && *p != ',' && *p != ';')
        p++;
    member->size = (size_t)(p - member->value);
    while (member->size > 0 && strchr(" \t", member->value[member->size - 1]) != NULL)
        member->size--;
    while (*p == ';') {
        p = skip_space(p + 1);
        if ((*p == 'q' || *p == 'Q') && *skip_space(p + 1) == '=')
            member->q = parse_q(skip_space(skip_space(p + 1) + 1));
        for (int quoted = 0; *p != '\0' && (quoted || (*p != ',' && *p != ';')); p++)
            if (*p == '"')
                quoted = !quoted;
    }
    *s = p;
    return 1;
}

static int equals(const list_member *member, const char *text)
{
    return strlen(text) == member->size && strncasecmp(member->value, text, member->size) == 0;
}

/* How specifically a media range names a type: 3 exactly, 2 "type/\*", 1 "*\/\*", 0 not at all. */
static int range_specificity(const list_member *member, const char *type)
{
    if (equals(member, type))
        return 3;
    if (equals(member, "*/*"))
        return 1;
    const char *slash = strchr(type, '/');
    size_t size = (size_t)(slash - type) + 1;
    if (member->size == size + 1 && member->value[size] == '*' &&
        strncasecmp(member->value, type, size) == 0)
        return 2;
    return 0;
}

int http_accept(const char *accept, const char *const *offers, int offer_count)
{
    if (accept == NULL || *skip_space(accept) == '\0')
        return 0;
    int best = -1, best_q = 0, best_specificity = 0;
    for (int i = 0; i < offer_count; i++) {
        int q = 0, specificity = 0;
        list_member member;
        for (const char *s = accept; next_member(&s, &member);) {
            int here = range_specificity(&member, offers[i]);
            if (here > specificity) {
                specificity = here;
                q = member.q;
            }
        }
        if (q > best_q || (q == best_q && q > 0 && specificity > best_specificity)) {
            best = i;
            best_q = q;
            best_specificity = specificity;
        }
    }
    return best;
}

int http_accepts_gzip(const char *accept_encoding)
{
    int any = 0;
    list_member member;
    for (const char *s = accept_encoding; s != NULL && next_member(&s, &member);) {
        if (equals(&member, "gzip"))
            return member.q > 0;
        if (equals(&member, "*"))
            any = member.q > 0;
    }
    return any;
}

int http_is_type(const char *content_type, const char *type)
{
    size_t size = strlen(type);
    const char *p = skip_space(content_type);
    if (strncasecmp(p, type, size) != 0)
        return 0;
    p = skip_space(p + size);
    if (*p != ';' && *p != '\0')
        return 0;
    while (*p == ';') {
        p = skip_space(p + 1);
        if (strncasecmp(p, "charset=", 8) == 0) {
            p += 8;
            if (*p == '"')
                p++;
            if (strncasecmp(p, "utf-8", 5) != 0 || (p[5] != '\0' && strchr("\"; \t", p[5]) == NULL))
                return -1;
        }
        while (*p != '\0' && *p != ';')
            p++;
    }
    return 1;
}

int http_etag_matches(const char *if_none_match, const char *etag)
{
    list_member member;
    for (const char *s = if_none_match; s != NULL && next_member(&s, &member);) {
        if (member.size > 2 && strncmp(member.value, "W/", 2) == 0) {
            member.value += 2;
            member.size -= 2;
        }
        if (equals(&member, etag) || equals(&member, "*"))
            return 1;
    }
    return 0;
}

int64_t http_length(const char *text)
{
    int64_t value = 0;
    if (*text == '\0')
        return -1;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9' || value > (INT64_C(1) << 62) / 10 - 1)
            return -1;
        value = value * 10 + (*text - '0');
    }
    return value;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

int http_percent_decode(char *text, int plus)
{
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (*from == '%') {
            int high = hex_value(from[1]);
            int low = high < 0 ? -1 : hex_value(from[2]);
            if (low < 0 || high * 16 + low == 0)
                return 0;
            *to++ = (char)(high * 16 + low);
            from += 2;
        } else {
            *to++ = plus && *from == '+' ? ' ' : *from;
        }
    }
    *to = '\0';
    return 1;
}

enum query_result query_parse(query *out, const char *raw)
{
    out->text = NULL;
    out->count = 0;
    if (raw == NULL || *raw == '\0')
        return QUERY_OK;
    size_t size = strlen(raw) + 1;
    out->text = malloc(size);
    if (out->text == NULL)
        return QUERY_NO_MEMORY;
    memcpy(out->text, raw, size);
    for (char *p = out->text; p != NULL;) {
        char *next = strchr(p, '&');
        if (next != NULL)
            *next++ = '\0';
        if (*p != '\0') {
            char *value = strchr(p, '=');
            if (value != NULL)
                *value++ = '\0';
            if (out->count == QUERY_MAX_PARAMETERS)
                return QUERY_TOO_MANY;
            if (!http_percent_decode(p, 1) || (value != NULL && !http_percent_decode(value, 1)))
                return QUERY_MALFORMED;
            out->parameter[out->count++] = (query_parameter){p, value != NULL ? value : "", 0};
        }
        p = next;
    }
    return QUERY_OK;
}

void query_free(query *parsed)
{
    free(parsed->text);
    parsed->text = NULL;
    parsed->count = 0;
}

const char *query_take(query *parsed, const char *name)
{
    for (int i = 0; i < parsed->count; i++) {
        query_parameter *p = &parsed->parameter[i];
        if (!p->used && strcmp(p->name, name) == 0) {
            p->used = 1;
            return p->value;
        }
    }
    return NULL;
}

const char *query_unused(const query *parsed)
{
    for (int i = 0; i < parsed->count; i++)
        if (!parsed->parameter[i].used)
            return parsed->parameter[i].name;
    return NULL;
}
