import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { DeviceState } from '../messages.ts';
import type { Send } from './card.ts';

/** Devices whose button is held on this page. The server's answer is too slow for it: a tap is over before. */
const held = new Set<string>();

/** The push button of a device: down for as long as a finger or a key holds it. */
export function drawButton({ id, button }: DeviceState, send: Send): TemplateResult {
  const press = () => {
    held.add(id);
    send({ do: 'button', device: id, down: true });
  };
  const release = () => {
    if (held.delete(id)) send({ do: 'button', device: id, down: false });
  };
  const key = (event: KeyboardEvent) => {
    if (!event.repeat && (event.key === ' ' || event.key === 'Enter')) press();
  };
  return html`
    <div class="plate">
      <button type="button" class="push ${button?.down ? 'down' : ''}" data-push aria-label="Push button of ${id}"
        @pointerdown=${press} @pointerup=${release} @pointerleave=${release} @pointercancel=${release}
        @keydown=${key} @keyup=${release} @blur=${release}></button>
      <p>Push me: I ring ${button?.rings.join(', ') || 'nobody'}</p>
    </div>`;
}
