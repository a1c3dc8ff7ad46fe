// The page from the first second of a model, over a drift, to its recovery.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { asked, assertAccessible, assertSound, opened, pixels, screenshots, until, walkThrough, withBrowser } from './pagebrowser.mjs';

const HOSTILE_NAME = '<img src=x onerror="window.pwned=1">';
const ALL = 80000;

await withBrowser(async (browser) => {
  const page = await opened(browser);
  await empty(page);
  writeFileSync('go', '');
  await live(page);
  await recovered(page);
  await inert(page);
  await keyboard(page);
  await commands(page);
  await background(page);
  await assertSound(page);
  await everyWidth(browser);
  await longHistory(browser);
});

async function empty(page) {
  await until(page, '#headline', /[Ww]aiting for the first record/);
  await until(page, '#connection', /Live/);
  await until(page, '#curves', /Waits for the first evaluation/);
  await until(page, '#version-table', /Waits for the first checkpoint/);
  await assertAccessible(page);
}

/** All of it comes by the stream, without a reload. */
async function live(page) {
  await until(page, '#headline', /val_accuracy 0\.\d\d, majority 0\.\d\d.*; phase training; version \d+ served/);
  await until(page, '#events', /drift detected/);
  await until(page, '#events', /promoted in the place of/);
  await until(page, '#tiles', /leader(default|fast)share [\d.]+ %, of 2 rivals/);
  await page.waitForFunction((all) => document.querySelector('#tiles').textContent.includes(all.toLocaleString('en-US')), ALL);
}

async function recovered(page) {
  const { records, series, marks } = await asked(page, 'history');
  const drift = marks.find(({ kind }) => kind === 'drift_detected');
  const accuracies = series.val_accuracy.map((accuracy, index) => [records[index], accuracy]);
  const before = Math.max(...accuracies.filter(([at]) => at < drift.records).map(([, accuracy]) => accuracy));
  const worst = Math.min(...accuracies.filter(([at]) => at > drift.records).map(([, accuracy]) => accuracy));
  const after = accuracies.at(-1)[1];
  console.log(`val_accuracy before the drift ${before}, after it ${worst}, at the end ${after}`);
  assert.ok(worst < before - 0.1 && after > worst + 0.1);
  await walkThrough(page);
  assert.ok((await pixels(page, 'accuracy', 'series-1')) > 200, 'the curve of the window');
  assert.ok((await pixels(page, 'accuracy', 'mark-drift')) > 60, 'the mark of the drift');
  assert.equal(await page.locator('#rival-table tbody tr').count(), 2);
  assert.equal(await page.locator('#rivals canvas').count(), 1);
  assert.match(await page.getAttribute('#rivals .plot', 'aria-label'), /^Chart of Shares\. default: latest [\d.]+ %.*; fast: latest/);
  assert.match(await page.getAttribute('#curves .plot', 'aria-label'), /^Chart of loss\. val_loss: latest [\d.]+, least [\d.]+, most [\d.]+/);
}

/** Names from outside are texts. */
async function inert(page) {
  await until(page, '#problems', new RegExp(HOSTILE_NAME.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  await page.waitForSelector('.matrix');
  assert.equal(await page.locator('.matrix th', { hasText: HOSTILE_NAME }).count(), 2);
  assert.equal(await page.locator('#recall tbody tr').count(), 26);
  assert.equal(await page.locator('#layers tbody tr').count(), 6);
  await assertSound(page);
}

/** Tab reaches the skip link first and the commands at last, and what has the focus is seen. */
async function keyboard(page) {
  await page.evaluate(() => document.activeElement.blur());
  const reached = [];
  for (let step = 0; step < 120 && reached.at(-1) !== 'rollback'; step++) {
    await page.keyboard.press('Tab');
    const { name, seen } = await page.evaluate(() => {
      const active = document.activeElement;
      const { outlineStyle } = getComputedStyle(active);
      return { name: active.dataset.command ?? active.className ?? active.id, seen: outlineStyle !== 'none' };
    });
    assert.ok(seen, `the focus on ${name} is not seen`);
    reached.push(name);
  }
  assert.equal(reached[0], 'skip');
  assert.deepEqual(reached.slice(-4), ['pause', 'retrain', 'promote', 'rollback']);
  await page.keyboard.press('Enter');
  await page.waitForSelector('#confirm-dialog[open]');
  await assertAccessible(page);
  await page.keyboard.press('Escape');
  await page.waitForSelector('#confirm-dialog[open]', { state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.dataset.command), 'rollback');
}

async function commands(page) {
  await page.click('#actions [data-command=pause]');
  await until(page, '#outcome', /Pause: done/);
  await until(page, '#findings', /Paused: no records are consumed/);
  await page.click('#actions [data-command=resume]');
  await until(page, '#outcome', /Resume: done/);
  const promote = page.locator('#version-table [data-command=promote]').last();
  const label = await promote.getAttribute('aria-label');
  await promote.click();
  await until(page, '#confirm-title', /^Promote version \d+\?$/);
  await page.click('#confirm-yes');
  await until(page, '#outcome', new RegExp(`${label}: done`));
  await until(page, 'tr.champion', new RegExp(`^${label.match(/\d+/)[0]}`));
}

/** A tab that nobody looks at asks nothing, and has caught up when somebody does. */
async function background(page) {
  const turn = (hidden) => page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
  const ended = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/stream'));
  await turn(true);
  await ended;
  const again = page.waitForRequest((request) => request.url().endsWith('/stream'));
  await turn(false);
  await again;
  await until(page, '#connection', /Live/);

  // where the service does not answer, the page says so, and comes back by itself
  await turn(true);
  await page.route('**/api/**', (route) => route.abort());
  await turn(false);
  await until(page, '#connection', /Reconnecting/);
  await until(page, '#findings', /The connection to the service is lost/);
  await page.unroute('**/api/**');
  await until(page, '#connection', /Live/);
  await until(page, '#findings', /^(?!.*connection)/);
  page.complaints = page.complaints.filter((complaint) => !/net::ERR_FAILED/.test(complaint));
}

async function everyWidth(browser) {
  const all = [[390, 'light'], [390, 'dark'], [768, 'light'], [1440, 'light'], [1440, 'dark'], [1920, 'dark']];
  for (const [width, colorScheme] of all) {
    const page = await opened(browser, { width, colorScheme });
    await until(page, '#headline', /val_accuracy/);
    await page.waitForSelector('.matrix');
    await walkThrough(page);
    if (width === 390 || width === 1440) {
      await assertAccessible(page);
    }
    assert.ok((await pixels(page, 'loss', 'series-1')) > 100, `the curve at ${width} pixels`);
    await assertSound(page);
    await page.screenshot({ path: `${screenshots}/page-${width}-${colorScheme}.png`, fullPage: true });
    await page.context().close();
  }
}

/** The history of a million records, as the service thins it, is small and scrolls. */
async function longHistory(browser) {
  const history = longOne();
  let bytes = 0;
  const page = await opened(browser, {
    prepare: async (made) => {
      made.on('response', async (response) => {
        bytes += response.url().includes('/stream') ? 0 : (await response.body().catch(() => '')).length;
      });
      await made.route('**/api/v1/history*', (route) => route.fulfill({ contentType: 'application/json', body: history }));
    },
  });
  await until(page, '#headline', /val_accuracy/);
  await walkThrough(page);
  const { frames, seconds } = await page.evaluate(() => new Promise((resolve) => {
    const begin = performance.now();
    let drawn = 0;
    const step = () => {
      drawn++;
      scrollBy({ top: 20, behavior: 'instant' });
      const passed = performance.now() - begin;
      passed < 2000 ? requestAnimationFrame(step) : resolve({ frames: drawn, seconds: passed / 1000 });
    };
    requestAnimationFrame(step);
  }));
  console.log(`a million records of history: ${bytes} bytes in all, ${(frames / seconds).toFixed(1)} frames a second on scrolling`);
  assert.ok(bytes > 100000 && bytes < 2e6, `${bytes} bytes`);
  await assertSound(page);
}

function longOne() {
  const names = ['loss', 'accuracy', 'rolling_accuracy', 'no_change_accuracy', 'majority_accuracy', 'val_loss', 'val_accuracy', 'val_majority_accuracy', 'learning_rate'];
  const points = [...new Array(1000).keys()];
  const column = (seed) => points.map((at) => Math.fround(0.5 + 0.4 * Math.sin(at / 50 + seed)));
  const marks = points.slice(0, 300).map((number) => ({ number: number + 1, records: 3000 * number, time: 1e12, kind: number % 2 ? 'learning_rate_reduced' : 'promoted', text: 'something happened' }));
  return JSON.stringify({ records: points.map((at) => 1000 * (at + 1)), time: points.map((at) => 1e12 + 1000 * at), series: Object.fromEntries(names.map((name, seed) => [name, column(seed)])), marks, rates: { time: points.map((at) => 1e12 + 1000 * at), lag: column(1), records_per_second: column(2), rejected: column(3) } });
}
