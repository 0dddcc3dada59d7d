/*
 * Programs write many rows as members of one object, or an object on each line. The reader of JSON
 * refuses both: objects have few members, whose keys it compares with each other.
 */
#include "playlist/json_form.h"

#include "format/json.h"
#include "format/json_scan.h"

#include <string.h>

static int is_object(const msched__scan_value *value)
{
    return value->type == MSCHED__SCAN_NESTED && value->bytes.data[0] == '{';
}

/* The bytes from `from` to `to`, except for what is not a line end. */
static void add_lines(msched__buffer *out, const char *from, const char *to)
{
    for (; from < to; from++)
        if (*from == '\n')
            msched__buffer_char(out, '\n');
}

/* Remove the escape \u0000, which ends texts of some tags. 0 if the text has none. */
static int drop_nulls(msched__buffer *out, msched__slice text)
{
    static const char null[] = "\\u0000";
    size_t from = 0;
    for (size_t at = 0; at + 1 < text.size; at++) {
        if (text.data[at] != '\\')
            continue;
        if (text.size - at >= sizeof null - 1 &&
            memcmp(text.data + at, null, sizeof null - 1) == 0) {
            msched__buffer_add(out, text.data + from, at - from);
            from = at + sizeof null - 1;
            at = from - 1;
        } else {
            at++; /* the escaped character may be a backslash */
        }
    }
    if (from == 0)
        return 0;
    msched__buffer_add(out, text.data + from, text.size - from);
    return 1;
}

/* An object on each line: of the blanks between two objects, one becomes a comma. */
static int join_objects(msched__buffer *out, msched__slice text)
{
    msched__json_scan scan = {text.data, text.data + text.size, NULL};
    msched__scan_value value;
    size_t count = 0;
    msched__buffer_char(out, '[');
    while (msched__scan_value_next(&scan, &value)) {
        if (!is_object(&value))
            return 0;
        const char *end = value.bytes.data + value.bytes.size;
        const char *from = out->size == 1 ? text.data : value.bytes.data;
        msched__buffer_add(out, from, (size_t)(end - from));
        count++;
        if (msched__scan_end(&scan))
            break;
        scan.fault = NULL;
        msched__buffer_char(out, ',');
        msched__buffer_add(out, end, (size_t)(scan.at - end));
    }
    msched__buffer_char(out, ']');
    return count > 1 && scan.fault == NULL;
}

/* The number of members of the object at the beginning; 0 if one of them is not an object. */
static size_t count_objects(msched__slice text, size_t *most)
{
    msched__json_scan scan = {text.data, text.data + text.size, NULL};
    msched__slice key;
    msched__scan_value value;
    size_t count = 0;
    *most = 0;
    if (!msched__scan_object(&scan))
        return 0;
    while (msched__scan_member(&scan, count == 0, &key, &value)) {
        msched__json_scan inner = {value.bytes.data, value.bytes.data + value.bytes.size, NULL};
        msched__slice inner_key;
        msched__scan_value ignored;
        size_t members = 0;
        if (!is_object(&value) || !msched__scan_object(&inner))
            return 0;
        while (members <= MSCHED__JSON_MAX_MEMBERS &&
               msched__scan_member(&inner, members == 0, &inner_key, &ignored))
            members++;
        *most = members > *most ? members : *most;
        count++;
    }
    return scan.fault == NULL && msched__scan_end(&scan) ? count : 0;
}

/* {"key": "Artist - Title", ..} as ["Artist - Title", ..]. 0 if a member is not a text. */
static int list_texts(msched__buffer *out, msched__slice text)
{
    msched__json_scan scan = {text.data, text.data + text.size, NULL};
    msched__slice key;
    msched__scan_value value;
    size_t count = 0;
    const char *from = text.data;
    if (!msched__scan_object(&scan))
        return 0;
    for (; msched__scan_member(&scan, count == 0, &key, &value); count++) {
        if (value.type != MSCHED__SCAN_STRING)
            return 0;
        msched__buffer_char(out, count == 0 ? '[' : ',');
        add_lines(out, from, value.bytes.data);
        msched__buffer_add(out, value.bytes.data - 1, value.bytes.size + 2);
        from = value.bytes.data + value.bytes.size;
    }
    msched__buffer_char(out, ']');
    return count > MSCHED__JSON_MAX_MEMBERS && scan.fault == NULL && msched__scan_end(&scan);
}

/* {"key": {..}, ..} as [{..}, ..]. */
static int list_rows(msched__buffer *out, msched__slice text)
{
    msched__json_scan scan = {text.data, text.data + text.size, NULL};
    msched__slice key;
    msched__scan_value value;
    const char *from = text.data;
    (void)msched__scan_object(&scan);
    for (int first = 1; msched__scan_member(&scan, first, &key, &value); first = 0) {
        msched__buffer_char(out, first ? '[' : ',');
        add_lines(out, from, value.bytes.data);
        msched__buffer_add(out, value.bytes.data, value.bytes.size);
        from = value.bytes.data + value.bytes.size;
    }
    msched__buffer_char(out, ']');
    return scan.fault == NULL;
}

/* The values of an object as an array. 0 if its keys are others than those of `like`. */
static int list_column(msched__buffer *out, msched__slice object, msched__slice like)
{
    msched__json_scan scan = {object.data, object.data + object.size, NULL},
                      other = {like.data, like.data + like.size, NULL};
    msched__slice key, other_key;
    msched__scan_value value, ignored;
    const char *from = object.data;
    int first = 1;
    (void)msched__scan_object(&scan);
    (void)msched__scan_object(&other);
    msched__buffer_char(out, '[');
    for (; msched__scan_member(&scan, first, &key, &value); first = 0) {
        if (!msched__scan_member(&other, first, &other_key, &ignored) ||
            key.size != other_key.size || memcmp(key.data, other_key.data, key.size) != 0)
            return 0;
        if (!first)
            msched__buffer_char(out, ',');
        const int is_text = value.type == MSCHED__SCAN_STRING;
        add_lines(out, from, value.bytes.data);
        msched__buffer_add(out, value.bytes.data - is_text, value.bytes.size + 2 * (size_t)is_text);
        from = value.bytes.data + value.bytes.size;
    }
    msched__buffer_char(out, ']');
    return scan.fault == NULL && !msched__scan_member(&other, first, &other_key, &ignored);
}

/* {"title": {"0": "A", ..}, ..} as {"title": ["A", ..], ..}. */
static int list_columns(msched__buffer *out, msched__slice text)
{
    msched__json_scan scan = {text.data, text.data + text.size, NULL};
    msched__slice key, like = {"", 0};
    msched__scan_value value;
    const char *from = text.data;
    (void)msched__scan_object(&scan);
    for (int first = 1; msched__scan_member(&scan, first, &key, &value); first = 0) {
        like = first ? value.bytes : like;
        msched__buffer_char(out, first ? '{' : ',');
        add_lines(out, from, value.bytes.data);
        msched__buffer_add(out, key.data - 1, key.size + 2);
        msched__buffer_char(out, ':');
        if (!list_column(out, value.bytes, like))
            return 0;
        from = value.bytes.data + value.bytes.size;
    }
    msched__buffer_char(out, '}');
    return scan.fault == NULL;
}

static int change(msched__buffer *out, msched__slice text)
{
    size_t most = 0;
    const size_t objects = count_objects(text, &most);
    if (objects > MSCHED__JSON_MAX_MEMBERS)
        return list_rows(out, text);
    if (objects > 1 && most > MSCHED__JSON_MAX_MEMBERS)
        return list_columns(out, text);
    if (objects > 0 || list_texts(out, text))
        return objects == 0;
    msched__buffer_clear(out);
    return join_objects(out, text);
}

msched__slice msched__json_form(msched__buffer *out, msched__slice text)
{
    msched__buffer plain;
    msched__buffer_init(&plain, &out->allocator);
    if (drop_nulls(&plain, text))
        text = (msched__slice){plain.data, plain.size};
    const size_t size = text.size;
    if (!plain.failed && change(out, text)) {
        text = (msched__slice){out->data, out->size};
    } else if (plain.size > 0) {
        msched__buffer_clear(out);
        msched__buffer_add(out, plain.data, size);
        text = (msched__slice){out->data, out->size};
    }
    out->failed |= plain.failed;
    msched__buffer_free(&plain);
    return out->failed ? (msched__slice){"", 0} : text;
}
