/* A day that was shared as a link: shown as a preview, then accepted or dismissed. */
import { offerUndo, replaceText } from './changes.js';
import { $, el } from './dom.js';
import { fromLink } from './link.js';
import { showNotice } from './notice.js';
import { openDay } from './open_day.js';
import { settings, state } from './page_state.js';
import { generate } from './planning.js';
import { noSteps } from './steps.js';
import * as store from './store.js';
import { longDate, today } from './times.js';

function endPreview(zone) {
  state.mine = null;
  settings.zone = zone;
  $('zone').value = zone;
  document.querySelector('main').classList.remove('previewing');
  state.editor.readOnly = false;
  for (const id of ['date', 'zone', 'today']) $(id).disabled = false;
}

function keepMine() {
  const { date, zone } = state.mine;
  endPreview(zone);
  return openDay(date);
}

function takeShared(shared) {
  endPreview(shared.zone || state.mine.zone);
  state.day = store.loadDay(shared.date);
  state.shownDate = shared.date;
  store.saveSettings(settings); /* its zone is yours now */
  store.keepOpened(today(settings.zone), shared.date);
  state.editor.load(state.day.text);
  return replaceText('The shared day is now yours.', shared.text, {
    from: '',
    previous: null,
    passed: [],
  });
}

/* The preview does not change the days stored in this browser. */
export async function openLink() {
  const shared = await fromLink();
  if (!shared) return;
  history.replaceState(null, '', './');
  if (shared.error) {
    showNotice(shared.error, [['Close', offerUndo]]);
    return;
  }
  state.mine = state.mine || { date: state.shownDate, zone: settings.zone };
  settings.zone = shared.zone || state.mine.zone;
  if (![...$('zone').options].some((o) => o.value === settings.zone))
    $('zone').append(el('option', { value: settings.zone }, settings.zone));
  $('zone').value = settings.zone;
  state.day = {
    date: shared.date,
    text: shared.text,
    from: '',
    previous: null,
    kept: null,
    passed: [],
    put: [],
    steps: noSteps(),
    told: null,
  };
  state.shownDate = state.day.date;
  $('date').value = state.day.date;
  document.querySelector('main').classList.add('previewing');
  state.editor.load(state.day.text);
  state.editor.readOnly = true;
  for (const id of ['date', 'zone', 'today']) $(id).disabled = true;
  await generate();
  const kept = store.loadDay(shared.date).text
    ? ' “Use this” replaces your own day of that date.'
    : '';
  showNotice(`A shared day for ${longDate(shared.date)}. ${shared.remarks.join(' ')}${kept}`, [
    ['Use this', () => takeShared(shared)],
    ['Keep mine', keepMine],
  ]);
}
