/*
 * Keeps the page's own files for when there is no network. Nothing of the API is kept or answered
 * here.
 */
const CACHE = 'musicsched-page';
const PAGES = ['/', '/popularity'];
const REFERENCE =
  /(?:src|href)="(\/[\w.-]+\.(?:js|css|svg|webmanifest))"|from '\.(\/[\w.-]+\.js)'/g;

/* Take a file and all that it refers to. */
async function keep(cache, path, seen) {
  if (seen.has(path)) return;
  seen.add(path);
  const response = await fetch(path);
  if (!response.ok) return;
  await cache.put(path, response.clone());
  const text = await response.text();
  await Promise.all(
    [...text.matchAll(REFERENCE)].map(([, named, imported]) =>
      keep(cache, named || imported, seen),
    ),
  );
}

async function keepAll() {
  const cache = await caches.open(CACHE);
  const seen = new Set();
  for (const page of PAGES) await keep(cache, page, seen);
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
