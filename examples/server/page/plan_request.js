/* Builds the request to the planner for the day that the page shows. */
import { calendarsOf } from './calendars.js';
import { heardBefore } from './listening.js';
import { isSpan, settings, state } from './page_state.js';
import { held, planDate, planFrom } from './past.js';
import { isDone } from './plan_text.js';
import { daysOf } from './store.js';
import { ownZone } from './times.js';

export function makeRequest() {
  const { day, mine } = state;
  const asked = { text: day.text, date: day.date };
  const from = planFrom(day, settings.zone);
  if (settings.zone) asked.timezone = settings.zone;
  if (from) asked.now = from;
  if (isSpan()) {
    /* Scheduled items keep their times if possible; only for a plan of the same dates. */
    const was = day.previous;
    const isSame = was && was.days === daysOf(day.text) && was.date === planDate(day);
    if (from && isSame) asked.previous = was;
    return asked;
  }
  const put = new Set(day.put.map((p) => p.uid));
  const calendars = mine ? [] : calendarsOf(planDate(day), put);
  if (calendars.length) {
    asked.calendars = calendars;
    asked.timezone ??= ownZone() || undefined; /* in a plan of several days, times have a date */
  }
  if (!mine) Object.assign(asked, heardBefore(planDate(day)));
  /* The previous schedule matters once the day has begun: it has the times of finished to-dos. */
  const begun = from || day.text.split('\n').some(isDone);
  if (begun && day.previous && day.previous.date === planDate(day))
    asked.previous = day.from || !from ? day.previous : held(day.previous, from);
  return asked;
}
