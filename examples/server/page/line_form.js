/* Parts shared by the forms that write lines of plan text. */
import { el } from './dom.js';

export const DAYPARTS = [
  ['', 'any time'],
  ['@morning', 'morning'],
  ['@afternoon', 'afternoon'],
  ['@evening', 'evening'],
  ['@night', 'night'],
];

export const field = (label, input, more = '') =>
  el('label', { class: `field ${more}` }, el('span', {}, label), input);

/*
 * A form that adds lines to the text. `write(values)` returns {line}, {lines} or {error, fields};
 * after an error, the first of these fields gets the focus.
 */
export function form(id, label, fields, write, add) {
  const element = el(
    'form',
    { id, class: 'sheet', hidden: true, 'aria-label': label },
    el('div', { class: 'fields' }, fields),
    el(
      'div',
      { class: 'actions' },
      el('button', { type: 'submit', class: 'primary small' }, 'Add to my day'),
      el('output', { class: 'hint', id: `${id}-hint` }),
    ),
  );
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    for (const box of element.elements) box.settle?.();
    const values = Object.fromEntries(new FormData(element));
    const { line, lines = [line], error, fields: wrong = [] } = write(values);
    const hint = element.querySelector('output');
    for (const input of element.querySelectorAll('input, select')) {
      const bad = wrong.includes(input.name);
      input.setAttribute('aria-invalid', String(bad));
      if (bad) input.setAttribute('aria-describedby', hint.id);
      else input.removeAttribute('aria-describedby');
    }
    hint.textContent = error || `Added: ${lines.join('; ')}`;
    hint.classList.toggle('wrong', Boolean(error));
    if (error) {
      element.elements[wrong[0]].focus();
      return;
    }
    add(lines);
    element.reset();
    element.querySelector('input').focus();
  });
  return element;
}

export const join = (...parts) => parts.filter(Boolean).join(' ');

export const refuse = (error, ...fields) => ({ error, fields });
