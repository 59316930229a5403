import { performance } from 'node:perf_hooks';
import { startMosquitto, type Mosquitto } from '../mosquitto.ts';
import { castOf } from './cast.ts';
import type { Told } from './crew-process.ts';
import { Fleet } from './fleet.ts';
import { Observer, type Counts } from './observer.ts';
import type { Outcome, Plan, Stretch } from './outcome.ts';
import { updateAll } from './tool.ts';
import { mostInASecond } from './traffic.ts';

const STAGES = ['1', '10%', '100%'];
/** One bell is broken on purpose, and one may come back too late on a machine that has other things to do. */
const MAX_FAILURES = '2';
/** After so long a running image has proved itself, ms. */
const PROOF_MS = 62_000;
/** For how long the broker is away, and when in the last stage the bell that was off comes back, ms. */
const OUTAGE_MS = 10_000;
const RETURN_MS = 10_000;
/** A Mosquitto that counts every second; everything else is as it comes. */
const CONFIG = ['sys_interval 1'];

/** Updates a fleet of simulated bells with `bell update all` through one Mosquitto, in three stages. */
export async function tryFleet(plan: Plan): Promise<Outcome> {
  const broker = await startMosquitto(plan.mosquitto, CONFIG);
  const observer = await Observer.start(broker.port);
  let fleet: Fleet | undefined;
  try {
    plan.said(`starting ${plan.bells} bells`);
    fleet = await Fleet.start(plan.bells, broker.port, plan.speed ?? 1);
    await observer.until(() => observer.online.size >= plan.bells);
    if (plan.isSettled) await pause(PROOF_MS / (plan.speed ?? 1));
    return await new Trial(plan, broker, observer, fleet).run();
  } finally {
    await fleet?.stop();
    await observer.stop();
    await broker.stop();
  }
}

/** One roll-out, and what is done to it. */
class Trial {
  private readonly marks: { name: string; at: number; counts: Counts }[] = [];
  private readonly broken: string;
  private readonly away: string;
  private readonly deeds: Promise<void>[] = [];
  private killedAt = 0;
  private revivedAt = 0;
  private backAt = 0;

  constructor(
    private readonly plan: Plan, private readonly broker: Mosquitto, private readonly observer: Observer,
    private readonly fleet: Fleet,
  ) {
    // Both are asked in the last stage.
    const [broken, away] = castOf(plan.bells).slice(-2).map(({ id }) => id);
    this.broken = broken!;
    this.away = away!;
  }

  async run(): Promise<Outcome> {
    const { broker, fleet, observer } = this;
    await fleet.breakFlash(this.broken);
    const before = await fleet.tell();
    this.mark('roll call and build');
    const words = ['--stages', STAGES.join(','), '--max-failures', MAX_FAILURES];
    const tool = await updateAll(broker.port, words, (line) => this.hear(line));
    this.mark('end');
    await Promise.all(this.deeds);
    const after = await fleet.tell();
    return {
      exitCode: tool.exitCode, rows: tool.rows, tool, broken: this.broken, away: this.away,
      stretches: this.stretches(), said: observer.said, busiest: observer.busiest, ...this.traffic(before, after),
    };
  }

  private hear(line: string): void {
    this.plan.said(line.trim());
    const stage = /stage (\d) of/.exec(line)?.[1];
    const name = `stage ${stage}: ${STAGES[Number(stage) - 1]}`;
    if (!stage || this.marks.some((mark) => mark.name === name)) return;
    this.mark(name);
    if (stage === '2') this.deeds.push(this.fleet.power(this.away, false));
    if (stage === '3') this.deeds.push(this.comeBack(), ...(this.plan.isKilled ? [this.kill()] : []));
  }

  private mark(name: string): void {
    this.marks.push({ name, at: performance.now(), counts: this.observer.counts });
  }

  private async comeBack(): Promise<void> {
    await pause(RETURN_MS / (this.plan.speed ?? 1));
    await this.fleet.power(this.away, true);
  }

  /** Kills the broker while half of the fleet is receiving, or has received. */
  private async kill(): Promise<void> {
    const { broker, observer, plan } = this;
    await observer.until(() => observer.begun.size >= plan.bells / 2);
    this.killedAt = Date.now();
    await broker.kill();
    observer.online.clear();
    plan.said('the broker is killed');
    await pause(OUTAGE_MS / (plan.speed ?? 1));
    await broker.revive();
    this.revivedAt = Date.now();
    await observer.until(() => observer.online.size >= plan.bells);
    this.backAt = Date.now();
  }

  private stretches(): Stretch[] {
    return this.marks.slice(0, -1).map(({ name, at, counts }, index) => {
      const next = this.marks[index + 1]!;
      const ends = [0, 1, Math.ceil(this.plan.bells / 10), this.plan.bells];
      return {
        name, bells: index ? ends[index]! - ends[index - 1]! : 0, s: (next.at - at) / 1000,
        counts: difference(next.counts, counts),
      };
    });
  }

  private traffic(before: readonly Told[], after: readonly Told[]) {
    const sum = (told: readonly Told[], of: (one: Told) => number): number => {
      return told.reduce((all, one) => all + of(one), 0);
    };
    const grown = (of: (one: Told) => number): number => sum(after, of) - sum(before, of);
    const since = (key: 'dials' | 'answers', from: number): number[] => {
      return after.flatMap(({ traffic }) => traffic[key]).filter((moment) => moment >= from);
    };
    const began = performance.timeOrigin + this.marks[0]!.at;
    const dials = since('dials', began);
    return {
      boards: {
        cpuS: grown(({ cpuS }) => cpuS), restarts: grown(({ restarts }) => restarts),
        bytes: sum(after, ({ bytes }) => bytes),
      },
      sent: grown(({ traffic }) => traffic.sent), received: grown(({ traffic }) => traffic.received),
      dials: dials.length, mostDials: mostInASecond(dials),
      ...(this.killedAt ? { storm: {
        backS: (this.backAt - this.revivedAt) / 1000, mostAnswers: mostInASecond(since('answers', this.revivedAt)),
        dials: since('dials', this.killedAt).length,
      } } : {}),
    };
  }
}

function difference(after: Counts, before: Counts): Counts {
  const keys = Object.keys(after) as (keyof Counts)[];
  return Object.fromEntries(keys.map((key) => [key, after[key] - before[key]])) as unknown as Counts;
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
