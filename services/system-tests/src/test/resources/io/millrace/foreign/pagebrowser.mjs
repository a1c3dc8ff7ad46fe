// What the checks of the page share: a browser, and what is wrong on every page.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PATIENCE = 60000;

export const [url, screenshots, token] = process.argv.slice(2);

/** Runs checks with a browser, and says that all have passed. */
export async function withBrowser(checks) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
  });
  try {
    await checks(browser);
  } finally {
    await browser.close();
  }
  console.log('all passed');
}

/**
 * Opens the page. What is written to `page.complaints` later: requests to other hosts, errors.
 *
 * @param allowed a pattern of what the console may say
 */
export async function opened(browser, { width = 1440, colorScheme = 'light', allowed = /^$/, prepare = () => {} } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.complaints = [];
  page.on('request', (request) => new URL(request.url()).host !== new URL(url).host && page.complaints.push(`asks ${request.url()}`));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && !allowed.test(message.text()) && page.complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => page.complaints.push(`error: ${error.stack}`));
  await prepare(page);
  await page.goto(url);
  return page;
}

/** Waits until the text of an element matches. */
export async function until(page, selector, pattern) {
  await page.waitForFunction(
    ([where, source]) => new RegExp(source).test(document.querySelector(where)?.textContent ?? ''),
    [selector, pattern.source],
  ).catch(async () => assert.match(await page.textContent(selector), pattern));
}

/** Nothing is asked elsewhere, nothing is wrong, nothing of the data is markup. */
export async function assertSound(page) {
  assert.deepEqual(page.complaints, []);
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.equal(await page.locator('img').count(), 0);
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(tooWide <= 0, `${tooWide} pixels too wide`);
}

/** axe-core finds nothing that is serious or critical. */
export async function assertAccessible(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run());
  const told = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join('; ')}`);
  assert.deepEqual(told, []);
}

/** Goes down the page once, since charts are drawn where they can be seen. */
export async function walkThrough(page) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let y = 0; y < height; y += 600) {
    await page.evaluate((to) => new Promise((resolve) => {
      scrollTo({ top: to, behavior: 'instant' });
      requestAnimationFrame(() => requestAnimationFrame(resolve));
    }), y);
  }
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
}

/** Returns how many pixels of a chart have about the colour of a custom property. */
export function pixels(page, title, property) {
  return page.evaluate(([heading, name]) => {
    const figure = [...document.querySelectorAll('figure')].find((one) => one.querySelector('h3').firstChild.textContent === heading);
    const drawn = figure.querySelector('canvas');
    const copy = new OffscreenCanvas(drawn.width, drawn.height).getContext('2d', { willReadFrequently: true });
    copy.drawImage(drawn, 0, 0);
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = `var(--${name})`;
    const wanted = getComputedStyle(probe).color.match(/\d+/g).map(Number);
    probe.remove();
    const { data } = copy.getImageData(0, 0, drawn.width, drawn.height);
    let found = 0;
    for (let at = 0; at < data.length; at += 4) {
      found += data[at + 3] > 200 && wanted.every((value, index) => Math.abs(data[at + index] - value) < 24) ? 1 : 0;
    }
    return found;
  }, [title, property]);
}

/** Asks the service as the page does. */
export function asked(page, name, bearer = '') {
  return page.evaluate(async ([path, given]) => {
    const headers = given === '' ? {} : { Authorization: `Bearer ${given}` };
    return (await fetch(`api/v1/${path}`, { headers })).json();
  }, [name, bearer]);
}
