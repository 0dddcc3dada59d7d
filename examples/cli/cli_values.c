/* cli/cli_values.c: values of options, read strictly. */
#include "cli.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

int cli_parse_whole(const char *text, uint64_t least, uint64_t most, uint64_t *value)
{
    unsigned long long read;
    char *end;

    if (text[0] < '0' || text[0] > '9')
        return 0;
    errno = 0;
    read = strtoull(text, &end, 10);
    if (errno != 0 || *end != '\0' || read < least || read > most)
        return 0;
    *value = read;
    return 1;
}

int cli_parse_length(const char *text, int32_t *seconds)
{
    static const char units[] = "dhms";
    static const int64_t lengths[] = {86400, 3600, 60, 1};
    int64_t total = 0;

    if (*text == '\0')
        return 0;
    for (size_t unit = 0; *text != '\0'; unit++) {
        const char *found;
        char *end;
        unsigned long long number;

        if (*text < '0' || *text > '9')
            return 0;
        number = strtoull(text, &end, 10);
        found = *end == '\0' ? NULL : strchr(units, *end);
        if (found == NULL || (size_t)(found - units) < unit || number > 604800)
            return 0;
        unit = (size_t)(found - units);
        total += (int64_t)number * lengths[unit];
        text = end + 1;
    }
    *seconds = (int32_t)total;
    return total <= 604800;
}

static int parse_number(const char **text, double *value)
{
    char *end;
    double number = strtod(*text, &end);

    if (end == *text || !isfinite(number))
        return 0;
    *value = number;
    if (end[-1] == '.' && *end == '.')
        end--; /* the two dots of a range */
    *text = end;
    return 1;
}

/* "A-B", "A..B", "A-", "-B" (with ".." where A or B is negative) and "A" alone, which is "A-A". */
int cli_parse_range(const char *text, double *low, double *high, int *has_low, int *has_high)
{
    const char *at = text;
    int dots = strstr(text, "..") != NULL;
    int open_low = dots ? strncmp(text, "..", 2) == 0
                        : text[0] == '-' && strchr(text + 1, '-') == NULL;

    *has_low = !open_low;
    if (*has_low && !parse_number(&at, low))
        return 0;
    if (*has_low && *at == '\0') {
        *high = *low;
        *has_high = 1;
        return 1;
    }
    if (strncmp(at, "..", 2) == 0)
        at += 2;
    else if (*at == '-')
        at++;
    else
        return 0;
    *has_high = *at != '\0';
    if (*has_high && !parse_number(&at, high))
        return 0;
    return *at == '\0' && (*has_low || *has_high) && (!*has_low || !*has_high || *low <= *high);
}

/*
 * "H:MM" or "HH:MM:SS" up to 36:00; " (second)" after it: the second of two moments at which clocks
 * show it.
 */
int cli_parse_time(const char *text, int32_t *seconds)
{
    int parts[3] = {0, 0, 0};
    int count = 0;

    while (count < 3) {
        int digits = 0;

        while (*text >= '0' && *text <= '9' && digits < 2) {
            parts[count] = parts[count] * 10 + (*text++ - '0');
            digits++;
        }
        if (digits == 0 || (count > 0 && digits != 2))
            return 0;
        count++;
        if (*text != ':')
            break;
        text++;
    }
    int is_second = strcmp(text, " (second)") == 0;
    int32_t clock = parts[0] * 3600 + parts[1] * 60 + parts[2];
    *seconds = clock | (is_second ? MSCHED_TIME_SECOND : 0);
    return (is_second || *text == '\0') && count >= 2 && parts[1] < 60 && parts[2] < 60 &&
           clock <= MSCHED_DAY_END_S;
}

int cli_parse_choice(const char *text, const char *const *choices, uint32_t choice_count,
                     uint32_t *value)
{
    for (uint32_t i = 0; i < choice_count; i++) {
        if (choices[i] != NULL && strcmp(text, choices[i]) == 0) {
            *value = i;
            return 1;
        }
    }
    return 0;
}

/* 1 if the date, in the form YYYY-MM-DD, exists in the calendar. */
static int date_exists(const char *date)
{
    static const char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int year = atoi(date), month = atoi(date + 5), day = atoi(date + 8);
    const int leap = month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month >= 1 && month <= 12 && day >= 1 && day <= lengths[month - 1] + leap;
}

int cli_is_date(const char *text)
{
    static const char shape[] = "dddd-dd-dd";

    if (strlen(text) != sizeof shape - 1)
        return 0;
    for (size_t i = 0; shape[i] != '\0'; i++) {
        if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
            return 0;
    }
    return date_exists(text);
}
