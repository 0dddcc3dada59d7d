/* What a person does with the page, in a real browser: every state is also put to axe-core. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import {
    BASE,
    accessible,
    at,
    becomes,
    begins,
    context,
    exportAs,
    forgive,
    isReadOnly,
    item,
    lens,
    open,
    openExports,
    page,
    slowStorage,
    song,
    text,
    type,
    view,
} from './harness.mjs';

test('typing a day shows its times', async () => {
    await page.goto(BASE);
    await accessible();
    await type(
        '9:00-17:00 Work\nGym 1h after 17:00 #workout id:gym\n' +
          `♪ ${song.title} - ${song.artist} during:gym`,
    );
    await item('Gym').waitFor();
    assert.match(await item('Work').innerText(), /09:00.*17:00/s);
    assert.match(await item('Gym').innerText(), /17:05.*18:05/s);
    assert.match(await item(song.title).innerText(), /17:05:00/);
    assert.match(await page.locator('#status').innerText(), /2 to-dos, 1 song.*proved best/s);
    await accessible();
});

test('generate works without planning as one types', async () => {
    await page.goto(BASE);
    await page.uncheck('#auto');
    await type('Read 45m');
    await page.waitForTimeout(900);
    assert.equal(await page.locator('.lanes > li').count(), 0);
    await page.click('#generate');
    await item('Read').waitFor();
});

test('each wrong line has its message beside it', async () => {
    await page.goto(BASE);
    await type('Standup at 9\nRead 45m\nLunch 30m !9');
    await lens('error').first().waitFor();
    assert.equal(await lens('error').count(), 2);
    assert.match(await lens('error').first().innerText(), /at 21:00/);
    const items = await page.locator('#problems li').allInnerTexts();
    assert.match(items[0], /Error Line 1/);
    assert.match(items[1], /Error Line 3/);
    await accessible();
    await page.click('text=Line 3');
    const selected = await page.evaluate(() => {
        const { value, selectionStart, selectionEnd } = document.activeElement;
        return value
            ? value.slice(selectionStart, selectionEnd)
            : document.getSelection().toString();
    });
    assert.equal(selected, 'Lunch 30m !9');
});

test('an unknown song is replaced by a suggestion', async () => {
    await page.goto(BASE);
    const wrong = `${song.title.slice(0, -2)}x - ${song.artist}`;
    await type(`♪ ${wrong} after 10:00`);
    await page.locator('.chip').first().waitFor();
    await accessible();
    await page.locator('.chip').first().click();
    await item(song.title).waitFor();
    assert.equal(await text(), `♪ ${song.title} - ${song.artist} after 10:00`);
});

test('a title of several songs offers them', async () => {
    const title = 'Fading Signal';
    await page.goto(BASE);
    await type(`♪ ${title} after 10:00`);
    await page.locator('.chip').nth(1).waitFor();
    const chosen = await page.locator('.chip').nth(1).innerText();
    await page.locator('.chip').nth(1).click();
    await page.locator('.chip').first().waitFor({ state: 'detached' });
    assert.equal(await text(), `♪ ${chosen} after 10:00`);
});

test('the fix of an overbooked day is one click', async () => {
    await page.goto(BASE);
    await type('8:00-17:00 Work\nWrite report 2h by 18:00');
    await page.locator('.missing').first().waitFor();
    await accessible();
    assert.match(await page.locator('.missing').first().innerText(), /Write report/);
    await page.click('.missing .primary');
    await item('Write report').waitFor();
    assert.equal(await page.locator('.missing').count(), 0);
    assert.notEqual(await text(), '8:00-17:00 Work\nWrite report 2h by 18:00');
    await page.click('text=Undo');
    await page.locator('.missing').first().waitFor();
    assert.equal(await text(), '8:00-17:00 Work\nWrite report 2h by 18:00');
});

test('forms write lines', async () => {
    await page.goto(BASE);
    await page.click('#help-button');
    await page.locator('#help code').first().waitFor();
    await accessible();
    await page.click('text=+ To-do');
    await accessible();
    await page.fill('#todo-form [name=title]', 'Standup at 9');
    await page.fill('#todo-form [name=minutes]', '15');
    await page.press('#todo-form [name=title]', 'Enter');
    await item('Standup at 9').waitFor();
    await page.click('text=+ Song');
    await page.fill('[name=song]', song.title.slice(0, 4));
    const first = page.locator('#song-list li').first();
    await first.waitFor();
    const seconds = Math.round(song.duration_ms / 1000);
    const length = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    assert.equal(
        await first.locator('.details').innerText(),
        `${song.album} · ${song.release_date.slice(0, 4)} · ${length}`,
    );
    await accessible();
    await page.press('[name=song]', 'ArrowDown');
    await page.press('[name=song]', 'Enter');
    assert.match(await page.inputValue('[name=song]'), / - /);
    await page.press('[name=song]', 'Enter');
    await page.locator('.song').first().waitFor();
    assert.match(await text(), /^"Standup at 9" 15m\n♪ .+ - .+$/);
});

async function download(button, press = exportAs) {
    const [file] = await Promise.all([
        page.waitForEvent('download'),
        press(button),
    ]);
    return fs.readFileSync(await file.path(), 'utf8');
}

test('the day is exported', async () => {
    await page.goto(BASE);
    await type(`9:00-10:00 Call\n♪ ${song.title} - ${song.artist} at 11:00`);
    await page.locator('.song').first().waitFor();
    assert.match(await download('Calendar'), /^BEGIN:VCALENDAR\r\n[^]*SUMMARY:Call\r\n/);
    assert.equal(
        await download('Spotify links'),
        `https://open.spotify.com/track/${song.track_id}\n`,
    );
    const m3u = await download('M3U');
    assert.ok(m3u.startsWith('#EXTM3U\n'));
    assert.ok(
        m3u.includes(
            `,${song.artist} - ${song.title}\nhttps://open.spotify.com/track/${song.track_id}\n`,
        ),
    );
    assert.equal(JSON.parse(await download('JSON')).entries.length, 2);
});

test('a calendar program subscribes to the day, with a reminder', async () => {
    await page.goto(BASE);
    await type('9:00-10:00 Call');
    await item('Call').waitFor();
    assert.ok(!(await download('Calendar')).includes('VALARM'));
    await openExports();
    await page.getByLabel('Reminder in the calendar').selectOption('5');
    assert.match(await download('Calendar'), /\r\nTRIGGER:-PT5M\r\n/);
    await exportAs('Subscribe');
    await page.locator('#notice', { hasText: 'clipboard' }).waitFor();
    const address = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(address.startsWith(`${new URL(BASE).origin}/api/v1/feed.ics?plan=`));
    const link = await page.getAttribute('#notice a.feed', 'href');
    assert.equal(link, address.replace(/^http:/, 'webcal:'));
    const calendar = await page.evaluate(async (url) => (await fetch(url)).text(), address);
    assert.match(calendar, /SUMMARY:Call\r\n[^]*TRIGGER:-PT5M\r\n/);
    await page.reload();
    await item('Call').waitFor();
    assert.equal(await page.getByLabel('Reminder in the calendar').inputValue(), '5');
    await openExports();
    await page.getByLabel('Reminder in the calendar').selectOption('');
});

test('the day stays in the browser', async () => {
    await page.goto(BASE);
    await type('Read 45m');
    await item('Read').waitFor();
    await page.reload();
    await item('Read').waitFor();
    assert.equal(await text(), 'Read 45m');
    await page.click('#clear');
    await page.reload();
    await page.locator('.empty').waitFor();
});

test('a link brings the day to another browser', async () => {
    await page.goto(BASE);
    await type('Read "Ünïcode" 45m');
    await item('Read').waitFor();
    await exportAs('Copy link');
    await page.locator('#notice', { hasText: 'clipboard' }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await context.close();
    await open();
    await page.goto(link);
    await page.click('text=Use this');
    await page.locator('#notice', { hasText: 'now yours' }).waitFor();
    await page.reload();
    await item('Read').waitFor();
    assert.equal(await text(), 'Read "Ünïcode" 45m');
});

test('ticking off and replanning', async () => {
    await page.goto(BASE);
    await type('Write 1h id:w\nRead 1h after:w\nWalk 1h');
    await item('Walk').waitFor();
    await page.fill('#now', '12:00');
    await page.click('text=Replan the rest');
    await page.locator('.now-line, .lanes').first().waitFor();
    await item('Write').locator('time', { hasText: '12:00' }).waitFor();
    await page.click('[aria-label="Tick off Write"]');
    await page.locator('.todo.done').waitFor();
    assert.equal(
        await text(),
        '[x] Write 1h id:w done 12:00\nRead 1h after:w\nWalk 1h',
    );
    await accessible();
});

test('the page of what is popular', async () => {
    await page.goto(`${BASE}/popularity`);
    await page.locator('#features svg').waitFor();
    assert.equal(await page.locator('figure svg[role=img]').count(), 5);
    assert.equal(await page.locator('#top li').count(), 12);
    assert.match(
        await page.locator('#top li').first().innerText(),
        new RegExp(`${song.popularity}$`),
    );
    await accessible();
    const genre = await page.locator('[name=genre] option').nth(1).getAttribute('value');
    await page.selectOption('[name=genre]', genre);
    await page.locator('#genres summary').click();
    await page.fill('[name=year_min]', '9999');
    await page.locator('text=No song in the catalog matches').first().waitFor();
    await accessible();
});

test('what is counted: the default, or what the person chooses', async () => {
    await page.goto(`${BASE}/popularity`);
    const status = page.locator('#status');
    await status.locator('text=tracks counted').waitFor();
    const usual = await status.innerText();
    const top = await page.innerText('#top');
    const asked = [];
    page.on('request', (r) => asked.push(new URL(r.url()).searchParams.get('count')));
    await page.selectOption('[name=count]', 'entries');
    await status.locator('text=playlist entries counted').waitFor();
    assert.ok(parseInt(await status.innerText(), 10) >= parseInt(usual, 10));
    assert.ok(asked.every((count) => count === 'entries'));
    asked.length = 0;
    await page.selectOption('[name=count]', '');
    await status.locator('text=tracks counted').waitFor();
    assert.equal(await status.innerText(), usual);
    assert.ok(asked.length > 0 && asked.every((count) => count === null));
    assert.equal(await page.innerText('#top'), top);
    await page.selectOption('[name=count]', 'recordings');
    await status.locator('text=recordings counted').waitFor();
    assert.equal(await page.innerText('#top'), top);
});

test('both pages say which songs they know', async () => {
    for (const path of ['/', '/popularity']) {
        await page.goto(BASE + path);
        await page.locator('#catalog-info', { hasText: /\d artists.* from .*\.csv/ }).waitFor();
    }
    await page.route('**/api/v1/catalog', async (route) => {
        const answer = await route.fetch();
        const info = await answer.json();
        const [file] = info.report.files;
        Object.assign(file, {
            assumed: ['lengths are in seconds'],
            ignored: ['mood'],
            made_ids: 2,
        });
        await route.fulfill({ response: answer, json: info });
    });
    await page.goto(BASE);
    await page.click('#catalog-info summary');
    assert.match(
        await page.innerText('#catalog-info'),
        /lengths are in seconds\n2 songs without an id.*\nnot read: mood/,
    );
    await accessible();
});

test('by keyboard alone', async () => {
    await page.goto(BASE);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.locator('#day-text').focus();
    await page.keyboard.type('8:00-17:00 Work\nWrite report 2h by 18:00');
    await page.keyboard.press('Control+Enter');
    await page.locator('.missing .primary').waitFor();
    const seen = new Set();
    for (let i = 0; i < 60; i++) {
        await page.keyboard.press('Tab');
        const name = await page.evaluate(
            () =>
                document.activeElement.getAttribute('aria-label') ||
                document.activeElement.textContent.trim() ||
                document.activeElement.id,
        );
        seen.add(name);
        if (name.startsWith('Apply')) break;
    }
    for (const name of ['Generate schedule', 'Export and share', 'Replan the rest'])
        assert.ok(seen.has(name), `${name} in ${[...seen]}`);
    await page.keyboard.press('Enter');
    await item('Write report').waitFor();
});

for (const colorScheme of ['light', 'dark']) {
    test(`on a phone, ${colorScheme}`, async () => {
        await context.close();
        await open({ viewport: { width: 390, height: 844 }, colorScheme, hasTouch: true });
        for (const path of ['/', '/popularity']) {
            await page.goto(BASE + path);
            if (path === '/') {
                await page.click('text=Show me an example');
                await page.locator('.song').first().waitFor();
            } else {
                await page.locator('#features svg').waitFor();
            }
            await accessible();
            assert.equal(
                await page.evaluate(() => document.documentElement.scrollWidth),
                390,
                `${path} is wider than the phone`,
            );
        }
    });
}

/* Controls that are hit on less than 44 px in either direction; links within text may be less. */
const tooSmall = () =>
    page.evaluate(() => {
        const reach = (element, x, y, dx, dy) => {
            const isHit = (by) => {
                const hit = document.elementFromPoint(x + dx * by, y + dy * by);
                return hit && (element.contains(hit) || hit.closest('label') === element);
            };
            let by = 0;
            while (by < 44 && isHit(by + 1)) by += 1;
            return by;
        };
        const within = (element) => {
            const box = element.getBoundingClientRect();
            const at = [box.left + box.width / 2, box.top + box.height / 2];
            return [[0, 1], [1, 0]].every(
                ([dx, dy]) =>
                    reach(element, ...at, dx, dy) + reach(element, ...at, -dx, -dy) >= 42,
            );
        };
        const isText = (element) =>
            element.matches('.now-next a, .problems .link, .skipped .link, .slim .more');
        return [...document.querySelectorAll('button, a, select, summary, label.check')]
            .filter((element) => element.checkVisibility({ visibilityProperty: true }))
            .filter((element) => !isText(element) && !element.matches('.skip, .strip-date'))
            .filter((element) => {
                element.scrollIntoView({ block: 'center' });
                return !within(element);
            })
            .map((element) => element.getAttribute('aria-label') || element.textContent);
    });

test('on a phone a finger hits every control, at 320 px nothing is cut off', async () => {
    for (const width of [390, 320]) {
        await context.close();
        await open({ viewport: { width, height: 844 }, hasTouch: true, isMobile: true });
        await page.goto(BASE);
        await page.click('#text-view');
        const day = ['9:00-12:00 Work', 'Gym 1h after 17:00 #workout', 'Read 15h30m'];
        await type([...day, 'fill: 20m during:gym'].join('\n'));
        if (width === 390) assert.deepEqual(await tooSmall(), []);
        await view('Schedule');
        await page.locator('.missing', { hasText: 'Read' }).waitFor();
        if (width === 390) assert.deepEqual(await tooSmall(), []);
        await accessible();
        await page.goto(`${BASE}/popularity`);
        await page.locator('#features svg').waitFor();
        if (width === 390) assert.deepEqual(await tooSmall(), []);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    }
});

test('exports are behind a button; a choice, Escape and a press elsewhere close it', async () => {
    for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 900 }]) {
        await context.close();
        await open({ viewport, hasTouch: true });
        await page.goto(BASE);
        await page.click('text=Show me an example');
        await item('Gym').waitFor();
        const list = page.locator('#exports');
        const button = page.getByRole('button', { name: 'Export and share' });
        assert.equal(await list.isVisible(), false);
        await button.click();
        await accessible();
        await page.keyboard.press('Escape');
        await list.waitFor({ state: 'hidden' });
        await button.click();
        await page.click('#result-title');
        await list.waitFor({ state: 'hidden' });
        await exportAs('Copy link');
        await list.waitFor({ state: 'hidden' });
        await page.locator('#notice', { hasText: 'on the clipboard' }).waitFor();
        await accessible();
    }
});

test('of many unscheduled to-dos the first ones are shown, the others on request', async () => {
    await page.goto(BASE);
    const todos = Array.from({ length: 9 }, (_, i) => `Chore ${i + 1} 10h`);
    await type(['day: 08:00-20:00', '8:00-19:00 Work', ...todos].join('\n'));
    const more = page.locator('#unplaced summary');
    await more.waitFor();
    const hidden = page.locator('.missing', { hasText: 'Chore 9' });
    assert.equal(await hidden.isVisible(), false);
    await more.click();
    assert.equal(await hidden.isVisible(), true);
    await hidden.getByRole('button', { name: 'Change Chore 9' }).click();
    await page.fill('#block [name=minutes]', '30');
    await page.click('#block >> text=Save');
    await item('Chore 9').waitFor();
    assert.equal(await page.locator('#unplaced details').getAttribute('open'), '');
});

test('a fixed event is moved out of the way with one click', async () => {
    await page.goto(BASE);
    await type('day: 08:00-12:00\n9:00-10:00 Standup #focus\nWrite report 3h');
    await page.click('[aria-label^="Apply to Write report: move Standup"]');
    await item('Write report').waitFor();
    await becomes(/^day: 08:00-12:00\n08:00-09:00 Standup #focus\nWrite report 3h$/);
    await page.click('#undo');
    await becomes('day: 08:00-12:00\n9:00-10:00 Standup #focus\nWrite report 3h');
});

test('on a phone the schedule comes first, and the text is behind a tab', async () => {
    await context.close();
    await open({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await page.goto(BASE);
    assert.equal(await page.isVisible('#day-text'), false);
    await page.getByRole('button', { name: 'Write your day' }).click();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'day-text');
    await page.keyboard.type('Read 45m\nLunch 30m !9');
    await lens('error').waitFor();
    assert.equal(await page.isVisible('#timeline'), false);
    await accessible();
    await page.click('#generate');
    await item('Read').waitFor();
    assert.equal(await page.innerText('#text-view'), 'Text (1 to fix)');
    await accessible();
    await page.click('#text-view');
    await type('Read 45m');
    await page.waitForFunction(
        () => document.getElementById('text-view').textContent === 'Text',
    );
    await page.reload();
    await item('Read').waitFor();
    assert.equal(await page.isVisible('#day-text'), false);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => document.getElementById('text-view').click());
    assert.equal(await page.isVisible('#timeline'), true);
});

test('all days go into a file and come back from it, and can be undone', async () => {
    await page.goto(BASE);
    await type('First 45m');
    await item('First').waitFor();
    await page.fill('#date', '2026-11-26');
    await page.locator('.empty').waitFor();
    await type('Other 45m');
    await item('Other').waitFor();
    const saved = await download('Save all days', (name) => page.click(`text=${name}`));
    assert.deepEqual(
        JSON.parse(saved).days.map((day) => [day.date, day.text]),
        [['2026-11-24', 'First 45m'], ['2026-11-26', 'Other 45m']],
    );
    await context.close();
    await open();
    await page.goto(BASE);
    await type('Mine 45m');
    await item('Mine').waitFor();
    const give = (name, text) =>
        page.setInputFiles('#days-file', {
            name,
            mimeType: 'application/json',
            buffer: Buffer.from(text),
        });
    await give('wrong.json', '{"days": []}');
    await page.locator('#notice', { hasText: 'wrong.json is not a file that' }).waitFor();
    await give('bad.json', saved.replace('2026-11-26', '2026-13-26'));
    await page.locator('#notice', { hasText: 'damaged, so nothing was loaded' }).waitFor();
    assert.equal(await text(), 'Mine 45m');
    await give('days.json', saved);
    await page.locator('#notice', { hasText: '2 days, 2 of them new or changed' }).waitFor();
    await item('First').waitFor();
    await page.click('#undo');
    await item('Mine').waitFor();
    await page.fill('#date', '2026-11-26');
    await item('Other').waitFor();
    await accessible();
});

test('each day is kept in the database of the browser, for all its tabs', async () => {
    await page.goto(BASE);
    await type('Read 45m');
    await item('Read').waitFor();
    await page.reload();
    await item('Read').waitFor();
    assert.equal(await text(), 'Read 45m');
    const names = await page.evaluate(() => Object.keys(localStorage));
    assert.deepEqual(names.filter((name) => name !== 'musicsched.settings'), []);
    const other = await context.newPage();
    await other.clock.setFixedTime(new Date('2026-11-24T06:00:00'));
    await other.goto(BASE);
    await other.locator('.lanes > li', { hasText: 'Read' }).waitFor();
    await other.fill('#date', '2026-11-26');
    await other.locator('.empty').waitFor();
    await other.click('text=Show me an example');
    await other.locator('.song').first().waitFor();
    await page.fill('#date', '2026-11-26');
    await becomes(/Dance Monkey|Gym/);
    await other.click('#clear');
    await other.locator('.empty').waitFor();
    /* The other tab may still be telling what it changed. */
    for (let i = 0; i < 400 && (await text()).includes('Shower'); i++) {
        await page.evaluate(() => window.dispatchEvent(new Event('focus')));
        await page.waitForTimeout(50);
    }
    await becomes('');
    await other.close();
});

test('slow storage neither delays the page nor loses what it has', async () => {
    await page.goto(BASE);
    await type('First 45m');
    await item('First').waitFor();
    await page.fill('#date', '2026-11-23');
    await page.locator('.empty').waitFor();
    await type('Open 20m');
    await item('Open').waitFor();
    await slowStorage();
    await page.addInitScript(() => sessionStorage.clear()); /* as in another tab */
    await page.reload();
    await page.locator('main.ready').waitFor();
    await type('Second 20m');
    await item('Second').waitFor();
    await page.evaluate(() => window.answers());
    await item('First').waitFor();
    await becomes('First 45m\nSecond 20m');
    await page.locator('#notice', { hasText: 'not done: Open' }).waitFor();
    await page.reload();
    await page.evaluate(() => window.answers());
    await item('Second').waitFor();
    await becomes('First 45m\nSecond 20m');
});

test('where storage is blocked, the page says so, works, and saves a file', async () => {
    await page.addInitScript(() =>
        Object.defineProperty(window, 'indexedDB', {
            get() {
                throw new DOMException('blocked', 'SecurityError');
            },
        }));
    await page.goto(BASE);
    await page.locator('#notice', { hasText: 'does not keep your days' }).waitFor();
    await page.locator('#kept', { hasText: 'end with this visit' }).waitFor();
    await type('Read 45m');
    await item('Read').waitFor();
    await page.fill('#date', '2026-11-26');
    await page.locator('.empty').waitFor();
    await page.fill('#date', '2026-11-24');
    await item('Read').waitFor();
    const [saved] = await Promise.all([page.waitForEvent('download'), page.click('#save-days')]);
    const { days } = JSON.parse(fs.readFileSync(await saved.path(), 'utf8'));
    assert.deepEqual(days.map((d) => d.text), ['Read 45m']);
    await accessible();
});

test('today is planned from now on, another day as a whole', async () => {
    await at('14:43');
    await page.goto(BASE);
    await type('Write report 2h\nCall mum 20m');
    await item('Call mum').waitFor();
    for (const title of ['Write report', 'Call mum'])
        assert.ok((await begins(title)) >= '14:43', title);
    await page.click('text=Plan the whole day');
    await item('Write report').locator('time', { hasText: '07:00' }).waitFor();
    await page.fill('#date', '2026-11-25');
    await page.locator('.empty').waitFor();
    await type('Write report 2h');
    await item('Write report').locator('time', { hasText: '07:00' }).waitFor();
});

test('today is the day of the time zone that is chosen', async () => {
    await at('14:43'); /* 23:43 in Tokyo */
    await page.goto(BASE);
    await page.focus('#zone');
    await page.locator('#zone option').nth(100).waitFor({ state: 'attached' });
    await page.selectOption('#zone', 'Asia/Tokyo');
    await type('day: 07:00-26:00\nRead 20m');
    await item('Read').waitFor();
    assert.ok((await begins('Read')) >= '23:43');
});

test('what has passed is asked about: done, or planned again', async () => {
    await at('08:00');
    await page.goto(BASE);
    await type('Write 1h\nWalk 1h');
    await item('Walk').waitFor();
    assert.equal(await page.locator('.passed').count(), 0);
    await at('11:00');
    await page.reload();
    await page.locator('.passed', { hasText: 'Walk' }).waitFor();
    await page.click('[aria-label="Done: Write"]');
    await page.locator('.todo.done', { hasText: 'Write' }).waitFor();
    assert.equal(await text(), '[x] Write 1h done 09:00\nWalk 1h');
    await page.click('[aria-label="Not yet: Walk"]');
    await page.locator('.passed').waitFor({ state: 'detached' });
    assert.ok((await begins('Walk')) >= '11:00');
    /* The browser's own undo brings back the line, and the to-do is there once. */
    await type('Write 1h\nWalk 1h');
    await page.locator('.todo.done').waitFor({ state: 'detached' });
    assert.equal(await page.locator('.todo', { hasText: 'Write' }).count(), 1);
});

const packed = (text) => deflateRawSync(text).toString('base64url');

test('a shared day is looked at first, and only taken when asked', async () => {
    await page.goto(BASE);
    await type('Own 45m');
    await item('Own').waitFor();
    const day = { text: 'Theirs 45m', date: '2026-11-24', zone: 'Asia/Tokyo' };
    const link = `${BASE}/#day=${packed(JSON.stringify(day))}`;
    await page.goto(link);
    await item('Theirs').waitFor();
    await page.locator('text=Keep mine').waitFor();
    await accessible();
    assert.equal(await isReadOnly(), true);
    await page.reload();
    await item('Own').waitFor();
    assert.equal(await page.inputValue('#zone'), '');
    await page.goto(link);
    await page.click('text=Keep mine');
    await item('Own').waitFor();
    assert.equal(await text(), 'Own 45m');
    await page.goto(link);
    await page.click('#notice button >> text=Use this');
    await page.locator('#notice', { hasText: 'now yours' }).waitFor();
    assert.equal(await text(), 'Theirs 45m');
    await page.click('#notice >> text=Undo');
    await item('Own').waitFor();
});

test('a shared day of another date stays open when the page is loaded again', async () => {
    const day = { text: 'Theirs 45m', date: '2026-11-27', zone: 'Europe/Berlin' };
    await page.goto(`${BASE}/#day=${packed(JSON.stringify(day))}`);
    await page.click('#notice button >> text=Use this');
    await page.locator('#notice', { hasText: 'now yours' }).waitFor();
    await page.waitForTimeout(500); /* until it is stored */
    await page.reload();
    await item('Theirs').waitFor();
    assert.equal(await page.inputValue('#date'), '2026-11-27');
});

test('a link with a wrong date, a broken one and a bomb are told and harm nothing', async () => {
    await page.goto(BASE);
    await type('Own 45m');
    await item('Own').waitFor();
    const theirs = { text: 'Theirs 45m', date: 'x', zone: 'No/Where' };
    await page.goto(`${BASE}/#day=${packed(JSON.stringify(theirs))}`);
    await page.locator('#notice', { hasText: 'no valid date' }).waitFor();
    assert.equal(await page.inputValue('#date'), '2026-11-24');
    await page.click('text=Keep mine');
    await item('Own').waitFor();
    const bomb = packed(
        JSON.stringify({ text: 'A 1m\n'.repeat(1500000), date: '2026-11-24' }),
    );
    for (const [code, told] of [
        ['br%%oken', 'damaged'],
        [bomb.slice(0, 40), 'damaged'],
        [bomb, 'too large'],
    ]) {
        await page.goto(`${BASE}/#day=${code}`);
        await page.locator('#notice', { hasText: told }).waitFor();
        assert.equal(await text(), 'Own 45m');
    }
});

test('Clear and Example can be undone for as long as it takes', async () => {
    await page.goto(BASE);
    await type('Own 45m');
    await item('Own').waitFor();
    await page.click('#example');
    await page.locator('.song').first().waitFor();
    await page.waitForTimeout(700);
    await page.click('#notice >> text=Undo');
    await item('Own').waitFor();
    assert.equal(await text(), 'Own 45m');
    await page.click('#clear');
    await page.waitForTimeout(700);
    await page.reload();
    await page.click('#notice >> text=Undo');
    await item('Own').waitFor();
    assert.equal(await text(), 'Own 45m');
});

test('the focus stays where the person works', async () => {
    const focused = () =>
        page.evaluate(
            () => document.activeElement.getAttribute('aria-label') || document.activeElement.id,
        );
    await page.goto(BASE);
    await type('8:00-17:00 Work\nWrite report 2h by 18:00\nRead 20m');
    await page.locator('.missing .primary').waitFor();
    await page.evaluate(() => {
        window.textFocused = 0;
        document.activeElement.blur();
        document
            .getElementById('day-text')
            .addEventListener('focus', () => (window.textFocused += 1));
    });
    await page.click('.missing .primary');
    await item('Write report').waitFor();
    assert.equal(await focused(), 'result-title');
    await page.click('[aria-label="Tick off Read"]');
    await page.locator('.todo.done').first().waitFor();
    assert.equal(await focused(), 'Change Read'); /* it cannot be ticked off again */
    assert.equal(await page.evaluate(() => window.textFocused), 0);
});

test('the form for music to fill writes several fills, also during a to-do', async () => {
    await page.goto(BASE);
    await type('Gym session 1h after 17:00 #workout\nRead 30m');
    await item('Gym session').waitFor();
    await page.click('text=+ Music to fill');
    await page.locator('#fill-form [name=genre] option').nth(1).waitFor({ state: 'attached' });
    const send = () => page.click('#fill-form [type=submit]');
    const said = page.locator('#fill-form output');
    await send();
    await said.filter({ hasText: 'Enter the minutes' }).waitFor();
    await page.fill('#fill-form [name=minutes]', '20');
    await page.selectOption('#fill-form [name=daypart]', '@morning');
    await page.selectOption('#fill-form [name=mood]', '#calm');
    await page.click('text=Add another fill');
    await page.focus('[name=during-1]');
    const hosts = await page.locator('[name=during-1] option').allInnerTexts();
    assert.deepEqual(hosts, ['no to-do', 'Gym session']);
    await page.selectOption('[name=during-1]', 'gym-session');
    await page.selectOption('[name=daypart-1]', '@evening');
    await send();
    await said.filter({ hasText: 'not both' }).waitFor();
    assert.equal(await page.getAttribute('[name=during-1]', 'aria-invalid'), 'true');
    await page.selectOption('[name=daypart-1]', '');
    await page.fill('[name=longest-1]', '4');
    await page.click('text=Add another fill');
    await page.locator('text=Remove this fill').nth(1).click();
    await accessible();
    await send();
    await becomes(
        'Gym session 1h after 17:00 #workout\nRead 30m\n' +
            'fill: 20m @morning #calm\nfill: during:gym-session max:4m',
    );
    await item('Gym session').waitFor();
    await page.locator('.song.fill').nth(3).waitFor();
    assert.equal(await page.locator('#problems .error').count(), 0);
    assert.equal(await page.locator('.fill-row').count(), 1);
});

test('a title in the to-do form is never read as anything else', async () => {
    const titles = ['// odd', '> quote', '+ sugar', '~~no~~', '✓ thing', '☑ box', 'x', 'fill',
        'tomorrow prep', 'high priority', 'today mail', 'Zoom in', 'TODO mail', 'Plain words'];
    await page.goto(BASE);
    await page.click('text=+ To-do');
    for (const title of titles) {
        await page.fill('#todo-form [name=title]', title);
        await page.fill('#todo-form [name=minutes]', '7');
        await page.click('#todo-form .primary');
    }
    await page.locator('#status', { hasText: `${titles.length} to-dos` }).waitFor();
    const shown = await page.locator('.todo strong').allInnerTexts();
    assert.deepEqual(shown.map((s) => s.trim()).sort(), [...titles].sort());
    assert.equal(await page.locator('.todo.done').count(), 0);
    assert.match(await text(), /^Plain words 7m$/m);
});

test('the to-do form writes every field or says why not', async () => {
    await page.goto(BASE);
    await page.click('text=+ To-do');
    const send = async (fields) => {
        for (const name of ['title', 'start', 'end', 'minutes', 'earliest', 'latest'])
            await page.fill(`#todo-form [name=${name}]`, fields[name] || '');
        await page.selectOption('#todo-form [name=priority]', fields.priority || '1');
        await page.click('#todo-form [type=submit]');
        return page.innerText('#todo-form output');
    };
    assert.match(
        await send({ title: 'A', start: '13:00', latest: '12:00' }),
        /ends at 13:30, which is after 12:00/,
    );
    assert.equal(await page.getAttribute('#todo-form [name=latest]', 'aria-invalid'), 'true');
    assert.equal(
        await page.getAttribute('#todo-form [name=latest]', 'aria-describedby'),
        'todo-form-hint',
    );
    await accessible();
    assert.match(await send({ title: 'A', end: '12:00' }), /a start or minutes/);
    assert.match(
        await send({ title: 'A', start: '16:00', end: '15:00' }),
        /15:00 is before the start/,
    );
    assert.match(
        await send({ title: 'A', start: '09:00', end: '10:00', minutes: '20' }),
        /1h, not 20m/,
    );
    assert.match(
        await send({ title: 'A', earliest: '09:00', latest: '09:20', minutes: '30' }),
        /does not fit/,
    );
    assert.equal(await text(), '');
    await send({ title: 'A', end: '12:00', minutes: '20' });
    await send({ title: 'B', start: '22:00', end: '01:00', priority: '2' });
    await send({ title: 'C', earliest: '09:00', latest: '12:00', minutes: '30', priority: '3' });
    assert.equal(
        await text(),
        '11:40-12:00 A\n22:00-25:00 B !2\nC 30m after 09:00 by 12:00 !3',
    );
    await item('C').waitFor();
    assert.equal(await page.getAttribute('#day-text', 'aria-invalid'), 'false');
});

test('each date has its own day, and today asks what to take along', async () => {
    await page.goto(BASE);
    await type('First 45m');
    await item('First').waitFor();
    await page.fill('#date', '2026-11-26');
    await page.locator('.empty').waitFor();
    await type('Other 45m\n[x] Gone');
    await item('Other').waitFor();
    await page.click('#today');
    await item('First').waitFor();
    assert.equal(await page.inputValue('#date'), '2026-11-24');
    await page.clock.setFixedTime(new Date('2026-11-25T06:00:00'));
    await page.reload();
    await page.locator('#notice', { hasText: 'One to-do of Tuesday, 24 November' }).waitFor();
    assert.equal(await page.inputValue('#date'), '2026-11-25');
    await page.click('text=Bring to today');
    await item('First').waitFor();
    await page.fill('#date', '2026-11-26');
    await item('Other').waitFor();
});

test('what is printed is the schedule alone', async () => {
    await page.goto(BASE);
    await type('Read 45m');
    await item('Read').waitFor();
    await exportAs('Copy link');
    await page.locator('#notice', { hasText: 'clipboard' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('#notice').isVisible(), false);
    assert.equal(await item('Read').isVisible(), true);
});

test('a long day is printed on one sheet, too', async () => {
    await page.goto(BASE);
    const lines = Array.from({ length: 39 }, (_, i) => `Errand number ${i + 1} of this day 20m`);
    await type([...lines, 'Tea 5m', 'Dissertation 20h', '', 'fill: 1h', ''].join('\n'));
    await page.locator('.todo').nth(38).waitFor();
    for (const format of ['A4', 'Letter']) {
        const pdf = (await page.pdf({ format })).toString('latin1');
        assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 1, format);
    }
    await page.emulateMedia({ media: 'print' });
    assert.ok(await item('Errand number 39 ').isVisible());
    assert.ok((await item('Tea').boundingBox()).height < 24); /* one line, without a margin */
    await page.emulateMedia({ media: 'screen' });
    await page.click('#show-week');
    await page.locator('.week-block', { hasText: 'Errand number 39 ' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('.week-block button', { hasText: 'number 39 ' }).isVisible());
    assert.ok(await page.locator('.strip-date').first().isVisible());
});

for (const [device, viewport] of [
    ['a phone', { width: 360, height: 740 }],
    ['a desktop', { width: 1280, height: 900 }],
]) {
    test(`nothing jumps on ${device}`, async () => {
        await context.close();
        await open({ viewport });
        await page.addInitScript(() => {
            window.shift = 0;
            window.moved = '';
            new PerformanceObserver((list) => {
                for (const entry of list.getEntries().filter((e) => !e.hadRecentInput)) {
                    window.shift += entry.value;
                    for (const { node } of entry.sources)
                        window.moved += ` ${node && (node.id || node.className || node.nodeName)}`;
                }
            }).observe({ type: 'layout-shift', buffered: true });
        });
        const steady = async (what) => {
            await page.waitForTimeout(300);
            const { shift, moved } = await page.evaluate(() => ({
                shift: window.shift,
                moved: window.moved,
            }));
            assert.ok(shift <= 0.02, `${what}: ${shift} by${moved}`);
        };
        await page.goto(BASE);
        await page.locator('.empty').waitFor();
        await steady('empty plan');
        await page.click('text=Show me an example');
        await page.locator('.song').first().waitFor();
        await page.reload();
        await page.locator('.song').first().waitFor();
        await steady('plan');
        await page.goto(`${BASE}/popularity`);
        await page.locator('#features svg').waitFor();
        await steady('popularity');
        assert.equal(
            await page.evaluate(() => document.documentElement.scrollWidth),
            viewport.width,
        );
    });
}

test('nothing that was typed is lost when the page is left at once', async () => {
    await page.goto(BASE);
    await page.locator('main.ready').waitFor();
    await type('Read 45m');
    await page.goto('about:blank');
    await page.goto(BASE);
    await item('Read').waitFor();
    await page.locator('#day-text').focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nWalk 30m');
    await page.reload();
    await item('Walk').waitFor();
});

test('what the database has not taken when the page closes is there again', async () => {
    await page.addInitScript(() => {
        if (sessionStorage.getItem('visited')) return;
        sessionStorage.setItem('visited', '1');
        const real = IDBDatabase.prototype.transaction;
        IDBDatabase.prototype.transaction = function (names, mode) {
            if (mode !== 'readwrite') return real.call(this, names, mode);
            return { objectStore: () => ({ put: () => ({}) }), commit() {} }; /* never completes */
        };
    });
    await page.goto(BASE);
    await page.locator('main.ready').waitFor();
    await type('Read 45m');
    await item('Read').waitFor();
    await page.reload();
    await item('Read').waitFor();
    await page.reload(); /* and the database has it now */
    await item('Read').waitFor();
    assert.equal(await page.evaluate(() => localStorage.getItem('musicsched.unsaved')), null);
});

test('a server that is gone is told, and the day is kept', async () => {
    await page.goto(BASE);
    await type('12:00-12:45 Read');
    await item('12:45').waitFor();
    await context.setOffline(true);
    await type('12:00-12:50 Read');
    await page.locator('#status', { hasText: 'cannot be reached' }).waitFor();
    await context.setOffline(false); /* and the page plans at once */
    await item('12:50').waitFor();
    await page.locator('#status', { hasText: '1 to-do' }).waitFor();
    forgive('ERR_INTERNET_DISCONNECTED');
});

test('a day is planned even if its stored schedule is not understood', async () => {
    await at('08:00');
    await page.goto(BASE);
    const answers = '**/api/v1/schedule';
    await page.route(answers, async (route) => {
        const answer = await route.fetch();
        const result = await answer.json();
        result.schedule.objective.of_another_version = { level: 1 };
        await route.fulfill({ response: answer, json: result });
    });
    await type('Write 1h');
    await item('Write').waitFor();
    await page.unroute(answers);
    const asked = page.waitForRequest((r) => /of_another_version/.test(r.postData() || ''));
    await type('Write 1h\nWalk 30m');
    await asked;
    await item('Walk').waitFor();
    await page.locator('#status', { hasText: '2 to-dos' }).waitFor();
});

test('a server that says nothing is told as well', async () => {
    await page.clock.install({ time: new Date('2026-11-24T06:00:00') });
    await page.goto(BASE);
    await type('12:00-12:45 Read');
    await page.clock.fastForward(1000);
    await item('12:45').waitFor();
    await page.route('**/api/v1/schedule', () => {});
    await page.click('#generate');
    await page.clock.fastForward(1000);
    await page.locator('#status', { hasText: 'Planning' }).waitFor();
    await page.clock.fastForward(15000);
    await page.locator('#status', { hasText: 'cannot be reached' }).waitFor();
    await page.unroute('**/api/v1/schedule');
    await page.click('text=Try again');
    await page.locator('#status', { hasText: '1 to-do' }).waitFor();
});
