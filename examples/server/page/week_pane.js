/* The strip of dates above the schedule, and the switch between a day and seven of them. */
import { $, button, el, keepFocus } from './dom.js';
import { longDate } from './times.js';
import { columnsOf, countOf, datesAround, partOf, strip, weekGrid } from './week.js';

const wide = matchMedia('(min-width: 901px)'); /* seven columns fit */

/* Offers to make the text of one date plan seven days. */
const offerSpan = (act) =>
  el(
    'p',
    { class: 'soft' },
    'Each date has its own text. ',
    button('Plan 7 days from this text', act.planSpan, { class: 'link' }),
  );

/*
 * `state()` gives {day, schedule, date, today, isWeek, isSpan}; `act` has open(date),
 * change(entry), key(event, entry), planSpan(), setWeek(is) and redraw(). {draw, toggle}: `draw`
 * after each schedule.
 */
export function setUpWeek(state, act) {
  let drawn = ''; /* the content of the strip */
  const drawStrip = (columns, view) => {
    const content = [view.date, view.today, columns.map((c) => [c.date, countOf(c)])];
    if (drawn === JSON.stringify(content)) return;
    drawn = JSON.stringify(content);
    keepFocus(() => $('strip').replaceChildren(...strip(columns, view)));
  };
  const draw = () => {
    const { day, schedule, date, today, isWeek, isSpan } = state();
    const columns = columnsOf(datesAround(date, schedule), day, schedule);
    const isOpen = (entry, on) => schedule && partOf(schedule, on).entries.includes(entry);
    const choose = (entry, on) => (isOpen(entry, on) ? act.change(entry) : act.open(on));
    const key = (event, entry, on) => isOpen(entry, on) && act.key(event, entry);
    const view = { date, today, open: act.open, choose, key };
    const asWeek = isWeek && wide.matches;
    document.querySelector('main').classList.toggle('week-view', asWeek);
    $('show-day').setAttribute('aria-pressed', String(!asWeek));
    $('show-week').setAttribute('aria-pressed', String(asWeek));
    drawStrip(columns, view);
    $('for-date').textContent = asWeek
      ? `${longDate(columns[0].date)} to ${longDate(columns.at(-1).date)}`
      : longDate(date);
    if (asWeek)
      keepFocus(() =>
        $('timeline').replaceChildren(
          weekGrid(columns, view),
          isSpan || !day.text.trim() ? '' : offerSpan(act),
        ),
      );
  };
  $('show-day').addEventListener('click', () => act.setWeek(false));
  $('show-week').addEventListener('click', () => act.setWeek(true));
  wide.addEventListener('change', act.redraw);
  return { draw, toggle: () => wide.matches && act.setWeek(!state().isWeek) };
}
