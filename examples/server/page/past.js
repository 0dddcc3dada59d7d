/* The past part of today: the time to plan from, and what happened to earlier to-dos. */
import { button, el } from './dom.js';
import { spanOf } from './store.js';
import { dateAfter, isZone, nowOnce, seconds, shown, today } from './times.js';

/* a to-do that the last plan placed here a moment ago has not begun yet */
const JUST_BEGUN_S = 300;

const setting = (text, name) =>
  new RegExp(String.raw`^\s*${name}\s*:\s*(\S+)`, 'im').exec(text)?.[1];

/* The time zone of the day: from its text, otherwise from the setting. */
function zoneOf(day, zone) {
  const said =
    setting(day.text, 'time ?zone') || /^\s*date\s*:\s*\S+\s+([A-Za-z]\S*)/im.exec(day.text)?.[1];
  return said && isZone(said) ? said : zone;
}

/* The date of the plan: that of a `date:` line, else the chosen one. */
export const planDate = (day) => setting(day.text, 'date') || day.date;

/*
 * The time from which to plan: the current time for today, '' (the whole day) for other dates. In a
 * plan of several days, it includes today's date.
 */
export function planFrom(day, zone) {
  if (day.from === 'day') return '';
  const where = zoneOf(day, zone);
  const date = today(where);
  const { from, days } = spanOf(day);
  if (days > 1)
    return from <= date && date < dateAfter(from, days)
      ? `${date}T${day.from || nowOnce(where)}`
      : '';
  return day.from || (planDate(day) === date ? nowOnce(where) : '');
}

const without = (schedule, ids) => ({
  ...schedule,
  entries: schedule.entries.filter((e) => !ids.has(e.id)),
});

/* The last schedule, without to-dos that are not in progress at `from`. */
export function held(schedule, from) {
  const at = seconds(from);
  const fresh = (e) =>
    e.kind === 'todo' &&
    !e.fixed &&
    !e.state &&
    at - seconds(e.start) >= 0 &&
    at - seconds(e.start) < JUST_BEGUN_S;
  const again = new Set(
    schedule.entries.filter((e) => fresh(e) && !(e.piece > 1)).map((e) => e.id),
  );
  return without(schedule, again);
}

/*
 * To-dos that were scheduled before now and are not marked done: those that the page asked about
 * before, and those of the last schedule. They are planned again later. Events need no answer.
 */
export function passed(before, request, answer) {
  const last = new Map(before.map((e) => [e.id, e]));
  const isOver = (e) => Boolean(request.now) && seconds(e.end) <= seconds(request.now);
  for (const e of request.previous ? request.previous.entries : [])
    if (e.kind === 'todo' && !e.fixed && !e.state && isOver(e)) last.set(e.id, e);
  const { entries, unplaced } = answer.schedule;
  const ids = new Set([...entries.filter((e) => e.state !== 'done'), ...unplaced].map((e) => e.id));
  return [...last.values()].filter((e) => isOver(e) && ids.has(e.id));
}

/* "Done?" for each of them. */
export function askPassed(entries, { tick, notYet }) {
  if (!entries.length) return [];
  return [
    el('h3', {}, 'Done?'),
    el(
      'ul',
      { class: 'cards' },
      entries.map((e) =>
        el(
          'li',
          { class: 'missing passed' },
          el(
            'p',
            {},
            el('strong', {}, e.title),
            ` was planned until ${shown(seconds(e.end))}. ` +
              'If you did not do it, it is planned again.',
          ),
          el(
            'div',
            { class: 'chips' },
            button('Done', () => tick(e), { 'aria-label': `Done: ${e.title}` }),
            button('Not yet', () => notYet([e.id]), { 'aria-label': `Not yet: ${e.title}` }),
          ),
        ),
      ),
    ),
    entries.length > 1 ? button('None of them yet', () => notYet(entries.map((e) => e.id))) : '',
  ];
}
