/* Fields that several forms share. */
import { $, el, whenIdle } from './dom.js';
import { ownZone, typedTime } from './times.js';

export const MUSIC = [
  ['', 'no music'],
  ['#music', 'any music'],
  ['#focus', 'focus'],
  ['#workout', 'workout'],
  ['#commute', 'commute'],
  ['#party', 'party'],
  ['#calm', 'calm'],
  ['#happy', 'happy'],
  ['#wind-down', 'wind down'],
  ['#morning', 'morning'],
];

export const input = (name, type, more = {}) =>
  el('input', { name, type, autocomplete: 'off', ...more });

export const select = (name, options) =>
  el(
    'select',
    { name },
    options.map(([value, text]) => el('option', { value }, text)),
  );

/*
 * A field for a time of day. It reads what people type and shows it on the 24-hour clock of the
 * timeline; the browser's own field would follow the browser's language.
 */
export function timeInput(name, more = {}) {
  const box = input(name, 'text', { placeholder: 'hh:mm', maxLength: 8, ...more });
  const settle = () => {
    const time = typedTime(box.value);
    if (time) box.value = time;
    box.setCustomValidity(box.value && !time ? 'Write a time such as 9:30, 14:00 or 2 pm.' : '');
  };
  box.addEventListener('change', settle);
  box.addEventListener('input', () => box.setCustomValidity(''));
  box.settle = settle;
  return box;
}

/*
 * A list of time zones; '' is the browser's zone. The hundreds of others are added when the user is
 * about to open the list, or else when the browser is idle.
 */
export function setUpZone(chosen, change) {
  const add = (names) => {
    const there = new Set([...$('zone').options].map((option) => option.value));
    const missing = [...new Set(names)].filter((name) => !there.has(name));
    $('zone').append(
      ...missing.map((name) => el('option', { value: name }, name || localName())),
    );
  };
  const localName = () => `Local time${ownZone() ? ` (${ownZone().replaceAll('_', ' ')})` : ''}`;
  const addAll = () => add(Intl.supportedValuesOf ? Intl.supportedValuesOf('timeZone') : []);
  add(['', ownZone(), chosen, 'UTC']);
  $('zone').value = chosen;
  for (const sign of ['pointerenter', 'focus'])
    $('zone').addEventListener(sign, addAll, { once: true });
  whenIdle(addAll); /* the list may have been opened while the page loaded */
  $('zone').addEventListener('change', () => change($('zone').value));
}
