import type { Interpreter, Part } from '../../../boards/interpreters.ts';
import { Failure } from '../failure.ts';

/** Throws a Failure for what is no image, which must not be pinned, and for what reaches into what lies behind it. */
export function checkContent({ parts, storageAddress, flashKb }: Interpreter, part: Part, content: Uint8Array): void {
  const text = String.fromCharCode(...content.subarray(0, 16)).trimStart();
  if (content.length === 0 || text.startsWith('<') || text.startsWith('{')) {
    throw new Failure(`${part.file} is no image of an interpreter`, 'Is there a page to log in to on this network?');
  }
  const limits = [...parts.map(({ offset }) => offset), storageAddress, flashKb * 1024];
  const room = Math.min(...limits.filter((limit) => limit > part.offset)) - part.offset;
  if (content.length <= room) return;
  throw new Failure(`${part.file} has ${content.length} bytes, and there is room for ${room}`, 'It is another build.');
}
