/*
 * The text of the day in CodeMirror: colors, completion, repairs at the end of a line. It has the
 * methods of the page's text_area.js, which it replaces once it is loaded.
 */
import { standardKeymap } from '@codemirror/commands';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers, placeholder as placeholderOf } from '@codemirror/view';
import { completion } from './complete.js';
import { highlight } from './highlight.js';
import { said, say } from './said.js';
import { theme, useSheets } from './theme.js';

/* The smallest change that turns one text into the other. */
function changeTo(before, after) {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

/*
 * Replaces a selection with typed text. The browser itself would add an element with an inline
 * style to keep the appearance, which the policy of the page forbids.
 */
function typeOver(event, view) {
  const { state } = view;
  const isTyped = event.inputType === 'insertText' && event.data && !view.composing;
  if (!isTyped || state.readOnly || state.selection.main.empty) return false;
  const change = state.replaceSelection(state.toText(event.data));
  view.dispatch(change, { userEvent: 'input.type', scrollIntoView: true });
  return true;
}

class CodeEditor {
  constructor(parent, options) {
    this.options = options;
    this.access = new Compartment();
    this.lines = [];
    this.isWriting = false;
    this.view = new EditorView({ parent, state: this.begin(options.text, options.selection) });
    this.element.setAttribute('aria-invalid', 'false');
  }

  begin(doc, selection) {
    const { attributes, placeholder, onInput } = this.options;
    return EditorState.create({
      doc,
      selection,
      extensions: [
        lineNumbers(),
        EditorView.lineWrapping,
        EditorView.perLineTextDirection.of(true),
        EditorView.contentAttributes.of(() => ({
          ...attributes,
          tabindex: '0',
          'aria-invalid': String(this.lines.some((s) => s.severity === 'error')),
        })),
        /* The page, not the editor, handles dropped files. */
        EditorView.domEventHandlers({
          beforeinput: typeOver,
          drop: (event) => event.dataTransfer?.files.length > 0,
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !this.isWriting) onInput();
        }),
        placeholderOf(() =>
          Object.assign(document.createElement('span'), { textContent: placeholder }),
        ),
        this.access.of([]),
        completion(this.options),
        keymap.of(standardKeymap),
        highlight,
        said,
        theme,
      ],
    });
  }

  get element() {
    return this.view.contentDOM;
  }

  get text() {
    return this.view.state.doc.toString();
  }

  set readOnly(on) {
    const access = on
      ? [
          EditorState.readOnly.of(true),
          EditorView.contentAttributes.of({ 'aria-readonly': 'true' }),
        ]
      : [];
    this.view.dispatch({ effects: this.access.reconfigure(access) });
  }

  write(text) {
    this.isWriting = true;
    this.view.dispatch({ changes: changeTo(this.text, text), scrollIntoView: this.view.hasFocus });
    this.isWriting = false;
  }

  load(text) {
    if (text !== this.text) this.write(text);
  }

  select(anchor, head) {
    this.view.focus();
    this.view.dispatch({ selection: { anchor, head }, scrollIntoView: true });
  }

  show(lines) {
    this.lines = lines;
    this.view.dispatch({ effects: say.of(lines) });
  }
}

let isFirst = true;

/*
 * `options`: {text, selection: {anchor, head}, placeholder, attributes, onInput(), tags: [tag],
 * findSongs(text, signal)}.
 */
export function createCodeEditor(parent, options) {
  if (isFirst) useSheets();
  isFirst = false;
  return new CodeEditor(parent, options);
}
