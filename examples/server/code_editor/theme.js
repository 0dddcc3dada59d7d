/* Gives the editor the colors and sizes of the page (app.css). */
import { EditorView } from '@codemirror/view';
import { StyleModule } from 'style-mod';

/*
 * CodeMirror would write its rules into a <style> element, which the page's policy forbids. A sheet
 * that a script creates is not an inline style.
 */
export function useSheets() {
  const mounted = new Set();
  const sheet = new CSSStyleSheet();
  StyleModule.mount = (root, modules) => {
    const before = mounted.size;
    for (const module of [modules].flat()) mounted.add(module);
    if (mounted.size === before) return;
    sheet.replaceSync([...mounted].map((module) => module.getRules()).join('\n'));
    if (!root.adoptedStyleSheets.includes(sheet))
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  };
}

const WASH = { error: 'var(--bad-wash)', warning: 'var(--warn-wash)', note: 'transparent' };
const INK = { error: 'var(--bad)', warning: 'var(--warn)', note: 'var(--soft)' };
const said = {};
for (const severity of ['error', 'warning', 'note']) {
  said[`.cm-line.said-${severity}`] = { background: WASH[severity] };
  said[`.cm-gutterElement.said-${severity}`] =
    severity === 'note' ? {} : { color: INK[severity], fontWeight: 700, boxShadow: 'inset 3px 0' };
  said[`.lens.${severity}`] = { color: INK[severity] };
  said[`.meant-${severity}`] = { textDecoration: `underline wavy ${INK[severity]} 1px` };
}

export const theme = EditorView.theme({
  '&': { flex: '1', minWidth: '0', maxHeight: '62vh', background: 'none' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: 'inherit', lineHeight: 'var(--line)', overflow: 'auto' },
  '.cm-content': {
    font: '15px/var(--line) var(--mono)',
    padding: '10px 0',
    minHeight: 'calc(8 * var(--line) + 20px)',
    caretColor: 'var(--ink)',
  },
  '.cm-line': { padding: '0 12px' },
  '.cm-placeholder': { color: 'var(--soft)', whiteSpace: 'pre-wrap' },
  '.cm-gutters': {
    background: 'var(--page)',
    color: 'var(--soft)',
    border: '0',
    minWidth: '42px',
    font: '12px/var(--line) var(--mono)',
  },
  '.cm-lineNumbers': { flex: '1' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 10px 0 3px', lineHeight: 'var(--line)' },
  '.is-time, .is-length': { color: 'var(--task-ink)', fontWeight: 600 },
  '.is-tag, .is-part, .is-setting': { color: 'var(--accent)', fontWeight: 600 },
  '.is-word, .is-reference, .is-priority': { color: 'var(--accent)' },
  '.is-song': { color: 'var(--song-ink)', fontWeight: 600 },
  '.is-remark, .is-done': { color: 'var(--soft)' },
  '.is-done': { textDecoration: 'line-through' },
  '.lens': {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    maxWidth: '100%',
    minHeight: 'var(--line)',
    verticalAlign: 'top',
    paddingInlineStart: '2ch',
    font: '13px/18px system-ui, sans-serif',
    whiteSpace: 'normal',
    userSelect: 'none',
    flexWrap: 'wrap',
  },
  '.repair': {
    font: 'inherit',
    color: 'var(--ink)',
    background: 'var(--card)',
    cursor: 'pointer',
    border: '1px solid var(--line-colour)',
    borderRadius: '7px',
    padding: '1px 8px',
    minHeight: '24px',
    textAlign: 'start',
  },
  '@media (pointer: coarse)': { '& .repair': { minHeight: '44px', minWidth: '44px' } },
  '.repair:hover': { borderColor: 'var(--accent)', background: 'var(--accent-wash)' },
  '.cm-tooltip': {
    background: 'var(--card)',
    color: 'var(--ink)',
    border: '1px solid var(--line-colour)',
    borderRadius: '10px',
    boxShadow: '0 10px 30px rgb(10 15 40 / 20%)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { font: '15px/1.4 system-ui, sans-serif' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '7px 12px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'var(--accent-wash)',
    color: 'var(--ink)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: 700 },
  '.cm-completionDetail': { color: 'var(--soft)', fontStyle: 'normal', fontSize: '13px' },
  '@media (max-width: 560px)': {
    '.cm-content': { fontSize: '16px' },
    '.cm-gutters': { minWidth: '34px' },
  },
  ...said,
});
