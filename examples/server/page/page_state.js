/* The state of the planning page, which its parts read and change. */
import * as store from './store.js';

export const settings = store.loadSettings();

export const state = {
  day: store.loadDay(settings.date),
  shownDate: settings.date /* in a plan of several days, the date that is shown */,
  mine: null /* {date, zone}: what to go back to while a shared day is only looked at */,
  result: null,
  request: null,
  editor: null,
};

const LATER_MS = 250;

/* A shared day is stored only when the user accepts it. */
const saveAfter = (ms) => () => {
  if (!state.mine) store.saveSoon(state.day, ms);
};

/* Stores what the user has changed, once its request is sent. */
export const save = saveAfter(0);

/* Stores what can be planned again. It may be lost if the user leaves the page now. */
export const saveLater = saveAfter(LATER_MS);

export const isSpan = () => store.daysOf(state.day.text) > 1;
