import type { Asked } from '../core/update/asked.ts';

/** Takes what the running image asks of the loader. */
export function takeAsked(): Asked {
  const globals = global as unknown as { asked?: Asked };
  const asked = globals.asked as Asked;
  delete globals.asked;
  return asked;
}
