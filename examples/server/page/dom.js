/* Small helpers to build elements without markup in strings. */

export const $ = (id) => document.getElementById(id);

function put(element, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === 'on') for (const [event, handler] of Object.entries(value))
    element.addEventListener(event, handler);
  else if (name === 'class') element.setAttribute('class', value);
  else if (name === 'css') for (const [property, text] of Object.entries(value))
    element.style.setProperty(property, text);
  else if (name in element && typeof value !== 'string') element[name] = value;
  else element.setAttribute(name, value === true ? '' : String(value));
}

function fill(element, children) {
  for (const child of children.flat(Infinity))
    if (child !== null && child !== undefined && child !== false) element.append(child);
  return element;
}

export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) put(element, name, value);
  return fill(element, children);
}

export const button = (text, action, more = {}) =>
  el('button', { type: 'button', class: 'quiet', on: { click: action }, ...more }, text);

export function svg(tag, properties = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(properties)) if (value !== undefined)
    element.setAttribute(name, String(value));
  return fill(element, children);
}

let policy = null;

/* The URL of a script of this page, in the form that the Trusted Types policy requires. */
export function scriptURL(path) {
  policy ??= window.trustedTypes?.createPolicy('musicsched', { createScriptURL: (url) => url });
  return policy ? policy.createScriptURL(path) : path;
}

/* Delays a call by `ms`; a later call replaces it. */
export function debounce(ms, action) {
  let timer = 0;
  const later = (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...args), ms);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

/* Calls when the browser is idle, or soon. */
export function whenIdle(act) {
  if (window.requestIdleCallback) requestIdleCallback(act, { timeout: 2000 });
  else setTimeout(act, 200);
}

const USES = ['pointerdown', 'keydown', 'focusin'];

/* Calls once, at the first user action or at one of the `more` events of the window. */
export function onFirstUse(act, more = []) {
  const signs = [...USES, ...more];
  const once = () => {
    for (const sign of signs) window.removeEventListener(sign, once, true);
    act();
  };
  for (const sign of signs) window.addEventListener(sign, once, true);
}

/* Moves the focus to the first control that is there, otherwise to the title of what is shown. */
export const focusFirst = (...controls) =>
  [...controls, $('result-title'), $('write-title')]
    .find((control) => control && control.checkVisibility())
    ?.focus({ preventScroll: true });

/*
 * After redrawing, moves the focus to the control that replaced the focused one. If that is a
 * control of an entry (`data-of`), a control of another entry never gets the focus: the next key
 * would change the wrong one.
 */
export function keepFocus(draw) {
  const before = document.activeElement;
  const box =
    before && before.closest('#passed, #unplaced, #timeline, #replan, #strip, #problems, #agenda');
  const named = (button) => button.getAttribute('aria-label') || button.textContent;
  const name = box && named(before);
  const { of } = box ? before.dataset : {};
  draw();
  if (!box || before.isConnected) return;
  const buttons = [...document.querySelectorAll(`#${box.id} button`)];
  if (of) {
    const same = buttons.filter((b) => b.dataset.of === of);
    focusFirst(same.find((b) => named(b) === name), same[0]);
    return;
  }
  focusFirst(
    buttons.find((b) => named(b) === name),
    buttons.find((b) => b.getAttribute('aria-pressed') === 'true'),
    buttons[0],
  );
}
