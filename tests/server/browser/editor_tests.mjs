/* The text in the code editor: colors, completion, repairs, and what a text area does as well. */
import assert from 'node:assert/strict';
import { before, beforeEach, test as run } from 'node:test';
import {
    BASE, SITE, accessible, becomes, context, exportAs, isReadOnly, item, lens, open, page, song,
    text,
} from './harness.mjs';

const BUNDLE = '/code_editor.js';
let isBuilt = false;
before(async () => {
    const { headers } = await fetch(BASE + BUNDLE, { method: 'HEAD' });
    isBuilt = Number(headers.get('content-length')) > 10000;
});
const test = (name, body) =>
    run(name, async (t) => (isBuilt ? body(t) : t.skip('tools/install_code_editor.sh first')));

async function openEditor(options = {}, address = BASE) {
    await context.close();
    await open({ ...options, isCode: true });
    await page.goto(address);
    await page.locator('.cm-content').waitFor();
}
beforeEach(() => isBuilt && openEditor());

async function write(lines) {
    await page.locator('#day-text').click();
    await page.keyboard.insertText(lines);
}
const list = () => page.locator('.cm-tooltip-autocomplete li');

/* A list takes no keys in the moment that it opens, by the clock that the tests hold. */
let seconds = 0;
async function later() {
    seconds += 2;
    await page.clock.setFixedTime(new Date(Date.parse('2026-11-24T06:00:00') + seconds * 1000));
}

/* Choose by keys what the list offers first: its text. */
async function take(first) {
    await list().first().filter({ hasText: first }).waitFor();
    const label = await page.locator('.cm-completionLabel').first().innerText();
    await later();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await list().first().waitFor({ state: 'detached' });
    return label;
}

test('the parts of a line have their colors, also in the dark', async () => {
    for (const colorScheme of ['light', 'dark']) {
        await openEditor({ colorScheme });
        await accessible();
        await write(
            '9:00-17:00 Work #focus !2\nGym 1h30 after 17:00 id:gym\n[x] Milk 5m\n' +
            `♪ ${song.title} - ${song.artist} @evening\nfill: 20m`,
        );
        await item('Gym').waitFor();
        const parts = (kind) => page.locator(`.cm-line .is-${kind}`).allInnerTexts();
        assert.deepEqual(await parts('time'), ['9:00-17:00', '17:00']);
        assert.deepEqual(await parts('length'), ['1h30', '20m']);
        assert.deepEqual(await parts('tag'), ['#focus']);
        assert.deepEqual(await parts('part'), ['@evening']);
        assert.deepEqual(await parts('song'), [`♪ ${song.title} - ${song.artist}`]);
        assert.deepEqual(await parts('setting'), ['fill:']);
        assert.deepEqual(await parts('done'), ['[x] Milk 5m']);
        const color = (kind) =>
            page.locator(`.is-${kind}`).first().evaluate((e) => getComputedStyle(e).color);
        assert.notEqual(await color('song'), await color('tag'));
        await accessible();
    }
});

test('a wrong line has its repairs at its end, each one click', async () => {
    await write('Standup at 9\nRead 45m #workot\nLunch');
    await lens('error').waitFor();
    await accessible();
    await page.locator('.lens.error .repair', { hasText: 'at 9:00' }).click();
    await item('Standup').waitFor();
    assert.equal(await text(), 'Standup at 9:00\nRead 45m #workot\nLunch');
    await page.locator('.lens.warning .repair', { hasText: '#workout' }).click();
    await becomes('Standup at 9:00\nRead 45m #workout\nLunch');
    await later(); /* another step of the undo */
    await page.locator('.lens .repair', { hasText: '1h' }).last().click();
    await becomes('Standup at 9:00\nRead 45m #workout\nLunch 1h');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'day-text');
    await page.keyboard.press('Control+z');
    await becomes('Standup at 9:00\nRead 45m #workout\nLunch');
    assert.equal(await page.getAttribute('#day-text', 'aria-invalid'), 'false');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('R'); /* over all of it */
    await becomes('R');
});

test('songs, tags, parts of the day and ids are completed', async () => {
    await write('Gym 1h id:gym\n');
    await page.keyboard.type(`♪ ${song.title.slice(0, 4).toLowerCase()}`);
    await list().first().waitFor();
    await accessible();
    const first = await take(' - ');
    await becomes(`Gym 1h id:gym\n♪ ${first}`);
    await page.keyboard.type(' during:');
    await take('gym');
    await page.keyboard.type('\nRead 45m @eve');
    await take('@evening');
    await page.keyboard.type(' #foc');
    await take('#focus');
    await becomes(`Gym 1h id:gym\n♪ ${first} during:gym\nRead 45m @evening #focus`);
    await page.keyboard.type(' #');
    await list().first().waitFor();
    await page.keyboard.press('Escape');
    await list().first().waitFor({ state: 'detached' });
    await page.keyboard.type('focus');
    await list().first().waitFor();
    await later();
    await page.keyboard.press('Enter'); /* is a new line unless one is chosen */
    await becomes(/ #focus\n$/);
    await page.keyboard.press('Tab'); /* out of the text */
    assert.notEqual(await page.evaluate(() => document.activeElement.id), 'day-text');
});

test('long lines are wrapped, and each line has its own direction', async () => {
    await write(`Read ${'a long title '.repeat(12)}45m\nפגישה 14:00-15:00\nموعد 30m\nWalk 20m`);
    await item('Walk').waitFor();
    const box = await page.locator('.cm-scroller').evaluate((e) => [e.scrollWidth, e.clientWidth]);
    assert.equal(box[0], box[1]);
    const heights = await page.locator('.cm-line').evaluateAll((all) =>
        all.map((e) => e.clientHeight));
    assert.ok(heights[0] > 2 * heights[3], `${heights}`);
    const directions = await page.locator('.cm-line').evaluateAll((all) =>
        all.map((e) => getComputedStyle(e).direction));
    assert.deepEqual(directions, ['ltr', 'rtl', 'rtl', 'ltr']);
    assert.equal(await page.locator('.cm-lineNumbers .cm-gutterElement').last().innerText(), '4');
    /* In a line from right to left, the key to the left goes on in the text. */
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.type('X');
    assert.match(await text(), /\nפXגישה/);
});

test('what is typed before the editor is there stays, with its caret', async () => {
    await context.close();
    await open({ isCode: true });
    let goOn;
    const asked = new Promise((resolve) => (goOn = resolve));
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route(`**${BUNDLE}`, async (route) => {
        goOn();
        await held;
        await route.continue();
    });
    await page.goto(BASE);
    await asked;
    await page.locator('textarea#day-text').focus();
    await page.keyboard.type('Read 45m\nWalk 20m');
    await page.keyboard.press('ArrowUp');
    release();
    await page.locator('.cm-content').waitFor();
    await page.keyboard.type('!');
    await becomes('Read 45m!\nWalk 20m');
    assert.equal(await page.locator('textarea').count(), 0);
    await page.reload();
    await page.locator('.cm-content').waitFor();
    assert.equal(await text(), 'Read 45m!\nWalk 20m');
});

test('a shared day cannot be changed, and files that are dropped are not text', async () => {
    await write('Read 45m');
    await item('Read').waitFor();
    await exportAs('Copy link');
    await page.locator('#notice', { hasText: 'clipboard' }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await openEditor({}, link);
    await page.locator('text=Keep mine').waitFor();
    assert.equal(await isReadOnly(), true);
    await page.locator('#day-text').click();
    await page.keyboard.type('X');
    assert.equal(await text(), 'Read 45m');
    await accessible();
    await page.click('text=Keep mine');
    const data = await page.evaluateHandle((line) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([line], 'mix.txt'));
        return transfer;
    }, `${song.title} - ${song.artist}\n`);
    await page.dispatchEvent('#day-text', 'drop', { dataTransfer: data });
    await page.locator('#listening-message', { hasText: '1 of 1 song' }).waitFor();
    assert.equal((await text()).trim(), `♪ ${song.title} - ${song.artist}`);
});

test('on a phone the editor comes with the first touch', async () => {
    await context.close();
    await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isCode: true });
    const asked = [];
    page.on('request', (r) => asked.push(new URL(r.url()).pathname));
    await page.goto(BASE);
    await page.locator('main.ready').waitFor();
    await page.waitForTimeout(500);
    assert.ok(!asked.includes(BUNDLE));
    await page.click('#text-view');
    await page.locator('.cm-content').click();
    await page.keyboard.type('Standup at 9');
    await lens('error').waitFor();
    await accessible();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
});

test('a page of a static host has the editor, too', async (t) => {
    if (!SITE) t.skip('make javascript first');
    else {
        await openEditor({}, SITE);
        await write(`♪ ${song.title.slice(0, 4)}`);
        await page.keyboard.press('End');
        await page.keyboard.type(song.title.slice(4, 5) || ' ');
        await list().first().waitFor();
    }
});

test('without the editor nothing is missed', async () => {
    await context.close();
    await open({ isCode: false });
    await page.goto(BASE);
    await page.locator('textarea#day-text').fill('Read 45m');
    await item('Read').waitFor();
    assert.equal(await page.locator('.cm-content').count(), 0);
    assert.doesNotMatch(await page.innerText('body'), /editor/i);
});
