/*
 * Stores the days in this browser. Each date has a record in the database, which is read once when
 * the page opens. The server stores nothing. Settings are in the browser's local storage.
 */
import * as database from './database.js';
import * as journal from './journal.js';
import { kept as keptSteps, loaded as loadedSteps } from './steps.js';
import { dateAfter, isDate } from './times.js';

const SETTINGS = 'musicsched.settings';
const days = new Map(); /* date: record, as in the database */
const unsaved = new Map(); /* date: record, not yet written to the database */
const planned = new Set(); /* the dates of `unsaved` that have only been planned again */
const writing = new Map(); /* date: record, being written to the database */
let heard = {};
let isLost = false; /* the browser does not store data */
let lost = () => {};
let others = null; /* the same page in other tabs */

/* Reads the stored data. Calls `failed()` once if the browser cannot store data. */
export async function openStore(failed) {
  lost = () => {
    if (!isLost) failed();
    isLost = true;
  };
  listen();
  window.addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', () => document.hidden && leave());
  const [records, values] = await Promise.all([
    database.readAll('days'),
    database.readAll('values'),
  ]);
  if (!records || !values) lost();
  const left = journal.left();
  const stored = new Map([...(records || []), ...left].map((record) => [record.date, record]));
  for (const record of stored.values()) if (isDate(record.date)) addStored(record);
  for (const { date } of left) if (days.has(date)) write(days.get(date));
  heard = (values || []).find((v) => v.key === 'heard') || heard;
}

/* What was typed before slow storage answered goes below the stored lines of its date. */
function addStored(record) {
  const { date } = record;
  const typed = unsaved.get(date) || writing.get(date);
  if (!days.has(date)) days.set(date, record);
  else if (typed && !text(typed.text)) {
    unsaved.delete(date);
    write(record); /* over the empty text, which may be being written */
  } else if (typed && text(record.text) && typed.text !== record.text)
    saveSoon({ ...typed, text: `${record.text.trimEnd()}\n${typed.text}` }, 0);
}

/* Whether the data outlasts this visit. */
export const keeps = () => !isLost;

let told = () => {};

/* Calls `act()` after another tab has changed a day. */
export function onOtherTab(act) {
  told = act;
}

/* Replaces a day that another tab has changed. */
function listen() {
  if (!window.BroadcastChannel) return;
  others = new BroadcastChannel('musicsched');
  others.onmessage = ({ data }) => {
    days.set(data.date, data);
    if (planned.has(data.date)) unsaved.delete(data.date);
    told();
  };
}

/* Whether another tab has changed this day since it was loaded here. */
export function isOutdated({ date, text: loaded, put }) {
  const record = days.get(date);
  if (!record) return false;
  return text(record.text) !== loaded || (record.put || []).length !== put.length;
}

/* Resolves to whether the record was stored. */
async function keep(name, record) {
  const isKept = await database.write(name, record);
  if (!isKept) lost();
  return isKept;
}

function readSettings() {
  try {
    const value = JSON.parse(localStorage.getItem(SETTINGS));
    return value && typeof value === 'object' ? value : {};
  } catch {
    return {}; /* storage is off or has other content: use the defaults */
  }
}

const text = (value) => (typeof value === 'string' ? value : '');

/*
 * {date, text, from, previous, kept, passed, put, steps, told}. `kept` is the plan of the last
 * schedule with its lines; `from` is '' (automatic), 'day' (the whole day) or a time; `put` has the
 * calendar items that are done or left out: {uid, title, state}; `steps` are those of steps.js, and
 * `told` is the notice about the last one: {label, redo, depth}. `carried`: the page has already
 * offered to move the unfinished to-dos.
 */
export function loadDay(date) {
  const kept = days.get(date) || {};
  return {
    date,
    text: text(kept.text),
    from: text(kept.from),
    previous: kept.previous || null,
    passed: Array.isArray(kept.passed) ? kept.passed : [],
    kept: kept.kept || null,
    put: Array.isArray(kept.put) ? [...kept.put] : [],
    steps: loadedSteps(kept.steps),
    told: kept.told && typeof kept.told.label === 'string' ? kept.told : null,
    carried: kept.carried === true,
  };
}

const recordFrom = (day) => ({ ...day, put: [...day.put], steps: keptSteps(day.steps) });

/* Resolves to whether the data outlasts this visit. */
export function saveDay(day) {
  unsaved.delete(day.date);
  return write(recordFrom(day));
}

async function write(record) {
  days.set(record.date, record);
  writing.set(record.date, record);
  others?.postMessage(record);
  const isKept = await keep('days', record);
  if (isKept && writing.get(record.date) === record) {
    writing.delete(record.date);
    journal.forget(record.date);
  }
  return isKept;
}

/* The page may be about to close: what the database does not have yet is kept elsewhere, too. */
function leave() {
  writeUnsaved();
  journal.keepForNext([...writing.values()]);
}

/* Writes after `ms`, because writing would delay the schedule of a keystroke. */
export function saveSoon(day, ms) {
  const record = recordFrom(day);
  days.set(day.date, record);
  unsaved.set(day.date, record);
  if (ms) planned.add(day.date);
  else planned.delete(day.date);
  setTimeout(writeUnsaved, ms);
}

function writeUnsaved() {
  for (const record of unsaved.values()) write(record);
  unsaved.clear();
}

/* The number of dates that a text plans: that of its line `days:`, otherwise 1. */
export function daysOf(text) {
  const days = Number(/^\s*days\s*:\s*(\d{1,2})\s*$/im.exec(text)?.[1]);
  return days >= 1 && days <= 31 ? days : 1;
}

const firstDate = ({ text, date }) =>
  /^\s*(?:date|from)\s*:\s*(\d{4}-\d\d-\d\d)/im.exec(text)?.[1] || date;

/* The dates that the text of a day plans: {from, days}. */
export const spanOf = (day) => ({ from: firstDate(day), days: daysOf(day.text) });

/* The date under which the text for `date` is stored: its own, or the first of its plan. */
export function recordOf(date) {
  if (text(days.get(date)?.text)) return date;
  const covers = (other) => {
    const span = spanOf(days.get(other));
    return span.days > 1 && span.from <= date && date < dateAfter(span.from, span.days);
  };
  return allDates().filter((d) => d !== date).reverse().find(covers) || date;
}

/* Dates that have a text, in order. */
export const allDates = () =>
  [...days.keys()].filter((date) => text(days.get(date).text)).sort();

/* {plays, days, on}: the latest plays of a listening history, and how many days of it to avoid. */
export function loadHeard() {
  const plays = Array.isArray(heard.plays) ? heard.plays : [];
  return {
    plays: plays.filter((p) => p && text(p.endTime) && text(p.trackName) && text(p.artistName)),
    days: Number.isInteger(heard.days) && heard.days > 0 ? heard.days : 7,
    on: heard.on !== false,
  };
}

/* Resolves to whether the data outlasts this visit. */
export function saveHeard(changed) {
  heard = { ...changed, key: 'heard' };
  return keep('values', heard);
}

/*
 * {zone, auto, alarm, keys, tell, week}: `auto` plans while the user types, `keys` enables
 * letter shortcuts, `tell` notifies when an item begins, `week` shows seven dates side by side.
 */
export function loadSettings() {
  const kept = readSettings();
  return {
    zone: text(kept.zone),
    auto: kept.auto !== false,
    alarm: text(kept.alarm),
    keys: kept.keys !== false,
    tell: kept.tell === true,
    week: kept.week === true,
  };
}

/* The date that was open when this tab was reloaded; '' if that was not today. */
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

export function saveSettings(settings) {
  try {
    localStorage.setItem(SETTINGS, JSON.stringify(settings));
  } catch {
    /* storage is off or full: the settings last for this visit */
  }
}
