import assert from 'node:assert/strict';
import test from 'node:test';
import { twoTransistors, usbInside } from '../../support/rom/reset-circuit.ts';

test('two transistors: RTS alone holds, DTR alone at its end asks for the loader, both together do nothing', () => {
  const circuit = twoTransistors();
  assert.equal(circuit.set(true, true), undefined);
  assert.equal(circuit.set(false, true), 'held');
  assert.equal(circuit.set(true, false), 'download');
  assert.equal(circuit.set(false, false), undefined);
  circuit.set(false, true);
  assert.equal(circuit.set(false, false), 'app');
});

test('two transistors: lines that change one after the other start the program, not the loader', () => {
  const circuit = twoTransistors();
  circuit.set(false, true);
  assert.equal(circuit.set(false, false), 'app');
  assert.equal(circuit.set(true, false), undefined);
});

test('two transistors: what esptool-js does at its end resets nothing', () => {
  const circuit = twoTransistors();
  const ends = [[false, false], [true, false]] as const;
  assert.deepEqual(ends.map(([dtr, rts]) => circuit.set(dtr, rts)), [undefined, undefined]);
});

test('USB inside: the wish for the loader is remembered over a reset', () => {
  const circuit = usbInside();
  circuit.set(false, false);
  circuit.set(true, false);
  circuit.set(true, true);
  assert.equal(circuit.set(false, true), 'held');
  assert.equal(circuit.set(false, false), 'download');
  circuit.set(false, true);
  assert.equal(circuit.set(false, false), 'app');
});
