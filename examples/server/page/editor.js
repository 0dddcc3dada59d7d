/*
 * The text of the day with line numbers, and each message at the end of the line that it belongs
 * to.
 */
import { $, el } from './dom.js';
import { applyEdit } from './fixes.js';
import { markText, showView } from './views.js';

const WORDS = { error: 'Error', warning: 'Please check', note: 'Note' };

export class Editor {
  constructor(onChange) {
    this.area = $('day-text');
    this.box = $('editor');
    this.onChange = onChange;
    this.messages = [];
    this.area.addEventListener('input', () => {
      this.draw();
      onChange();
    });
    this.draw();
  }

  get text() {
    return this.area.value;
  }

  /* Never takes the focus; the caret stays at the end of what has changed. */
  set(text) {
    const before = this.area.value;
    if (text === before) return;
    this.area.value = text;
    let same = 0;
    const most = Math.min(text.length, before.length);
    while (same < most && text.at(-1 - same) === before.at(-1 - same)) same += 1;
    if (document.activeElement === this.area)
      this.area.setSelectionRange(text.length - same, text.length - same);
    this.draw();
    this.onChange();
  }

  load(text) {
    this.area.value = text;
    this.draw();
  }

  addLine(line) {
    const text = this.text.replace(/\n+$/, '');
    this.set(text ? `${text}\n${line}` : line);
  }

  goTo(line, length = 0) {
    const lines = this.text.split('\n');
    showView('text');
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    this.area.focus();
    this.area.setSelectionRange(start, start + (length || (lines[line - 1] || '').length));
  }

  /* [{severity, line, column, message, repair, candidates}] */
  show(messages) {
    this.messages = messages;
    markText(messages.filter((m) => m.severity === 'error').length);
    this.draw();
    this.list();
  }

  draw() {
    const lines = this.text.split('\n');
    const count = Math.max(lines.length, 8);
    this.area.style.height = `calc(${count} * var(--line))`;
    const worst = new Map();
    for (const m of this.messages) {
      const before = worst.get(m.line);
      if (
        m.line > 0 &&
        m.line <= lines.length &&
        (!before || (before.severity !== 'error' && m.severity === 'error'))
      )
        worst.set(m.line, m);
    }
    this.box
      .querySelector('.gutter')
      .replaceChildren(
        ...Array.from({ length: count }, (_, i) =>
          el(
            'span',
            { class: worst.has(i + 1) ? worst.get(i + 1).severity : '' },
            i < lines.length ? String(i + 1) : '',
          ),
        ),
      );
    this.box
      .querySelector('.lenses')
      .replaceChildren(
        ...[...worst].map(([line, m]) =>
          el(
            'p',
            {
              class: m.severity,
              css: { '--at': String(line - 1), '--from': `${lines[line - 1].length + 2}ch` },
            },
            el('span', {}, lens(m)),
          ),
        ),
      );
    this.area.setAttribute(
      'aria-invalid',
      String(this.messages.some((m) => m.severity === 'error')),
    );
  }

  /* Equal warnings and notes are one item. */
  list() {
    const show = this.messages.filter((m) => m.severity !== 'note' || m.line > 0);
    const alike = (m) =>
      show.filter(
        (o) =>
          m.severity !== 'error' && m.line > 0 && o.severity === m.severity && o.code === m.code,
      );
    const items = show.map((m) => {
      const group = alike(m);
      if (group.length < (m.code === 'default_duration' ? 2 : 3)) return this.item(m);
      return group[0] === m ? this.summary(group) : null;
    });
    $('problems').replaceChildren(...items.filter(Boolean));
  }

  summary(group) {
    const [first] = group;
    const assumed = first.code === 'default_duration';
    const edits = group.filter((m) => m.edit && m.edit.texts.length === 1);
    return el(
      'li',
      { class: first.severity },
      el('span', { class: 'word' }, WORDS[first.severity]),
      assumed
        ? ` 30 minutes are assumed for ${group.length} to-dos: `
        : ` ${first.message}, and ${group.length - 1} more: `,
      ...group.flatMap((m, i) => [i ? ', ' : '', this.lineButton(m)]),
      '.',
      edits.length
        ? el(
            'div',
            { class: 'chips' },
            this.chip(assumed ? 'write 30m on each' : 'change each', () => this.applyAll(edits)),
          )
        : '',
    );
  }

  lineButton(m) {
    return el(
      'button',
      { type: 'button', class: 'link', on: { click: () => this.goTo(m.line) } },
      `Line ${m.line}`,
    );
  }

  chip(label, click) {
    return el('button', { type: 'button', class: 'chip', on: { click } }, label);
  }

  /* From the last to the first, so that no edit moves another one's place. */
  applyAll(messages) {
    const later = (a, b) => b.edit.line - a.edit.line || b.edit.column - a.edit.column;
    this.set(
      messages.sort(later).reduce((text, m) => applyEdit(text, m.edit, m.edit.texts[0]), this.text),
    );
  }

  item(m) {
    const texts = m.edit ? m.edit.texts.slice(0, 4) : [];
    if (m.code === 'default_duration') texts.push(' 15m', ' 1h');
    const suggests = (m.candidates || []).length && ['unknown_song', 'near_song'].includes(m.code);
    return el(
      'li',
      { class: m.severity },
      el('span', { class: 'word' }, WORDS[m.severity]),
      ' ',
      m.line ? this.lineButton(m) : '',
      m.line ? ': ' : '',
      m.message,
      m.repair && !suggests ? ` - ${m.repair}` : '',
      '.',
      texts.length
        ? el(
            'div',
            { class: 'chips' },
            texts.map((t) =>
              this.chip(chipLabel(t), () => this.set(applyEdit(this.text, m.edit, t))),
            ),
          )
        : '',
    );
  }
}

/* What stands behind a line: songs that may be meant are named, not hinted at. */
function lens(m) {
  const meant = (m.candidates || []).slice(0, 3).map((song) => `“${song}”`);
  if (meant.length) return `${m.message}: ${meant.join(' or ')}?`;
  return m.repair ? `${m.message}: ${m.repair}` : m.message;
}

/* What an edit does, in a few words. */
function chipLabel(text) {
  if (text === '') return 'remove it';
  return text === '// ' ? 'skip this line' : text.trim();
}
