/* The text of the day with line numbers, and each message at the end of the line that it belongs to. */
import { $, el } from './dom.js';
import { replaceSong } from './fixes.js';

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

  /* Through the browser's own editing where it can, so that undo takes it back. */
  set(text) {
    if (text === this.area.value) return;
    this.area.focus({ preventScroll: true });
    this.area.select();
    if (!document.execCommand || !document.execCommand('insertText', false, text)) this.area.value = text;
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
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    this.area.focus();
    this.area.setSelectionRange(start, start + (length || (lines[line - 1] || '').length));
  }

  /* [{severity, line, column, message, repair, candidates}] */
  show(messages) {
    this.messages = messages;
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
      if (m.line > 0 && m.line <= lines.length && (!before || (before.severity !== 'error' && m.severity === 'error')))
        worst.set(m.line, m);
    }
    this.box
      .querySelector('.gutter')
      .replaceChildren(
        ...Array.from({ length: count }, (_, i) =>
          el('span', { class: worst.has(i + 1) ? worst.get(i + 1).severity : '' }, i < lines.length ? String(i + 1) : ''),
        ),
      );
    this.box
      .querySelector('.lenses')
      .replaceChildren(
        ...[...worst].map(([line, m]) =>
          el(
            'p',
            { class: m.severity, css: { '--at': String(line - 1), '--from': `${lines[line - 1].length + 2}ch` } },
            el('span', {}, m.repair ? `${m.message}: ${m.repair}` : m.message),
          ),
        ),
      );
    this.area.toggleAttribute(
      'aria-invalid',
      this.messages.some((m) => m.severity === 'error'),
    );
  }

  list() {
    const show = this.messages.filter((m) => m.severity !== 'note' || m.line > 0);
    $('problems').replaceChildren(...show.map((m) => this.item(m)));
  }

  item(m) {
    const candidates = (m.candidates || []).slice(0, 4);
    const title = candidates.length && ['unknown_song', 'near_song'].includes(m.code) ? /"(.*)"; /.exec(m.message) : null;
    return el(
      'li',
      { class: m.severity },
      el('span', { class: 'word' }, WORDS[m.severity]),
      ' ',
      m.line ? el('button', { type: 'button', class: 'link', on: { click: () => this.goTo(m.line) } }, `Line ${m.line}`) : '',
      m.line ? ': ' : '',
      m.message,
      m.repair && !title ? ` - ${m.repair}` : '',
      '.',
      title
        ? el(
            'div',
            { class: 'chips' },
            candidates.map((c) =>
              el('button', { type: 'button', class: 'chip', on: { click: () => this.choose(m.line, title[1], c) } }, c),
            ),
          )
        : '',
    );
  }

  choose(line, from, to) {
    const lines = this.text.split('\n');
    lines[line - 1] = replaceSong(lines[line - 1], from, to);
    this.set(lines.join('\n'));
  }
}
