/*
 * Pictures of a browser one after another, each with how long it is shown: what a film is made of
 * (tools/make_film.py). Chromium draws no pointer into a picture, so the page gets one.
 */
import fs from 'node:fs';
import { chromium } from 'playwright-core';

const KEY_MS = 70;
const STEP_MS = 45; /* of the pointer */

/* Draw the pointer and the caption: runs in the page, whose policy allows no style in markup. */
function overlay({ x, y, isDown, caption, barHeight }) {
  const part = (id, make) => {
    let element = document.getElementById(id);
    if (!element) {
      element = make();
      element.id = id;
      element.setAttribute('popover', 'manual');
      document.documentElement.append(element);
    }
    if (element.matches(':popover-open')) element.hidePopover();
    element.showPopover(); /* above the dialogs that are open */
    return element;
  };
  const style = (element, properties) => {
    for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, value);
  };
  if (caption) {
    const bar = part('film-caption', () => document.createElement('div'));
    bar.textContent = caption;
    style(bar, {
      position: 'fixed', inset: 'auto 0 0 0', width: 'auto', height: `${barHeight}px`,
      margin: '0', padding: '0 24px', border: '0', 'box-sizing': 'border-box',
      display: 'flex', 'align-items': 'center', 'justify-content': 'center',
      background: '#12162a', color: '#fff',
      font: '600 22px/1.3 system-ui, "DejaVu Sans", sans-serif',
      'text-align': 'center', 'pointer-events': 'none',
    });
  }
  if (x === null) return;
  const pointer = part('film-pointer', () => {
    const name = 'http://www.w3.org/2000/svg';
    const box = document.createElement('div');
    const picture = document.createElementNS(name, 'svg');
    const path = document.createElementNS(name, 'path');
    picture.setAttribute('viewBox', '0 0 24 24');
    picture.setAttribute('width', '26');
    path.setAttribute('d', 'M5 2v17l4.5-4 3 7 3-1.3-3-6.7H19z');
    path.setAttribute('stroke', '#fff');
    path.setAttribute('stroke-width', '1.5');
    picture.append(path);
    box.append(picture);
    return box;
  });
  style(pointer, {
    position: 'fixed', inset: 'auto', left: `${x - 5}px`, top: `${y - 2}px`, margin: '0',
    padding: '0', border: '0', background: 'none', 'pointer-events': 'none', overflow: 'visible',
    color: '#000', transform: isDown ? 'scale(.85)' : 'none', 'transform-origin': '5px 2px',
  });
}

export class Film {
  static async begin(folder, options) {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars'],
    });
    const context = await browser.newContext({
      locale: 'en-GB', serviceWorkers: 'block', viewport: { width: 1280, height: 720 }, ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(40000);
    await page.clock.setFixedTime(new Date('2026-11-24T08:00:00'));
    return new Film(folder, browser, page);
  }

  constructor(folder, browser, page) {
    fs.mkdirSync(folder, { recursive: true });
    Object.assign(this, { folder, browser, page, frames: [], caption: '', barHeight: 64 });
    Object.assign(this, { x: null, y: null, isDown: false });
  }

  /* What is seen now, for so many milliseconds. */
  async hold(ms) {
    const { x, y, isDown, caption, barHeight } = this;
    await this.page.evaluate(overlay, { x, y, isDown, caption, barHeight });
    const file = `${String(this.frames.length).padStart(4, '0')}.png`;
    await this.page.screenshot({ path: `${this.folder}/${file}`, caret: 'initial' });
    this.frames.push({ file, ms });
  }

  /* Write at the caret, a few letters in each picture. */
  async write(text, letters = 2) {
    for (const part of text.match(new RegExp(`[^\n]{1,${letters}}|\n`, 'g'))) {
      await this.page.keyboard.type(part);
      await this.hold(KEY_MS * part.length);
    }
  }

  async key(keys, ms) {
    await this.page.keyboard.press(keys);
    await this.settle();
    await this.hold(ms);
  }

  /* The page has drawn what it was told. */
  async settle() {
    await this.page.waitForTimeout(700);
  }

  async middle(locator) {
    await locator.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    const box = await locator.boundingBox();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  async moveTo(x, y, steps = 8) {
    const from = { x: this.x ?? x, y: this.y ?? y };
    for (let i = 1; i <= steps; i++) {
      this.x = from.x + ((x - from.x) * i) / steps;
      this.y = from.y + ((y - from.y) * i) / steps;
      await this.page.mouse.move(this.x, this.y);
      await this.hold(STEP_MS);
    }
  }

  async click(locator, ms) {
    const { x, y } = await this.middle(locator);
    await this.moveTo(x, y);
    this.isDown = true;
    await this.hold(120);
    await this.page.mouse.click(x, y);
    this.isDown = false;
    await this.settle();
    await this.hold(ms);
  }

  /* Drag from the middle of an element, or from its `edge`, so many pixels down. */
  async drag(locator, dy, ms) {
    const { x, y } = await this.middle(locator);
    await this.moveTo(x, y);
    await this.page.mouse.down();
    this.isDown = true;
    await this.hold(200);
    await this.moveTo(x, y + dy, 14);
    await this.hold(500);
    await this.page.mouse.up();
    this.isDown = false;
    await this.settle();
    await this.hold(ms);
  }

  async end() {
    fs.writeFileSync(`${this.folder}/frames.json`, JSON.stringify(this.frames));
    await this.browser.close();
  }
}
