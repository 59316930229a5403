import { superseded, type Book } from './book.ts';
import type { Chunks } from './chunks.ts';

/** Takes the chunks of images from the broker that no device is asked to run any more. Gives how many images. */
export async function clearImages(book: Book, chunks: Chunks, place: string, running: ReadonlySet<string>) {
  const gone = superseded(book.published, place).filter((name) => !running.has(name));
  for (const name of gone) {
    await chunks.clear(name, book.published[name]!.chunks);
    book.forget(name);
  }
  book.save();
  return gone.length + (await clearStrangers(book, chunks, running));
}

/** Images that somebody else has published, and that no manifest names; only where the broker lets itself be asked. */
async function clearStrangers(book: Book, chunks: Chunks, running: ReadonlySet<string>): Promise<number> {
  const firsts = await chunks.kept('image/+/0');
  const names = [...firsts.keys()].map((topic) => topic.split('/')[1]!);
  // Whoever shows us none of our own shows us not everything.
  if (![...running].every((name) => names.includes(name))) return 0;
  const strangers = names.filter((name) => !Object.hasOwn(book.published, name) && !running.has(name));
  if (!strangers.length) return 0;
  const manifests = await chunks.kept('+/update');
  if (!manifests.size) return 0;
  const asked = [...manifests.values()].map((manifest) => manifest.toString('latin1'));
  const idle = strangers.filter((name) => !asked.some((manifest) => manifest.includes(`"image":"${name}"`)));
  for (const name of idle) {
    const rest = await chunks.kept(`image/${name}/+`);
    await chunks.keep([...rest.keys()].map((topic) => [topic, ''] as const));
  }
  return idle.length;
}
