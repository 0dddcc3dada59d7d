/* Stores days, calendars and single values in this browser (IndexedDB). */
const VERSION = 2;
const PATIENCE_MS = 10000; /* slower storage counts as none */
const STORES = { calendars: 'name', days: 'date', values: 'key' }; /* and their keys */
let opening = null;

/* The database; null if the browser does not store anything. */
function open() {
  opening ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open('musicsched', VERSION);
      request.onupgradeneeded = () => {
        const { result } = request;
        for (const [name, keyPath] of Object.entries(STORES))
          if (!result.objectStoreNames.contains(name)) result.createObjectStore(name, { keyPath });
      };
      request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close();
        resolve(request.result);
      };
      request.onerror = () => resolve(null);
      setTimeout(() => resolve(null), PATIENCE_MS);
    } catch {
      resolve(null);
    }
  });
  return opening;
}

/* One operation on a named store; undefined if it fails. */
async function run(name, mode, action) {
  const database = await open();
  if (!database) return undefined;
  return new Promise((resolve) => {
    try {
      const transaction = database.transaction(name, mode);
      const request = action(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => resolve(undefined);
      transaction.onabort = () => resolve(undefined);
      transaction.commit(); /* write at once, because the page may be about to close */
    } catch {
      resolve(undefined);
    }
  });
}

/* All records; undefined if they cannot be read. */
export const readAll = (name) => run(name, 'readonly', (store) => store.getAll());

/* Resolves to whether the record was stored. */
export const write = async (name, record) =>
  (await run(name, 'readwrite', (store) => store.put(record))) !== undefined;

export const remove = (name, key) => run(name, 'readwrite', (store) => store.delete(key));
