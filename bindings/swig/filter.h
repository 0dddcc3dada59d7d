/* filter.h: which rows take part in a question, added to one call at a time. */
#ifndef MUSICSCHED_SWIG_FILTER_H
#define MUSICSCHED_SWIG_FILTER_H

#include <musicsched/musicsched.h>

typedef struct filter filter;

filter *filter_create(msched_error *err);
void filter_free(filter *self);
/* kind: "genre", "subgenre", "artist" or "playlist"; the texts of one kind are joined by "or". */
void filter_add(filter *self, const char *kind, const char *text, msched_error *err);
/* -1: no limit on that side. */
void filter_years(filter *self, int first, int last, msched_error *err);
void filter_popularity(filter *self, int low, int high, msched_error *err);
/* name: a feature of msched_feature_name. */
void filter_feature(filter *self, const char *name, double low, double high, msched_error *err);
void filter_exclude(filter *self, int zero, int january_first);
/* A name that the catalog does not have matches nothing, and is not an error. */
void filter_allow_unknown(filter *self, int allow);
/* For the library; valid until the filter changes. NULL gives NULL. */
const msched_filter *filter_get(const filter *self);

#endif
