/*
 * Dragging with a mouse, a pen or a finger. A finger must rest for a moment first, so that the page
 * can still be scrolled. Escape cancels the drag.
 */
const FAR_PX = 5;
const REST_MS = 350;

/*
 * `begin(event)` returns {move(dx, dy, event), drop(event), end()}, or null if there is nothing to
 * drag. `end` is also called after a drop. The click that ends a drag is ignored.
 */
export function draggable(element, begin) {
  element.addEventListener('pointerdown', (down) => {
    if (down.button !== 0 || !down.isPrimary) return;
    const held = begin(down);
    if (!held) return;
    down.stopPropagation();
    new Drag(element, down, held);
  });
}

class Drag {
  constructor(element, down, held) {
    Object.assign(this, { element, down, held, on: false });
    this.listeners = new AbortController();
    const listen = (target, name, action, more = {}) =>
      target.addEventListener(name, action, { signal: this.listeners.signal, ...more });
    listen(window, 'pointermove', (event) => this.move(event));
    listen(window, 'pointerup', (event) => this.finish(event));
    listen(window, 'pointercancel', () => this.finish(null));
    listen(window, 'keydown', (event) => {
      if (event.key === 'Escape' && this.on) this.finish(null);
    });
    /* Prevents scrolling by touch during a drag. */
    listen(element, 'touchmove', (event) => this.on && event.preventDefault(), { passive: false });
    listen(element, 'contextmenu', (event) => this.on && event.preventDefault());
    const handle = down.target.closest('[data-handle]');
    if (down.pointerType === 'touch' && !handle)
      this.rest = setTimeout(() => this.start(), REST_MS);
  }

  start() {
    this.on = true;
    document.body.classList.add('dragging');
    getSelection().removeAllRanges();
  }

  move(event) {
    if (event.pointerId !== this.down.pointerId) return;
    const dx = event.clientX - this.down.clientX,
      dy = event.clientY - this.down.clientY;
    if (!this.on && Math.hypot(dx, dy) > FAR_PX) {
      if (this.rest) {
        this.finish(null); /* the touch scrolls instead */
        return;
      }
      this.start();
    }
    if (!this.on) return;
    event.preventDefault();
    this.held.move(dx, dy, event);
  }

  finish(event) {
    clearTimeout(this.rest);
    this.listeners.abort();
    if (!this.on) return;
    document.body.classList.remove('dragging');
    window.addEventListener('click', (click) => click.stopPropagation(), {
      capture: true,
      once: true,
      signal: AbortSignal.timeout(50),
    });
    if (event) this.held.drop(event);
    this.held.end();
  }
}
