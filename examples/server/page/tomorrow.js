/* Late in the day, when to-dos do not fit, offers to copy what is not done to tomorrow. */
import { button, el } from './dom.js';
import { seconds, shown } from './times.js';

const LATE_S = 7200; /* before the end of the day */

/* `move()` copies the lines. */
export function offerTomorrow({ schedule, plan }, move) {
  const left = plan.now ? seconds(plan.day.end) - seconds(plan.now) : Infinity;
  if (left >= LATE_S || !schedule.unplaced.some((item) => item.kind === 'todo')) return '';
  return el(
    'div',
    { class: 'tomorrow' },
    el('p', {}, `Your day ${left > 0 ? 'ends' : 'ended'} at ${shown(seconds(plan.day.end))}.`),
    button('Plan it for tomorrow', move),
  );
}
