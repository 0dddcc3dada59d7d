/* Bytes through a stream, for example one that inflates them. */

export class TooLarge extends Error {}

/*
 * The bytes that come out of `transform`, at most `most`. More is refused with TooLarge, because a
 * few kilobytes can inflate to gigabytes.
 */
export async function through(bytes, transform, most = Infinity) {
  const reader = new Blob([bytes]).stream().pipeThrough(transform).getReader();
  const parts = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > most) {
      reader.cancel().catch(() => {});
      throw new TooLarge();
    }
    parts.push(part.value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
