/* Dates beside each other: seven columns, a text of several days, what is carried over. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import {
    BASE,
    SITE,
    accessible,
    at,
    becomes,
    begins,
    context,
    exportAs,
    item,
    lens,
    open,
    page,
    text,
    type,
    view,
} from './harness.mjs';

const WEEK = [
    'days: 7', 'date: 2026-11-23', 'Mon-Fri 9:00-17:00 Work', 'Dentist Tue 14:00 45m',
    'Gym 1h 3x/week after 17:00', 'Report 4h split by Fri', 'fill: 20m @evening on:mon,wed',
].join('\n');
const column = (n) => page.locator('.week-day').nth(n);
const dates = () => page.locator('.strip-date').allInnerTexts();
const pressed = () => page.locator('.strip-date[aria-pressed=true]').innerText();
const shot = (name) => process.env.SHOTS && page.screenshot({
    path: `${process.env.SHOTS}/${name}.png`,
    fullPage: true,
});

test('a text of seven days has a date at a time, and seven columns', async () => {
    await page.goto(BASE);
    await type(WEEK);
    await item('Dentist').waitFor();
    assert.match(await page.locator('#status').innerText(), /7 days, .*to-dos/);
    assert.match(await page.innerText('#for-date'), /Tuesday, 24 November/);
    assert.equal((await dates()).length, 7);
    assert.match(await pressed(), /24/);
    await accessible();
    await shot('span-day');
    await page.click('.strip-date >> nth=2');
    await page.locator('.song').first().waitFor();
    assert.equal(await item('Dentist').count(), 0);
    assert.match(await page.innerText('#for-date'), /Wednesday, 25 November/);
    assert.equal(await page.inputValue('#date'), '2026-11-25');
    await page.click('#show-week');
    assert.equal(await page.locator('.week-day').count(), 7);
    assert.match(await column(1).innerText(), /Dentist/);
    assert.match(await column(2).innerText(), /♪ \d+ songs/);
    assert.doesNotMatch(await column(3).innerText(), /♪/);
    assert.equal(await column(5).locator('.fixed').count(), 0);
    const tops = await page.locator('.week-block', { hasText: 'Work' }).evaluateAll((blocks) =>
        blocks.map((b) => b.getBoundingClientRect().top));
    assert.equal(new Set(tops).size, 1);
    await accessible();
    await shot('span-week');
    await page.emulateMedia({ colorScheme: 'dark' });
    await accessible();
    await shot('span-week-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.reload();
    await page.locator('.week-block').first().waitFor();
    assert.match(await pressed(), /25/);
    await page.locator('#result-title').focus();
    await page.keyboard.press('w');
    await page.locator('.timeline').waitFor();
});

/* The page that plans by itself too, where it is built. */
const passes = (address, name) => test(`${name} passes, and the rest is planned`, async () => {
    await page.goto(address);
    await at('12:00');
    await type(WEEK);
    await item('Dentist').waitFor();
    assert.equal(await page.inputValue('#now'), '12:00');
    await page.click('#show-week');
    assert.equal(await column(0).locator('.task').count(), 0);
    await page.locator('.week-block.task button', { hasText: 'Report' }).first().click();
    await page.locator('#block[open]').waitFor();
    assert.match(await page.innerText('#block'), /Report 4h split by Fri/);
    await accessible();
    await page.locator('#block').getByRole('button', { name: 'Done' }).click();
    await becomes(/\[x\] Report 4h/);
    await page.locator('.week-block', { hasText: 'Report' }).first().waitFor({ state: 'detached' });
    await page.locator('.week-block button', { hasText: 'Gym' }).first().click();
    await page.locator('#block').getByRole('button', { name: 'Change its line' }).click();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'day-text');
    await page.click('text=Plan all days');
    await page.locator('.week-day >> nth=0').locator('.week-block').first().waitFor();
});

for (const [name, address] of [['a week', BASE], ['a week without a server', SITE]])
    if (address) passes(address, name);

/* Whether a block of the week, its columns counted from 0, is there and done. */
const isDone = (n, title) => column(n).locator('.week-block.done', { hasText: title });
const inDialog = (name) => page.locator('#block').getByRole('button', { name, exact: true });

const ticks = (address, name) => test(`occurrences ${name} are ticked off one by one`, async () => {
    const lines = ['days: 7', 'date: 2026-11-23', 'Mon-Fri 9:00-9:15 Stand-up',
        'Read 30m every day after 20:00', 'Gym 1h 3x/week apart:2d after 17:00'];
    const is = (standUp, read, gym = '') =>
        becomes([...lines.slice(0, 2), lines[2] + standUp, lines[3] + read, lines[4] + gym]
            .join('\n'));
    await page.goto(address);
    await at('12:00');
    await type(lines.join('\n'));
    await item('Read').waitFor();
    await page.click('[aria-label="Tick off Read"]'); /* ahead: it ended now */
    await is('', ' done:2026-11-24 12:00');
    await item('Read').and(page.locator('.done')).waitFor();
    assert.match(await page.innerText('#notice'), /“Read” \(Tue 24 Nov\) was ticked off/);
    await page.click('#show-week');
    await isDone(1, 'Read').waitFor();
    assert.equal(await page.locator('.week-block.done').count(), 1);
    const gyms = () => page.locator('.week-block', { hasText: 'Gym' }).count();
    assert.equal(await gyms(), 3);

    await column(2).getByRole('button', { name: 'Read' }).click();
    await accessible();
    await inDialog('Done').click();
    await is('', ' done:2026-11-24 12:00,2026-11-25 20:30');
    await isDone(2, 'Read').waitFor();
    await column(1).getByRole('button', { name: 'Stand-up' }).focus();
    await page.keyboard.press('x');
    await is(' done:2026-11-24 09:15', ' done:2026-11-24 12:00,2026-11-25 20:30');
    await isDone(1, 'Stand-up').waitFor();
    assert.equal(
        await page.evaluate(() => document.activeElement.dataset.of), 'stand-up@2026-11-24');
    await column(4).getByRole('button', { name: 'Stand-up' }).focus();
    await page.keyboard.press('-');
    const standUp = ' done:2026-11-24 09:15 skipped:2026-11-27';
    await is(standUp, ' done:2026-11-24 12:00,2026-11-25 20:30');
    await page.locator('.skipped', { hasText: 'Skipped: Stand-up (Fri 27 Nov)' }).waitFor();
    assert.equal(await column(4).getByRole('button', { name: 'Stand-up' }).count(), 0);
    /* the next key changes no other date */
    assert.equal(await page.evaluate(() => document.activeElement.id), 'result-title');
    assert.equal(await page.locator('#problems', { hasText: 'skipped' }).count(), 0);
    assert.equal(await column(3).getByRole('button', { name: 'Stand-up' }).count(), 1);
    await accessible();
    await shot('span-ticked');

    /* Planned again later, those that happened keep their dates and times. */
    await at('13:00');
    await page.click('text=Replan the rest');
    await isDone(1, 'Read').locator('button[title^="11:30–12:00"]').waitFor();
    assert.equal(await page.locator('.week-block.done').count(), 3);
    await column(1).getByRole('button', { name: 'Read' }).click();
    assert.equal(await inDialog('Done').getAttribute('aria-pressed'), 'true');
    await inDialog('Planned').click();
    await is(standUp, ' done:2026-11-25 20:30');
    await column(1).locator('.week-block.task', { hasText: 'Read' }).waitFor();
    await isDone(2, 'Read').waitFor();
    await page.click('#undo');
    await is(standUp, ' done:2026-11-24 12:00,2026-11-25 20:30');
    await isDone(1, 'Read').waitFor();

    await page.click('[aria-label="Bring back Stand-up (Fri 27 Nov)"]');
    await is(' done:2026-11-24 09:15', ' done:2026-11-24 12:00,2026-11-25 20:30');
    await column(4).getByRole('button', { name: 'Stand-up' }).waitFor();
    await page.locator('.week-block button', { hasText: 'Gym' }).first().click();
    await inDialog('Skip').click();
    await becomes(/Gym 1h 3x\/week apart:2d after 17:00 skipped:2026-11-2\d$/);
    await page.locator('.skipped', { hasText: 'Gym' }).waitFor();
    assert.equal(await gyms(), 2);
    await page.click('[aria-label="Done: Read (Mon 23 Nov)"]');
    await becomes(/Read .* done:2026-11-24 12:00,2026-11-25 20:30,2026-11-23\n/);
    await page.locator('.missing', { hasText: 'Read' }).waitFor({ state: 'detached' });
    assert.equal(await lens('error').count(), 0);
});

for (const [name, address] of [['of a week', BASE], ['of a week without a server', SITE]])
    if (address) ticks(address, name);

test('the words of a line stay when its occurrences are ticked off', async () => {
    await at('12:00');
    await page.goto(BASE);
    await type('days: 7\ndate: 2026-11-23\n"Read done:fri" 30m every day done:mon 20:30, wed');
    await item('Read').waitFor();
    await item('Read').locator('.tick').focus();
    await page.keyboard.press('x');
    const line = '"Read done:fri" 30m every day done:mon 20:30,wed,2026-11-24 12:00';
    await becomes(`days: 7\ndate: 2026-11-23\n${line}`);
    await item('Read').and(page.locator('.done')).waitFor();
    await page.click('.strip-date >> nth=0');
    await item('Read').and(page.locator('.done')).locator('.more').click();
    await inDialog('Skip').click();
    await becomes(
        'days: 7\ndate: 2026-11-23\n' +
            '"Read done:fri" 30m every day done:wed,2026-11-24 12:00 skipped:2026-11-23',
    );
    assert.equal(await lens('error').count(), 0);
});

test('an overbooked date of a week is named', async () => {
    await page.goto(BASE);
    await type('date: 2026-11-23\ndays: 7\nReport 10h on Wed\nEssay 10h on Wed');
    await page
        .locator('.overload', { hasText: 'Overbooked from 2026-11-25 07:00 to 23:00' })
        .waitFor();
});

test('a phone shows one date of a week at a time', async () => {
    await context.close();
    await open({ viewport: { width: 390, height: 800 }, isMobile: true, hasTouch: true });
    await page.goto(BASE);
    await view('Text');
    await type(WEEK);
    await view('Schedule');
    await item('Dentist').waitFor();
    assert.equal(await page.isVisible('#show-week'), false);
    await page.click('.strip-date >> nth=4');
    await item('Work').waitFor();
    assert.match(await page.innerText('#for-date'), /Friday, 27 November/);
    await accessible();
    await shot('span-phone');
    const { width } = await page.evaluate(() => ({ width: document.body.scrollWidth }));
    assert.equal(width, 390);
});

test('dates of their own texts stand beside each other, and become one text', async () => {
    await page.goto(BASE);
    await type('9:00-10:00 Standup\nRead 45m after 18:00');
    await item('Read').waitFor();
    await page.click('.strip-date >> nth=3');
    await page.locator('.empty').waitFor();
    await type('Paint 2h after 10:00');
    await item('Paint').waitFor();
    await page.click('#show-week');
    assert.match(await column(1).innerText(), /Standup.*Read/s);
    assert.match(await column(3).innerText(), /Paint/);
    await accessible();
    await shot('days-week');
    await column(1).getByRole('button', { name: 'Standup' }).click();
    await page.waitForFunction(() => document.getElementById('date').value === '2026-11-24');
    assert.match(await text(), /Standup/);
    await type('Read 45m every day after 18:00');
    await page.click('text=Plan 7 days from this text');
    await page.locator('.week-day >> nth=6').getByRole('button', { name: 'Read' }).waitFor();
    assert.match(await text(), /^days: 7\n/);
    await page.click('[aria-label="The next week"]');
    await becomes('');
    assert.match(await page.innerText('#for-date'), /30 November 2026 to/);
    await page.locator('#result-title').focus();
    await page.keyboard.press('t');
    await page.locator('.week-day >> nth=6').getByRole('button', { name: 'Read' }).waitFor();
});

test('a day that is typed in the evening is planned for tomorrow with one tap', async () => {
    await at('23:40');
    await page.goto(BASE);
    await type(
        '9:00-10:00 Standup\n[x] Tea 5m done 22:00\n[-] Call 1h\n' +
            'Write 1h\n  the report\nWalk 30m',
    );
    await page.locator('#unplaced', { hasText: 'Your day ended at 23:00.' }).waitFor();
    await accessible();
    await shot('tomorrow');
    await page.click('text=Plan it for tomorrow');
    await item('Walk').waitFor();
    await becomes('9:00-10:00 Standup\nWrite 1h\n  the report\nWalk 30m\n');
    assert.equal(await page.inputValue('#date'), '2026-11-25');
    await page.click('#undo');
    await becomes('');
    await page.click('#today');
    await becomes(/Tea 5m/);
});

test('the songs during a to-do are one block of the week', async () => {
    await page.goto(BASE);
    // four hours: so much silence between the songs would end a block of songs without a to-do
    await type('17:00-21:00 Cook #music id:cook\nfill: 40m during:cook');
    await page.locator('.song').nth(5).waitFor();
    await page.click('#show-week');
    await page.locator('.week-music', { hasText: 'songs' }).waitFor();
    assert.equal(await page.locator('.week-block.music').count(), 1);
});

test('today opens first, and brings what another date left open, with one tap', async () => {
    await page.goto(BASE);
    await type('9:00-10:00 Standup\nFirst 45m\n[x] Done 1h\nSecond 30m started 7:00\n[-] Third');
    await item('First').waitFor();
    await page.fill('#date', '2026-11-27');
    await page.locator('.empty').waitFor();
    await page.clock.setFixedTime(new Date('2026-11-25T06:00:00'));
    await page.reload();
    const notice = page.locator('#notice', { hasText: '2 to-dos of Tuesday, 24 November' });
    await notice.waitFor();
    assert.match(await notice.innerText(), /not done: First, Second\./);
    assert.equal(await page.inputValue('#date'), '2026-11-25');
    await accessible();
    await shot('carry');
    await page.click('text=Bring to today');
    await item('Second').waitFor();
    assert.equal((await text()).trim(), 'First 45m\nSecond 30m');
    assert.equal(await begins('First') >= '06:00', true);
    await page.click('#undo');
    await becomes('');
    await page.reload();
    await page.locator('main.ready').waitFor();
    assert.equal(await page.locator('#notice', { hasText: 'not done' }).count(), 0);
});

test('a plan of several days that goes on keeps what it had', async () => {
    await at('07:00');
    await page.goto(BASE);
    await type('days: 3\ndate: 2026-11-24\nWrite 1h on:tue\nWalk 1h on:tue');
    await item('Walk').waitFor();
    const before = await begins('Walk');
    const asked = page.waitForRequest((r) => r.url().endsWith('/api/v1/schedule'));
    await type('days: 3\ndate: 2026-11-24\nAlso 1h on:tue\nWrite 1h on:tue\nWalk 1h on:tue');
    const { previous, now } = (await asked).postDataJSON();
    assert.equal(now, '2026-11-24T07:00');
    assert.equal(previous.days, 3);
    await item('Also').waitFor();
    assert.equal(await begins('Walk'), before);
    const [file] = await Promise.all([
        page.waitForEvent('download'),
        exportAs('Plan as text'),
    ]);
    assert.equal(file.suggestedFilename(), '2026-11-24-plan.txt');
    const lines = fs.readFileSync(await file.path(), 'utf8');
    for (const line of ['days: 3', 'Also', 'Walk']) assert.ok(lines.includes(line), lines);
});

test('a to-do without time on its dates gets another date', async () => {
    await page.goto(BASE);
    await type([
        'days: 3', 'date: 2026-11-24', 'day: 9:00-17:00', 'Move house 8h00m on:tue',
        'Paint 4h on:tue !2',
    ].join('\n'));
    await page.click('[aria-label^="Apply to Paint: do it on 2026-11-2"]');
    await becomes(/\nPaint 4h !2 on 2026-11-2[56]$/);
});

test('short to-dos one after the other are below each other in the week', async () => {
    await page.goto(BASE);
    await type('18:10-18:20 Shower\n18:30-18:40 Call mum\n18:50-19:35 Read');
    await item('Read').waitFor();
    await page.click('#show-week');
    const blocks = page.locator('.week-block');
    await blocks.nth(2).waitFor();
    const boxes = await Promise.all([0, 1, 2].map((i) => blocks.nth(i).boundingBox()));
    assert.equal(new Set(boxes.map((box) => box.width)).size, 1);
    assert.ok(boxes[0].y + boxes[0].height <= boxes[1].y && boxes[0].height > 14);
    assert.equal(await blocks.nth(2).locator('.when').innerText(), '18:50–19:35');
    await accessible();
});

test('a line of another date is planned with a click, in a plan of the week', async () => {
    await page.goto(BASE);
    await type('tomorrow: pack bags 30m\nGym 1h');
    await item('Gym').waitFor();
    await page.locator('#problems').getByRole('button', { name: 'plan 7 days' }).click();
    await becomes('days: 7\ntomorrow: pack bags 30m\nGym 1h');
    await page.locator('#strip button', { hasText: '25' }).click();
    await item('pack bags').waitFor();
    await page.locator('#undo').click();
    await type('tomorrow: a 30m\nWed: b 5m\nWed: c 10m\nGym 1h'); /* three alike are one message */
    await item('Gym').waitFor();
    await page.locator('#problems').getByRole('button', { name: 'plan 7 days' }).click();
    await becomes('days: 7\ntomorrow: a 30m\nWed: b 5m\nWed: c 10m\nGym 1h');
    await accessible();
});
