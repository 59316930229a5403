import { clearImages } from './clearing.ts';
import { Runner, type Desk } from './runner.ts';

/** Carries out a roll-out that has begun, and takes from the broker what nobody needs after it. */
export async function carryOut(desk: Desk): Promise<void> {
  const { book, chunks, place, images, signal } = desk;
  try {
    await new Runner(desk).run();
    const running = new Set([...images.values()].map(({ name }) => name));
    if (!signal.aborted) await clearImages(book, chunks, place, running);
  } finally {
    book.work(false);
  }
}
