// core.js: calls the WebAssembly module with strings, bytes and options.

import { shortNumber } from "./number.js";
import { Recurrence } from "./recurrence.js";
import { zoneFile } from "./zone.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** An error of the library, with its place in the input if there is one. */
export class MusicschedError extends Error {
  /**
   * @param {string} message what is wrong and how to fix it
   * @param {{code: string, line: number, column: number}} where 0: no place
   */
  constructor(message, { code, line, column }) {
    super(message);
    this.name = "MusicschedError";
    this.code = code;
    this.line = line;
    this.column = column;
  }
}

/** An instance of the module. Objects are addresses in its memory. */
export class Core {
  #exports;
  #recurrence;

  /** `ical`: the module ical.js, which expands recurring events, or null. */
  constructor(module, ical) {
    this.#recurrence = new Recurrence(ical);
    const instance = new WebAssembly.Instance(module, {
      env: {
        zone_read: (name, buffer, size) => this.#readZone(name, buffer, size),
        number_read: (text, size) => Number(this.#ascii(text, size)),
        number_write: (text, precision, value) => this.#writeNumber(text, precision, value),
        rule_available: () => Number(this.#recurrence.isAvailable),
        rule_valid: (rule) => Number(this.#recurrence.isValid(this.text(rule))),
        rule_expand: (...series) => this.#expandRule(...series),
        emscripten_notify_memory_growth() {},
      },
      wasi_snapshot_preview1: {
        clock_time_get: (clock, precision, result) => {
          const now = BigInt(Math.round(performance.now() * 1e6));
          new DataView(this.#exports.memory.buffer).setBigUint64(result, now, true);
          return 0;
        },
        // Newer versions of Emscripten import this for abort().
        proc_exit: (status) => {
          throw new Error(`the module ended with status ${status}`);
        },
      },
    });
    this.#exports = instance.exports;
    this.#exports._initialize();
  }

  #readZone(name, buffer, size) {
    const file = zoneFile(this.text(name));
    if (file === null || file.length > size) return 0;
    new Uint8Array(this.#exports.memory.buffer).set(file, buffer);
    return file.length;
  }

  #expandRule(rule, start, isDate, from, to, found, most, budget) {
    const steps = { left: this.number(budget) };
    const series = { start, isDate: isDate !== 0, from, to };
    const instances = this.#recurrence.expand(this.text(rule), series, most, steps);
    this.setNumber(budget, steps.left);
    if (!Array.isArray(instances)) return instances;
    const view = new DataView(this.#exports.memory.buffer);
    instances.forEach((local, i) => view.setFloat64(found + 8 * i, local, true));
    return instances.length;
  }

  #ascii(address, size) {
    return decoder.decode(new Uint8Array(this.#exports.memory.buffer, address, size));
  }

  #writeNumber(address, precision, value) {
    const text = encoder.encode(shortNumber(value, precision));
    new Uint8Array(this.#exports.memory.buffer).set(text, address);
    return text.length;
  }

  /** The NUL-terminated string at an address. */
  text(address) {
    const bytes = new Uint8Array(this.#exports.memory.buffer);
    return decoder.decode(bytes.subarray(address, bytes.indexOf(0, address)));
  }

  /** Copy bytes into memory with a NUL after them, and call `use` with their address and size. */
  withBytes(bytes, use) {
    const address = this.#exports.memory_get(bytes.length + 1);
    if (address === 0) throw this.#error("out of memory", "MSCHED_ERROR_MEMORY");
    try {
      const memory = new Uint8Array(this.#exports.memory.buffer);
      memory.set(bytes, address);
      memory[address + bytes.length] = 0;
      return use(address, bytes.length);
    } finally {
      this.#exports.memory_free(address);
    }
  }

  withText(text, use, what = "text") {
    if (typeof text !== "string")
      throw new TypeError(`${what}: expected a string, not ${text === null ? text : typeof text}`);
    return this.withBytes(encoder.encode(text), use);
  }

  #error(message, code, line = 0, column = 0) {
    return new MusicschedError(message, { code, line, column });
  }

  /** The error of the last call. */
  failure() {
    const { error_message, error_name, error_line, error_column } = this.#exports;
    return this.#error(
      this.text(error_message()),
      this.text(error_name()),
      error_line(),
      error_column(),
    );
  }

  #setOption(name, value) {
    const done = this.withText(name, (key) =>
      typeof value === "string"
        ? this.withText(value, (text) => this.#exports.option_text(key, text))
        : this.#exports.option_number(key, Number(value)),
    );
    if (done) return;
    const problem = this.failure();
    if (problem.code !== "MSCHED_ERROR_ARGUMENT") throw problem;
    throw new TypeError(`${name}: a value of type ${typeof value} does not fit`);
  }

  /**
   * Set the options of the next call by the names of the module: strings, numbers, booleans, arrays
   * of strings, and `features`: {name: [low, high]}. undefined and null keep the default.
   */
  setOptions(options) {
    this.#exports.option_reset();
    for (const [name, value] of Object.entries(options)) {
      if (value === undefined || value === null) continue;
      if (name === "features") this.#setFeatures(value);
      else if (Array.isArray(value)) value.forEach((one) => this.#setOption(name, String(one)));
      else this.#setOption(name, value);
    }
  }

  #setFeatures(features) {
    for (const [name, [low, high]] of Object.entries(features)) {
      const done = this.withText(name, (key) =>
        this.#exports.option_feature(key, low ?? -Infinity, high ?? Infinity),
      );
      if (!done) {
        const problem = this.failure();
        problem.message = `${name}: ${problem.message}`;
        throw problem;
      }
    }
  }

  /** Call an export. Throws if it returns 0 and the module has an error. */
  call(name, ...args) {
    const result = this.#exports[name](...args);
    if (result === 0 && this.#exports.error_code() !== 0) throw this.failure();
    return result;
  }

  /** Call an export that cannot fail. */
  ask(name, ...args) {
    return this.#exports[name](...args);
  }

  /** Call an export that returns a text; copy the text and free it. */
  take(name, ...args) {
    return this.takeText(this.call(name, ...args));
  }

  takeText(text) {
    const { text_data, text_size, text_free, memory } = this.#exports;
    try {
      return decoder.decode(new Uint8Array(memory.buffer, text_data(text), text_size(text)));
    } finally {
      text_free(text);
    }
  }

  number(address) {
    return new DataView(this.#exports.memory.buffer).getUint32(address, true);
  }

  setNumber(address, value) {
    new DataView(this.#exports.memory.buffer).setUint32(address, value, true);
  }
}
