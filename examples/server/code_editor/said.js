/* What is said of a line, at its end, with its repairs as buttons. */
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
   * For the eye and the pointer: the list below the text says and offers the same to everyone else.
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

/* Where a column, which counts characters, is in a line of UTF-16 units. */
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

/* What is said from now on, as Editor.said() has it. */
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
