// The page after a restart, of a service that wants a token now.

import assert from 'node:assert/strict';
import { asked, assertAccessible, assertSound, opened, pixels, token, until, walkThrough, withBrowser } from './pagebrowser.mjs';

await withBrowser(async (browser) => {
  const page = await opened(browser, { allowed: /status of 401|status of 403/ });
  await until(page, '#headline', /This page needs a token/);
  await page.waitForSelector('#token-dialog[open]');
  await assertAccessible(page);
  await use(page, 'wrong');
  await until(page, '#token-why', /The service says/);

  // who may look sees all that was before the restart, and commands nothing
  await use(page, 'looks');
  await until(page, '#events', /drift detected/);
  await until(page, '#headline', /val_accuracy/);
  await walkThrough(page);
  assert.ok((await pixels(page, 'accuracy', 'series-1')) > 200, 'the curve from before the restart');
  assert.ok((await pixels(page, 'accuracy', 'mark-drift')) > 60, 'the mark from before the restart');
  const { records } = await asked(page, 'history', token);
  assert.ok(records[0] < 5000 && records.at(-1) > 70000, `from ${records[0]} to ${records.at(-1)}`);
  await page.click('#actions [data-command=pause]');
  await until(page, '#outcome', /Pause: refused/);

  // who may command does
  await use(page, token);
  await until(page, '#connection', /Live/);
  await page.click('#actions [data-command=pause]');
  await until(page, '#outcome', /Pause: done/);
  await until(page, '#findings', /Paused/);
  assert.equal(await page.evaluate(() => localStorage.getItem('millrace.token')), null);
  await assertSound(page);
});

async function use(page, given) {
  await page.waitForSelector('#token-dialog[open]');
  await page.fill('#token-field', given);
  await page.press('#token-field', 'Enter');
}
