/* The days in this browser: each date has its own record. The server keeps none of it. */
import { kept as keptSteps, loaded as loadedSteps } from './steps.js';
import { isDate, today } from './times.js';

const DAY = 'musicsched.day.';
const SETTINGS = 'musicsched.settings';
const BEFORE_DATES = 'musicsched.day'; /* the one day of earlier versions */

function read(key) {
  try {
    const value = JSON.parse(localStorage.getItem(key));
    return value && typeof value === 'object' ? value : {};
  } catch {
    return {}; /* storage is off or holds something else: begin anew */
  }
}

/* Was it kept? */
function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false; /* storage is off or full: the page works without it */
  }
}

const text = (value) => (typeof value === 'string' ? value : '');

/*
 * {date, text, from, previous, kept, passed, put, steps, told}. `kept` is the plan of the last
 * schedule with its lines; `from` is '' (automatic), 'day' (the whole day) or a time; `put` lists
 * what calendars hold and the person has ticked off or left out: {uid, title, state}; `steps` are
 * those of steps.js, and `told` is the notice about the last one: {label, redo, depth}.
 */
export function loadDay(date) {
  const kept = read(DAY + date);
  return {
    date,
    text: text(kept.text),
    from: text(kept.from),
    previous: kept.previous || null,
    passed: Array.isArray(kept.passed) ? kept.passed : [],
    kept: kept.kept || null,
    put: Array.isArray(kept.put) ? kept.put : [],
    steps: loadedSteps(kept.steps || (kept.undo ? { past: [kept.undo] } : null)),
    told: kept.told && typeof kept.told.label === 'string' ? kept.told : null,
  };
}

export const saveDay = ({ date, ...record }) =>
  write(DAY + date, { ...record, steps: keptSteps(record.steps) });

/* Dates that have a text, in order. */
export function allDates() {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(DAY) && isDate(key.slice(DAY.length)))
      .map((key) => key.slice(DAY.length))
      .filter((date) => loadDay(date).text)
      .sort();
  } catch {
    return [];
  }
}

const HEARD = 'musicsched.heard';

/* {plays, days, on}: the latest plays of a listening history, and how many days of it to avoid. */
export function loadHeard() {
  const kept = read(HEARD);
  const plays = Array.isArray(kept.plays) ? kept.plays : [];
  return {
    plays: plays.filter((p) => p && text(p.endTime) && text(p.trackName) && text(p.artistName)),
    days: Number.isInteger(kept.days) && kept.days > 0 ? kept.days : 7,
    on: kept.on !== false,
  };
}

export const saveHeard = (heard) => write(HEARD, heard);

/*
 * {zone, auto, date, alarm, keys, tell}: `auto` plans as one types, `keys`: letters are shortcuts,
 * `tell`: say when something begins.
 */
export function loadSettings() {
  const old = read(BEFORE_DATES);
  if (text(old.text) && isDate(old.date) && !loadDay(old.date).text) {
    saveDay({ ...loadDay(old.date), text: old.text, previous: old.previous || null });
    write(SETTINGS, { zone: text(old.zone), auto: old.auto !== false, date: old.date });
    localStorage.removeItem(BEFORE_DATES);
  }
  const kept = read(SETTINGS);
  return {
    zone: text(kept.zone),
    auto: kept.auto !== false,
    date: isDate(kept.date) ? kept.date : today(''),
    alarm: text(kept.alarm),
    keys: kept.keys !== false,
    tell: kept.tell === true,
  };
}

export const saveSettings = (settings) => write(SETTINGS, settings);
