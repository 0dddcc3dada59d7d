/* Calendars on the page: chosen, dropped, switched, read again, and what a day makes of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
    BASE,
    accessible,
    begins,
    context,
    item,
    open,
    page,
    song,
    type,
    view,
} from './harness.mjs';

const event = (uid, title, from, to, more = '') =>
    `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:${from}\r\nDTEND:${to}\r\n${more}SUMMARY:${title}\r\nEND:VEVENT\r\n`;
const calendar = (...parts) =>
    `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n${parts.join('')}END:VCALENDAR\r\n`;
const WORK = calendar(
    event(
        'standup',
        'Stand-up',
        '20261102T091500',
        '20261102T093000',
        'RRULE:FREQ=DAILY\r\nDESCRIPTION:secret agenda\r\nATTENDEE:mailto:boss@example.org\r\n',
    ),
    event('old', 'Long ago', '20200102T091500', '20200102T093000'),
    event('interview', 'Interview', '20261124T110000', '20261124T120000', 'STATUS:CANCELLED\r\n'),
    'BEGIN:VEVENT\r\nUID:fair\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;VALUE=DATE:20261124\r\nSUMMARY:Fair\r\nEND:VEVENT\r\n',
    'BEGIN:VTODO\r\nUID:report\r\nDTSTAMP:20261101T000000Z\r\nDUE:20261124T180000\r\nDURATION:PT45M\r\nSUMMARY:Report\r\nEND:VTODO\r\n',
);
const file = (name, text) => ({ name, mimeType: 'text/calendar', buffer: Buffer.from(text) });

async function add(...files) {
    await page.setInputFiles('#calendar-files', files);
    await page
        .locator('#calendar-message', { hasText: files.at(-1).name })
        .waitFor({ state: 'attached' });
}

test('a calendar becomes part of the day, and only what it needs is sent', async () => {
    await page.goto(BASE);
    await page.click('#calendars-button');
    await accessible();
    const sent = [];
    page.on('request', (r) => r.method() === 'POST' && sent.push(r.postData()));
    await add(file('work.ics', WORK));
    await item('Stand-up').waitFor(); /* without any text */
    await type('Gym 1h after 17:00');
    await item('Gym').waitFor();
    assert.equal(await begins('Stand-up'), '09:15');
    assert.equal(await item('Report').count(), 1);
    assert.match(await page.innerText('#agenda'), /All day: Fair\./);
    await page.click('#agenda summary');
    assert.match(await page.innerText('#agenda'), /work\.ics, line 21: .*canceled/);
    assert.match(await page.innerText('#calendar-list'), /2 events, 1 to-do that day/);
    await accessible();
    assert.ok(
        sent.length > 1 && sent.every((body) => !/secret|boss|Long ago/.test(body)),
        sent.join(),
    );
    await page.reload();
    await item('Stand-up').waitFor();
    assert.equal(await page.innerText('#calendars-button'), 'Calendars (1)');
});

test('a calendar is switched off, lets music play, and is removed', async () => {
    await page.goto(BASE);
    await page.click('#calendars-button');
    await add(
        file('work.ics', WORK),
        file('home.ics', calendar(event('run', 'Run', '20261124T180000', '20261124T190000'))),
    );
    await type(`♪ ${song.title} - ${song.artist} 18:00-19:00`);
    await item('Run').waitFor();
    await page.locator('.missing', { hasText: song.title }).waitFor();
    await page.check('[aria-label="Allow music during its events: home.ics"]');
    await page.locator('.song').first().waitFor();
    await page.uncheck('[aria-label="On: work.ics"]');
    await item('Stand-up').waitFor({ state: 'detached' });
    assert.equal(
        await page.evaluate(() => document.activeElement.getAttribute('aria-label')),
        'On: work.ics',
    );
    await page.reload();
    await item('Run').waitFor();
    assert.equal(await item('Stand-up').count(), 0);
    await page.click('#calendars-button');
    await page.click('[aria-label="Remove home.ics"]');
    await item('Run').waitFor({ state: 'detached' });
    await accessible();
});

test('what is not a calendar is refused and harms nothing', async () => {
    await page.goto(BASE);
    await page.click('#calendars-button');
    await add(file('work.ics', WORK));
    await item('Stand-up').waitFor();
    await add(file('photo.ics', 'JPEG'));
    assert.match(await page.innerText('#calendar-message'), /photo\.ics is not a calendar/);
    assert.equal(await page.locator('#calendar-list li').count(), 1);
    await accessible();
});

test('a calendar in Windows-1252 keeps its letters', async () => {
    await page.goto(BASE);
    await page.click('#calendars-button');
    await add({
        name: 'latin.ics',
        mimeType: 'text/calendar',
        buffer: Buffer.from(WORK.replace('Stand-up', 'K\xfcche'), 'latin1'),
    });
    await item('Küche').waitFor();
    assert.match(await page.innerText('#calendar-message'), /read as Windows-1252/);
});

test('a week has the events of its dates, and a to-do is ticked off', async () => {
    const week = calendar(
        event('standup', 'Stand-up', '20261102T091500', '20261102T093000', 'RRULE:FREQ=DAILY\r\n'),
        event('late', 'Dentist', '20261129T140000', '20261129T150000'),
        event('after', 'Too late', '20261209T140000', '20261209T150000'),
        'BEGIN:VEVENT\r\nUID:fair\r\nDTSTART;VALUE=DATE:20261126\r\nSUMMARY:Fair\r\nEND:VEVENT\r\n',
        'BEGIN:VTODO\r\nUID:report\r\nDUE:20261127T180000\r\nSUMMARY:Report\r\nEND:VTODO\r\n',
    );
    await page.goto(BASE);
    await page.click('#calendars-button');
    const sent = [];
    page.on('request', (r) => r.method() === 'POST' && sent.push(r.postData()));
    await add(file('work.ics', week));
    await type('days: 7\nGym 1h on Wed');
    const counts = '9 events, 1 to-do on these 7 days';
    await page.locator('#calendar-list', { hasText: counts }).waitFor();
    assert.ok(!/Too late/.test(sent.at(-1)), sent.at(-1));
    assert.match(await page.innerText('#agenda'), /All day: Fair \(Thu 26 Nov\)\./);
    await page.click('#show-week');
    await page.locator('.week-block', { hasText: 'Dentist' }).waitFor();
    assert.equal(await page.locator('.week-block', { hasText: 'Stand-up' }).count(), 7);
    await accessible();
    await page.click('#show-day');
    assert.equal(await page.locator('[aria-label="Tick off Stand-up"]').count(), 0);
    await page.click('[aria-label="Tick off Report"]');
    await item('Report').waitFor({ state: 'detached' });
    await page.locator('#agenda', { hasText: 'Ticked off: Report' }).waitFor();
    assert.equal(await item('Stand-up').count(), 1);
});

test('a to-do of a calendar is ticked off and brought back', async () => {
    await page.goto(BASE);
    await page.click('#calendars-button');
    await add(file('work.ics', WORK));
    await page.click('[aria-label="Tick off Report"]');
    await item('Report').waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('#agenda', { hasText: 'Ticked off: Report' }).waitFor();
    assert.equal(await item('Report').count(), 0);
    await page.click('[aria-label="Bring back Report"]');
    await item('Report').waitFor();
});

test('a file that changes is read again', async () => {
    await page.addInitScript(() => {
        window.showOpenFilePicker = async () => {
            const folder = await navigator.storage.getDirectory();
            return [await folder.getFileHandle('work.ics')];
        };
        window.write = async (text) => {
            const folder = await navigator.storage.getDirectory();
            const stream = await (
                await folder.getFileHandle('work.ics', { create: true })
            ).createWritable();
            await stream.write(text);
            await stream.close();
        };
    });
    await page.goto(BASE);
    await page.evaluate((text) => window.write(text), WORK);
    await page.click('#calendars-button');
    await page.click('#choose-calendars');
    await item('Stand-up').waitFor();
    await page.evaluate((text) => window.write(text), WORK.replace('T091500', 'T091000'));
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await item('Stand-up').locator('time', { hasText: '09:10' }).waitFor();
});

test('files are dropped on the page', async () => {
    await page.goto(BASE);
    await page.locator('main.ready').waitFor();
    const data = await page.evaluateHandle((text) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text], 'work.ics', { type: 'text/calendar' }));
        return transfer;
    }, WORK);
    await page.dispatchEvent('body', 'dragover', { dataTransfer: data });
    assert.equal(await page.locator('body.dropping').count(), 1);
    await page.dispatchEvent('body', 'drop', { dataTransfer: data });
    await item('Stand-up').waitFor();
    assert.equal(await page.isVisible('#calendar-list'), true);
    assert.equal(await page.locator('body.dropping').count(), 0);
});

test('calendars on a phone', async () => {
    await context.close();
    await open({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await page.goto(BASE);
    await view('Text');
    await page.click('#calendars-button');
    await add(file('a-calendar-with-a-name-that-is-much-longer-than-any-phone-is-wide.ics', WORK));
    await accessible();
    await view('Schedule');
    await item('Stand-up').waitFor();
    await accessible();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
});

test('what programs say of an event beyond the standard counts on the page, too', async () => {
    await page.goto(BASE);
    const at = ['20261124T100000', '20261124T103000'];
    const status = (name) => `X-MICROSOFT-CDO-BUSYSTATUS:${name}\r\n`;
    const answer = (who) => `ATTENDEE;PARTSTAT=DECLINED:mailto:${who}@example.org\r\n`;
    await add(
        file('outlook.ics', calendar(
            event('free', 'Hold', ...at, status('FREE')),
            event('busy', 'Call', ...at, status('BUSY')),
            event('days', 'Trip', '20261124T000000', '20261125T000000',
                'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\r\n'),
            'BEGIN:VTODO\r\nUID:r\r\nESTIMATED-DURATION:PT2H\r\nSUMMARY:Report\r\nEND:VTODO\r\n',
            'BEGIN:VFREEBUSY\r\nUID:f\r\nFREEBUSY:20261124T140000/PT1H\r\nEND:VFREEBUSY\r\n',
        )),
        file('google.ics', calendar(
            'X-WR-CALNAME:me@example.org\r\n',
            event('no', 'Workshop', ...at, answer('me')),
            event('yes', 'Lecture', '20261124T160000', '20261124T170000', answer('other')),
        )),
        file('canceled.ics', calendar('METHOD:CANCEL\r\n', event('gone', 'Gone', ...at))),
    );
    await type('Gym 1h after 18:00');
    await item('Gym').waitFor();
    const shown = await page.locator('.lanes').innerText();
    for (const there of [/Call/, /Busy/, /Lecture/, /Report[^]*2 h/]) assert.match(shown, there);
    assert.doesNotMatch(shown, /Hold|Trip|Workshop|Gone/);
    await page.click('#agenda summary');
    assert.match(await page.innerText('#agenda'), /google\.ics.*declined/);
});
