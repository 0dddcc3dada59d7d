/* Shows the message about a line at its end, with the repairs as buttons. */
import { RangeSet, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  GutterMarker,
  WidgetType,
  gutterLineClass,
} from '@codemirror/view';

class Lens extends WidgetType {
  constructor(said) {
    super();
    this.said = said;
    this.key = JSON.stringify([said.line, said.severity, said.text, said.edit]);
  }

  eq(other) {
    return this.key === other.key;
  }

  /*
   * Hidden from assistive technology, because the list below the text has the same messages and
   * buttons.
   */
  toDOM() {
    const { severity, text, message, chips } = this.said;
    const lens = document.createElement('span');
    lens.className = `lens ${severity}`;
    lens.dir = 'ltr';
    lens.setAttribute('aria-hidden', 'true');
    lens.append(
      Object.assign(document.createElement('span'), { textContent: chips.length ? message : text }),
    );
    for (const { label, apply } of chips) {
      const chip = document.createElement('button');
      Object.assign(chip, {
        type: 'button',
        className: 'repair',
        tabIndex: -1,
        textContent: label,
      });
      chip.addEventListener('mousedown', (event) => event.preventDefault()); /* the caret stays */
      chip.addEventListener('click', apply);
      lens.append(chip);
    }
    return lens;
  }

  ignoreEvent() {
    return true;
  }
}

class Marker extends GutterMarker {
  constructor(severity) {
    super();
    this.elementClass = `said-${severity}`;
  }
}

/* The UTF-16 position of a column, which counts characters. */
const unitsOf = (text, column) => [...text].slice(0, column - 1).join('').length;

function place(doc, said) {
  const marks = [];
  const gutter = [];
  for (const one of said) {
    if (one.line > doc.lines) continue;
    const line = doc.line(one.line);
    gutter.push(new Marker(one.severity).range(line.from));
    marks.push(Decoration.line({ class: `said-${one.severity}` }).range(line.from));
    if (one.edit && one.edit.line === one.line && one.severity !== 'note') {
      const from = line.from + unitsOf(line.text, one.edit.column);
      const to = line.from + unitsOf(line.text, one.edit.end_column);
      if (to > from)
        marks.push(Decoration.mark({ class: `meant-${one.severity}` }).range(from, to));
    }
    marks.push(Decoration.widget({ widget: new Lens(one), side: 1 }).range(line.to));
  }
  return { marks: Decoration.set(marks, true), gutter: RangeSet.of(gutter, true) };
}

/* Sets the messages, in the form of Editor.said(). */
export const say = StateEffect.define();

export const said = StateField.define({
  create: () => ({ marks: Decoration.none, gutter: RangeSet.empty }),
  update({ marks, gutter }, transaction) {
    const news = transaction.effects.find((effect) => effect.is(say));
    if (news) return place(transaction.newDoc, news.value);
    const { changes } = transaction;
    return { marks: marks.map(changes), gutter: gutter.map(changes) };
  },
  provide: (field) => [
    EditorView.decorations.from(field, (value) => value.marks),
    gutterLineClass.from(field, (value) => value.gutter),
  ],
});
