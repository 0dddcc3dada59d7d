/* Playlists and listening histories on the page. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
    BASE,
    accessible,
    archive,
    dropFile,
    item,
    page,
    slowStorage,
    song,
    text,
    type,
} from './harness.mjs';

const give = async (name, text) => {
    await page.locator('main.ready').waitFor(); // from then on the page takes files
    const data = await page.evaluateHandle(
        ([file, content]) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([content], file));
            return transfer;
        },
        [name, text],
    );
    await page.dispatchEvent('body', 'drop', { dataTransfer: data });
};

const drop = async (name, text) => {
    await give(name, text);
    await page.locator('#listening-message', { hasText: name }).waitFor();
};

test('a dropped playlist adds its songs and lists what is missing', async () => {
    await page.goto(BASE);
    await type('Gym 1h after 17:00');
    const wrong = `${song.title.slice(0, -1)} - ${song.artist}`;
    await drop('mix.txt', `${song.title} - ${song.artist}\nNobody - No Such Song\n${wrong}\n`);
    assert.equal(await text(), `Gym 1h after 17:00\n♪ ${song.title} - ${song.artist}\n`);
    assert.match(await page.innerText('#listening-message'), /1 of 3 songs found, 1 added/);
    assert.match(await page.innerText('#listening-misses'), /No Such Song/);
    await page.locator('.song').first().waitFor();
    await accessible();
    await drop('again.txt', `${song.title} - ${song.artist}\n`);
    assert.match(await page.innerText('#listening-message'), /1 of 1 song found, 0 added/);
    await page.locator('#notice button', { hasText: 'Undo' }).click();
    assert.equal((await text()).trim(), 'Gym 1h after 17:00');
});

test('a dropped history keeps the fill from what was heard', async () => {
    await page.goto(BASE);
    await type('fill: 30m @morning');
    await page.locator('.song').first().waitFor();
    const sent = [];
    page.on('request', (r) => r.method() === 'POST' && sent.push(r.postDataJSON()));
    const date = await page.inputValue('#date');
    const records = [
        { endTime: `${date} 00:10`, artistName: song.artist, trackName: song.title, msPlayed: 1 },
        { endTime: '2001-01-01 10:00', artistName: 'A', trackName: 'Old', msPlayed: 1 },
    ];
    await drop('StreamingHistory0.json', JSON.stringify(records));
    await page.locator('#avoid-heard').waitFor();
    await accessible();
    while (!sent.some((r) => r.history)) await page.waitForTimeout(50);
    const asked = sent.find((r) => r.history);
    assert.equal(asked.avoid_days, 7);
    assert.equal(JSON.parse(asked.history).length, 1);
    await page.reload();
    await page.click('#listening-button');
    assert.match(await page.innerText('#listening-heard'), /2 plays until .*1 song in these days/);
    await page.click('#listening-heard button');
    assert.equal(await page.locator('#avoid-heard').count(), 0);
});

test('slow storage knows the history, and what was heard before it answers', async () => {
    await page.goto(BASE);
    await type('fill: 30m @morning');
    await page.locator('.song').first().waitFor();
    const date = await page.inputValue('#date');
    const play = (time, name, artist) =>
        JSON.stringify([
            { endTime: `${date} ${time}`, artistName: artist, trackName: name, msPlayed: 200000 },
        ]);
    await drop('StreamingHistory0.json', play('00:10', song.title, song.artist));
    await page.locator('#avoid-heard').waitFor();
    await page.waitForTimeout(500); /* until it is stored */
    await slowStorage();
    await page.reload();
    await page.locator('main.ready').waitFor();
    assert.equal(await page.locator('#avoid-heard').count(), 0);
    await give('StreamingHistory1.json', play('00:20', 'Another', 'Someone'));
    await page.waitForTimeout(500); /* until it is read; it is told once it is stored */
    const sent = [];
    page.on('request', (r) => r.method() === 'POST' && sent.push(r.postDataJSON()));
    await page.evaluate(() => window.answers());
    await page.locator('#listening-message', { hasText: 'StreamingHistory1.json' }).waitFor();
    await page.locator('#listening-heard', { hasText: '2 plays until' }).waitFor();
    while (!sent.some((r) => r.history)) await page.waitForTimeout(50);
    const asked = JSON.parse(sent.findLast((r) => r.history).history);
    assert.deepEqual(asked.map((p) => p.trackName).sort(), ['Another', song.title].sort());
    await page.waitForTimeout(500);
    await page.reload();
    await page.evaluate(() => window.answers());
    await page.click('#listening-button');
    await page.locator('#listening-heard', { hasText: '2 plays until' }).waitFor();
});

for (const [kind, file, content] of [
    [
        'an export of Last.fm',
        'scrobbles.csv',
        (date, title, artist) =>
            'uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n' +
            `"${Date.parse(`${date}T00:10Z`) / 1000}","","${artist}","","A","","${title}",""\n`,
    ],
    [
        'an export of Last.fm without a header',
        'me.csv',
        (date, title, artist) => {
            const [, day, month, year] = new Date(`${date}T00:00Z`).toUTCString().split(' ');
            return `"${artist}",Album,"${title}",${day} ${month} ${year} 00:10\r\n`;
        },
    ],
    [
        'a schedule of this page',
        'day.json',
        (date, title, artist) =>
            JSON.stringify({
                date,
                entries: [{ kind: 'song', title, artist, start: '00:10:00', end: '00:13:00' }],
            }),
    ],
]) {
    test(`the fill also avoids what ${kind} has`, async () => {
        await page.goto(BASE);
        await type('fill: 30m @morning');
        await page.locator('.song').first().waitFor();
        const title = await page.locator('.song-text a').first().innerText();
        const artist = await page.locator('.song-text .artist').first().innerText();
        const date = await page.inputValue('#date');
        await drop(file, content(date, title, artist));
        await page.locator('#avoid-heard').waitFor();
        assert.match(await page.innerText('#listening-message'), /1 plays?\./);
        await page.locator('.song-text a', { hasText: title }).first()
            .waitFor({ state: 'detached' });
        assert.ok((await page.locator('.song').count()) > 1);
    });
}

test('a file that is neither says so', async () => {
    await page.goto(BASE);
    await drop('page.html', '<html><body></body></html>');
    await page.locator('#listening-message.wrong', { hasText: 'page.html' }).waitFor();
});

const dropBytes = async (name, base64) => {
    await page.locator('main.ready').waitFor();
    await dropFile(name, base64);
    await page.locator('#listening-message', { hasText: name }).waitFor();
};

const play = (n, day) => ({
    endTime: `2026-11-${day} 10:00`,
    artistName: `Artist ${n}`,
    trackName: `Track ${n}`,
    msPlayed: 180000,
});

test('a history is read from the archive that Spotify sends', async () => {
    await page.goto(BASE);
    await dropBytes(
        'my_spotify_data.zip',
        archive({
            'MyData/Read_Me_First.pdf': '%PDF-1.4',
            'MyData/Userdata.json': '{"username": "me"}',
            'MyData/StreamingHistory_music_0.json': JSON.stringify([play(1, 20), play(2, 21)]),
            'MyData/StreamingHistory_music_1.json': JSON.stringify([play(3, 22)]),
        }),
    );
    assert.equal(await page.innerText('#listening-message'), 'my_spotify_data.zip: 3 plays.');
    await page.locator('#listening-heard', { hasText: '3 plays until 2026-11-22' }).waitFor();
    await dropBytes('none.zip', archive({ 'a.pdf': '%PDF-1.4' }));
    assert.match(await page.innerText('#listening-message'), /has no listening history/);
    const sheet = archive({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>' });
    await dropBytes('songs.xlsx', sheet);
    assert.match(await page.innerText('#listening-message'), /Excel workbook; save it as CSV/);
    await dropBytes('cut.zip', archive({ 'a.json': '[]' }).slice(0, 80));
    assert.match(await page.innerText('#listening-message'), /cannot be read; unpack it/);
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`${i}.json`, '[]']));
    await dropBytes('many.zip', archive(many));
    assert.match(await page.innerText('#listening-message'), /more than 1,000 files/);
});
