import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { faultOf, type Outcome, type Plan } from '../../../scripts/bench/fleet/outcome.ts';
import { tryFleet } from '../../../scripts/bench/fleet/trial.ts';

/** Updates a fleet and proves that each bell is as it should be, the broken one and the one that was off too. */
export async function proveFleet(context: TestContext, plan: Omit<Plan, 'said'>): Promise<Outcome> {
  const lines: string[] = [];
  const whole: Plan = { ...plan, said: (line) => void lines.push(line) };
  const outcome = await tryFleet(whole);
  const { rows, away, broken, boards, storm, stretches, tool } = outcome;
  assert.equal(faultOf(outcome, whole), '', lines.join('\n'));
  const failure = rows.find(({ bell }) => bell === broken)!;
  assert.match(failure.reason, /the flash does not take/);
  assert.notEqual(failure.runs, rows.find(({ bell }) => bell === away)!.runs);
  // Every other one into its new image, and nobody ever for another reason.
  assert.equal(boards.restarts, plan.bells - 1);
  assert.equal(stretches.reduce((sum, { counts }) => sum + counts.dropped, 0), 0);
  const bytes = stretches.reduce((sum, { counts }) => sum + counts.bytesIn + counts.bytesOut, 0);
  context.diagnostic(`${stretches.map(({ name, s }) => `${name} ${Math.round(s)} s`).join(', ')}; `
    + `${(bytes / 1e6).toFixed(1)} MB; the last bell was back ${storm!.backS.toFixed(0)} s after the broker; `
    + `bell update took ${tool.cpuS.toFixed(0)} s of a processor and ${Math.round(tool.bytes / 1e6)} MB`);
  return outcome;
}
