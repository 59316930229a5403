import { examinePort } from '../../../scripts/lib/doctor/examine-port.ts';
import type { Job } from './job.ts';

/** Looks at the device at the port, as the command does. */
export async function doLook({ port, signal, wish, change }: Job): Promise<void> {
  const findings = await examinePort(port, { rom: { baudRate: wish.baudRate } }, signal);
  change((state) => ({ ...state, findings }));
}
