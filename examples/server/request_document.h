/*
 * request_document.h: the JSON object around a plan, an earlier schedule and options (media type
 * application/vnd.musicsched.request+json). Only the outer object is read here: the plan and the
 * schedule in it go to the library as the bytes they are, and it judges them.
 */
#ifndef SERVER_REQUEST_DOCUMENT_H
#define SERVER_REQUEST_DOCUMENT_H

#include <stddef.h>
#include <stdint.h>

#define REQUEST_MAX_CALENDARS 32

/* Bytes of a member within the body, and where they begin. data NULL: not given. */
typedef struct document_part {
    const char *data;
    size_t size;
    uint64_t line;
    uint32_t column;
} document_part;

/* A calendar that is part of the day, and how it is used. */
typedef struct document_calendar {
    char name[512]; /* at most 127 characters; "": not given */
    char *ics;      /* iCalendar text, unescaped */
    size_t ics_size;
    int music;         /* music may play during its events */
    int block_all_day; /* events of whole days are busy */
    int no_tasks;      /* its to-dos are left out */
} document_calendar;

typedef struct request_document {
    document_part plan;     /* object */
    document_part previous; /* object */
    char *text;             /* plan text, unescaped; NULL: not given */
    size_t text_size;
    char date[16]; /* "" : not given */
    char timezone[64];
    int32_t now_s;     /* -1: not given */
    char now_date[11]; /* the date that now_s counts from; "": that of the plan */
    uint64_t seed;
    int assume_done;              /* what should have ended before now counts as done */
    document_calendar *calendars; /* NULL: none given */
    uint32_t calendar_count;
    char *history; /* text of a listening history, unescaped; NULL: not given */
    size_t history_size;
    uint32_t avoid_days; /* days in which the fill avoids songs that were heard; 0: not given */
} request_document;

typedef struct document_error {
    uint64_t line;
    uint32_t column;
    char message[160];
} document_error;

/* Read; 1: done, 0: refused, `error` says why. Free with request_document_free also on failure. */
int request_document_parse(request_document *out, const char *data, size_t size,
                           document_error *error);
void request_document_free(request_document *document);

/* "HH:MM" or "HH:MM:SS" up to 36:00 in seconds; -1 if it is not a time. */
int32_t parse_time_of_day(const char *text);

/* As above, also after a date, "2026-11-24T14:10", which is copied; date is "" without one. */
int32_t parse_moment(const char *text, char date[11]);
/* 1 for a text in the form YYYY-MM-DD that is no date of the calendar, such as 2026-02-30. */
int date_is_missing(const char *date);

#endif
