/* The state of the planning page, which its parts read and change. */
import * as store from './store.js';
import { today } from './times.js';

export const settings = store.loadSettings();

export const state = {
  day: store.loadDay(today('')),
  shownDate: today('') /* in a plan of several days, the date that is shown */,
  mine: null /* {date, zone}: what to go back to while a shared day is only looked at */,
  result: null,
  request: null,
  editor: null,
};

const LATER_MS = 250;

/*
 * Stores what the user has changed, once its request is sent; a shared day only when the user
 * accepts it.
 */
export function save() {
  if (!state.mine) store.saveSoon(state.day, 0);
}

/*
 * Stores what can be planned again. It may be lost if the user leaves the page now, or has changed
 * the day in another tab.
 */
export function saveLater() {
  if (!state.mine && !store.isOutdated(state.day)) store.saveSoon(state.day, LATER_MS);
}

export const isSpan = () => store.daysOf(state.day.text) > 1;
