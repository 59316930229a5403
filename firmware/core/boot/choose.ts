import {
  CRASHED, MANY, NOT_LOST, SILENT, UNFIT, failures, setFailures,
} from './state.ts';
import type { Slot, State } from './state.ts';

/** Starts that an image on trial has to prove itself, and any image where the chip tells a crash from a plug. */
export const STARTS = 3;

/**
 * Starts that the image at home has where the chip does not say why it restarted: there a person
 * who plays with the plug looks like a crash.
 */
export const TOLERANT_STARTS = 6;

/** Somebody switched it on or pressed the reset button: nothing that an image can be blamed for. */
function byHand(reason: string): boolean {
  return reason === 'power on' || reason === 'reset pin' || reason === 'deep sleep';
}

/** Books what became of the last start. */
function settle(state: State, reason: string): void {
  if (!state.open) return;
  state.open = 0;
  if (byHand(reason)) return;
  const count = failures(state, state.slot) + 1;
  setFailures(state, state.slot, count);
  // An image that does not confirm in time is restarted by the loader's guard timer.
  state.loss = reason === 'restart' || reason === 'unknown' ? SILENT : CRASHED;
}

function start(state: State, slot: Slot): Slot {
  state.open = 1;
  state.slot = slot;
  return slot;
}

/** Ends a trial: the other slot is not started again by itself. */
function endTrial(state: State, loss: number): void {
  state.trial = 0;
  state.loss = loss;
  setFailures(state, 1 - state.home, MANY);
}

/** Whether the image in a slot may run: bit 0 of `fit` is slot a, bit 1 slot b. */
function isFit(fit: number, slot: Slot): boolean {
  return (fit >> slot & 1) === 1;
}

function trialSlot(state: State, fit: number): number {
  const other = (1 - state.home) as Slot;
  if (failures(state, other) >= STARTS) endTrial(state, state.loss);
  else if (isFit(fit, other)) return start(state, other);
  else endTrial(state, UNFIT);
  return -1;
}

/**
 * Decides which slot to start, and writes into `state` what the journal must say before it is
 * started. -1: none may, safe mode.
 *
 * `fit` has a bit for each slot whose image may run at all. `reason` is why the chip restarted,
 * 'unknown' where it does not say.
 */
export function chooseSlot(state: State, fit: number, reason: string): number {
  settle(state, reason);
  const tried = state.trial ? trialSlot(state, fit) : -1;
  if (tried >= 0) return tried;
  const limit = reason === 'unknown' ? TOLERANT_STARTS : STARTS;
  const home = state.home;
  if (failures(state, home) < limit) {
    if (isFit(fit, home)) return start(state, home);
    state.loss = UNFIT;
  }
  const other = (1 - home) as Slot;
  if (failures(state, other) >= limit || !isFit(fit, other)) return -1;
  state.home = other;
  return start(state, other);
}

/** The running image is healthy: it becomes the one at home. */
export function confirm(state: State): void {
  if (state.trial) state.loss = NOT_LOST;
  state.home = state.slot;
  state.trial = 0;
  state.open = 0;
  setFailures(state, state.slot, 0);
}

/** The running image stopped with an error while it started: no reason to try it again on trial. */
export function giveUp(state: State, loss: number): void {
  state.open = 0;
  if (state.trial) return endTrial(state, loss);
  state.loss = loss;
  setFailures(state, state.slot, failures(state, state.slot) + 1);
}

/** Both slots get their starts again; how safe mode ends. */
export function forgive(state: State): void {
  state.a = 0;
  state.b = 0;
  state.open = 0;
}
