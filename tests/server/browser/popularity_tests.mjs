/* The page of what is popular, with songs, filters and networks that are not as they should be. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE, accessible, item, page, type } from './harness.mjs';

const status = (text) => page.locator('#status', { hasText: text }).waitFor();

/* Changes what the server answers. */
const answering = (path, change) =>
    page.route(`**/api/v1/${path}*`, async (route) => {
        const response = await route.fetch();
        const body = await response.json();
        await route.fulfill({ response, json: change(body) ?? body });
    });

test('a popularity that is unknown is called so', async () => {
    const forget = (songs) => songs.forEach((song) => (song.popularity = null));
    await answering('popularity/top', ({ songs }) => forget(songs));
    await answering('songs', ({ songs }) => forget(songs));
    await answering('popularity/histogram', ({ bins }) => bins.forEach((b) => (b.n = b.zeros = 0)));
    await answering('popularity/groups', (body) => ({ ...body, groups: [] }));
    await answering('schedule', ({ schedule }) => forget(schedule.entries));
    await page.goto(`${BASE}/popularity`);
    await status('The popularity of these songs is unknown.');
    assert.match(await page.locator('#top li').first().innerText(), /popularity unknown\s*–$/);
    assert.match(await page.innerText('#histogram'), /popularity of these songs is unknown/);
    assert.match(await page.innerText('#genres'), /popularity of these songs is unknown/);
    await accessible();
    await page.goto(BASE);
    await type('fill: 10m');
    await page.locator('.song').first().waitFor();
    assert.match(await page.locator('.song .pop').first().innerText(), /unknown\s*–$/);
    await page.click('text=+ Song');
    await page.locator('#song-form input').first().pressSequentially('monk');
    await page.locator('.suggestions li').first().waitFor();
    assert.match(await page.locator('.suggestions .pop').first().innerText(), /unknown\s*–$/);
});

test('years that no song can have are refused in words, and the charts are gray', async () => {
    await page.goto(`${BASE}/popularity`);
    await status('counted');
    await page.fill('[name=year_min]', '2015');
    await page.fill('[name=year_max]', '2012');
    await status('No song is released from 2015 until 2012: swap the two years.');
    assert.equal(await page.locator('section.stale').count(), 6);
    await accessible();
    await page.fill('[name=year_max]', '20155');
    await status('A year is a number from 0 to 9999.');
    await page.fill('[name=year_max]', '2015');
    await status('counted');
    assert.equal(await page.locator('section.stale').count(), 0);
});

test('a filter is kept by its address', async () => {
    await page.goto(`${BASE}/popularity`);
    await status('counted');
    const all = await page.innerText('#status');
    await page.selectOption('[name=genre]', { index: 1 });
    await page.fill('[name=year_min]', '2013');
    await page.check('[name=exclude_zero]');
    await page.waitForFunction((was) => document.getElementById('status').innerText !== was, all);
    await page.waitForURL(/year_min=2013.*exclude_zero=true/);
    await status('counted');
    const some = await page.innerText('#status');
    await page.click('nav >> text=Plan');
    await page.locator('.empty').waitFor();
    await page.goBack();
    await status(some);
    assert.equal(await page.inputValue('[name=year_min]'), '2013');
    assert.equal(await page.isChecked('[name=exclude_zero]'), true);
    assert.notEqual(await page.inputValue('[name=genre]'), '');
    await page.goto(`${BASE}/popularity?genre=no+such+genre&length=3&x=y`);
    await status(all);
    assert.equal(await page.inputValue('[name=genre]'), '');
    assert.equal(new URL(page.url()).search, '');
});

test('the chart of very many genres stays short, and its table has them all', async () => {
    await answering('popularity/groups', ({ groups, ...rest }) => ({
        ...rest,
        groups: Array.from({ length: 400 }, (_, i) => ({
            ...groups[0],
            key: `g${i}`,
            label: `Genre ${i}`,
            n: i === 200 ? 500 : 1 + (i % 40),
        })),
    }));
    await page.goto(`${BASE}/popularity`);
    await page.locator('#genres svg').waitFor();
    assert.equal(await page.locator('#genres .bar').count(), 30);
    assert.equal(await page.locator('#genres .name', { hasText: /^Genre 200$/ }).count(), 1);
    await page.locator('#genres', { hasText: 'the 30 largest of 400 groups' }).waitFor();
    await page.click('#genres summary');
    await page.locator('#genres tbody tr').first().waitFor();
    assert.equal(await page.locator('#genres tbody tr').count(), 400);
});

test('a sign-in page is not taken for an answer, on either page', async () => {
    const signIn = (route) =>
        route.fulfill({ contentType: 'text/html; charset=utf-8', body: '<html>Sign in</html>' });
    for (const path of ['/popularity', '/']) {
        await page.route('**/api/v1/**', signIn);
        await page.goto(BASE + path);
        if (path === '/') await type('Read 1h');
        await status('If your network has a sign-in page, sign in.');
        await accessible();
        await page.unroute('**/api/v1/**');
        await page.click('text=Try again');
        await (path === '/' ? item('Read').waitFor() : status('counted'));
    }
});
