/* What becomes of a day: states, changes by hand, the clock, and a page without its server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
    BASE,
    accessible,
    at,
    becomes,
    begins,
    context,
    exportAs,
    forgive,
    item,
    lens,
    open,
    page,
    song,
    text,
    type,
    view,
} from './harness.mjs';

const change = (title) => page.click(`[aria-label="Change ${title}"]`);
const press = (name) => page.locator('#block').getByRole('button', { name, exact: true }).click();

test('what has become of a to-do is said with a click', async () => {
    await at('10:00');
    await page.goto(BASE);
    await type('Write 1h id:w\nRead 30m after:w');
    await item('Read').waitFor();
    await change('Write');
    await accessible();
    await press('Started');
    await item('Write').locator('.tag', { hasText: 'started' }).waitFor();
    assert.equal(await text(), 'Write 1h id:w started 10:00\nRead 30m after:w');
    await change('Write');
    assert.equal(await page.locator('#block [aria-pressed=true]').innerText(), 'Started');
    await page.fill('#block [name=left]', '25');
    await press('Paused');
    await item('Write').waitFor();
    assert.equal(await text(), 'Write 1h id:w paused 25m left\nRead 30m after:w');
    await change('Write');
    await press('Not started');
    await becomes(/^Write 1h id:w not started/);
    await item('Read').waitFor();
    await change('Read');
    await press('Skip today');
    await page.locator('.skipped', { hasText: 'Read' }).waitFor();
    assert.equal(await text(), 'Write 1h id:w not started\n[-] Read 30m after:w');
    await accessible();
    await page.click('[aria-label="Bring back Read"]');
    await item('Read').waitFor();
    assert.equal(await text(), 'Write 1h id:w not started\nRead 30m after:w');
});

test('a block is changed, duplicated and deleted by hand', async () => {
    await page.goto(BASE);
    await type('Gym 1h @evening #workout #health id:gym\nShower 15m after:gym');
    await item('Shower').waitFor();
    await change('Gym');
    assert.equal(await page.inputValue('#block [name=minutes]'), '60');
    assert.equal(await page.inputValue('#block [name=music]'), '#workout');
    await page.fill('#block [name=title]', 'Gym at 9');
    await page.fill('#block [name=minutes]', '45');
    await page.selectOption('#block [name=priority]', '2');
    await press('Save');
    await item('Gym at 9').waitFor();
    assert.equal(
        (await text()).split('\n')[0],
        '"Gym at 9" 45m !2 #workout @evening #health id:gym',
    );
    await change('Gym at 9');
    await page.fill('#block [name=start]', '5.30 pm');
    await press('Save');
    await item('Gym at 9').locator('time', { hasText: '17:30' }).waitFor();
    assert.match((await text()).split('\n')[0], /^17:30-18:15 "Gym at 9" !2 #workout .*id:gym$/);
    await change('Shower');
    await press('Duplicate');
    await page.locator('.todo', { hasText: 'Shower' }).nth(1).waitFor();
    assert.equal(
        (await text()).split('\n').slice(1).join('|'),
        'Shower 15m after:gym|Shower 15m after:gym',
    );
    await page.locator('[aria-label="Change Shower"]').first().click();
    await press('Delete');
    await page.locator('.todo', { hasText: 'Shower' }).nth(1).waitFor({ state: 'detached' });
    await page.click('#notice >> text=Undo');
    await page.locator('.todo', { hasText: 'Shower' }).nth(1).waitFor();
    await change('Gym at 9');
    await page.keyboard.press('Escape');
    assert.equal(
        await page.evaluate(() => document.activeElement.getAttribute('aria-label')),
        'Change Gym at 9',
    );
});

test('a to-do that is renamed keeps the id by which other lines name it', async () => {
    await page.goto(BASE);
    await type(
        '[x] Gym 1h #workout done 8:20\nShower 15m after:gym\nfill: 10m during:tea\nTea 20m',
    );
    await item('Shower').waitFor();
    await change('Gym');
    await page.fill('#block [name=title]', 'Swim');
    await press('Save');
    await item('Swim').waitFor();
    await change('Tea');
    await page.fill('#block [name=title]', 'Coffee');
    await press('Save');
    await item('Coffee').waitFor();
    await change('Shower');
    await page.fill('#block [name=title]', 'Bath');
    await press('Save');
    await item('Bath').waitFor();
    assert.equal(
        await text(),
        '[x] Swim 1h #workout id:gym done 8:20\nBath 15m after:gym\nfill: 10m during:tea\n' +
          'Coffee 20m id:tea',
    );
    assert.equal(await page.locator('#problems .error').count(), 0);
});

test('a line that has moved since planning is found by its text', async () => {
    await page.goto(BASE);
    await type('Write 1h\nWalk 1h\nLunch 30m !9');
    await item('Walk').waitFor();
    await page.uncheck('#auto');
    await page.locator('#day-text').focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('Dentist 1h\n');
    await becomes('Dentist 1h\nWrite 1h\nWalk 1h\nLunch 30m !9');
    await page.locator('#problems .chip').first().click();
    await becomes(/^Dentist 1h\nWrite 1h\nWalk 1h\nLunch 30m !\d$/);
    await page.click('[aria-label="Tick off Write"]');
    await becomes(/^Dentist 1h\n\[x\] Write 1h done 06:00\nWalk 1h\n/);
    await item('Dentist').waitFor();
    await page.locator('#day-text').focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('My ');
    await becomes(/^My Dentist/);
    await page.click('[aria-label="Tick off Dentist"]');
    await page.locator('#status', { hasText: 'This line has changed' }).waitFor();
    await becomes(/^My Dentist 1h\n/);
});

test('an event that is ticked off keeps its place, before it and after it', async () => {
    await at('08:00');
    await page.goto(BASE);
    await type('9:00-10:00 Standup\nWalk 1h after 12:00');
    await item('Walk').waitFor();
    await page.click('[aria-label="Tick off Standup"]');
    await item('Standup').and(page.locator('.done')).waitFor();
    assert.match(await item('Standup').innerText(), /09:00.*10:00/s);
    await page.click('#undo');
    await becomes('9:00-10:00 Standup\nWalk 1h after 12:00');
    await at('11:00');
    await page.reload();
    await item('Standup').waitFor();
    await change('Standup');
    await press('Done');
    await item('Standup').and(page.locator('.done')).waitFor();
    assert.match(await item('Standup').innerText(), /09:00.*10:00/s);
});

test('what a plan from a later time had passed is ahead again in a plan from now', async () => {
    await at('10:00');
    await page.goto(BASE);
    await type('Write 1h');
    await item('Write').waitFor();
    await page.fill('#now', '12:00');
    await page.click('text=Replan the rest');
    await page.locator('.passed', { hasText: 'Write' }).waitFor();
    await page.click('text=Plan from now');
    await page.locator('.passed').waitFor({ state: 'detached' });
    assert.ok((await begins('Write')) >= '10:00');
});

test('songs that may be meant are named where the song is missing', async () => {
    await page.goto(BASE);
    await type(`♪ ${song.title.slice(0, -2)}x - ${song.artist} after 10:00`);
    const card = page.locator('.missing', { hasText: 'Did you mean' });
    await card.waitFor();
    assert.match(await lens().first().innerText(), new RegExp(song.title));
    assert.doesNotMatch(await page.innerText('body'), /another candidate/);
    await accessible();
    await card.locator('.chip', { hasText: song.title }).first().click();
    await page.locator('.song').first().waitFor();
});

test('times are typed as people write them, on the clock of the timeline', async () => {
    await page.goto(BASE);
    await page.click('text=+ To-do');
    await page.fill('#todo-form [name=title]', 'Call');
    await page.fill('#todo-form [name=start]', '2 pm');
    await page.fill('#todo-form [name=end]', '14.45');
    await page.press('#todo-form [name=end]', 'Enter');
    await item('Call').waitFor();
    assert.equal(await text(), '14:00-14:45 Call');
    await page.fill('#todo-form [name=title]', 'No');
    await page.fill('#todo-form [name=start]', '25 pm');
    await page.click('#todo-form [type=submit]');
    assert.equal(
        await page.evaluate(() =>
            document.querySelector('#todo-form [name=start]').checkValidity(),
        ),
        false,
    );
    assert.equal(await text(), '14:00-14:45 Call');
});

test('the second of two hours is told from the first', async () => {
    await page.clock.setFixedTime(
        new Date('2026-10-25T01:10:00Z'),
    ); /* 02:10 for the second time in Berlin */
    await page.goto(BASE);
    await page.focus('#zone');
    await page.selectOption('#zone', 'Europe/Berlin');
    await page.fill('#date', '2026-10-25');
    await type('day: 00:00-12:00\nNap 20m');
    await item('Nap').waitFor();
    assert.match(await begins('Nap'), /^02:10 \(2nd\)$/);
    assert.match(await page.innerText('#now-next'), /Now Nap until 02:30 \(2nd\)/);
});

test('what is on now and next, with its song', async () => {
    await at('09:10');
    await page.goto(BASE);
    await type(
        `9:00-10:00 Work #music\n10:30-11:00 Call\n♪ ${song.title} - ${song.artist} at 10:10`,
    );
    await page.locator('#now-next', { hasText: 'Work until 10:00' }).waitFor();
    assert.match(await page.innerText('#now-next'), /Next Call at 10:30 · ♪ .* at 10:10/);
    assert.equal(
        await page.getAttribute('#now-next a', 'href'),
        `https://open.spotify.com/track/${song.track_id}`,
    );
    assert.equal(await page.locator('.now-line').isVisible(), true);
    await accessible();
    await page.fill('#date', '2026-11-25');
    await page.locator('.empty').waitFor();
    assert.equal(await page.innerText('#now-next'), '');
});

test('what begins is told to who asked for it', async () => {
    await page.clock.install({ time: new Date('2026-11-24T08:58:00') });
    await page.addInitScript(() => {
        window.told = [];
        window.leave = 'denied';
        window.Notification = class {
            constructor(title, { body }) {
                window.told.push(`${title} ${body}`);
            }
            static requestPermission = async () => window.leave;
        };
    });
    const told = () => page.evaluate(() => window.told);
    await page.goto(BASE);
    await type('9:00-10:00 Work\n10:00-11:00 Call');
    await page.clock.fastForward(1000);
    await item('Call').waitFor();
    await page.click('#tell'); /* and leave is not given */
    await page.waitForFunction(() => !document.getElementById('tell').checked);
    await page.clock.fastForward(180000);
    assert.deepEqual(await told(), []);
    await page.evaluate(() => (window.leave = 'granted'));
    await page.check('#tell');
    await accessible();
    await page.clock.fastForward(3600000);
    await page.waitForFunction(() => window.told.length > 0);
    assert.deepEqual(await told(), ['Call until 11:00']);
    await page.clock.fastForward(60000);
    assert.equal((await told()).length, 1);
});

test('the songs of a day are copied with their links', async () => {
    await page.goto(BASE);
    await type(`♪ ${song.title} - ${song.artist} at 10:10`);
    await page.locator('.song').first().waitFor();
    await exportAs('Copy songs');
    await page.locator('#notice', { hasText: 'clipboard' }).waitFor();
    assert.equal(
        await page.evaluate(() => navigator.clipboard.readText()),
        `10:10  ${song.title} - ${song.artist}  https://open.spotify.com/track/${song.track_id}\n`,
    );
});

test('without a network the page opens with the last schedule', async () => {
    await context.close();
    await open({ serviceWorkers: 'allow' });
    await page.goto(BASE);
    await type('12:00-12:45 Read');
    await item('12:45').waitFor();
    await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
    await context.setOffline(true);
    await page.reload();
    await item('12:45').waitFor();
    await page
        .locator('#status', { hasText: 'in this browser. Below is the last schedule.' })
        .waitFor();
    assert.equal(await text(), '12:00-12:45 Read');
    await accessible();
    await page.goto(`${BASE}/popularity`);
    await page.locator('#status', { hasText: 'cannot be reached' }).waitFor();
    await page.goto(BASE);
    await item('12:45').waitFor();
    await context.setOffline(false);
    await page.locator('#status', { hasText: '1 to-do' }).waitFor();
    forgive('ERR_INTERNET_DISCONNECTED');
});

test('a page that is left open for hours plans the rest from the time that it is', async () => {
    await at('08:00');
    await page.goto(BASE);
    await type('Lunch 30m after 12:00 before 20:00\nReport 2h after 13:00');
    await item('Report').waitFor();
    assert.equal(await page.inputValue('#now'), '08:00');
    await at('14:40');
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    assert.equal(await page.inputValue('#now'), '14:40');
    await page.click('[aria-label="Tick off Report"]');
    await becomes(/Report 2h after 13:00 done 14:40$/);
    await page.click('text=Replan the rest');
    await page.locator('.passed', { hasText: 'Lunch' }).waitFor();
    assert.equal(await begins('Lunch'), '14:45');
    /* The plan follows the clock from then on, too. */
    await at('15:30');
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    assert.equal(await page.inputValue('#now'), '15:30');
    await page.click('text=Replan the rest');
    await page.locator('#passed').getByRole('button', { name: 'Not yet' }).click();
    await item('Lunch').locator('time', { hasText: '15:30' }).waitFor();
});

test('a page that is left open overnight tells that it shows the day before', async () => {
    const focus = async (time) => {
        await page.clock.setFixedTime(new Date(time));
        await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    };
    await page.goto(BASE);
    await type('22:00-25:30 Party\nCall mum 20m');
    await item('Party').waitFor();
    await focus('2026-11-25T01:00:00'); /* the plan goes on past midnight */
    assert.equal(await page.getByText('Show today').count(), 0);
    await focus('2026-11-25T07:00:00');
    await page.locator('#notice', { hasText: 'plan of Tuesday, 24 November 2026' }).waitFor();
    await accessible();
    await page.click('text=Show today');
    await becomes('');
    assert.equal(await page.inputValue('#date'), '2026-11-25');
    await page.locator('#notice', { hasText: 'Call mum' }).waitFor();
});

test('the button of today offers what is left of the day before', async () => {
    await page.goto(BASE);
    await type('Call mum 20m\nRead 30m');
    await item('Call mum').waitFor();
    await page.clock.setFixedTime(new Date('2026-11-25T07:00:00'));
    await page.click('#today');
    await page.locator('#notice', { hasText: 'Call mum, Read' }).waitFor();
    await page.click('text=Bring to today');
    await becomes('Call mum 20m\nRead 30m\n');
});

test('of two windows side by side, the one without the focus follows the other', async () => {
    await page.goto(BASE);
    await type('Read 45m');
    await item('Read').waitFor();
    await page.evaluate(() => (document.hasFocus = () => false));
    const other = await context.newPage();
    await other.clock.setFixedTime(new Date('2026-11-24T06:00:00'));
    await other.goto(BASE);
    const tick = other.locator('[aria-label="Tick off Read"]');
    await tick.click();
    await becomes(/^\[x\] Read 45m/);
    await item('Read').locator('.tag', { hasText: 'done' }).waitFor();
    await page.evaluate(() => (document.hasFocus = () => true)); /* here the user types */
    await other.locator('#undo').click();
    await tick.waitFor();
    await page.waitForTimeout(600);
    assert.match(await text(), /^\[x\] Read 45m/);
    await other.close();
});

test('a notice about a long title leaves the schedule of a phone in sight', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(BASE);
    await view('Text');
    const title = 'Everything that somebody has dictated while walking the dog '.repeat(4).trim();
    await type(`"${title}" 45m`);
    await view('Schedule');
    await page.locator('.lanes .tick').click();
    await page.locator('#notice', { hasText: 'was ticked off' }).waitFor();
    const { height } = await page.locator('.notice').boundingBox();
    assert.ok(height < 170, `the notice is ${height} px high`);
    assert.match(await page.innerText('#notice'), /^“Everything that .*…” was ticked off/);
});
