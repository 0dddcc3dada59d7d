/* What the planning page shows now. Its parts read and change it here. */
import * as store from './store.js';

export const settings = store.loadSettings();

export const state = {
  day: store.loadDay(settings.date),
  shownDate: settings.date /* of a plan of several days, the one that is looked at */,
  mine: null /* {date, zone}: what to go back to while a shared day is only looked at */,
  result: null,
  request: null,
  editor: null,
};

/* A shared day is kept only once the person says so. */
export function save() {
  if (!state.mine) store.saveDay(state.day);
}

export const isSpan = () => store.daysOf(state.day.text) > 1;
