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

/* A shared day is stored only when the user accepts it. */
export function save() {
  if (!state.mine) store.saveDay(state.day);
}

export const isSpan = () => store.daysOf(state.day.text) > 1;
