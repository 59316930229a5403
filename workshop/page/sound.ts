/** Partials of a small brass gong: times the base pitch, loudness, and how long each rings, s. */
const PARTIALS = [
  [1, 0.5, 1.4],
  [2.0, 0.35, 1.1],
  [2.76, 0.25, 0.8],
  [4.1, 0.16, 0.5],
  [5.4, 0.12, 0.35],
] as const;

const LOUDNESS = 0.25;
const STORED = 'mqtt-bell sound';

/** Makes the relays audible. Browsers stay silent until the first tap on the page; `wake` belongs there. */
export class Sound {
  private context: AudioContext | undefined;
  muted = recall() === 'off';

  /** Call on a tap or a key: only then may a page start to sound. */
  wake(): void {
    this.context ??= new AudioContext();
    if (this.context.state === 'suspended') void this.context.resume();
  }

  /** Whether the browser lets the page sound already. */
  get awake(): boolean {
    return this.context !== undefined;
  }

  /** Mutes and unmutes; before the first tap anywhere it only wakes. */
  toggle(): void {
    if (!this.awake && !this.muted) return this.wake();
    this.wake();
    this.muted = !this.muted;
    remember(this.muted ? 'off' : 'on');
  }

  /** The hammer hits the gong. `pitch` is its base frequency in Hz. */
  strike(pitch: number): void {
    for (const [ratio, loudness, seconds] of PARTIALS) this.tone(pitch * ratio, loudness, seconds, 'sine');
  }

  /** The hammer falls back. */
  release(): void {
    this.tone(150, 0.2, 0.04, 'triangle');
  }

  private tone(frequency: number, loudness: number, seconds: number, type: OscillatorType): void {
    const { context, muted } = this;
    if (!context || muted || context.state !== 'running') return;
    const now = context.currentTime;
    const gain = new GainNode(context, { gain: LOUDNESS * loudness });
    gain.gain.exponentialRampToValueAtTime(0.0001, now + seconds);
    const tone = new OscillatorNode(context, { type, frequency });
    tone.connect(gain).connect(context.destination);
    tone.start(now);
    tone.stop(now + seconds);
  }
}

function recall(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    // A browser may refuse storage; then the choice lasts as long as the page.
    return null;
  }
}

function remember(value: string): void {
  try {
    localStorage.setItem(STORED, value);
  } catch {
    // As above.
  }
}
