/* The control for when planning starts: at a time, now, or for the whole day. */
import { $, button, el } from './dom.js';
import { timeInput } from './fields.js';
import { canTell, mayTell } from './notify.js';
import { now } from './times.js';

/* The choice to be notified when an item begins: `set(tells)` stores it. */
function tellCheck(tells, set) {
  if (!canTell()) return '';
  const change = async ({ target }) => {
    target.checked = target.checked && (await mayTell());
    set(target.checked);
  };
  return el(
    'label',
    { class: 'check', title: 'Sends a notification while this page is open' },
    el('input', { type: 'checkbox', id: 'tell', checked: tells, on: { change } }),
    ' notify me when an item begins',
  );
}

/*
 * `planned` is the time of the last plan, '' for the whole day; `plan(from)` plans again, with ''
 * from the current time. `clock()` is the current time if the plan is of today, else ''; unless
 * the user has chosen a time, the field follows it (`isChosen`).
 */
export function showReplan(planned, zone, options) {
  const { clock, hasFrom, isChosen, isSpan, plan, tells, setTells } = options;
  const from = (!isChosen && clock()) || planned || now(zone);
  const time = timeInput('now', { id: 'now', value: from.slice(0, 5) });
  time.follow = () => {
    const at = isChosen ? '' : clock();
    const isUntouched = time.value === time.defaultValue && document.activeElement !== time;
    if (at && isUntouched) time.value = time.defaultValue = at.slice(0, 5);
  };
  /* Until the user enters another time, it may be in the second of two repeated hours. */
  const chosen = () => {
    time.settle();
    const isUntouched = !time.checkValidity() || time.value === time.defaultValue;
    if (isUntouched) return !isChosen && clock() ? '' : from;
    return time.value || now(zone);
  };
  $('replan').replaceChildren(
    el('label', { class: 'field inline', for: 'now' }, el('span', {}, 'Plan from'), time),
    button('Replan the rest', () => plan(chosen())),
    hasFrom ? button('Plan from now', () => plan('')) : '',
    planned ? button(isSpan ? 'Plan all days' : 'Plan the whole day', () => plan('day')) : '',
    tellCheck(tells, setTells),
  );
}

/* Sets the field to the current time, as time passes. */
export const followClock = () => $('now')?.follow();
