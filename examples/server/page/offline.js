/* The page without a network: a service worker keeps its files. */

export async function setUpOffline() {
  if (!navigator.serviceWorker) return;
  try {
    const policy = window.trustedTypes?.createPolicy('musicsched', {
      createScriptURL: (url) => url,
    });
    await navigator.serviceWorker.register(policy ? policy.createScriptURL('/sw.js') : '/sw.js');
  } catch {
    /* a browser that keeps nothing: the page needs the network */
  }
}
