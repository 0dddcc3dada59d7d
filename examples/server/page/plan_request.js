/* Builds the request to the planner for the day that the page shows. */
import { calendarsOf } from './calendars.js';
import { heardBefore } from './listening.js';
import { isSpan, settings, state } from './page_state.js';
import { held, planDate, planFrom } from './past.js';
import { isDone } from './plan_text.js';
import { daysOf } from './store.js';
import { ownZone } from './times.js';

/* The last schedule, if it is of the same dates and some of the day has happened. */
function previousOf(day, from) {
  const { previous } = day;
  if (!previous || previous.date !== planDate(day)) return null;
  /* Scheduled items keep their times if possible; only for a plan of the same dates. */
  if (isSpan()) return from && previous.days === daysOf(day.text) ? previous : null;
  const begun = from || day.text.split('\n').some(isDone); /* it has the times of what is done */
  if (!begun) return null;
  return day.from || !from ? previous : held(previous, from);
}

export function makeRequest() {
  const { day, mine } = state;
  const asked = { text: day.text, date: day.date };
  const from = planFrom(day, settings.zone);
  if (settings.zone) asked.timezone = settings.zone;
  if (from) asked.now = from;
  const date = planDate(day);
  const put = new Set(day.put.map((p) => p.uid));
  const calendars = mine ? [] : calendarsOf(date, daysOf(day.text), put);
  if (calendars.length) {
    asked.calendars = calendars;
    asked.timezone ??= ownZone() || undefined; /* in a plan of several days, times have a date */
  }
  if (!mine) Object.assign(asked, heardBefore(date));
  const previous = previousOf(day, from);
  if (previous) asked.previous = previous;
  return asked;
}
