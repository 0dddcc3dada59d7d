/* Keyboard shortcuts, and their list. */
import { $, button, el } from './dom.js';

/* [keys as people read them, what they do] */
const LIST = [
  ['Ctrl+Z, Ctrl+Shift+Z', 'undo, redo'],
  ['Ctrl+Enter', 'generate the schedule'],
  ['?', 'show this list'],
  ['A', 'add a to-do'],
  ['S', 'add a song'],
  ['E', 'edit the text'],
  ['T', 'go to today'],
  ['J, K', 'next day, previous day'],
  ['W', 'switch between day and week'],
];
const OF_BLOCK = [
  ['Alt+↑, Alt+↓', 'five minutes earlier, later'],
  ['Alt+Shift+↑, Alt+Shift+↓', 'five minutes shorter, longer'],
  ['P', 'pin or unpin'],
  ['X', 'tick off, or plan again'],
  ['-', 'skip'],
  ['Delete', 'delete'],
];

const rows = (list) =>
  el(
    'dl',
    { class: 'examples keys' },
    list.map(([keys, what]) =>
      el('div', {}, el('dt', {}, el('kbd', {}, keys)), el('dd', {}, what)),
    ),
  );

function showList(settings) {
  const dialog = $('shortcuts');
  dialog.replaceChildren(
    el('h2', { id: 'shortcuts-title', tabIndex: -1, autofocus: true }, 'Keyboard shortcuts'),
    rows(LIST),
    el('h3', {}, 'On a block of the schedule'),
    rows(OF_BLOCK),
    el(
      'label',
      { class: 'check' },
      el('input', {
        type: 'checkbox',
        checked: settings.on(),
        on: { change: (event) => settings.set(event.target.checked) },
      }),
      ' use single letters as shortcuts',
    ),
    el('div', { class: 'actions' }, button('Close', () => dialog.close())),
  );
  dialog.showModal();
}

const isField = (target) => target.closest('input, textarea, select, dialog, [contenteditable]');

function undoOrRedo(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return '';
  const key = event.key.toLowerCase();
  if (key === 'y' || (key === 'z' && event.shiftKey)) return 'redo';
  return key === 'z' ? 'undo' : '';
}

/*
 * `actions` has undo, redo, generate and an action for each letter. `settings` is {on(), set(on)},
 * which turns the letter shortcuts on or off.
 */
export function setUpShortcuts(actions, settings) {
  const show = () => showList(settings);
  $('shortcuts-button').addEventListener('click', show);
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const step = undoOrRedo(event);
    /* Fields have their own undo, except the text of the day. */
    const elsewhere = isField(event.target) && event.target.id !== 'day-text';
    let act = null;
    if (step) act = elsewhere ? null : actions[step];
    else if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') act = actions.generate;
    else if (!isField(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey)
      act = event.key === '?' ? show : settings.on() && actions[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener('beforeinput', (event) => {
    if (event.target.id !== 'day-text') return;
    const act = { historyUndo: actions.undo, historyRedo: actions.redo }[event.inputType];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
