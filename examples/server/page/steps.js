/*
 * The undo history of a day. Each step has the text before a change; continuous typing is one step.
 */
const MOST = 200;
const KEPT = 30; /* of each kind, in this browser's storage */
const ONE_GO_MS = 1200;
const TYPING = 'Your typing was undone.';

/* {label, text, from, previous}: `previous` is the schedule of that text. */
const stepOf = (day, label, text = day.text) => ({
  label,
  text,
  from: day.from,
  previous: day.previous,
});

export const noSteps = () => ({ past: [], future: [] });

/* Called before a change that `label` describes. */
export function remember(day, label) {
  day.steps.past = [...day.steps.past, stepOf(day, label)].slice(-MOST);
  day.steps.future = [];
}

/* Called after typing: `before` is the text before it. */
export function rememberTyping(day, before) {
  const last = day.steps.past.at(-1);
  const now = Date.now();
  if (last && last.typed && now - last.typed < ONE_GO_MS && now >= last.typed) last.typed = now;
  else {
    remember(day, TYPING);
    Object.assign(day.steps.past.at(-1), { text: before, typed: now });
  }
  day.steps.future = [];
}

function step(day, from, to) {
  const next = day.steps[from].pop();
  if (!next) return null;
  day.steps[to].push(stepOf(day, next.label));
  Object.assign(day, { text: next.text, from: next.from, previous: next.previous });
  return next;
}

/* Undoes or redoes a step of the day; returns the step, or null if there is none. */
export const back = (day) => step(day, 'past', 'future');
export const forth = (day) => step(day, 'future', 'past');

/* The steps to store for the next visit; only the latest one keeps its schedule. */
export function kept({ past, future }) {
  const some = (steps) =>
    steps
      .slice(-KEPT)
      .map((s, i, all) => ({ ...s, previous: i === all.length - 1 ? s.previous : null }));
  return { past: some(past), future: some(future) };
}

/* Reads steps from storage, whose content is not trusted. */
export function loaded(value) {
  const some = (steps) =>
    (Array.isArray(steps) ? steps : [])
      .filter((s) => s && typeof s.text === 'string' && typeof s.label === 'string')
      .map((s) => ({ ...s, from: typeof s.from === 'string' ? s.from : '' }));
  return { past: some(value && value.past), future: some(value && value.future) };
}
