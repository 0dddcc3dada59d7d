/* The page without a network: a service worker keeps its files. */
import { scriptURL } from './dom.js';

export async function setUpOffline() {
  if (!navigator.serviceWorker) return;
  try {
    await navigator.serviceWorker.register(scriptURL('./sw.js'));
  } catch {
    /* a browser that keeps nothing: the page needs the network */
  }
}
