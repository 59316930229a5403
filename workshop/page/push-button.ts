import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { DeviceState } from '../messages.ts';
import type { Send } from './card.ts';

/** The push button of a device: down for as long as a finger or a key holds it. */
export function drawButton(device: DeviceState, send: Send): TemplateResult {
  const button = device.button;
  const push = (down: boolean) => () => {
    if (button?.down !== down) send({ do: 'button', device: device.id, down });
  };
  const key = (down: boolean) => (event: KeyboardEvent) => {
    if (event.key === ' ' || event.key === 'Enter') push(down)();
  };
  return html`
    <div class="plate">
      <button type="button" class="push ${button?.down ? 'down' : ''}" data-push
        aria-label="Push button of ${device.id}"
        @pointerdown=${push(true)} @pointerup=${push(false)}
        @pointerleave=${push(false)} @pointercancel=${push(false)}
        @keydown=${key(true)} @keyup=${key(false)} @blur=${push(false)}></button>
      <p>Push me: I ring ${button?.rings.join(', ') || 'nobody'}</p>
    </div>`;
}
