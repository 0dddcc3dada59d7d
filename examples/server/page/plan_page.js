/* The planning page: what the person types, what the server says to it, and how both go on from there. */
import * as api from './api.js';
import { $, button, debounce, el } from './dom.js';
import { Editor } from './editor.js';
import { exportMenu } from './export.js';
import { applyFix, tickOff } from './fixes.js';
import { setUpForms } from './forms.js';
import { isDone } from './plan_text.js';
import { showEmpty, showSchedule, showStatus } from './results.js';
import * as store from './store.js';
import { now, seconds, today } from './times.js';

let day = store.load();
let result = null,
  request = null,
  running = null;

const editor = new Editor(() => {
  day.text = editor.text;
  store.save(day);
  if (day.auto) soon();
});

/* The date of the plan: that of a `date:` line, else the chosen one. */
function planDate() {
  const written = /^date\s*:\s*(\d{4}-\d{2}-\d{2})/im.exec(day.text);
  return written ? written[1] : day.date;
}

/* The schedule before is of use once the day has begun: it says when things were done. */
const hasBegun = () => Boolean(day.now) || day.text.split('\n').some(isDone);

function makeRequest(replan) {
  const asked = { text: day.text, date: day.date };
  if (day.zone) asked.timezone = day.zone;
  if (day.now) asked.now = day.now;
  if (replan && hasBegun() && day.previous && day.previous.date === planDate()) asked.previous = day.previous;
  return asked;
}

function showProblem(error) {
  const list = error.body ? error.body.diagnostics : null;
  if (list) {
    editor.show(list);
    const wrong = list.filter((d) => d.severity === 'error').length;
    const kept = result ? ' Below is the last schedule.' : '';
    showStatus('bad', (wrong === 1 ? 'One line cannot be read yet.' : `${wrong} lines cannot be read yet.`) + kept);
  } else {
    showStatus(
      'bad',
      error.message,
      ' ',
      button('Try again', () => generate()),
    );
  }
  if (result) $('timeline').classList.add('stale');
  else showEmpty(null);
}

/* Warnings that no line has said already. */
function messages(answer) {
  const said = answer.diagnostics.map((d) => d.code);
  const rest = answer.schedule.warnings.filter((w) => w.code !== 'line_left_out' && !said.includes(w.code));
  return [
    ...answer.diagnostics,
    ...rest.map((w) => ({ severity: 'warning', line: 0, code: w.code, message: w.message, repair: '' })),
  ];
}

function show(answer) {
  result = answer;
  day.previous = answer.schedule;
  store.save(day);
  editor.show(messages(answer));
  $('timeline').classList.remove('stale');
  $('export').hidden = false;
  $('replan').hidden = false;
  drawReplan();
  document.title = `${answer.schedule.date} - musicsched`;
  showSchedule(answer, { fix, tick });
}

function reset() {
  result = null;
  editor.show([]);
  document.title = 'Plan your day - musicsched';
  $('export').hidden = true;
  $('replan').hidden = true;
  $('timeline').classList.remove('stale');
  showStatus('idle', 'Type your day: one line for each to-do or song.');
  showEmpty(example);
}

async function generate() {
  if (running) running.abort();
  if (!day.text.trim()) {
    reset();
    return;
  }
  running = new AbortController();
  const mine = running;
  const slow = setTimeout(() => showStatus('busy', 'Planning ...'), 250);
  try {
    const asked = makeRequest(true);
    const answer = await api.schedule(asked, mine.signal);
    request = asked;
    show(answer);
  } catch (error) {
    if (error.name !== 'AbortError') showProblem(error);
  } finally {
    clearTimeout(slow);
    if (running === mine) running = null;
  }
}

const soon = debounce(450, generate);

async function fix(item) {
  const before = day.text;
  const changed = applyFix(day.text, item, result);
  if (!changed) {
    showStatus('bad', 'That line is not there any more: generate the schedule again.');
    return;
  }
  editor.set(changed.text);
  await generate();
  $('status').append(
    ' ',
    el('span', {}, `Line ${changed.line} was changed.`),
    ' ',
    button('Undo', () => {
      editor.set(before);
      generate();
    }),
  );
}

function tick(entry) {
  /* Where it should still be running or to come, it was done by now. */
  const early = day.now && seconds(entry.end) > seconds(day.now);
  const text = tickOff(day.text, result, entry.id, early ? day.now : '');
  if (text === null) return;
  editor.set(text);
  generate();
}

function drawReplan() {
  const time = el('input', { type: 'time', id: 'now', value: day.now || now() });
  $('replan').replaceChildren(
    el('label', { class: 'field inline', for: 'now' }, el('span', {}, 'It is now'), time),
    button('Replan the rest', () => {
      day.now = time.value || now();
      generate();
    }),
    day.now
      ? button('Plan the whole day', () => {
          day.now = '';
          generate();
        })
      : '',
  );
}

async function example() {
  let songs = [];
  try {
    songs = (await api.get('/api/v1/popularity/top', { count: 'recordings', limit: 12 })).songs;
  } catch {
    /* an example without songs is one as well */
  }
  const song = (i, more) => (songs[i] ? [`♪ ${songs[i].title} - ${songs[i].artist} ${more}`] : []);
  editor.set(
    [
      '9:00-12:30 Work #focus',
      '13:00-17:00 Work',
      'Lunch 30m after 12:00 before 13:30',
      'Gym 1h after 17:00 before 21:00 #workout id:gym',
      'Shower 15m after:gym',
      'Call mum 20m @evening !2',
      'Read 45m @evening #calm !3',
      '',
      ...song(0, '@evening must'),
      ...song(1, 'during:gym'),
      ...song(2, 'during:gym'),
      ...song(5, '@morning'),
      'fill: 30m @evening #wind-down',
      'quiet: 22:30-24:00',
    ].join('\n'),
  );
  generate();
}

function setUpZone() {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone || '';
  const names = new Set([
    '',
    own,
    day.zone,
    'UTC',
    'Europe/London',
    'Europe/Berlin',
    'America/New_York',
    'America/Los_Angeles',
    'Asia/Tokyo',
    'Asia/Kolkata',
    'Australia/Sydney',
  ]);
  $('zone').append(...[...names].map((name) => el('option', { value: name }, name || 'wherever I am')));
  $('zone').value = day.zone;
  $('zone').addEventListener('change', () => {
    day.zone = $('zone').value;
    store.save(day);
    generate();
  });
}

function setUpDate() {
  $('date').value = day.date;
  $('date').addEventListener('change', () => {
    day.date = $('date').value || today();
    day.now = '';
    store.save(day);
    generate();
  });
}

function setUpButtons() {
  $('auto').checked = day.auto;
  $('auto').addEventListener('change', () => {
    day.auto = $('auto').checked;
    store.save(day);
  });
  $('generate').addEventListener('click', () => generate());
  $('example').addEventListener('click', example);
  $('clear').addEventListener('click', () => {
    const before = { ...day };
    day = { ...day, text: '', now: '', previous: null };
    editor.set('');
    store.save(day);
    reset();
    showStatus(
      'idle',
      'Your day is empty.',
      ' ',
      button('Undo', () => {
        day = before;
        editor.set(before.text);
        generate();
      }),
    );
  });
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') generate();
  });
  $('export').append(
    exportMenu({
      current: () => ({ result, request }),
      calendar: api.calendar,
      share: () => store.toLink(day),
      say: (text) => showStatus('good', text),
    }),
  );
}

async function openLink() {
  const shared = await store.fromLink();
  if (!shared) return;
  day = { ...day, ...shared, now: '', previous: null };
  $('date').value = day.date;
  if (![...$('zone').options].some((o) => o.value === day.zone)) $('zone').append(el('option', { value: day.zone }, day.zone));
  $('zone').value = day.zone;
  editor.load(day.text);
  store.save(day);
  history.replaceState(null, '', '/');
  await generate();
}

async function start() {
  setUpForms(editor);
  setUpZone();
  setUpDate();
  setUpButtons();
  editor.load(day.text);
  window.addEventListener('hashchange', openLink);
  await openLink();
  if (!result) await generate();
  try {
    const info = await api.get('/api/v1/catalog');
    $('catalog-info').textContent = `${info.recordings.toLocaleString('en')} songs by ${info.artists.toLocaleString('en')} artists`;
  } catch {
    /* the figure is a nicety */
  }
}

start();
