/* A page that plans through its server, while that cannot be reached. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
    BASE,
    accessible,
    at,
    becomes,
    context,
    forgive,
    item,
    open,
    page,
    text,
    type,
} from './harness.mjs';

const tick = (title) => page.click(`[aria-label="Tick off ${title}"]`);
const isDone = (title) => item(title).locator('.tag', { hasText: 'done' }).waitFor();

async function loseServer(planned) {
    await at('10:00');
    await page.goto(BASE);
    await type(planned);
    await item('Walk').waitFor();
    await context.setOffline(true);
}

test('a to-do that is ticked off without the server is shown as done', async () => {
    await loseServer('Gym 1h\nWalk 30m\nCall mum 20m');
    await tick('Gym');
    await isDone('Gym');
    await page.locator('#status', { hasText: 'cannot be reached' }).waitFor();
    assert.equal(await page.locator('[aria-label="Tick off Gym"]').count(), 0);
    await tick('Walk');
    await isDone('Walk');
    assert.equal(
        await text(),
        '[x] Gym 1h done 10:00\n[x] Walk 30m done 10:00\nCall mum 20m',
    );
    await accessible();
    await page.click('#undo');
    await page.locator('[aria-label="Tick off Walk"]').waitFor();
    await isDone('Gym');
    await page.click('[aria-label="Change Call mum"]');
    await page.locator('#block').getByRole('button', { name: 'Skip today' }).click();
    await page.locator('.skipped', { hasText: 'Call mum' }).waitFor();
    assert.equal(await page.locator('.lanes > li', { hasText: 'Call mum' }).count(), 0);
    await page.click('[aria-label="Bring back Call mum"]');
    await item('Call mum').waitFor();
    await context.setOffline(false);
    await page.locator('#status', { hasText: '3 to-dos' }).waitFor();
    await isDone('Gym');
    forgive('ERR_INTERNET_DISCONNECTED');
});

test('without a network, a reloaded page shows what was ticked off, and goes on', async () => {
    await context.close();
    await open({ serviceWorkers: 'allow' });
    await loseServer('Gym 1h\nWalk 30m');
    await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
    await tick('Gym');
    await isDone('Gym');
    await page.reload();
    await isDone('Gym');
    await tick('Walk');
    await isDone('Walk');
    await becomes('[x] Gym 1h done 10:00\n[x] Walk 30m done 10:00');
    forgive('ERR_INTERNET_DISCONNECTED');
});

test('without the server, an occurrence of a week is ticked off alone', async () => {
    await loseServer('days: 3\nWalk 30m daily at 12:00\nGym 1h');
    await tick('Walk');
    await isDone('Walk');
    await becomes('days: 3\nWalk 30m daily at 12:00 done:2026-11-24 12:30\nGym 1h');
    await page.locator('#strip button', { hasText: '25' }).click();
    await page.locator('[aria-label="Tick off Walk"]').waitFor();
    forgive('ERR_INTERNET_DISCONNECTED');
});

test('without the server, another date never shows the schedule of this one', async () => {
    await page.goto(BASE);
    await page.fill('#date', '2026-11-26');
    await type('Swim 1h');
    await item('Swim').waitFor();
    await page.fill('#date', '2026-11-25');
    await becomes('');
    await page.click('#today');
    await loseServer('Walk 30m');
    await page.fill('#date', '2026-11-26'); /* shows its own last schedule */
    await item('Swim').waitFor();
    assert.equal(await page.locator('.lanes > li', { hasText: 'Walk' }).count(), 0);
    await page.fill('#date', '2026-11-25'); /* has none */
    await type('Ski 2h');
    await page.locator('#status', { hasText: 'cannot be reached' }).waitFor();
    assert.equal(await page.locator('.lanes > li').count(), 0);
    assert.equal(await page.locator('#export').isVisible(), false);
    forgive('ERR_INTERNET_DISCONNECTED');
});
