/*
 * The film of docs/demo.webm: the page, then the command line, Python and a load test in a
 * terminal. What the terminal prints is in a file that tools/make_demo.py has written.
 */
import fs from 'node:fs';
import { Film } from './frames.mjs';

const { BASE } = process.env;
const [folder, terminalFile] = process.argv.slice(2);
const sections = JSON.parse(fs.readFileSync(terminalFile, 'utf8'));
const film = await Film.begin(folder, { viewport: { width: 1280, height: 800 } });
const { page } = film;
const block = (title) => page.locator('.lanes > li', { hasText: title }).first();
const scrollTo = (selector, where) =>
  page.locator(selector).evaluate((e, block) => e.scrollIntoView({ block }), where);

const LIST = [
  '- [ ] Write report 2h !1', '- [ ] Call the bank 15m before noon', 'Dentist 14:00-14:45',
  'Gym 1h after 17:00 #workout', '* Groceries', 'Read 45m @evening #calm',
  '♪ Blinding Headlight', 'fill: 30m pop @evening',
].join('\n');

const event = (uid, from, to, title) => [
  'BEGIN:VEVENT', `UID:${uid}`, 'DTSTAMP:20261101T000000Z', `DTSTART:20261124T${from}00`,
  `DTEND:20261124T${to}00`, `SUMMARY:${title}`, 'END:VEVENT',
];
const ICS = [
  'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:demo',
  ...event('1', '1000', '1030', 'Stand-up with the team'),
  ...event('2', '1200', '1300', 'Lunch with Sam'),
  'END:VCALENDAR', '',
].join('\r\n');

async function pageScenes() {
  film.caption = 'libmusicsched plans your to-dos and your music, to the second';
  await page.goto(BASE);
  await page.locator('main.ready').waitFor();
  await film.hold(4500);
  film.caption = 'Paste a list from any to-do app: the day is planned at once';
  await page.locator('#day-text').click();
  await page.evaluate((text) => navigator.clipboard.writeText(text), LIST);
  await film.hold(700);
  await page.keyboard.press('Control+v');
  await film.settle();
  await page.locator('.lanes > li').nth(4).waitFor();
  await film.hold(5000);
  film.caption = 'Each unclear line has a message, and a correction to click';
  await film.click(page.locator('#problems .chip').first(), 3500);
  await page.evaluate(() => document.activeElement.blur());
  film.caption = 'Drag a block to another time: the text follows';
  await film.drag(block('Gym'), 55, 3200);
  film.caption = 'Undo and redo go through everything';
  await film.key('Control+z', 2200);
  await film.key('Control+Shift+z', 2200);
  film.caption = 'Click a block to change it, or to mark it done or skipped';
  await film.click(block('Write report').locator('.more'), 3800);
  await film.key('Escape', 500);
  film.caption = 'Drop a calendar file: its events block their times';
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'work.ics', { type: 'text/calendar' }));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
  }, ICS);
  await block('Lunch with Sam').waitFor();
  await film.settle();
  await scrollTo('#timeline', 'center');
  await film.hold(4200);
  film.caption = 'A week at a glance';
  await film.click(page.locator('#show-week'), 1200);
  await scrollTo('#timeline', 'end');
  await film.hold(3600);
  await film.click(page.locator('#show-day'), 600);
}

/* A picture of the page as a phone shows it, in the middle of the film's. */
async function narrowScenes() {
  await page.setViewportSize({ width: 390, height: 700 });
  film.x = null;
  const pictures = [];
  for (const view of ['Schedule', 'Text']) {
    await page.locator('#views button', { hasText: view }).click();
    await page.evaluate(() => {
      for (const part of document.querySelectorAll('[id^=film-]')) part.remove();
      window.scrollTo(0, 0);
    });
    await film.settle();
    pictures.push((await page.screenshot()).toString('base64'));
  }
  film.caption = 'On a phone, the schedule comes first; the text is behind a tab';
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('about:blank');
  await page.setContent(
    '<style>body{margin:0;background:#3a4160;display:flex;gap:60px;justify-content:center}' +
      'img{margin-top:18px;border-radius:22px;border:4px solid #12162a}</style>' +
      pictures.map((bytes) => `<img src="data:image/png;base64,${bytes}" alt="">`).join(''),
  );
  await film.settle();
  await film.hold(5000);
}

async function popularScenes() {
  film.caption = 'What makes songs popular: genres, months, audio features';
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${BASE}/popularity`);
  await page.locator('#features svg').waitFor();
  film.x = null;
  await film.hold(3600);
  await page.selectOption('select[name=genre]', 'pop');
  await film.settle();
  await film.hold(2200);
  await scrollTo('#features', 'center');
  await film.hold(3000);
}

/* A terminal of its own page: commands are typed, and what they print comes line by line. */
async function terminal(scenes) {
  await page.goto('about:blank');
  await page.setContent(
    '<style>body{margin:0;background:#1a1b26;color:#c0caf5}b{color:#9ece6a}' +
      'pre{margin:0;padding:22px 28px 74px;font:17px/1.4 "DejaVu Sans Mono",monospace}</style>' +
      '<pre></pre>',
  );
  const add = (tag, text) =>
    page.evaluate(
      ([name, more]) => {
        const box = document.querySelector('pre');
        const last = box.lastElementChild;
        if (last && last.localName === name && name === 'b') last.append(more);
        else {
          const element = document.createElement(name);
          element.append(more);
          box.append(element);
        }
        window.scrollTo(0, document.body.scrollHeight);
      },
      [tag, text],
    );
  for (const scene of scenes) {
    film.caption = scene.caption;
    await page.evaluate(() => document.querySelector('pre').replaceChildren());
    await add('b', '$ ');
    await film.hold(500);
    for (const part of scene.typed.match(/.{1,3}/g)) {
      await add('b', part);
      await film.hold(100);
    }
    await add('span', '\n\n');
    await film.hold(scene.wait_ms ?? 300);
    for (const line of scene.lines) {
      await add('span', `${line}\n`);
      await film.hold(45);
    }
    await film.hold(3400 + 130 * scene.lines.length);
  }
}

await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
await pageScenes();
await narrowScenes();
await popularScenes();
for (const section of sections) await terminal(section);
film.caption =
  'C, command line, Python, R, Java, Lua, Ruby, JavaScript: one library. Try it: make run';
await film.hold(3500);
await film.end();
