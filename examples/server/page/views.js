/* On a narrow screen one of two views is there: the schedule, which comes first, or the text. */
import { $, onFirstUse, whenIdle } from './dom.js';

const main = document.querySelector('main');
const buttons = () => [...document.querySelectorAll('#views button')];

/* `view`: "schedule" or "text". */
export function showView(view) {
  main.dataset.view = view;
  for (const button of buttons())
    button.setAttribute('aria-pressed', String(button.dataset.view === view));
}

/* The text, with the caret in it. */
export function writeText() {
  showView('text');
  $('day-text').focus();
}

/* How many lines want mending is said where the text is out of sight. */
export function markText(errors) {
  $('text-view').textContent = errors ? `Text (${errors} to mend)` : 'Text';
}

/*
 * Call once what makes the text better: on a wide screen when the browser has nothing else to do,
 * on a narrow one, where the text is out of sight at first, when the person does something.
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
