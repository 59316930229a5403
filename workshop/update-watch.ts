import { readReport } from '../scripts/lib/update/status.ts';
import type { Role } from './cast.ts';
import { followUpdate } from './follow-update.ts';
import type { Sign } from './follow-update.ts';
import { readObject } from './learn.ts';
import type { DeviceState, UpdateView } from './messages.ts';
import { readOrder } from './order.ts';

/** Time that the loader gives an image on trial, ms (firmware/boot.ts). */
const GUARD = 180_000;

/** Time after a start until an image at home takes updates, and says what became of the last one, ms. */
const PROVEN = 60_000;

/** Follows the update of one device, and knows when something happens next by itself. */
export class UpdateWatch {
  private view: UpdateView | undefined;
  private startedAt = 0;

  constructor(
    private readonly role: Role,
    private readonly time: { now(): number; readonly speed: number },
    private readonly changed: () => void,
  ) {}

  /** The chip begins to boot. */
  started(): void {
    this.startedAt = this.time.now();
    this.see({ sign: 'start' });
    this.changed();
  }

  /** A message passed the broker. */
  heard(prefix: string, topic: string, payload: Buffer): void {
    const { id, board } = this.role;
    const sign = signOf(topic.slice(`${prefix}/${id}/`.length), payload, board.digest);
    if (topic.startsWith(`${prefix}/${id}/`) && sign) this.see(sign);
  }

  /** The broker has handed the device a chunk of an image. */
  handed(image: string, n: number): void {
    this.see({ sign: 'chunk', image, n });
  }

  state(power: boolean): Pick<DeviceState, 'update' | 'dueMs'> {
    const { view } = this;
    if (!view) return {};
    const span = view.phase === 'trial' ? GUARD : PROVEN;
    const left = (this.startedAt + span - this.time.now()) / this.time.speed;
    return { update: view, ...(power && isWaiting(view) && left > 0 ? { dueMs: Math.round(left) } : {}) };
  }

  private see(sign: Sign): void {
    const view = followUpdate(this.view, sign);
    if (view === this.view) return;
    this.view = view;
    this.changed();
  }
}

/** Whether loader or image will do something at a time that is known. */
function isWaiting({ phase, starts, online }: UpdateView): boolean {
  if (phase === 'trial') return starts > 0 && !online;
  return phase === 'asked' || phase === 'receiving' || phase === 'went back';
}

function signOf(verb: string, payload: Buffer, digest: Role['board']['digest']): Sign | undefined {
  if (verb === 'update') {
    const order = readOrder(payload.toString('latin1'), digest);
    return order && { sign: 'order', order };
  }
  if (verb === 'update/status') {
    const report = readReport(payload.toString());
    return report && { sign: 'report', report };
  }
  if (verb !== 'info') return undefined;
  const { version, reason } = readObject(payload.toString()) ?? {};
  return typeof version === 'string' ? { sign: 'info', version, reason: String(reason) } : undefined;
}
