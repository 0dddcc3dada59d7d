/* Notifies the user when an item begins, if they asked for it and the page is open. */
import { entryTime } from './times.js';

let begun = null; /* what was on when it was looked last: its keys */

export const canTell = () => 'Notification' in window;

/* Asks for permission to notify; resolves to whether it was granted. */
export const mayTell = async () => (await Notification.requestPermission()) === 'granted';

async function tell(title, body) {
  const options = { body, icon: 'icon.svg', tag: 'musicsched' };
  try {
    const worker = await navigator.serviceWorker?.getRegistration();
    if (worker && worker.active) await worker.showNotification(title, options);
    else new Notification(title, options);
  } catch {
    /* permission was withdrawn, or the system has no notifications */
  }
}

const keyOf = (e) => `${e.kind} ${e.id ?? e.track_id} ${e.start}`;
const nameOf = (e) => (e.kind === 'song' ? `♪ ${e.title} - ${e.artist}` : e.title);

/*
 * Notifies about entries that have begun since the last call. `on` has the current entries; null if
 * there is nothing to check, for example on another day.
 */
export function watch(on, wanted, zone) {
  const before = begun;
  begun = on && new Set(on.map(keyOf));
  if (!before || !on || !wanted) return;
  const fresh = on.filter((e) => !before.has(keyOf(e)));
  if (fresh.length)
    tell(
      fresh.map(nameOf).join(' · '),
      fresh.map((e) => `until ${entryTime(e, 'end', zone)}`).join(' · '),
    );
}
