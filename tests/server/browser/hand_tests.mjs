/* The day by hand: blocks that are dragged, keys, and steps back and forth. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
    BASE,
    accessible,
    at,
    becomes,
    begins,
    context,
    item,
    lens,
    open,
    page,
    text,
    type,
    view,
} from './harness.mjs';

const change = (title) => page.click(`[aria-label="Change ${title}"]`);
const press = (name) => page.locator('#block').getByRole('button', { name, exact: true }).click();

/* Drag from a place of an element by so many pixels. */
async function drag(locator, { from = 'middle', by, drop = true }) {
    const box = await locator.boundingBox();
    const x = box.x + 60;
    const y = from === 'edge' ? box.y + box.height - 4 : box.y + Math.min(20, box.height / 2);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y + by / 2, { steps: 3 });
    await page.mouse.move(x, y + by, { steps: 3 });
    if (drop) await page.mouse.up();
}

const HOUR_PX = 54;
const DAY = '8:00-12:00 Work\nGym 1h after 13:00 #workout id:gym\n14:30-20:00 Shift';

test('a block is dragged to another time, where it is pinned, and by its edge', async () => {
    await page.goto(BASE);
    await type(DAY);
    await item('Gym').waitFor();
    assert.equal(await begins('Gym'), '13:00');
    await drag(item('Gym'), { by: -HOUR_PX / 2, drop: false });
    assert.match(await item('Gym').innerText(), /12:30–13:30/);
    await page.mouse.up();
    await becomes(DAY.replace('Gym 1h after 13:00', '12:30-13:30 Gym'));
    await item('Gym').locator('time', { hasText: '12:30' }).waitFor();
    assert.match(await item('Gym').getAttribute('class'), /fixed/);
    await accessible();
    await drag(item('Work'), { from: 'edge', by: -HOUR_PX });
    await becomes(`8:00-11:00 Work\n12:30-13:30 Gym #workout id:gym\n14:30-20:00 Shift`
        .replace('8:00', '08:00'));
    await item('Work').locator('time', { hasText: '11:00' }).waitFor();
    await change('Gym');
    await press('Unpin');
    await becomes('08:00-11:00 Work\nGym 1h #workout id:gym\n14:30-20:00 Shift');
});

test('a drag that Escape ends changes nothing, and a click opens the form', async () => {
    await page.goto(BASE);
    await type(DAY);
    await item('Gym').waitFor();
    await drag(item('Gym'), { by: 80, drop: false });
    await page.keyboard.press('Escape');
    await page.mouse.up();
    assert.equal(await begins('Gym'), '13:00');
    assert.equal(await text(), DAY);
    assert.equal(await page.locator('dialog[open]').count(), 0);
    await item('Gym').locator('strong').click();
    await page.locator('#block[open]').waitFor();
    assert.equal(await page.inputValue('#block [name=earliest]'), '13:00');
});

test('what is unscheduled is dropped where it is to begin, or changed', async () => {
    await page.goto(BASE);
    await type('day: 9:00-18:00\n9:00-17:30 Work\nReport 2h by 12:00');
    const card = page.locator('.missing', { hasText: 'Report' });
    await card.waitFor();
    const from = await card.boundingBox(),
        to = await page.locator('.timeline').boundingBox();
    await page.mouse.move(from.x + 60, from.y + 12);
    await page.mouse.down();
    await page.mouse.move(to.x + 90, to.y + HOUR_PX, { steps: 5 });
    await page.locator('.ghost', { hasText: '10:00 Report' }).waitFor();
    await page.mouse.up();
    await becomes('day: 9:00-18:00\n9:00-17:30 Work\n10:00-12:00 Report');
    assert.equal(await page.locator('.ghost').count(), 0);
    await page.click('#undo');
    await card.waitFor();
    await change('Report');
    await accessible();
    await page.fill('#block [name=minutes]', '30');
    await page.fill('#block [name=latest]', '18:00');
    await press('Save');
    await item('Report').waitFor();
    assert.equal(await begins('Report'), '17:30');
});

test('a finger drags after a rest, and scrolls before', async () => {
    await context.close();
    await open({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
    await page.goto(BASE);
    await view('Text');
    await type(DAY);
    await view('Schedule');
    await item('Gym').scrollIntoViewIfNeeded();
    const touch = await context.newCDPSession(page);
    const finger = async (rest) => {
        const box = await item('Gym').boundingBox();
        const point = (dy) => [{ x: box.x + 60, y: box.y + 15 + dy }];
        const send = (kind, touchPoints) =>
            touch.send('Input.dispatchTouchEvent', { type: kind, touchPoints });
        await send('touchStart', point(0));
        await page.waitForTimeout(rest);
        for (let dy = 4; dy <= 32; dy += 4) await send('touchMove', point(-dy));
        await send('touchEnd', []);
    };
    await finger(0);
    await page.waitForTimeout(300);
    assert.equal(await text(), DAY);
    await item('Gym').scrollIntoViewIfNeeded();
    await finger(600);
    await becomes(/\n12:\d\d-13:\d\d Gym/);
});

test('everything is undone and redone, step by step, with keys and buttons', async () => {
    await page.goto(BASE);
    assert.equal(await page.isDisabled('#undo'), true);
    await type('Write 1h\nWalk 30m');
    await item('Walk').waitFor();
    await page.click('[aria-label="Tick off Walk"]');
    await page.locator('.todo.done').waitFor();
    const ticked = await text();
    await change('Write');
    await press('Delete');
    await page.locator('.todo', { hasText: 'Write' }).waitFor({ state: 'detached' });
    await page.click('#clear');
    await page.locator('.empty').waitFor();
    await page.locator('#result-title').focus();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await becomes(ticked);
    await page.keyboard.press('Control+z');
    await becomes('Write 1h\nWalk 30m');
    await page.locator('.todo.done').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+Z');
    await becomes(ticked);
    await page.locator('.todo.done').waitFor();
    await page.reload();
    await item('Write').waitFor();
    await page.click('#undo');
    await becomes('Write 1h\nWalk 30m');
    await page.click('#undo');
    await becomes('');
    assert.equal(await page.isDisabled('#undo'), true);
    await page.click('#redo');
    await becomes('Write 1h\nWalk 30m');
    await page.locator('#day-text').focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nRead 20m');
    assert.equal(await page.isDisabled('#redo'), true);
    await page.keyboard.press('Control+z');
    await becomes('Write 1h\nWalk 30m');
});

test('keys move, lengthen, pin and delete the block that has the focus', async () => {
    await page.goto(BASE);
    await type('Write 1h\nWalk 30m');
    await item('Walk').waitFor();
    const focused = () =>
        page.evaluate(() => document.activeElement.getAttribute('aria-label'));
    await page.locator('[aria-label="Change Write"]').focus();
    await page.keyboard.press('Alt+ArrowDown');
    await becomes('07:05-08:05 Write\nWalk 30m');
    await item('Write').locator('time', { hasText: '07:05' }).waitFor();
    assert.equal(await focused(), 'Change Write');
    await page.keyboard.press('Alt+Shift+ArrowDown');
    await becomes('07:05-08:10 Write\nWalk 30m');
    await item('Write').locator('time', { hasText: '08:10' }).waitFor();
    await page.keyboard.press('p');
    await becomes('Write 1h5m\nWalk 30m');
    await page.waitForFunction(
        () => !document.querySelector('.todo.fixed') && document.querySelector('.todo'));
    await page.keyboard.press('Delete');
    await becomes('Walk 30m');
});

test('the list of shortcuts, which can be switched off', async () => {
    await at('08:00');
    await page.goto(BASE);
    await page.locator('.empty').waitFor();
    await page.keyboard.press('?');
    await page.locator('#shortcuts[open]', { hasText: 'add a to-do' }).waitFor();
    await accessible();
    await page.keyboard.press('Escape');
    await page.locator('#shortcuts[open]').waitFor({ state: 'detached' });
    const isDate = (date) =>
        page.waitForFunction((d) => document.getElementById('date').value === d, date);
    await page.keyboard.press('j');
    await isDate('2026-11-25');
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    await isDate('2026-11-23');
    await page.keyboard.press('t');
    await isDate('2026-11-24');
    await page.keyboard.press('e');
    await page.keyboard.type('Jog and talk 20m?');
    assert.equal(await text(), 'Jog and talk 20m?');
    await page.click('#shortcuts-button');
    await page.uncheck('#shortcuts input');
    await page.keyboard.press('Escape');
    await page.locator('#shortcuts[open]').waitFor({ state: 'detached' });
    await page.keyboard.press('j');
    assert.equal(await page.inputValue('#date'), '2026-11-24');
});

/* A line, and what it becomes when its block is pinned at its time and made five minutes longer. */
const LINES = [
    ['Shower 15m after:gym', '14:05-14:25 Shower'],
    ['Bus 30m before:lunch #commute', '11:30-12:05 Bus #commute'],
    ['Report 2h split !2 after 13:00', '14:05-16:10 Report !2'],
    ['Read 45m as late as possible', '22:15-23:05 Read'],
    ['Call mum 20m tonight #phone id:m', '18:00-18:25 Call mum #phone id:m'],
    ['- [ ] #focus Write 1h +home pad:10m', '- [ ] 07:00-08:05 Write #focus +home pad:10m'],
    ['"Standup at 9" 15m @morning', '07:00-07:20 "Standup at 9"'],
    ['Walk 30m between 14:00 and 16:00 #music', '14:05-14:40 Walk #music'],
];

for (const [line, pinned] of LINES)
    test(`nothing of a line is lost when its block is moved: ${line}`, async () => {
        await page.goto(BASE);
        await type(`${line}\n13:00-14:00 Gym\n12:00-12:30 Lunch`);
        const title = /Standup at 9|Shower|Bus|Report|Read|Call mum|Write|Walk/.exec(pinned)[0];
        await item(title).locator('.tick').focus();
        await page.keyboard.press('p');
        await page.locator('#notice', { hasText: 'is pinned' }).waitFor();
        await item(title).and(page.locator('.fixed')).waitFor();
        await item(title).locator('.tick').focus();
        await page.keyboard.press('Alt+Shift+ArrowDown');
        await becomes(`${pinned}\n13:00-14:00 Gym\n12:00-12:30 Lunch`);
        await item(title).and(page.locator('.fixed')).waitFor();
        assert.equal(await lens('error').count(), 0);
    });

test('a longer to-do keeps its order, its window and how it may be split', async () => {
    await page.goto(BASE);
    await type('13:00-14:00 Gym\nCook 1h after:gym deadline 20:00 split late +home');
    await item('Cook').locator('.tick').focus();
    await page.keyboard.press('Alt+Shift+ArrowDown');
    await becomes(
        '13:00-14:00 Gym\nCook 1h5m by 20:00 split:15m +home after:gym late',
    );
    await item('Cook').locator('time', { hasText: '18:55' }).waitFor();
});

test('a done to-do that is renamed stays done', async () => {
    await at('10:00');
    await page.goto(BASE);
    await type('[x] Write 1h done 9:00\nWalk 1h');
    await change('Write');
    await page.fill('#block [name=title]', 'Draft');
    await press('Save');
    await becomes('[x] Draft 1h done 9:00\nWalk 1h');
});

test('a title that looks like a time is quoted, and no planned line is left out', async () => {
    await page.goto(BASE);
    const lines = ['Approve 12:60 draft 15m !2', 'Reply 3:75 note 10m', 'Sort 12:60 mail 10m'];
    await type(lines.join('\n'));
    await item('Sort 12:60 mail').waitFor();
    await page.locator('#problems').getByText('change each').click();
    await becomes(['"Approve 12:60 draft" 15m !2', '"Reply 3:75 note" 10m', '"Sort 12:60 mail" 10m']
        .join('\n'));
    await page.locator('#problems .warning').first().waitFor({ state: 'detached' });
    assert.equal(await page.locator('.todo').count(), 3);
    await type('Walk 30m after the fair');
    await page.locator('#problems', { hasText: 'names no to-do' }).waitFor();
    assert.equal(await page.getByText('skip this line').count(), 0);
    await page.locator('#problems .chip').click();
    await becomes('"Walk after the fair" 30m');
});

test('how often a to-do repeats stays in its line, for the plans of other dates', async () => {
    await page.goto(BASE);
    await type('Stand-up every weekday 9:15 15m\nRead 20m daily @evening');
    await page.locator('[aria-label="Change Stand-up"]').focus();
    await page.keyboard.press('Alt+Shift+ArrowDown');
    await becomes('09:15-09:35 Stand-up every weekday\nRead 20m daily @evening');
    await item('Stand-up').locator('time', { hasText: '09:35' }).waitFor();
    await page.locator('[aria-label="Change Read"]').focus();
    await page.keyboard.press('p');
    await becomes('09:15-09:35 Stand-up every weekday\n18:00-18:20 Read daily');
});
