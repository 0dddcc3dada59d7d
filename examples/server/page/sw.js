/*
 * Caches the page's own files for use without a network. API requests are neither cached nor
 * answered here.
 */
const CACHE = 'musicsched-page';
const PAGES = ['./', './popularity'];
const REFERENCE = /["'](\.{1,2}\/[\w./-]+\.(?:js|css|svg|webmanifest|wasm|gz))["']/g;
const REFERS = /^(?:text\/|application\/javascript)/;

/* Caches a file and all files that it refers to. */
async function keep(cache, url, seen) {
  if (seen.has(url.href)) return;
  seen.add(url.href);
  const response = await fetch(url);
  if (!response.ok) return;
  await cache.put(url, response.clone());
  if (!REFERS.test(response.headers.get('Content-Type') || '')) return;
  const text = await response.text();
  await Promise.all(
    [...text.matchAll(REFERENCE)].map(([, path]) => keep(cache, new URL(path, url), seen)),
  );
}

async function keepAll() {
  const cache = await caches.open(CACHE);
  const seen = new Set();
  for (const page of PAGES) await keep(cache, new URL(page, self.registration.scope), seen);
}

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(keepAll());
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

const isPage = (request) => {
  const url = new URL(request.url);
  return (
    request.method === 'GET' &&
    url.origin === self.location.origin &&
    !/^\/(?:api\/|healthz|readyz|metrics)/.test(url.pathname)
  );
};

async function answer(request) {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener('fetch', (event) => {
  if (isPage(event.request)) event.respondWith(answer(event.request));
});
