import { findBoard } from '../../../boards/index.ts';
import type { PushedImage } from './image-file.ts';
import { awaitKey, keysOf, settleKey, type Keys } from './keys.ts';
import { manifestToChangeKey, manifestToGoBack, manifestToRun } from './manifest-bytes.ts';
import type { Rollout, Target } from './rollout.ts';

/** Makes the manifests of a roll-out, each under the key that its device has or is thought to have. */
export class Orders {
  private readonly candidates: ReadonlyMap<string, readonly string[]>;

  constructor(
    private readonly rollout: Rollout,
    private readonly images: ReadonlyMap<string, PushedImage>,
    private readonly keys: Keys,
    private readonly saveKeys: () => void,
  ) {
    // Taken once: a change of a key changes the list.
    this.candidates = new Map(rollout.targets.map(({ id }) => [id, keysOf(keys, id)]));
  }

  manifestFor(target: Target): Buffer {
    const { id, serial } = target;
    const { do: deed, force } = this.rollout;
    const key = this.keyOf(target);
    const board = findBoard(target.board)!;
    if (deed === 'run') return manifestToRun(id, this.images.get(board.id)!, serial, force, key);
    if (deed === 'back') return manifestToGoBack(id, board, serial, key);
    const { manifest, next } = manifestToChangeKey(id, board, serial, key);
    awaitKey(this.keys, id, next);
    this.saveKeys();
    return manifest;
  }

  /** A device has found its key wrong: whether there is another one to try. */
  tryNext(target: Target): boolean {
    return ++target.wrongKeys < this.candidates.get(target.id)!.length;
  }

  /** A device has done what was asked, so that it is known which key it has. */
  settle(target: Target): void {
    const { id } = target;
    const key = this.rollout.do === 'key' ? this.keys.next.get(id) : this.keyOf(target);
    if (key === undefined) return;
    if (settleKey(this.keys, id, key)) this.saveKeys();
  }

  private keyOf({ id, wrongKeys }: Target): string {
    const keys = this.candidates.get(id)!;
    return keys[wrongKeys % keys.length]!;
  }
}
