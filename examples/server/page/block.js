/* The dialog of a to-do in the timeline: its state, and its line as fields. */
import { $, button, el } from './dom.js';
import { MUSIC, input, select, timeInput } from './fields.js';
import { longDate, seconds, shown } from './times.js';
import { fieldsOf, rewrite } from './todo_line.js';

const PRIORITIES = [
  ['1', 'essential'],
  ['2', 'important'],
  ['3', 'normal'],
  ['4', 'optional'],
];
const FROM_CALENDAR = 'This entry comes from one of your calendars. Change it there.';

const field = (label, control) => el('label', { class: 'field' }, el('span', {}, label), control);

function stateButtons(entry, now, act, left) {
  const choices = [
    ['Done', 'done'],
    ['Started', 'started'],
    ['Paused', 'paused'],
    ['Not started', 'not_started'],
    ['Skip today', 'skipped'],
    ['Planned', 'open'],
  ];
  const more = () => ({ time: now(), left: Math.max(1, Number(left.value) || 15) });
  return choices.map(([label, state]) =>
    button(label, () => act.say(entry, state, more()), {
      'aria-pressed': String((entry.state || 'open') === state),
    }),
  );
}

/* `isReferred`: other lines refer to this one, which keeps its id under another title. */
function lineForm({ todo, line, isReferred }, act) {
  const form = el(
    'form',
    { class: 'fields', 'aria-label': 'Change it' },
    field('What', input('title', 'text', { required: true, maxLength: 200 })),
    field('Minutes', input('minutes', 'number', { min: '1', max: '1440' })),
    field('Fixed start (optional)', timeInput('start')),
    field('Not before', timeInput('earliest')),
    field('Done by', timeInput('latest')),
    field('Importance', select('priority', PRIORITIES)),
    field('Music that may play', select('music', MUSIC)),
    el(
      'div',
      { class: 'actions' },
      el('button', { type: 'submit', class: 'primary small' }, 'Save'),
    ),
  );
  for (const [name, value] of Object.entries(fieldsOf(todo)))
    if (form.elements[name]) form.elements[name].value = value;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form));
    const isRenamed = values.title.trim() !== todo.title;
    const id = isRenamed && isReferred && !/(?:^|\s)id:/i.test(line) ? todo.id : '';
    act.write(rewrite(line, todo, { ...values, id }));
  });
  return form;
}

/* An action of the dialog, which closes it. */
const closing =
  (action) =>
  (...args) => {
    $('block').close();
    action(...args);
  };

/* In a plan of several days, the line also has dates, so it is edited as text. */
function askOfSeveral(entry, source, act) {
  const dialog = $('block');
  const choices = [
    ['Done', 'done'],
    ['Skip', 'skipped'],
    ...(source ? [['Planned', 'open']] : []),
  ];
  const say = ([label, state]) =>
    button(label, closing(() => act.say(entry, state, {})), {
      'aria-pressed': String((entry.state || 'open') === state),
    });
  dialog.replaceChildren(
    el('h2', { id: 'block-title' }, entry.title),
    entry.start
      ? el(
          'p',
          { class: 'soft' },
          `${longDate(entry.date)}, ${shown(seconds(entry.start))} to ` +
            shown(seconds(entry.end)),
        )
      : el('p', { class: 'soft' }, 'Not scheduled yet.'),
    source
      ? el('p', {}, el('code', {}, source.line))
      : el('p', { class: 'soft' }, FROM_CALENDAR),
    act.canTick ? el('div', { class: 'actions' }, choices.map(say)) : '',
    el(
      'div',
      { class: 'actions' },
      source
        ? [
            button('Change its line', closing(act.goTo)),
            button('Delete its line', closing(act.remove)),
          ]
        : '',
      button('Close', () => dialog.close()),
    ),
  );
  dialog.showModal();
}

/*
 * Opens the dialog of an entry. `source` is {todo, line, isReferred}, or null if it has no line (it
 * is from a calendar). `act` has say(entry, state, more), write(line), remove(), duplicate() and,
 * if its line sets its time, pin(). In a plan of several days, it has goTo(), which shows the line,
 * and canTick: whether the state of the entry can be recorded. `now()` is the current time.
 */
export function askBlock(entry, source, now, act) {
  if (act.goTo) {
    askOfSeveral(entry, source, act);
    return;
  }
  const dialog = $('block');
  const then = Object.fromEntries(
    Object.entries(act).map(([name, action]) => [name, closing(action)]),
  );
  const left = input('left', 'number', { min: '1', max: '1440', value: '15' });
  dialog.replaceChildren(
    el('h2', { id: 'block-title' }, entry.title),
    entry.start
      ? el('p', { class: 'soft' }, `${shown(seconds(entry.start))} to ${shown(seconds(entry.end))}`)
      : el('p', { class: 'soft' }, 'Not scheduled yet.'),
    el('h3', {}, 'Status'),
    source
      ? el(
          'div',
          { class: 'actions' },
          stateButtons(entry, now, then, left),
          el('label', { class: 'field inline' }, el('span', {}, 'minutes left (if paused)'), left),
        )
      : el(
          'div',
          { class: 'actions' },
          button('Done', () => then.say(entry, 'done')),
          button('Leave out today', () => then.say(entry, 'skipped')),
        ),
    source
      ? el('h3', {}, 'Change')
      : el('p', { class: 'soft' }, FROM_CALENDAR),
    source ? lineForm(source, then) : '',
    el(
      'div',
      { class: 'actions' },
      source && then.pin
        ? button(entry.fixed ? 'Unpin' : 'Pin to this time', then.pin)
        : '',
      source ? [button('Duplicate', then.duplicate), button('Delete', then.remove)] : '',
      button('Close', () => dialog.close()),
    ),
  );
  dialog.showModal();
}
