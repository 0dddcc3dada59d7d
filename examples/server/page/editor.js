/*
 * The text of the day and the messages about its lines, at the end of each line and in a list
 * below. The text starts in a text area (text_area.js) and moves to the code editor if that is
 * built.
 */
import * as api from './api.js';
import { $, el, keepFocus } from './dom.js';
import { MUSIC } from './fields.js';
import { applyEdit } from './fixes.js';
import { lineNow } from './plan_text.js';
import { showChanged } from './results.js';
import { songDetails } from './songs.js';
import { TextArea } from './text_area.js';
import { markText, showView } from './views.js';

const WORDS = { error: 'Error', warning: 'Please check', note: 'Note' };
const MOST_INLINE = 3; /* edits at the end of a line; the list below has all */
const isAssumed = (m) => m.code === 'default_duration';

/* Of the messages about a line, the one to show at its end. */
const rank = (m) => ['note', 'warning', 'error'].indexOf(m.severity) - (isAssumed(m) ? 0.5 : 0);

export class Editor {
  constructor(onChange) {
    this.onChange = onChange;
    this.messages = [];
    this.about = ''; /* the text that the messages are about */
    this.surface = new TextArea(onChange);
  }

  get text() {
    return this.surface.text;
  }

  set readOnly(on) {
    this.surface.readOnly = on;
  }

  /* Keeps the focus and the place of the caret. */
  set(text) {
    if (text === this.text) return;
    this.surface.write(text);
    this.onChange();
  }

  load(text) {
    this.surface.load(text);
  }

  addLine(line) {
    const text = this.text.replace(/\n+$/, '');
    this.set(text ? `${text}\n${line}` : line);
  }

  goTo(line) {
    const lines = this.text.split('\n');
    showView('text');
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    this.surface.select(start, start + (lines[line - 1] || '').length);
  }

  /* [{severity, line, column, message, repair, candidates, edit}] about the lines of a text */
  show(messages, about) {
    this.about = about;
    if (!messages.length && !this.messages.length) return;
    this.messages = messages;
    markText(messages.filter((m) => m.severity === 'error').length);
    this.surface.show(this.said());
    this.list();
  }

  /*
   * [{line, severity, message, text, edit, chips: [{label, apply}]}]: of each line the worst
   * message; `text` is it with what to do about it. An assumed length is only noted there, because
   * many lines of a quickly typed day have one.
   */
  said() {
    const worst = new Map();
    for (const m of this.messages) {
      const before = worst.get(m.line);
      if (m.line > 0 && (!before || rank(m) > rank(before))) worst.set(m.line, m);
    }
    const lineOf = (m) => lineNow(this.about, this.text, m.line);
    return [...worst.values()].filter(lineOf).map((m) => ({
      line: lineOf(m),
      severity: isAssumed(m) ? 'note' : m.severity,
      message: isAssumed(m) ? 'assuming 30 min' : m.message,
      text: isAssumed(m) ? 'assuming 30 min' : lens(m),
      edit: this.editNow(m),
      chips: this.editsOf(m).slice(0, MOST_INLINE),
    }));
  }

  editsOf(m) {
    const texts = m.edit ? m.edit.texts.slice(0, 4) : [];
    if (isAssumed(m)) texts.push(' 15m', ' 1h');
    const apply = (text) => {
      const edit = this.editNow(m);
      if (edit) this.set(applyEdit(this.text, edit, text));
      else showChanged();
    };
    return texts.map((text) => ({ label: chipLabel(text), apply: () => apply(text) }));
  }

  /* The edit of a message in the text as it is now; null if there is none. */
  editNow({ edit }) {
    const line = edit ? lineNow(this.about, this.text, edit.line) : 0;
    return line ? { ...edit, line } : null;
  }

  /*
   * Replaces the text area with the code editor, if that is built. The typed text and the caret are
   * kept.
   */
  async upgrade() {
    const { createCodeEditor } = await import('./code_editor.js');
    if (!createCodeEditor || !(this.surface instanceof TextArea)) return;
    const area = this.surface;
    if (area.composing)
      await new Promise((resolve) =>
        area.element.addEventListener('compositionend', resolve, { once: true }),
      );
    const hadFocus = document.activeElement === area.element;
    const { placeholder } = area.element;
    const { text, selection, readOnly } = area;
    area.remove();
    this.surface = createCodeEditor($('editor'), {
      text,
      selection,
      placeholder,
      attributes: {
        id: 'day-text',
        'aria-label': 'Your day, one line for each to-do or song',
        'aria-describedby': 'problems',
      },
      onInput: this.onChange,
      tags: MUSIC.filter(([tag]) => tag).map(([tag]) => tag),
      findSongs,
    });
    this.surface.readOnly = readOnly;
    this.surface.show(this.said());
    if (hadFocus) this.surface.element.focus();
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
      if (group.length < (isAssumed(m) ? 2 : 3)) return this.item(m);
      return group[0] === m ? this.summary(group) : null;
    });
    keepFocus(() => $('problems').replaceChildren(...items.filter(Boolean)));
  }

  summary(group) {
    const [first] = group;
    const assumed = isAssumed(first);
    const single = group.filter((m) => m.edit && m.edit.texts.length === 1);
    const isSame = single.every((m) => m.edit === single[0].edit); /* one edit for all of them */
    const edits = isSame ? single.slice(0, 1) : single;
    const label = isSame && edits.length ? chipLabel(edits[0].edit.texts[0]) : 'change each';
    return el(
      'li',
      { class: first.severity },
      el('span', { class: 'word' }, WORDS[first.severity]),
      assumed
        ? ` ${group.length} to-dos have no length; 30 minutes are assumed: `
        : ` ${first.message}, and ${group.length - 1} more: `,
      ...group.flatMap((m, i) => [i ? ', ' : '', this.lineButton(m)]),
      '.',
      edits.length
        ? el(
            'div',
            { class: 'chips' },
            this.chip(assumed ? 'write 30m on each' : label, () => this.applyAll(edits)),
          )
        : '',
    );
  }

  lineButton(m) {
    return el(
      'button',
      {
        type: 'button',
        class: 'link',
        on: { click: () => this.goTo(lineNow(this.about, this.text, m.line) || m.line) },
      },
      `Line ${m.line}`,
    );
  }

  chip(label, click) {
    return el('button', { type: 'button', class: 'chip', on: { click } }, label);
  }

  /* From the last to the first, so that no edit shifts the range of another. */
  applyAll(messages) {
    const later = (a, b) => b.line - a.line || b.column - a.column;
    const edits = messages.map((m) => this.editNow(m)).filter(Boolean).sort(later);
    this.set(edits.reduce((text, edit) => applyEdit(text, edit, edit.texts[0]), this.text));
  }

  item(m) {
    const edits = this.editsOf(m);
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
      edits.length
        ? el(
            'div',
            { class: 'chips' },
            edits.map(({ label, apply }) => this.chip(label, apply)),
          )
        : '',
    );
  }
}

/* The text after a line; it names candidate songs. */
function lens(m) {
  const meant = (m.candidates || []).slice(0, 3).map((song) => `“${song}”`);
  if (meant.length) return `${m.message}: ${meant.join(' or ')}?`;
  return m.repair ? `${m.message}: ${m.repair}` : m.message;
}

/* A short description of an edit. */
function chipLabel(text) {
  if (text === '') return 'remove it';
  if (text === 'days: 7\n') return 'plan 7 days';
  return text === '// ' ? 'skip this line' : text.trim();
}

/* [{label, detail}]: songs of the catalog that match the text, best first. */
async function findSongs(q, signal) {
  const ask = async (more) =>
    (await api.get('/api/v1/songs', { q, limit: 8, ...more }, signal)).songs;
  const hits = await ask({ mode: 'suggest' });
  return (hits.length ? hits : await ask({})).map((song) => ({
    label: `${song.title} - ${song.artist}`,
    detail: songDetails(song),
  }));
}
