/* The days in this browser: each date has its own record. The server keeps none of it. */
import { kept as keptSteps, loaded as loadedSteps } from './steps.js';
import { dateAfter, isDate, today } from './times.js';

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
 * those of steps.js, and `told` is the notice about the last one: {label, redo, depth}. `carried`:
 * nobody asks again what of it is open.
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
    carried: kept.carried === true,
  };
}

export const saveDay = ({ date, ...record }) =>
  write(DAY + date, { ...record, steps: keptSteps(record.steps) });

/* How many dates a text plans: what its line `days:` says, else 1. */
export function daysOf(text) {
  const days = Number(/^\s*days\s*:\s*(\d{1,2})\s*$/im.exec(text)?.[1]);
  return days >= 1 && days <= 31 ? days : 1;
}

const firstDate = ({ text, date }) =>
  /^\s*(?:date|from)\s*:\s*(\d{4}-\d\d-\d\d)/im.exec(text)?.[1] || date;

/* The dates that the text of a day plans: {from, days}. */
export const spanOf = (day) => ({ from: firstDate(day), days: daysOf(day.text) });

/* The date under which the text for `date` is: its own, or that of a plan of several days. */
export function recordOf(date) {
  if (loadDay(date).text) return date;
  const covers = (other) => {
    const { from, days } = spanOf(loadDay(other));
    return days > 1 && from <= date && date < dateAfter(from, days);
  };
  return allDates().filter((d) => d !== date).reverse().find(covers) || date;
}

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
 * {zone, auto, date, alarm, keys, tell, week}: `auto` plans as one types, `keys`: letters are
 * shortcuts, `tell`: say when something begins, `week`: seven dates beside each other.
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
    week: kept.week === true,
  };
}

/* The date that was open when this tab was loaded again; '' on another day than then. */
const OPEN = 'musicsched.open';

export function openedDate(today) {
  try {
    const [on, date] = (sessionStorage.getItem(OPEN) || '').split(' ');
    return on === today && isDate(date) ? date : '';
  } catch {
    return '';
  }
}

export function keepOpened(today, date) {
  try {
    sessionStorage.setItem(OPEN, `${today} ${date}`);
  } catch {
    /* storage is off: the page opens today's date */
  }
}

export const saveSettings = (settings) => write(SETTINGS, settings);
