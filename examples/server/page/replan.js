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

/* `planned` is the time of the last plan, '' for the whole day; `plan(from)` plans again. */
export function showReplan(planned, zone, { hasFrom, isSpan, plan, tells, setTells }) {
  const from = planned || now(zone);
  const time = timeInput('now', { id: 'now', value: from.slice(0, 5) });
  /* Until the user enters another time, it may be in the second of two repeated hours. */
  const chosen = () => {
    time.settle();
    if (!time.checkValidity()) return from;
    return time.value === from.slice(0, 5) ? from : time.value || now(zone);
  };
  $('replan').replaceChildren(
    el('label', { class: 'field inline', for: 'now' }, el('span', {}, 'Plan from'), time),
    button('Replan the rest', () => plan(chosen())),
    hasFrom ? button('Plan from now', () => plan('')) : '',
    planned ? button(isSpan ? 'Plan all days' : 'Plan the whole day', () => plan('day')) : '',
    tellCheck(tells, setTells),
  );
}
