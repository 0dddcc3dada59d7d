/*
 * A real browser for each test: a page of its own, which may not fail and may ask nobody but the
 * server.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { after, afterEach, before, beforeEach } from 'node:test';
import { chromium } from 'playwright-core';

/*
 * Pages that plan by themselves, on a static host and on a server; undefined where they are not
 * built.
 */
export const { BASE, SITE, SITE_SERVER } = process.env;
/* Whether the text is in the code editor: else it is in the text area, also where there is one. */
export const isCode = Boolean(process.env.CODE_EDITOR);
const { CHROMIUM } = process.env;
const AREA = 'export const createCodeEditor = null;';
const axe = fs.readFileSync(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
export let context, page, song;
let browser, troubles;

before(async () => {
    browser = await chromium.launch({
        executablePath: CHROMIUM,
        args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-dev-shm-usage',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
        ],
    });
    song = (await (await fetch(`${BASE}/api/v1/popularity/top?count=recordings&limit=1`)).json())
        .songs[0];
});
after(() => browser.close());

export async function open(options = {}) {
    context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        serviceWorkers: 'block' /* what it fetches could not be seen or changed by a test */,
        permissions: ['clipboard-read', 'clipboard-write'],
        ...Object.fromEntries(Object.entries(options).filter(([name]) => name !== 'isCode')),
    });
    if (!(options.isCode ?? isCode))
        await context.route('**/code_editor.js', (route) =>
            route.fulfill({ contentType: 'text/javascript', body: AREA }));
    page = await context.newPage();
    page.setDefaultTimeout(40000);
    await page.clock.setFixedTime(new Date('2026-11-24T06:00:00')); /* before the day begins */
    /*
     * A request to any other host, an error of a script or a broken policy fails the test. A
     * refused plan is not an error.
     */
    page.on('request', (r) => {
        if (![BASE, SITE, SITE_SERVER, 'blob:'].some((from) => from && r.url().startsWith(from)))
            troubles.push(`asked ${r.url()}`);
    });
    page.on('pageerror', (e) => troubles.push(e.message));
    page.on('console', (m) => {
        if (m.type() === 'error' && !m.text().includes('422')) troubles.push(m.text());
    });
}
beforeEach(async () => {
    troubles = [];
    await open();
});
afterEach(async () => {
    await context.close();
    assert.deepEqual(troubles, []);
});

export async function type(text) {
    if (!isCode) return page.fill('#day-text', text);
    /* Selected by its own command: a selection that a script makes is told to the editor later. */
    await page.locator('.cm-content').focus();
    await page.keyboard.press('Control+a');
    await (text ? page.keyboard.insertText(text) : page.keyboard.press('Delete'));
}

/* The text of the day, without what stands beside its lines. */
export const text = () =>
    page.evaluate(() => {
        const box = document.getElementById('day-text');
        const line = (element) => {
            const copy = element.cloneNode(true);
            for (const more of copy.querySelectorAll('.lens, .cm-placeholder')) more.remove();
            return copy.textContent;
        };
        return box.value ?? [...box.querySelectorAll('.cm-line')].map(line).join('\n');
    });

/* What is said at the end of lines, of a severity or all. */
export function lens(severity) {
    const of = severity ? `.${severity}` : '';
    return page.locator(`.lens${of}, .lenses p${of}`);
}

export const isReadOnly = () =>
    page.evaluate(() => {
        const box = document.getElementById('day-text');
        return box.readOnly ?? box.getAttribute('aria-readonly') === 'true';
    });

/* Wait until the text is `expected`, or matches it. */
export async function becomes(expected) {
    const isIt = (now) =>
        expected instanceof RegExp ? expected.test(now) : now === expected;
    const end = Date.now() + 40000;
    let now = await text();
    while (!isIt(now) && Date.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        now = await text();
    }
    if (!isIt(now)) assert.fail(`the text is ${JSON.stringify(now)}, not ${expected}`);
}

/* Storage answers only after window.answers(), from the next load on. */
export const slowStorage = () =>
    page.addInitScript(() => {
        const real = IDBFactory.prototype.open;
        window.storage = new Promise((answers) => (window.answers = answers));
        IDBFactory.prototype.open = function (...given) {
            const slow = { result: null };
            window.storage.then(() => {
                const request = real.apply(this, given);
                for (const name of ['onupgradeneeded', 'onsuccess', 'onerror'])
                    request[name] = () => {
                        slow.result = request.result;
                        slow[name]?.();
                    };
            });
            return slow;
        };
    });

/* On a narrow screen: show the "Schedule" or the "Text". */
export const view = (name) => page.locator('#views button', { hasText: name }).click();

/* Open the list of ways to export, if it is not. */
export async function openExports() {
    const button = page.locator('.exports-button');
    if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
}

export async function exportAs(name) {
    await openExports();
    await page.locator('#exports').getByRole('button', { name, exact: true }).click();
}

/* Wait until the timeline holds an item with this text. */
export const item = (text) => page.locator('.lanes > li', { hasText: text }).first();

/* What axe-core finds wrong with the page as it stands, scrolled to its top: nothing. */
export async function accessible() {
    await page.locator('main.ready, main:not(.plan)').waitFor(); // it is shown once it is set up
    await page.evaluate(() => window.scrollTo(0, 0)); // a notice lies over what is scrolled past
    const cdp = await context.newCDPSession(page);
    await cdp.send('Runtime.evaluate', { expression: axe });
    const { result } = await cdp.send('Runtime.evaluate', {
        awaitPromise: true,
        expression:
            'axe.run({ rules: { "target-size": { enabled: true } } }).then((r) => ' +
            'JSON.stringify(r.violations.map((v) => ' +
            '`${v.id}: ${v.nodes.map((n) => n.html).join(" ")}`)))',
    });
    assert.deepEqual(JSON.parse(result.value), []);
}

/* Troubles that a test brought about itself. */
export function forgive(text) {
    troubles = troubles.filter((t) => !t.includes(text));
}

export const at = (time) => page.clock.setFixedTime(new Date(`2026-11-24T${time}:00`));
export const begins = async (text) => (await item(text).locator('time').first().innerText()).trim();

/* An archive as Spotify sends it, in base64, made with the zipfile module of Python. */
export const archive = (files) =>
    execFileSync(
        'python3',
        [
            '-c',
            'import base64, io, json, sys, zipfile\n' +
                'out = io.BytesIO()\n' +
                'with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:\n' +
                '    for name, text in json.load(sys.stdin).items():\n' +
                '        z.writestr(name, text)\n' +
                'print(base64.b64encode(out.getvalue()).decode())',
        ],
        { input: JSON.stringify(files), encoding: 'utf8' },
    ).trim();

/* Drop a file, whose bytes are in base64, on the page. */
export async function dropFile(name, base64) {
    const data = await page.evaluateHandle(
        ([file, content]) => {
            const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
            const transfer = new DataTransfer();
            transfer.items.add(new File([bytes], file));
            return transfer;
        },
        [name, base64],
    );
    await page.dispatchEvent('body', 'drop', { dataTransfer: data });
}
