/* The page as people set up their screens: enlarged, in colors of their own, without motion. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
    accessible, BASE, becomes, context, item, open, page, type, view,
} from './harness.mjs';

const DAY = [
    '9:00-12:00 Work',
    'Gym 1h after 17:00 #workout id:gym',
    'A to-do with quite a long title 20m',
    'Read 15h30m',
    'fill: 20m during:gym',
].join('\n');

/* The background colors of the first elements that match. */
const backgrounds = (...selectors) =>
    page.evaluate(
        (all) => all.map((s) => getComputedStyle(document.querySelector(s)).backgroundColor),
        selectors,
    );

for (const [name, options] of [
    ['at 200 % zoom', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
    ['at 400 % zoom', { viewport: { width: 320, height: 225 }, deviceScaleFactor: 4 }],
    ['in forced colors', { forcedColors: 'active' }],
    ['without motion', { reducedMotion: 'reduce' }],
]) {
    test(`${name} a day is planned, changed and looked up`, async () => {
        await context.close();
        await open(options);
        const fits = async (where) =>
            assert.ok(
                await page.evaluate(
                    () =>
                        document.documentElement.scrollWidth <=
                        document.documentElement.clientWidth,
                ),
                where,
            );
        await page.goto(BASE);
        await page.locator('main.ready').waitFor();
        const hasTabs = await page.locator('#views').isVisible();
        if (hasTabs) await page.click('#text-view');
        await type(DAY);
        await fits('text');
        await accessible();
        if (hasTabs) await view('Schedule');
        await page.locator('.missing', { hasText: 'Read' }).waitFor();
        await item('Gym').waitFor();
        await fits('schedule');
        await accessible();
        await page.locator('.more').first().click();
        await page.locator('#block[open]').waitFor();
        await fits('dialog');
        await page.keyboard.press('Escape');
        if (options.forcedColors) {
            for (const [marked, other] of [
                ['#show-day[aria-pressed=true]', '#show-week'],
                ['.primary', '.adders .quiet'],
            ])
                assert.notEqual(...(await backgrounds(marked, other)), marked);
        }
        if (options.reducedMotion) {
            await page.evaluate(() => document.getElementById('status').classList.add('busy'));
            assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
        }
        await page.goto(`${BASE}/popularity`);
        await page.locator('#features svg').waitFor();
        await fits('popularity');
    });
}

test('a repair and an undo by key keep the focus near', async () => {
    const focused = () =>
        page.evaluate(() => document.activeElement.textContent || document.activeElement.id);
    await page.goto(BASE);
    await type('Lunch 30m !9\nRead 45m #workot');
    await page.locator('#problems .chip', { hasText: '#workout' }).waitFor();
    await page.locator('#problems .chip', { hasText: '!4' }).focus();
    await page.keyboard.press('Enter');
    await becomes('Lunch 30m !4\nRead 45m #workot');
    await page.locator('#problems .error').waitFor({ state: 'detached' });
    assert.equal(await focused(), 'Line 2');
    await page.locator('#problems .chip').focus();
    await page.keyboard.press('Enter');
    await page.locator('#problems li').waitFor({ state: 'detached' });
    assert.equal(await focused(), 'Schedule');
    await page.locator('#clear').focus();
    await page.keyboard.press('Enter');
    await page.locator('#notice button', { hasText: 'Undo' }).focus();
    await page.keyboard.press('Enter');
    await becomes('Lunch 30m !4\nRead 45m #workout');
    assert.equal(await focused(), 'Redo');
});
