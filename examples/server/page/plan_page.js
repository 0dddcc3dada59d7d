/* The planning page: puts its parts together and opens a day. */
import * as api from './api.js';
import { setUpCalendars, setUpDrop } from './calendars.js';
import { showCatalog } from './catalog_info.js';
import * as changes from './changes.js';
import { offerUndo, replaceText, undo } from './changes.js';
import { setUpDaysFile } from './days_file.js';
import { $, debounce } from './dom.js';
import { Editor } from './editor.js';
import { exportMenu } from './export.js';
import { setUpZone } from './fields.js';
import { hostsOf } from './fill_form.js';
import { setUpForms } from './forms.js';
import { toLink } from './link.js';
import { addHeard, setUpListening, takeListening } from './listening.js';
import { showNotice } from './notice.js';
import { setUpOffline } from './offline.js';
import { openDay, openToday, planTomorrow, setUpDate } from './open_day.js';
import { isSpan, settings, state } from './page_state.js';
import { planDate } from './past.js';
import { setUpPlanner } from './planner_client.js';
import { drawNow, generate, redraw, retry, setUpPlanning } from './planning.js';
import { openLink } from './shared_day.js';
import { setUpShortcuts } from './shortcuts.js';
import * as store from './store.js';
import { subscribe } from './subscribe.js';
import { dateAfter, longDate, now, seconds, today } from './times.js';
import { setUpViews, showView, whenTextMatters, writeText } from './views.js';
import { setUpWeek } from './week_pane.js';

const NOW_MS = 20000; /* keeps the line of the current time up to date */
const FOLLOW_MS = 400; /* after the last change in another window */

const week = setUpWeek(
  () => ({
    day: state.day,
    schedule: state.result && state.result.schedule,
    date: state.shownDate,
    today: today(settings.zone),
    isWeek: settings.week && !state.mine,
    isSpan: isSpan(),
  }),
  {
    open: openDay,
    change: changes.handlers.change,
    key: changes.handlers.key,
    redraw,
    planSpan: () => replaceText('The text now plans 7 days.', `days: 7\n${state.day.text}`),
    setWeek: (isWeek) => {
      store.saveSettings(Object.assign(settings, { week: isWeek }));
      redraw();
    },
  },
);

function setUpButtons() {
  $('auto').checked = settings.auto;
  $('auto').addEventListener('change', () => {
    settings.auto = $('auto').checked;
    store.saveSettings(settings);
  });
  $('generate').addEventListener('click', generate);
  $('example').addEventListener('click', changes.example);
  $('clear').addEventListener('click', () => {
    if (state.day.text)
      replaceText('Your day was cleared.', '', { from: '', previous: null, passed: [] });
  });
  $('undo').addEventListener('click', () => undo());
  $('redo').addEventListener('click', changes.redo);
  const openForm = (id) => {
    showView('text');
    if ($(id).hidden) document.querySelector(`[aria-controls=${id}]`).click();
  };
  const days = (n) => !state.mine && openDay(dateAfter(state.shownDate, n));
  setUpShortcuts(
    {
      undo: () => undo(),
      redo: changes.redo,
      generate,
      a: () => openForm('todo-form'),
      s: () => openForm('song-form'),
      e: writeText,
      t: () => $('today').click(),
      j: () => days(1),
      k: () => days(-1),
      w: week.toggle,
    },
    {
      on: () => settings.keys,
      set: (on) => {
        settings.keys = on;
        store.saveSettings(settings);
      },
    },
  );
  $('export').append(
    ...exportMenu({
      current: () => ({ result: state.result, request: state.request }),
      calendar: api.calendar,
      planText: api.planText,
      subscribe: (asked, alarm) => subscribe(asked, alarm, offerUndo),
      alarm: settings.alarm,
      setAlarm: (alarm) => {
        settings.alarm = alarm;
        store.saveSettings(settings);
      },
      share: () => toLink({ text: state.day.text, date: state.day.date, zone: settings.zone }),
      say: (text) => showNotice(text, [['Close', offerUndo]]),
    }),
  );
}

/* If the browser does not store anything, days last for this visit. */
const tellLost = () => {
  $('kept').textContent = 'This browser does not keep your days: they end with this visit.';
  showNotice(
    'This browser does not keep your days, because its storage is blocked or full. ' +
      'Save them as a file before you close this page.',
    [
      ['Save all days', () => $('save-days').click()],
      ['Close', offerUndo],
    ],
  );
};

/* Opens a date as at the start of a visit: only today offers unfinished to-dos. */
const openAtStart = (date) => (date === today(settings.zone) ? openToday() : openDay(date));

/*
 * Slow storage does not delay the page: its days and calendars appear later. Shows the date of this
 * tab before it was reloaded, otherwise today.
 */
async function storeOrPatience() {
  let late = false;
  const patience = new Promise((resolve) => setTimeout(resolve, 1000));
  const openLate = () => {
    if (!late) return;
    addHeard();
    if (!state.mine) openAtStart(state.shownDate);
  };
  const opened = store.openStore(tellLost).then(openLate);
  await Promise.race([opened, patience.then(() => (late = true))]);
  const at = today(settings.zone);
  state.shownDate = store.openedDate(at) || at;
  state.day = store.loadDay(store.recordOf(state.shownDate));
}

let lastToday = today(settings.zone);

/*
 * If the page was left open overnight, says that it shows the plan of the day before. A plan that
 * goes on past midnight has until its last item ends.
 */
function tellNewDay() {
  const date = today(settings.zone);
  if (date === lastToday) return;
  const isOurs = !state.mine && !isSpan() && state.shownDate === lastToday;
  const entries = state.result?.schedule.entries || [];
  const at = 86400 + seconds(now(settings.zone));
  if (isOurs && date === dateAfter(lastToday, 1) && entries.some((e) => seconds(e.end) > at))
    return;
  if (isOurs)
    showNotice(`This is the plan of ${longDate(lastToday)}. Today is ${longDate(date)}.`, [
      ['Show today', openToday],
      ['Close', offerUndo],
    ]);
  lastToday = date;
}

function followTime() {
  drawNow();
  tellNewDay();
}

/*
 * Shows the current time, and takes over what another tab has changed, before it is changed here.
 */
function catchUp() {
  if (!document.hidden) followTime();
  if (!document.hidden && !state.mine && store.isOutdated(state.day)) openDay(state.shownDate);
}

/*
 * Of two windows side by side, the one that does not have the focus follows the other; the one in
 * which the user types never does.
 */
const follow = debounce(FOLLOW_MS, () => !document.hasFocus() && catchUp());

async function calendarsOrPatience() {
  let late = false;
  const calendars = setUpCalendars(() => planDate(state.day), generate).then(
    () => late && generate(),
  );
  const patience = new Promise((resolve) => setTimeout(resolve, 1000)).then(() => (late = true));
  await Promise.race([calendars, patience]);
}

async function start() {
  let endLoading;
  const loaded = new Promise((resolve) => (endLoading = resolve));
  setUpDrop(loaded, () => planDate(state.day), takeListening); /* first, so that no file is lost */
  state.editor = new Editor(changes.typed);
  setUpPlanning({ ...changes, week, planTomorrow });
  setUpPlanner();
  await storeOrPatience();
  const date = state.shownDate;
  setUpForms(state.editor, () => (state.result ? hostsOf(state.result.plan) : []));
  setUpListening({
    date: () => planDate(state.day),
    text: () => state.day.text,
    add: (label, lines) =>
      lines.length && replaceText(label, changes.withLines(state.day.text, lines)),
    changed: generate,
  });
  setUpZone(settings.zone, (zone) => {
    settings.zone = zone;
    store.saveSettings(settings);
    generate();
  });
  setUpDate();
  setUpViews();
  setUpButtons();
  setUpDaysFile(() => openDay(state.day.date));
  state.editor.load(state.day.text);
  const ready = () => document.querySelector('main').classList.add('ready');
  setTimeout(ready, 500); /* neither a slow server nor slow storage delays the page */
  await calendarsOrPatience();
  window.addEventListener('hashchange', openLink);
  if (location.hash.startsWith('#day=')) await openLink();
  if (!state.mine && state.shownDate === date) {
    const said = [...$('notice').children];
    await openAtStart(date);
    if (said.length) $('notice').replaceChildren(...said);
  }
  ready();
  endLoading();
  whenTextMatters(() => state.editor.upgrade());
  window.addEventListener('online', retry);
  window.addEventListener('focus', catchUp);
  store.onOtherTab(follow);
  document.addEventListener('visibilitychange', catchUp);
  setInterval(followTime, NOW_MS);
  setUpOffline();
  try {
    await showCatalog(
      (info, { plural }) =>
        `${plural(info.recordings, 'song')} by ${plural(info.artists, 'artist')}`,
      generate,
    );
  } catch {
    /* the page works without these figures */
  }
}

start();
