/* The README's animation: a day is written, moved by hand, taken back, and seen in its week. */
import { Film } from './frames.mjs';

const { BASE } = process.env;
const film = await Film.begin(process.argv[2], {
  viewport: { width: 1360, height: 860 },
  deviceScaleFactor: 0.85,
});
const { page } = film;
const block = (title) => page.locator('.lanes > li', { hasText: title }).first();

film.barHeight = 46;
film.caption = 'Write your day, one line for each to-do or song';
await page.goto(BASE);
await page.locator('main.ready').waitFor();
await page.locator('#day-text').click();
await film.hold(1200);
for (const line of [
  'day: 8:30-16:00',
  '9-11 Work #focus',
  'Lunch 30m after 12:00',
  'Gym 1h after 12:00 #workout id:gym',
  '♪ Run the Long Hill - Synthetic Tramways during:gym',
  'Call mum 20m',
  'fill: 10m pop @morning',
]) {
  await film.write(line, 3);
  await film.settle();
  await film.hold(500);
  await page.keyboard.press('Escape'); // closes what the editor suggests
  await page.keyboard.press('Enter');
}
film.caption = 'The schedule is there at once, and is proved best';
await film.hold(2600);
film.caption = 'Drag a block: it stays where you put it';
await film.drag(block('Gym'), 60, 2200);
film.caption = 'Tick it off, undo, redo';
await film.click(block('Call mum').locator('.tick'), 1500);
await page.evaluate(() => document.activeElement.blur());
await film.key('Control+z', 1800);
film.caption = 'See the whole week';
await film.click(page.locator('#show-week'), 2600);
await film.end();
