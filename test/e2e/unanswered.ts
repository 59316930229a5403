import type { Scene } from '../support/scene.ts';

const PUBACK = 4;
const PUBREC = 5;

/**
 * From now on the bell has what it is sent, and its broker never learns of that. Gives what waits until this is so with
 * that many messages.
 */
export function loseAnswers(scene: Scene): (count: number) => Promise<void> {
  let lost = 0;
  scene.wire.filter = (packet, type) => {
    if (type !== PUBACK && type !== PUBREC) return packet;
    lost++;
    scene.waiting.look();
    return undefined;
  };
  return (count) => scene.waiting.until(`${count} answers to be lost`, () => lost >= count);
}

/** Answers arrive again. */
export function keepAnswers(scene: Scene): void {
  scene.wire.filter = (packet) => packet;
}
