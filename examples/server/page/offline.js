/* Registers the service worker, which caches the page's files for use without a network. */
import { scriptURL } from './dom.js';

export async function setUpOffline() {
  if (!navigator.serviceWorker) return;
  try {
    await navigator.serviceWorker.register(scriptURL('./sw.js'));
  } catch {
    /* without storage, the page needs the network */
  }
}
