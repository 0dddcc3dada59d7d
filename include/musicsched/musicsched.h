/* musicsched/musicsched.h: the whole library. */
#ifndef MUSICSCHED_MUSICSCHED_H
#define MUSICSCHED_MUSICSCHED_H

#include <musicsched/base.h>
#include <musicsched/version.h>
#include <musicsched/catalog.h>
#include <musicsched/popularity.h>
#include <musicsched/lookup.h>
#include <musicsched/plan.h>
#include <musicsched/dates.h>
#include <musicsched/calendar.h>
#include <musicsched/playlist.h>
#include <musicsched/history.h>
#include <musicsched/schedule.h>
#include <musicsched/arrow.h>

#endif
