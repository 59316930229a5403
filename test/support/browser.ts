import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

/** No sandbox, because tests may run as root in a container; nothing but loopback is visited. */
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];

/** Enough for a slow machine; every wait ends with the event that it waits for. */
export const PATIENCE = 60_000;

/**
 * A headless browser. `path` is the program, where it is not the one that Playwright would take; `more` are arguments
 * for it.
 */
export function launchBrowser(path: string | undefined, more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ ...(path ? { executablePath: path } : {}), args: [...ARGS, ...more] });
}

/** Opens a page. What goes wrong on it, and what it loads from elsewhere, is added to `faults`. */
export async function openPage(
  browser: Browser, url: string, viewport: { width: number; height: number }, faults: string[],
): Promise<Page> {
  const page = await browser.newPage({ viewport });
  page.setDefaultTimeout(PATIENCE);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  page.on('request', (request) => { if (!request.url().startsWith(url)) faults.push(request.url()); });
  await page.goto(url);
  return page;
}

/** Waits until a place of the page says this; what is asked for may be drawn a frame or a message later. */
export async function says(page: Page, place: string, what: RegExp): Promise<void> {
  try {
    await page.waitForFunction(([selector, source, flags]) => {
      const text = document.querySelector<HTMLElement>(selector)?.innerText;
      return text !== undefined && new RegExp(source, flags).test(text);
    }, [place, what.source, what.flags] as const);
  } catch (error) {
    const said = (await page.locator(place).allInnerTexts()).join(' | ');
    throw new Error(`${place} never said ${String(what)}, but: ${said}`, { cause: error });
  }
}
