/*
 * A notice that needs an answer or can be undone stays above the schedule until it is dismissed.
 */
import { $, button, el, focusFirst } from './dom.js';

export const hideNotice = () => $('notice').replaceChildren();

const MOST_LETTERS = 60;

/* A title as notices name it: a long one is cut, because a notice lies over the schedule. */
export function shortTitle(title) {
  const letters = [...title];
  return letters.length > MOST_LETTERS
    ? `${letters.slice(0, MOST_LETTERS - 1).join('').trimEnd()}…`
    : title;
}

export const quoted = (title) => `“${shortTitle(title)}”`;

/* `actions`: [[label, action]]; each dismisses the notice. */
export function showNotice(text, actions, ...more) {
  const close = (action) => () => {
    hideNotice();
    action();
    if (document.activeElement === document.body) focusFirst($('notice').querySelector('button'));
  };
  $('notice').replaceChildren(
    el(
      'div',
      { class: 'notice' },
      el('p', {}, text),
      more,
      el('div', { class: 'actions' },
        actions.map(([label, action]) => button(label, close(action)))),
    ),
  );
}
