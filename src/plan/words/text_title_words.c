/* Words in titles that show what the words and numbers next to them mean. */
#include "plan/words/text_title_words.h"

#include <string.h>

int msched__begins_phrase(msched__slice word)
{
    static const char *const words[] = {
        "with",   "w/",    "at",  "in",  "on",   "about", "re",   "re:",  "for", "to",
        "before", "after", "and", "of",  "from", "@",     "via",  "near", "by",  "while",
        "during", "then",  "mit", "bei", "avec", "con",   "chez", "bij",  NULL};
    size_t at = 0;
    return word.data[0] == '(' || word.data[0] == '@' || word.data[0] == '#' ||
           word.data[0] == '-' || word.data[0] == '|' ||
           (msched__take_any(word, &at, words) && at == word.size);
}

int msched__counts_things(msched__slice word)
{
    static const char *const nouns[] = {
        "room",     "rooms",     "chapter",   "chapters",  "ch",       "page",     "pages",
        "pp",       "p",         "floor",     "floors",    "gate",     "platform", "track",
        "tracks",   "line",      "lines",     "level",     "levels",   "unit",     "units",
        "lesson",   "lessons",   "exercise",  "exercises", "season",   "seasons",  "episode",
        "episodes", "ep",        "eps",       "version",   "versions", "ver",      "v",
        "step",     "steps",     "week",      "weeks",     "grade",    "grades",   "year",
        "years",    "question",  "questions", "problem",   "problems", "section",  "sections",
        "part",     "parts",     "verse",     "verses",    "item",     "items",    "slide",
        "slides",   "no",        "nr",        "number",    "numbers",  "order",    "seat",
        "seats",    "row",       "rows",      "building",  "house",    "apt",      "suite",
        "route",    "model",     "release",   "ticket",    "tickets",  "issue",    "issues",
        "pr",       "task",      "tasks",     "option",    "options",  "figure",   "table",
        "article",  "paragraph", "rule",      "rules",     "psalm",    "psalms",   "act",
        "scene",    "score",     "age",       "ages",      "size",     "kapitel",  "seite",
        "seiten",   "aufgabe",   "aufgaben",  "python",    "java",     "ubuntu",   "debian",
        "node",     "php",       "ruby",      "android",   "ios",      "windows",  "kernel",
        "usb",      "module",    "modules",   "day",       "days",     "team",     "teams",
        "group",    "groups",    "phase",     "round",     "volume",   "vol",      "book",
        "books",    "john",      "genesis",   "matthew"};
    while (word.size > 0 && (word.data[word.size - 1] == '.' || word.data[word.size - 1] == ','))
        word.size--;
    for (size_t i = 0; i < sizeof nouns / sizeof nouns[0]; i++)
        if (msched__slice_is(word, nouns[i]))
            return 1;
    return 0;
}

int msched__is_separator(msched__slice word)
{
    for (size_t i = 0; i < word.size; i++)
        if (strchr("-|,;:/>&=*+", word.data[i]) == NULL)
            return (word.size == 2 && memcmp(word.data, "\xC2\xB7", 2) == 0) ||
                   (word.size == 3 && memcmp(word.data, "\xE2\x80\xA2", 3) == 0);
    return word.size > 0;
}
