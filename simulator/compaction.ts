import { align, HEADER, nextPage, walk } from './file-chain.ts';
import type { Flash } from './flash.ts';
import { storageStats } from './storage-stats.ts';

/**
 * Moves the files together, as Espruino does when Storage is full: a page is erased and written again from
 * a buffer in RAM that holds one page and a header. **A power cut in it loses what only the buffer held.**
 *
 * @returns whether there was anything to gain.
 */
export function compact(flash: Flash): boolean {
  const stats = storageStats(flash);
  if (stats.firstTrashPage === undefined) return false;
  const room = Math.min(stats.fileBytes, flash.pageSize + HEADER);
  const { files, stop } = walk(flash, stats.firstTrashPage, true);
  const mover = new Mover(flash, stats.firstTrashPage);
  for (const file of files.filter(({ real }) => real)) {
    mover.take(file.at, HEADER);
    mover.flush(file.data);
    for (let done = 0; done < align(file.size);) {
      const step = Math.min(room - mover.held, align(file.size) - done);
      if (step <= 0) return false;
      mover.take(file.data + done, step);
      mover.flush(file.data + (done += step));
    }
  }
  mover.flush(flash.end);
  eraseRest(flash, mover.writeAt === stats.firstTrashPage ? mover.writeAt : nextPage(flash, mover.writeAt - 1), stop);
  return true;
}

function eraseRest(flash: Flash, from: number | undefined, to: number | undefined): void {
  if (from === undefined) return;
  for (let page = from; page < (to ?? flash.end); page += flash.pageSize) flash.erase(page);
}

/** The buffer between where files are read and where they are written. */
class Mover {
  private buffer: Uint8Array = new Uint8Array(0);

  constructor(private readonly flash: Flash, public writeAt: number) {}

  get held(): number {
    return this.buffer.length;
  }

  take(address: number, length: number): void {
    this.buffer = new Uint8Array(Buffer.concat([this.buffer, this.flash.read(address, length)]));
  }

  /** Writes what it can without touching a page that is still being read. */
  flush(readAt: number): void {
    while (this.buffer.length) {
      const pageEnd = nextPage(this.flash, this.writeAt) ?? this.flash.end;
      if (readAt < pageEnd) return;
      const step = Math.min(this.buffer.length, pageEnd - this.writeAt);
      if (this.flash.pageOf(this.writeAt) === this.writeAt) this.flash.erase(this.writeAt);
      this.flash.write(this.writeAt, this.buffer.subarray(0, step));
      this.writeAt += step;
      this.buffer = this.buffer.subarray(step);
    }
  }
}
