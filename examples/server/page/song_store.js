/* Stores the file of the user's own songs in IndexedDB. It is never sent. */

function open() {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open('musicsched-songs', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('songs');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null); /* storage is off */
    }
  });
}

async function run(mode, action) {
  const database = await open();
  if (!database) return undefined;
  try {
    return await new Promise((resolve) => {
      const request = action(database.transaction('songs', mode).objectStore('songs'));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(undefined);
    });
  } catch {
    return undefined;
  } finally {
    database.close();
  }
}

/* {name, bytes}; undefined: none. */
export const keptSongs = () => run('readonly', (store) => store.get('own'));

/* null deletes them. */
export const keepSongs = (own) =>
  run('readwrite', (store) => (own ? store.put(own, 'own') : store.delete('own')));
