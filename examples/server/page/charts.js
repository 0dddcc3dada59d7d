/*
 * Draws charts as SVG. Each one has a table of the same numbers for people who cannot see it or
 * prefer numbers.
 */
import { el, svg } from './dom.js';

const WIDTH = 640;
const MOST_ROWS = 30; /* of a chart; its table has all */

const round = (n, digits = 1) => (n === null || n === undefined ? '-' : n.toFixed(digits));

/* The table is created when it is first opened. */
function table(columns, rows) {
  const box = el('details', { class: 'numbers' }, el('summary', {}, 'Show the numbers'));
  box.addEventListener('toggle', () => box.append(cells(columns, rows)), { once: true });
  return box;
}

const cells = (columns, rows) =>
  el(
    'div',
    { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Table of the numbers' },
    el(
      'table',
      {},
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          columns.map((c) => el('th', { scope: 'col' }, c)),
        ),
      ),
      el(
        'tbody',
        {},
        rows.map((r) =>
          el(
            'tr',
            {},
            r.map((cell, i) => (i ? el('td', {}, cell) : el('th', { scope: 'row' }, cell))),
          ),
        ),
      ),
    ),
  );

function figure(label, height, children, columns, rows, note) {
  return el(
    'figure',
    { class: 'chart' },
    svg('svg', { viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-label': label }, children),
    note ? el('figcaption', {}, note) : '',
    table(columns, rows),
  );
}

const text = (x, y, content, more = {}) => svg('text', { x, y, ...more }, content);

/* Round steps that divide [0, max] into about `count`. */
function steps(max, count) {
  const raw = max / count,
    magnitude = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((f) => f * magnitude).find((s) => s >= raw);
  return Array.from({ length: Math.floor(max / step + 1e-9) + 1 }, (_, i) => i * step);
}

/* The largest groups, in their order, if a chart of all of them would be too long. */
function largest(all) {
  if (all.length <= MOST_ROWS) return all;
  const drawn = new Set([...all].sort((a, b) => b.n - a.n).slice(0, MOST_ROWS));
  return all.filter((g) => drawn.has(g));
}

/* Means with their 95 % intervals, one row for each group; the axis begins at 0. */
export function intervals(all, label) {
  const groups = largest(all);
  const left = 150,
    right = 60,
    row = Math.min(58, Math.max(30, 350 / groups.length)),
    top = 6,
    height = top + groups.length * row + 28;
  const max = Math.max(10, ...groups.map((g) => g.ci95_high ?? g.mean));
  const x = (v) => left + (v / max) * (WIDTH - left - right);
  const marks = steps(max, 6).map((v) => [
    svg('line', { x1: x(v), x2: x(v), y1: top, y2: height - 24, class: 'grid' }),
    text(x(v), height - 8, String(v), { class: 'tick', 'text-anchor': 'middle' }),
  ]);
  const rows = groups.map((g, i) => {
    const y = top + i * row + row / 2;
    return [
      text(left - 10, y + 5, g.label.length > 18 ? `${g.label.slice(0, 17)}…` : g.label,
        { class: 'name', 'text-anchor': 'end' }),
      svg('rect', { x: x(0), y: y - row * 0.3, width: x(g.mean) - x(0), height: row * 0.6, rx: 3,
        class: 'bar' }),
      g.ci95_low === null ? ''
        : svg('line', { x1: x(g.ci95_low), x2: x(g.ci95_high), y1: y, y2: y, class: 'interval' }),
      text(WIDTH - right + 8, y + 5, round(g.mean), { class: 'value' }),
    ];
  });
  return figure(
    label,
    height,
    [marks, rows],
    ['Group', 'n', 'Mean', '95 % interval', 'Median', 'Popularity 0'],
    all.map((g) => [
      g.label,
      g.n.toLocaleString('en'),
      round(g.mean, 2),
      `${round(g.ci95_low, 2)} to ${round(g.ci95_high, 2)}`,
      round(g.median),
      `${round(100 * g.zero_share)} %`,
    ]),
    'Mean popularity; the line is the 95 % interval of the mean.' +
      (groups === all
        ? ''
        : ` The chart has the ${groups.length} largest of ${all.length} groups; the numbers, all.`),
  );
}

/* The result of the statistical tests in a sentence; nothing if no test is possible. */
export function testNote(test, what) {
  if (!test || test.f === null) return '';
  /* without line breaks, and without commas in numbers that a comma separates */
  const p = (value) =>
    value < 0.001 ? 'p\u00a0<\u00a00.001' : `p\u00a0=\u00a0${value.toFixed(3)}`;
  return el('p', { class: 'note' },
    `${what} accounts for ${round(100 * test.eta_squared)} % of the variance of popularity: ` +
      `F(${test.df_between},\u00a0${test.df_within})\u00a0=\u00a0${round(test.f)}, ${p(test.p)}; ` +
      `Kruskal-Wallis H\u00a0=\u00a0${round(test.kruskal_h)}, ${p(test.kruskal_p)}.`);
}

/* Points with intervals over time. The axis need not begin at 0, and says so by its numbers. */
export function trend(groups, label, name = (key) => key, every = 1, height = 280) {
  const left = 40,
    right = 16,
    top = 14,
    bottom = 32;
  const low = Math.floor(Math.min(...groups.map((g) => g.ci95_low ?? g.mean)) / 5) * 5,
    high = Math.ceil(Math.max(...groups.map((g) => g.ci95_high ?? g.mean)) / 5) * 5;
  const x = (i) => left
    + (groups.length === 1 ? 0.5 : i / (groups.length - 1)) * (WIDTH - left - right - 24) + 12;
  const y = (v) => top
    + ((high - Math.min(Math.max(v, low), high)) / (high - low || 1)) * (height - top - bottom);
  const marks = steps(high - low || 1, 5)
    .map((s) => low + s)
    .map((v) => [
      svg('line', { x1: left, x2: WIDTH - right, y1: y(v), y2: y(v), class: 'grid' }),
      text(left - 8, y(v) + 4, String(v), { class: 'tick', 'text-anchor': 'end' }),
    ]);
  const line = svg('polyline',
    { points: groups.map((g, i) => `${x(i)},${y(g.mean)}`).join(' '), class: 'line' });
  const points = groups.map((g, i) => [
    g.ci95_low === null ? ''
      : svg('line',
      { x1: x(i), x2: x(i), y1: y(g.ci95_low), y2: y(g.ci95_high), class: 'interval' }),
    svg('circle', { cx: x(i), cy: y(g.mean), r: 4, class: 'point' }),
    i % every ? ''
      : text(x(i), height - 10, name(g.key), { class: 'tick', 'text-anchor': 'middle' }),
  ]);
  return figure(
    label,
    height,
    [marks, line, points],
    ['When', 'n', 'Mean', '95 % interval'],
    groups.map((g) => [
      name(g.key),
      g.n.toLocaleString('en'),
      round(g.mean, 2),
      `${round(g.ci95_low, 2)} to ${round(g.ci95_high, 2)}`,
    ]),
    'Mean popularity with the 95 % interval of the mean. The scale does not start at 0.',
  );
}

export function histogram(bins, label) {
  const left = 48,
    right = 10,
    top = 12,
    height = 260,
    bottom = 34;
  const max = Math.max(1, ...bins.map((b) => b.n)),
    width = (WIDTH - left - right) / bins.length;
  const y = (v) => top + (1 - v / max) * (height - top - bottom);
  const marks = steps(max, 5).map((v) => [
    svg('line', { x1: left, x2: WIDTH - right, y1: y(v), y2: y(v), class: 'grid' }),
    text(left - 8, y(v) + 4, v.toLocaleString('en'), { class: 'tick', 'text-anchor': 'end' }),
  ]);
  const bars = bins.map((b, i) => [
    svg('rect', { x: left + i * width + 1, y: y(b.n), width: width - 2, height: y(0) - y(b.n),
      rx: 2, class: 'bar' }),
    b.zeros
      ? svg('rect',
        { x: left + i * width + 1, y: y(b.zeros), width: width - 2, height: y(0) - y(b.zeros),
        rx: 2, class: 'zero' })
      : '',
  ]);
  const names = bins
    .filter((_, i) => i % 4 === 0)
    .map((b) => text(left + bins.indexOf(b) * width, height - 12, String(b.low),
      { class: 'tick', 'text-anchor': 'middle' }));
  const zeros = bins[0] ? bins[0].zeros : 0;
  return figure(
    label,
    height,
    [marks, bars, names,
      text(WIDTH - right, height - 12, '100', { class: 'tick', 'text-anchor': 'end' })],
    ['Popularity', 'n', 'of which 0'],
    bins.map((b) => [`${b.low} to ${b.high}`, b.n.toLocaleString('en'),
      b.zeros.toLocaleString('en')]),
    zeros
      ? `${zeros.toLocaleString('en')} have popularity 0 (other color): `
        + 'mostly tracks that were replaced or removed.'
      : 'No song has popularity 0.',
  );
}

/* Correlations lie around 0: each row is a point with its interval. */
export function correlations(features, label) {
  const known = features.filter((f) => f.r !== null).sort((a, b) => Math.abs(b.r) - Math.abs(a.r));
  const left = 165,
    right = 60,
    row = 28,
    top = 6,
    height = top + known.length * row + 28;
  const max = Math.max(0.2,
    ...known.map((f) => Math.max(Math.abs(f.r_ci95_low ?? f.r), Math.abs(f.r_ci95_high ?? f.r))));
  const x = (v) => left + ((v + max) / (2 * max)) * (WIDTH - left - right);
  const marks = [-max, -max / 2, 0, max / 2, max].map((v) => [
    svg('line', { x1: x(v), x2: x(v), y1: top, y2: height - 24, class: v === 0 ? 'zero-line'
      : 'grid' }),
    text(x(v), height - 8, v.toFixed(2), { class: 'tick', 'text-anchor': 'middle' }),
  ]);
  const rows = known.map((f, i) => {
    const y = top + i * row + row / 2;
    return [
      text(left - 10, y + 5, f.feature.replace('_ms', ''), { class: 'name', 'text-anchor': 'end' }),
      f.r_ci95_low === null ? ''
        : svg('line',
        { x1: x(f.r_ci95_low), x2: x(f.r_ci95_high), y1: y, y2: y, class: 'interval' }),
      svg('circle', { cx: x(f.r), cy: y, r: 5, class: 'point' }),
      text(WIDTH - right + 8, y + 5, f.r.toFixed(3), { class: 'value' }),
    ];
  });
  return figure(
    label,
    height,
    [marks, rows],
    ['Feature', 'n', 'r', '95 % interval'],
    known.map((f) => [
      f.feature,
      f.n.toLocaleString('en'),
      round(f.r, 4),
      `${round(f.r_ci95_low, 4)} to ${round(f.r_ci95_high, 4)}`,
    ]),
    'Correlation with popularity (Pearson) and its 95 % interval. '
      + 'Even the largest explains only a small part of the differences.',
  );
}
