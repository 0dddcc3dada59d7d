/* The form for music to fill: a row for each fill, since a day may have several. */
import * as api from './api.js';
import { button, el } from './dom.js';
import { MUSIC, input, select } from './fields.js';
import { DAYPARTS, field, form, join, refuse } from './line_form.js';
import { span } from './times.js';

const MOST_ROWS = 16; /* as many fills as a plan may have */
const FIELDS = ['minutes', 'genre', 'mood', 'daypart', 'during', 'longest'];

/* The to-dos of a plan during which music may play and that a line can name: [name, title]. */
export const hostsOf = ({ todos }) =>
  todos
    .filter(({ music, id }) => music && /^(?!cal-)[\p{L}\p{N}~_-]+$/u.test(id))
    .map(({ id, title }) => [id, title]);

/* The names of a row's fields; those of the first row have no number. */
const named = (name, row) => (row ? `${name}-${row}` : name);

/* The line of a row, or {error, fields} if its fields contradict each other. */
function writeFill(v, row) {
  const wrong = (text, ...names) => refuse(text, ...names.map((name) => named(name, row)));
  if (!v.minutes && !v.during)
    return wrong('Enter the minutes, or choose a to-do to fill completely.', 'minutes', 'during');
  if (v.daypart && v.during)
    return wrong('Choose a part of the day or a to-do, not both.', 'during', 'daypart');
  const length = v.minutes && span(Number(v.minutes));
  const during = v.during && `during:${v.during}`;
  const longest = v.longest && `max:${v.longest}m`;
  return { line: join('fill:', length, v.genre, during, v.daypart, v.mood, longest) };
}

/* The lines of all rows, or the {error, fields} of the first row with an error. */
function writeFills(values, rows) {
  const lines = [];
  for (const row of rows) {
    const v = Object.fromEntries(FIELDS.map((name) => [name, values[named(name, row)] || '']));
    const { line, ...wrong } = writeFill(v, row);
    if (wrong.error) return wrong;
    lines.push(line);
  }
  return { lines };
}

/* `add(lines)`; `hosts()` are the to-dos during which music may play: [name, title]. */
export function fillForm(add, hosts) {
  const genres = [['', 'any genre']];
  let rows = [0],
    last = 0;
  const box = el('div', { class: 'fills' });
  const row = (number) => {
    const fields = [
      field(
        'Minutes',
        input(named('minutes', number), 'number', { min: '1', max: '1440', placeholder: '60' }),
      ),
      field('Genre', select(named('genre', number), genres)),
      field('Mood', select(named('mood', number), [['', 'any mood'], ...MUSIC.slice(2)])),
      field('When', select(named('daypart', number), DAYPARTS)),
      field('During', select(named('during', number), [['', 'no to-do'], ...hosts()])),
      field(
        'Longest song (minutes)',
        input(named('longest', number), 'number', { min: '1', max: '60', placeholder: 'any' }),
      ),
    ];
    const group = el(
      'fieldset',
      { class: 'fill-row' },
      el('legend', {}, number ? 'Another fill' : 'Fill'),
      el('div', { class: 'fields' }, fields),
      number ? button('Remove this fill', () => remove(number, group)) : '',
    );
    return group;
  };
  const more = button('Add another fill', () => {
    last += 1;
    rows.push(last);
    box.append(row(last));
    more.disabled = rows.length >= MOST_ROWS;
    box.lastElementChild.querySelector('input').focus();
  });
  function remove(number, group) {
    rows = rows.filter((other) => other !== number);
    group.remove();
    more.disabled = false;
    more.focus();
  }
  const reset = () => {
    rows = [0];
    more.disabled = false;
    box.replaceChildren(row(0));
  };
  box.append(row(0));
  api
    .get('/api/v1/popularity/groups', { by: 'genre' })
    .then(({ groups }) => {
      genres.push(...groups.map((g) => [g.key, g.label]));
      for (const list of box.querySelectorAll('[name^=genre]'))
        list.append(...genres.slice(1).map(([value, text]) => el('option', { value }, text)));
    })
    .catch(() => {}); /* without the genres, a fill is of any genre */
  const element = form(
    'fill-form',
    'Fill time with music',
    [box, el('div', { class: 'fill-more' }, more)],
    (values) => writeFills(values, rows),
    add,
  );
  element.addEventListener('reset', reset);
  /* The to-dos can change while the form is closed. */
  element.addEventListener('focusin', ({ target }) => {
    if (!target.name?.startsWith('during')) return;
    const { value } = target;
    target.replaceChildren(
      ...[['', 'no to-do'], ...hosts()].map(([v, text]) => el('option', { value: v }, text)),
    );
    target.value = value;
    if (target.value !== value) target.value = '';
  });
  return element;
}
