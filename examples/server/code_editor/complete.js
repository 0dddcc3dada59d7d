/* Completes songs of the catalog, tags, parts of the day and ids. */
import { autocompletion } from '@codemirror/autocomplete';

const DAYPARTS = [
  ['morning', '06:00-12:00'],
  ['noon', '11:30-13:30'],
  ['lunch', '12:00-14:00'],
  ['afternoon', '12:00-18:00'],
  ['evening', '18:00-23:00'],
  ['night', '22:00-30:00'],
];
const SONG = /^(\s*(?:[-*•]\s+)?(?:♪|♫|song:)\s*)(\S.*)$/i;
const LEAST_LETTERS = 2;

/* The list for a word that ends at the caret. */
function ofWord(context, pattern, options) {
  const word = context.matchBefore(pattern);
  return word && { from: word.from, options: options(), validFor: /^[#@]?[\w-]*$/ };
}

const ofTags = (tags) => (context) =>
  ofWord(context, /(?<=\s)#[\w-]*/, () => tags.map((label) => ({ label })));

const ofDayparts = (context) =>
  ofWord(context, /(?<=\s)@\w*/, () =>
    DAYPARTS.map(([name, detail]) => ({ label: `@${name}`, detail })),
  );

function ofIds(context) {
  const word = context.matchBefore(/(?<=\s(?:after|before|during):)[\w.-]*/);
  if (!word) return null;
  const ids = [...context.state.doc.toString().matchAll(/\sid:([\w.-]+)/g)].map(([, id]) => id);
  return { from: word.from, options: [...new Set(ids)].map((label) => ({ label })) };
}

const ofSongs = (find) => async (context) => {
  const line = context.state.doc.lineAt(context.pos);
  const [, marker, name] = SONG.exec(line.text.slice(0, context.pos - line.from)) || [];
  if (!name || name.length < LEAST_LETTERS || /\s(?:[@#]\w*|\w+:\S*)$/.test(name)) return null;
  const stop = new AbortController();
  context.addEventListener('abort', () => stop.abort());
  try {
    const options = await find(name, stop.signal);
    /* In the order of the catalog; each letter starts a new search. */
    return options.length ? { from: line.from + marker.length, options, filter: false } : null;
  } catch {
    return null; /* another one was asked for, or nobody answers */
  }
};

/* `tags`: [tag]; `findSongs(text, signal)` resolves to [{label, detail}]. */
export const completion = ({ tags, findSongs }) =>
  autocompletion({
    override: [ofTags(tags), ofDayparts, ofIds, ofSongs(findSongs)],
    selectOnOpen: false /* the Enter key goes on being a new line until one is chosen */,
    icons: false,
    maxRenderedOptions: 20,
  });
