/*
 * A plain text area with line numbers, and a message at the end of each line that has one. The
 * editor (editor.js) uses it where the code editor is not built.
 */
import { $, el } from './dom.js';

const LEAST_LINES = 8;

export class TextArea {
  /* `onInput` is called after each change by the user. */
  constructor(onInput) {
    this.element = $('day-text');
    this.box = $('editor');
    this.lines = [];
    this.composing = false;
    this.element.addEventListener('input', () => {
      this.draw();
      onInput();
    });
    this.element.addEventListener('compositionstart', () => (this.composing = true));
    this.element.addEventListener('compositionend', () => (this.composing = false));
    this.draw();
  }

  get text() {
    return this.element.value;
  }

  set readOnly(on) {
    this.element.readOnly = on;
  }

  get readOnly() {
    return this.element.readOnly;
  }

  /* {anchor, head} */
  get selection() {
    return { anchor: this.element.selectionStart, head: this.element.selectionEnd };
  }

  load(text) {
    this.element.value = text;
    this.draw();
  }

  /* Keeps the focus, and puts the caret at the end of the change. */
  write(text) {
    const before = this.element.value;
    this.element.value = text;
    let same = 0;
    const most = Math.min(text.length, before.length);
    while (same < most && text.at(-1 - same) === before.at(-1 - same)) same += 1;
    if (document.activeElement === this.element)
      this.element.setSelectionRange(text.length - same, text.length - same);
    this.draw();
  }

  select(start, end) {
    this.element.focus();
    this.element.setSelectionRange(start, end);
  }

  /* Shows the messages about lines, as Editor.said() returns them. */
  show(said) {
    this.lines = said;
    this.draw();
  }

  draw() {
    const lines = this.text.split('\n');
    const count = Math.max(lines.length, LEAST_LINES);
    const said = new Map(this.lines.filter((s) => s.line <= lines.length).map((s) => [s.line, s]));
    this.element.style.height = `calc(${count} * var(--line))`;
    const number = (i) =>
      el(
        'span',
        { class: said.has(i + 1) ? said.get(i + 1).severity : '' },
        i < lines.length ? String(i + 1) : '',
      );
    this.box
      .querySelector('.gutter')
      .replaceChildren(...Array.from({ length: count }, (_, i) => number(i)));
    const lens = ({ line, severity, text }) =>
      el(
        'p',
        {
          class: severity,
          css: { '--at': String(line - 1), '--from': `${lines[line - 1].length + 2}ch` },
        },
        el('span', {}, text),
      );
    this.box.querySelector('.lenses').replaceChildren(...[...said.values()].map(lens));
    const wrong = this.lines.some((s) => s.severity === 'error');
    this.element.setAttribute('aria-invalid', String(wrong));
  }

  remove() {
    for (const part of [...this.box.children]) part.remove();
  }
}
