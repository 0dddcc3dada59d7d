/*
 * The pictures of both pages that the documents show: the sample day, and what is popular in the
 * sample catalog.
 */
import { chromium } from 'playwright-core';

const { BASE, CHROMIUM } = process.env;
const folder = process.argv[2];
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});

async function picture(name, path, height, prepare) {
  const page = await browser.newPage({ viewport: { width: 1280, height }, locale: 'en-GB' });
  await page.clock.setFixedTime(new Date('2026-11-24T08:00:00'));
  await page.goto(BASE + path);
  await prepare(page);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await page.close();
}

await picture('plan-page', '/', 1180, async (page) => {
  await page.click('text=Show me an example');
  await page.locator('.song').first().waitFor();
  await page.evaluate(() => document.activeElement.blur());
});
await picture('popularity-page', '/popularity', 1180,
  (page) => page.locator('#features svg').waitFor());
await browser.close();
