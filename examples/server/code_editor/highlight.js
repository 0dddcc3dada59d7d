/* Colors for the parts of plan text, and the direction of each line. */
import { Decoration, ViewPlugin } from '@codemirror/view';

const CLOCK = String.raw`(?:\d{1,2}[:.]\d{2}(?:\s?[ap]m)?|\d{1,2}\s?[ap]m|noon\b|midnight\b)`;
const LENGTH = String.raw`\d+(?:\.\d+)?\s?h(?:ours?)?(?:\s?\d{1,2}\s?m?(?:in)?)?|\d+\s?(?:min(?:utes?)?|m)`;

/* [kind, pattern]: the first pattern that matches wins. */
const TOKENS = [
  ['quoted', /"[^"]*"/g],
  ['tag', /(?<=^|\s)#[\p{L}\p{N}_-]+/gu],
  ['part', /(?<=^|\s)@[\p{L}]+/gu],
  ['reference', /(?<=^|\s)(?:id|after|before|during|pad|split|apart|max|on|due|pri):\S+/giu],
  ['time', /(?<![\p{N}-])\d{4}-\d{2}-\d{2}(?![\p{N}-])/gu],
  [
    'time',
    new RegExp(
      String.raw`(?<![\p{L}\p{N}:.])${CLOCK}(?:\s?[-–—]\s?${CLOCK})?(?![\p{L}\p{N}:])`,
      'giu',
    ),
  ],
  ['time', /(?<![\p{L}\p{N}:.])\d{1,2}\s?[-–—]\s?\d{1,2}(?![\p{L}\p{N}:.-])/gu],
  ['length', new RegExp(String.raw`(?<![\p{L}\p{N}:.])(?:${LENGTH})(?![\p{L}\p{N}])`, 'giu')],
  ['word', /(?<=\s)(?:after|before|by|until|from|at|must|nice|split|late|x[2-9])(?=\s|$)/gi],
  ['priority', /(?<=^|\s)(?:![1-4]|p[1-4])(?=\s|$)/gi],
];
const WHOLE = [
  ['remark', /^\s*(?:\/\/|%%|#{1,6}\s|---)/],
  ['done', /^\s*(?:[-*•]\s+)?(?:\[[xX-]\]|x )/],
];
const SETTING =
  /^\s*(?:date|day|days|from|buffer|quiet|gap|separation|(?:repeat|breaks)(?=\s*:\s*\d)|limit|timezone|tz|zone|assume-done|calendar|fill|avoid|max-tasks)\s*:/i;
const SONG = /^\s*(?:[-*•]\s+)?(?:♪|♫|song:)\s*/i;
/* The end of a song name. */
const TAIL =
  /\s+(?:@[a-z]+|during:\S+|on:\S+|must|nice|x[2-9]|(?:at|after|before|by)\s+\d|\d{1,2}:\d{2})/i;

/* [{from, to, kind}] in a line, in order and without overlap. */
export function tokensOf(line) {
  const whole = WHOLE.find(([, pattern]) => pattern.test(line));
  if (whole) return [{ from: 0, to: line.length, kind: whole[0] }];
  const found = [];
  const isFree = (from, to) => found.every((t) => to <= t.from || from >= t.to);
  const setting = SETTING.exec(line);
  const song = SONG.exec(line);
  if (setting) found.push({ from: 0, to: setting[0].length, kind: 'setting' });
  else if (song) {
    const rest = line.slice(song[0].length);
    const end = song[0].length + (TAIL.exec(rest)?.index ?? rest.length);
    found.push({ from: 0, to: end, kind: 'song' });
  }
  for (const [kind, pattern] of TOKENS)
    for (const match of line.matchAll(pattern)) {
      const [from, to] = [match.index, match.index + match[0].length];
      if (to > from && isFree(from, to)) found.push({ from, to, kind });
    }
  return found.filter((t) => t.to > t.from).sort((a, b) => a.from - b.from);
}

const marks = new Map();
function mark(kind) {
  if (!marks.has(kind)) marks.set(kind, Decoration.mark({ class: `is-${kind}` }));
  return marks.get(kind);
}

/* Each line has the direction of its own first letter. */
const direction = Decoration.line({ attributes: { dir: 'auto' } });

function draw(view) {
  const ranges = [];
  let last = -1;
  for (const { from, to } of view.visibleRanges)
    for (let at = from; at <= to;) {
      const line = view.state.doc.lineAt(at);
      at = line.to + 1;
      if (line.from <= last) continue;
      last = line.from;
      ranges.push(direction.range(line.from));
      for (const token of tokensOf(line.text))
        ranges.push(mark(token.kind).range(line.from + token.from, line.from + token.to));
    }
  return Decoration.set(ranges);
}

export const highlight = ViewPlugin.fromClass(
  class {
    constructor(view) {
      this.decorations = draw(view);
    }

    update(update) {
      if (update.docChanged || update.viewportChanged) this.decorations = draw(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
