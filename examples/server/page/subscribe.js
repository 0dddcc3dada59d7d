/* Offers the day as a calendar to subscribe to. */
import * as api from './api.js';
import { el } from './dom.js';
import { showNotice } from './notice.js';

/* The address of the day for calendar programs. It contains the text, but not the calendars. */
export async function subscribe(asked, alarm, closed) {
  const { path } = await api.feed(asked, alarm);
  const address = location.origin + path;
  const more = (asked.calendars || []).length
    ? ' It does not include the calendars that you added on this page.'
    : '';
  const link = el(
    'a',
    { class: 'feed', href: address.replace(/^https?:/, 'webcal:') },
    'Open in your calendar program',
  );
  let told = 'The calendar address of this day is on the clipboard.';
  let shown = null;
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    told = 'Subscribe to this address in your calendar program:';
    shown = el('p', {}, el('code', {}, address));
  }
  showNotice(told + more, [['Close', closed]], shown, link);
}
