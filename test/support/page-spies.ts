/**
 * Functions that run inside the page of the workshop and note what it does, for a test to ask later. Nothing in them
 * may be a class, or a function that gets its name from what it is assigned to: for these esbuild needs a helper.
 */

/** One tone that the page has started. */
export interface Tone {
  readonly kind: string;
  readonly hertz: number;
}

/** What the spies leave in the page. */
interface Spied {
  /** What the page sounds through; undefined until it has made that. */
  sound?: AudioContext;
  /** Tones that were started so far. */
  tones: Tone[];
  /** How many connections lead to the loudspeaker. */
  heard: number;
  /** Times at which an LED was lit since it was watched, ms. */
  lit: number[];
}

/** Notes what the page sounds from now; before anything of it has been tapped. */
export function noteTones(): void {
  const spied = window as unknown as Spied;
  spied.tones = [];
  spied.heard = 0;
  window.AudioContext = new Proxy(window.AudioContext, {
    construct(Context) {
      return spied.sound = new Context();
    },
  });
  const { start } = AudioScheduledSourceNode.prototype;
  AudioScheduledSourceNode.prototype.start = function (this: OscillatorNode, when) {
    spied.tones.push({ kind: this.type, hertz: Math.round(this.frequency.value) });
    start.call(this, when);
  };
  const { connect } = AudioNode.prototype;
  AudioNode.prototype.connect = function (this: AudioNode, ...to: unknown[]) {
    if (to[0] instanceof AudioDestinationNode) spied.heard++;
    return Reflect.apply(connect, this, to) as AudioNode;
  } as typeof connect;
}

/** Notes when the LED of a device is lit, from now. */
export function noteLed(device: string): void {
  const led = document.querySelector(`[data-device=${device}] .led`)!;
  // A list of its own, because whoever watched before goes on.
  const lit: number[] = [];
  (window as unknown as Spied).lit = lit;
  let on = false;
  new MutationObserver(() => {
    const was = on;
    on = led.classList.contains('on');
    if (on && !was) lit.push(performance.now());
  }).observe(led, { attributes: true, attributeFilter: ['class'] });
}

/** Whether the LED has shown this code: as many flashes, with a rest before and behind them. */
export function hasShown(code: number): boolean {
  const { lit } = window as unknown as Spied;
  const REST = 1500;
  const starts = lit.map((at, i) => (i > 0 && at - lit[i - 1]! > REST ? i : -1)).filter((i) => i > 0);
  return starts.some((start, i) => i + 1 < starts.length && starts[i + 1]! - start === code);
}
