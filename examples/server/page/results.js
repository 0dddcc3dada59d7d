/* What came of a plan: the sentence above it, what could not be placed, and the timeline. */
import { $, el } from './dom.js';
import { canFix } from './fixes.js';
import { timeline } from './timeline.js';
import { length, seconds, shown } from './times.js';

function sentence(schedule) {
  const songs = schedule.entries.filter((e) => e.kind === 'song');
  const todos = new Set(schedule.entries.filter((e) => e.kind === 'todo').map((e) => e.id)).size;
  const music = songs.reduce((sum, s) => sum + seconds(s.end) - seconds(s.start), 0);
  const parts = [`${todos} to-do${todos === 1 ? '' : 's'}`, `${songs.length} song${songs.length === 1 ? '' : 's'}${songs.length ? ` (${length(music)})` : ''}`];
  if (schedule.unplaced.length) parts.push(`${schedule.unplaced.length} not placed`);
  return parts.join(', ');
}

export function showStatus(kind, text, ...more) {
  $('status').className = `status ${kind}`;
  $('status').replaceChildren(el('span', { class: 'dot', 'aria-hidden': 'true' }), el('span', {}, text), ...more);
}

function unplacedCard(item, handlers) {
  const title = item.kind === 'fill' ? 'Music to fill' : item.title;
  const fix = item.fix && item.fix.text;
  return el('li', { class: 'missing' },
    el('div', {}, el('strong', {}, title), el('p', {}, item.reason)),
    fix ? el('div', { class: 'fix' }, el('p', {}, `It would fit if you ${fix.replace(/^you /, '')}.`),
      canFix(item) ? el('button', { type: 'button', class: 'primary small', 'aria-label': `Do so for ${title}: ${fix}`, on: { click: () => handlers.fix(item) } }, 'Do so') : '') : '');
}

function overload(stretch, titles) {
  const names = stretch.members.map((id) => titles.get(id) || id).join(', ');
  return el('li', { class: 'overload' }, el('div', {},
    el('strong', {}, `Overbooked from ${shown(seconds(stretch.start))} to ${shown(seconds(stretch.end))}`),
    el('p', {}, `${length(stretch.demand_s)} are asked for, ${length(stretch.capacity_s)} are free: ${names}.`)));
}

export function showEmpty(onExample) {
  showStatus('idle', 'Type your day on one line for each thing.');
  $('unplaced').replaceChildren();
  $('timeline').replaceChildren(el('div', { class: 'empty' },
    el('img', { src: '/icon.svg', alt: '', width: 72, height: 72 }),
    el('p', {}, 'Your day appears here: when to do what, and when to listen to which song, to the second.'),
    el('button', { type: 'button', class: 'quiet', on: { click: onExample } }, 'Show me an example')));
}

export function showSchedule(result, day, handlers) {
  const { schedule, plan } = result;
  const titles = new Map(plan.todos.map((t, i) => [t.id || `todo-${i + 1}`, t.title]));
  showStatus(schedule.unplaced.length ? 'some' : 'good', sentence(schedule), ' ',
    el('span', { class: `badge ${schedule.status}` }, schedule.status === 'optimal' ? 'proved best' : 'best found'));
  const cards = [...(schedule.overloads || []).map((o) => overload(o, titles)), ...schedule.unplaced.map((u) => unplacedCard(u, handlers))];
  $('unplaced').replaceChildren(...(cards.length ? [el('h3', {}, 'Not placed'), el('ul', { class: 'cards' }, cards)] : []));
  const shownDone = day.done.filter((d) => d.date === day.date);
  $('timeline').replaceChildren(timeline(schedule, shownDone, plan.now || '', handlers));
}
