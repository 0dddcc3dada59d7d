/* A narrow screen shows one of two views: the schedule, which comes first, or the text. */
import { $, onFirstUse, whenIdle } from './dom.js';

const main = document.querySelector('main');
const buttons = () => [...document.querySelectorAll('#views button')];

/* `view`: "schedule" or "text". */
export function showView(view) {
  main.dataset.view = view;
  for (const button of buttons())
    button.setAttribute('aria-pressed', String(button.dataset.view === view));
}

/* Shows the text, and puts the caret into it. */
export function writeText() {
  showView('text');
  $('day-text').focus();
}

/* Shows the number of lines with errors on the tab of the text. */
export function markText(errors) {
  $('text-view').textContent = errors ? `Text (${errors} to fix)` : 'Text';
}

/*
 * Calls `act` once, to improve the text area: on a wide screen when the browser is idle, and on a
 * narrow one, where the text is hidden at first, when the user does something.
 */
export function whenTextMatters(act) {
  if (!matchMedia('(max-width: 900px)').matches) {
    whenIdle(act);
    return;
  }
  onFirstUse(act);
}

export function setUpViews() {
  for (const button of buttons())
    button.addEventListener('click', () => showView(button.dataset.view));
  document.querySelector('.skip').addEventListener('click', () => showView('text'));
  $('generate').addEventListener('click', () => showView('schedule'));
  $('example').addEventListener('click', () => showView('schedule'));
  showView('schedule');
}
