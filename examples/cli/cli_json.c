/* cli/cli_json.c: JSON on standard output, two spaces an indent. */
#include "cli.h"

#include <string.h>

static void put_text(const char *text)
{
    putchar('"');
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;

        if (byte == '"' || byte == '\\')
            printf("\\%c", byte);
        else if (byte < 0x20 || byte == 0x7f)
            printf("\\u%04x", byte);
        else
            putchar(byte);
    }
    putchar('"');
}

static void begin(cli_json *json, const char *key)
{
    if (json->depth > 0) {
        printf("%s\n%*s", json->first ? "" : ",", 2 * json->depth, "");
        json->first = 0;
    }
    if (key != NULL) {
        put_text(key);
        printf(": ");
    }
}

void cli_json_open(cli_json *json, const char *key, char bracket)
{
    begin(json, key);
    putchar(bracket);
    json->depth++;
    json->first = 1;
}

void cli_json_close(cli_json *json, char bracket)
{
    json->depth--;
    if (!json->first)
        printf("\n%*s", 2 * json->depth, "");
    putchar(bracket);
    json->first = 0;
    if (json->depth == 0)
        putchar('\n');
}

void cli_json_text(cli_json *json, const char *key, const char *text)
{
    begin(json, key);
    put_text(text);
}

void cli_json_raw(cli_json *json, const char *key, const char *value)
{
    size_t size = strlen(value);

    begin(json, key);
    while (size > 0 && value[size - 1] == '\n')
        size--;
    printf("%.*s", (int)size, value);
}

void cli_json_whole(cli_json *json, const char *key, uint64_t value)
{
    begin(json, key);
    printf("%llu", (unsigned long long)value);
}
