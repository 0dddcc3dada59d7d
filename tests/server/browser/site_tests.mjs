/*
 * The page that plans by itself: on a static host, without a network, and with the person's songs.
 * `make javascript` builds what it needs; without it these tests are skipped.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test as run } from 'node:test';
import {
    BASE,
    SITE,
    SITE_SERVER,
    accessible,
    archive,
    at,
    begins,
    context,
    dropFile,
    exportAs,
    forgive,
    item,
    open,
    openExports,
    page,
    song,
    type,
} from './harness.mjs';

const test = (name, body) => run(name, { skip: !SITE && 'make javascript first' }, body);

/* The page on its static host; what is asked for there from now on. */
async function openSite(options = {}) {
    await context.close();
    await open(options);
    const asked = [];
    page.on('request', (r) => asked.push(r.url().slice(SITE.length)));
    await page.goto(SITE);
    return asked;
}

/* Files of the page, which the browser fetches when it likes. */
const FILES = ['icon.svg', 'code_editor.js'];
const questions = (asked) => asked.filter((name) => !FILES.includes(name));

test('a day is planned on a static host, at every keystroke and without a request', async () => {
    const asked = await openSite();
    await type(`9:00-17:00 Work\nGym 1h after 17:00\n♪ ${song.title} - ${song.artist} at 18:30`);
    await item(song.title).waitFor();
    assert.match(await page.locator('#status').innerText(), /2 to-dos, 1 song.*proved best/s);
    await accessible();
    asked.length = 0;
    await page.locator('#day-text').focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nRead 45m');
    await item('Read').waitFor();
    assert.deepEqual(questions(asked), []);
    await openExports();
    assert.equal(await page.getByRole('button', { name: 'Subscribe' }).count(), 0);
});

test('the page can be installed as a program', async () => {
    for (const address of [SITE, BASE]) {
        await context.close();
        await open({ serviceWorkers: 'allow' });
        await page.goto(address);
        await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
        const browser = await context.newCDPSession(page);
        const { errors } = await browser.send('Page.getAppManifest');
        assert.deepEqual(errors, []);
        const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors');
        const others = installabilityErrors.filter((e) => e.errorId !== 'in-incognito');
        assert.deepEqual(others, [], address); /* contexts of tests are private windows */
    }
});

test('the schedule in the browser is the one of the server', async () => {
    const day = [
        'day: 07:00-23:00', 'Gym 1h after 17:00 #workout id:gym', 'Shower 15m after:gym',
        'Dentist 40m by 8:00', 'Standup at nine', `♪ ${song.title} - ${song.artist} during:gym`,
        'fill: 45m @evening',
    ].join('\n');
    const of = async (address) => {
        await context.close();
        await open();
        await page.goto(address);
        await type(day);
        await page.locator('.song').nth(3).waitFor();
        return [
            await page.innerText('#timeline'), await page.innerText('#unplaced'),
            await page.innerText('#problems'), await page.innerText('#status'),
        ];
    };
    assert.deepEqual(await of(SITE), await of(BASE));
});

test('airplane mode: the page opens, plans, replans and exports without a network', async () => {
    await openSite({ serviceWorkers: 'allow' });
    await type('12:00-12:45 Read');
    await item('12:45').waitFor();
    await page.evaluate(async () => {
        await navigator.serviceWorker.ready;
        while (!(await caches.match('./songs.csv.gz')))
            await new Promise((resolve) => setTimeout(resolve, 50));
    });
    await context.setOffline(true);
    await page.reload();
    await item('12:45').waitFor();
    await type(`12:00-12:50 Read\nWalk 30m\n♪ ${song.title} - ${song.artist} at 11:00`);
    await item(song.title).waitFor();
    assert.match(await item('Read').innerText(), /12:50/);
    await page.fill('#now', '13:00');
    await page.click('text=Replan the rest');
    await item('Walk').locator('time', { hasText: '13:00' }).waitFor();
    const [file] = await Promise.all([
        page.waitForEvent('download'),
        exportAs('Calendar'),
    ]);
    assert.match(file.suggestedFilename(), /\.ics$/);
    const [lines] = await Promise.all([
        page.waitForEvent('download'),
        exportAs('Plan as text'),
    ]);
    assert.match(fs.readFileSync(await lines.path(), 'utf8'), /12:00-12:50 Read/);
    await page.click('text=+ Song');
    await page.fill('[name=song]', song.title.slice(0, 4));
    await page.locator('#song-list li').first().waitFor();
    await accessible();
    await page.click('text=What is popular');
    await page.locator('#features svg').waitFor();
    assert.equal(await page.locator('#top li').count(), 12);
    await accessible();
});

const CSV =
    'title,artist,duration,popularity,genre\nMy Own Song,Me,3:10,40,folk\n' +
    'River,Me,2:50,60,folk\n';
const choose = (name, content) =>
    page.setInputFiles('[aria-label="A file of songs"]', {
        name, mimeType: 'text/csv', buffer: Buffer.from(content),
    });

test('the songs of one’s own file are used, kept and never sent', async () => {
    const asked = await openSite();
    await page.locator('.own-songs').waitFor();
    asked.length = 0;
    await choose('mine.csv', CSV);
    await page.locator('#catalog-info', { hasText: '2 songs by 1 artist from mine.csv' }).waitFor();
    await type('♪ My Own Song - Me at 10:00');
    await item('My Own Song').waitFor();
    assert.deepEqual(questions(asked), []);
    await accessible();
    await page.reload();
    await item('My Own Song').waitFor();
    await choose('wrong.csv', '<html>');
    await page.locator('#own-songs-message', { hasText: 'wrong.csv' }).waitFor();
    const told = page.locator('#own-songs-message');
    await choose('none.csv', 'Title,Artist\n');
    await told.getByText('none.csv: this file has no songs').waitFor();
    await choose('some.json', '[{"title":"River","artist":"Me"}]');
    await told.getByText('some.json: this is JSON: save the songs as CSV').waitFor();
    assert.equal(await page.locator('.song').count(), 1);
    await page.click('text=Use the songs of this site');
    await page.locator('#catalog-info', { hasText: 'songs.csv' }).waitFor();
    await page.locator('.missing', { hasText: 'My Own Song' }).waitFor();
});

test('where a server answers, the planner is loaded at the first action', async () => {
    for (const path of ['/', '/popularity']) {
        await context.close();
        await open();
        const asked = [];
        page.on('request', (r) => asked.push(new URL(r.url()).pathname));
        await page.goto(SITE_SERVER + path);
        await page.locator(path === '/' ? '.empty' : '#features svg').first().waitFor();
        await page.waitForTimeout(1000);
        const loaded = (name) => asked.some((p) => p.endsWith(name));
        assert.equal(loaded('musicsched.wasm') || loaded('songs.csv.gz'), false);
        const songs = page.waitForRequest((r) => r.url().endsWith('songs.csv.gz'));
        await page.keyboard.press('Tab');
        await songs;
    }
});

test('a file of songs that is dropped on the page of what is popular is used', async () => {
    await context.close();
    await open();
    await page.goto(`${SITE}popularity.html`);
    await page.locator('#features svg').waitFor();
    const data = await page.evaluateHandle((csv) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([csv], 'mine.csv'));
        return transfer;
    }, CSV);
    await page.dispatchEvent('body', 'dragover', { dataTransfer: data });
    assert.equal(await page.locator('body.dropping').count(), 1);
    await page.dispatchEvent('body', 'drop', { dataTransfer: data });
    await page.locator('#catalog-info', { hasText: 'from mine.csv' }).waitFor();
    await page.locator('#top li', { hasText: 'My Own Song' }).waitFor();
    assert.equal(await page.locator('body.dropping').count(), 0);
    await accessible();
});

test('the plays of a listening history become the popularity of its songs', async () => {
    await context.close();
    await open();
    await page.goto(`${SITE}popularity.html`);
    await page.locator('#features svg').waitFor();
    const plays = Array.from({ length: 40 }, (_, i) => ({
        endTime: `2026-11-${10 + (i % 10)} 10:${10 + i}`,
        artistName: 'Me',
        trackName: i % 4 ? 'Played Often' : 'Played Less',
        msPlayed: 190000,
    }));
    await choose('StreamingHistory0.json', JSON.stringify(plays));
    await page.locator('#catalog-info', { hasText: 'from StreamingHistory0.json' }).waitFor();
    await page.locator('#top li', { hasText: 'Played Often' }).waitFor();
    assert.match(await page.innerText('#top li:first-child'), /Played Often[^]*100/);
    await accessible();
    await page.reload();
    await page.locator('#top li', { hasText: 'Played Less' }).waitFor();
    /* the table of Last.fm, which is also a table of songs */
    const row = ({ trackName }, i) => `Me,Album,${trackName} Here,${10 + (i % 10)} Nov 2026 10:10`;
    const table = plays.map(row);
    await choose('scrobbles.csv', ['artist,album,title,date', ...table, ''].join('\n'));
    await page.locator('#catalog-info', { hasText: 'from scrobbles.csv' }).waitFor();
    await page.locator('#top li', { hasText: 'Played Often Here' }).waitFor();
    assert.match(await page.innerText('#top li:first-child'), /Played Often Here[^]*100/);
    /* a table of songs with dates */
    const songs = 'title,artist,date\nNever Played,Me,2020-01-02\n';
    await choose('songs.csv', songs);
    await page.locator('#catalog-info', { hasText: '1 track by 1 artist' }).waitFor();
    await choose('notes.json', '{"notes": []}');
    await page.locator('#own-songs-message', { hasText: /^notes.json: (?!notes)/ }).waitFor();
    /* what Spotify sends */
    const named = 'MyData/StreamingHistory_music_0.json';
    await dropFile('my_data.zip', archive({ [named]: JSON.stringify(plays) }));
    await page.locator('#catalog-info', { hasText: '2 tracks by 1 artist' }).waitFor();
    await page.locator('#catalog-info', { hasText: 'from my_data.zip' }).waitFor();
});

test('a table of songs that is dropped on the plan can become the songs of the page', async () => {
    await openSite();
    await type('My day 1h');
    await item('My day').waitFor();
    await page.locator('main.ready').waitFor();
    await dropFile('mine.csv', Buffer.from(CSV).toString('base64'));
    await page.locator('#listening-message', { hasText: '0 of' }).waitFor();
    await page.click('text=Plan with the songs of mine.csv');
    await page.locator('#listening-message', { hasText: 'now plans with the songs' }).waitFor();
    await page.locator('#catalog-info', { hasText: 'from mine.csv' }).waitFor();
    await type('My day 1h\n♪ My Own Song - Me');
    await page.locator('.song', { hasText: 'My Own Song' }).waitFor();
    await accessible();
});

test('a page whose server has the songs says so when a file of songs is dropped', async () => {
    await page.goto(`${BASE}/popularity`);
    await page.locator('#features svg').waitFor();
    await page.locator('#own-songs-message').waitFor({ state: 'attached' });
    await dropFile('mine.csv', Buffer.from(CSV).toString('base64'));
    await page.locator('#own-songs-message', { hasText: 'This server uses its own' }).waitFor();
    await accessible();
});

test('calendars, playlists and histories work in the browser', async () => {
    await openSite();
    const drop = async (name, content) => {
        const data = await page.evaluateHandle(
            ([file, inner]) => {
                const transfer = new DataTransfer();
                transfer.items.add(new File([inner], file));
                return transfer;
            },
            [name, content],
        );
        await page.dispatchEvent('body', 'drop', { dataTransfer: data });
    };
    const calendar = [
        'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', 'UID:1',
        'DTSTAMP:20261101T000000Z', 'DTSTART:20261124T090000', 'DTEND:20261124T100000',
        'SUMMARY:Dentist', 'END:VEVENT', 'END:VCALENDAR', '',
    ].join('\r\n');
    await drop('work.ics', calendar); /* the page is still loading */
    await item('Dentist').waitFor();
    assert.equal(await begins('Dentist'), '09:00');
    await drop('team.ics', calendar
        .replace('T090000', 'T110000').replace('T100000', 'T111500')
        .replaceAll('20261124', '20261117')
        .replace('SUMMARY:Dentist', 'RRULE:FREQ=WEEKLY\r\nSUMMARY:Standup'));
    await item('Standup').waitFor();
    assert.equal(await begins('Standup'), '11:00');
    await drop('mix.txt', `${song.title} - ${song.artist}\nNobody - No Such Song\n`);
    await page.locator('#listening-message', { hasText: '1 of 2 songs found, 1 added' }).waitFor();
    await item(song.title).waitFor();
    await type('fill: 10m @morning');
    await page.locator('.song').nth(1).waitFor();
    const first = await page.locator('.song-text a').first().innerText();
    const artist = await page.locator('.song-text .artist').first().innerText();
    await drop('StreamingHistory0.json', JSON.stringify([
        { endTime: '2026-11-23 10:00', artistName: artist, trackName: first, msPlayed: 200000 },
    ]));
    await page.locator('#avoid-heard').waitFor();
    await page.locator('.song-text', { hasText: first }).waitFor({ state: 'detached' });
    assert.ok((await page.locator('.song').count()) > 0);
});

test('what has passed and the second of two hours are known in the browser too', async () => {
    await openSite();
    await at('11:00');
    await type('Write 1h');
    await item('Write').waitFor();
    assert.ok((await begins('Write')) >= '11:00');
    await page.clock.setFixedTime(new Date('2026-10-25T01:10:00Z'));
    await page.focus('#zone');
    await page.selectOption('#zone', 'Europe/Berlin');
    await page.fill('#date', '2026-10-25');
    await type('day: 00:00-12:00\nNap 20m');
    await item('Nap').waitFor();
    assert.match(await begins('Nap'), /^02:10 \(2nd\)$/);
});

/* The page on a server that has the folder, too; the requests to its API. */
async function openServer(prepare = () => {}) {
    await context.close();
    await open();
    const asked = [];
    page.on('request', (r) => r.url().includes('/api/') && asked.push(new URL(r.url()).pathname));
    await prepare();
    await page.goto(SITE_SERVER);
    return asked;
}

test('on a server that has the folder the page plans by itself, but for what repeats', async () => {
    const asked = await openServer();
    for (let minutes = 45, toServer = true; toServer; minutes++) {
        assert.ok(minutes < 60, 'the planner does not start');
        asked.length = 0;
        await type(`Read ${minutes}m`);
        await item('Read').filter({ hasText: `07:${minutes}` }).waitFor();
        toServer = asked.length > 0;
    }
    await openExports();
    assert.equal(await page.getByRole('button', { name: 'Subscribe' }).count(), 1);
    const ics = [
        'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', 'UID:1',
        'DTSTAMP:20261101T000000Z', 'DTSTART:20261123T090000', 'DTEND:20261123T100000',
        'RRULE:FREQ=DAILY', 'SUMMARY:Standup', 'END:VEVENT', 'END:VCALENDAR', '',
    ].join('\r\n');
    const data = await page.evaluateHandle((text) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text], 'work.ics'));
        return transfer;
    }, ics);
    await page.dispatchEvent('body', 'drop', { dataTransfer: data });
    await item('Standup').waitFor();
    assert.ok(asked.includes('/api/v1/schedule'));
});

test('where the planner does not start, the server plans and nobody hears of it', async () => {
    const asked = await openServer(() =>
        page.route('**/musicsched.wasm', (route) => route.abort()));
    await type('Read 45m');
    await item('Read').waitFor();
    assert.ok(asked.includes('/api/v1/schedule'));
    assert.match(await page.locator('#status').innerText(), /1 to-do/);
    forgive('ERR_FAILED');
});
