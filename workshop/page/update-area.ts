import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { DeviceState } from '../messages.ts';
import type { Send } from './card.ts';
import { imageInWords, isOver, updateInWords } from './update-words.ts';

/** How much faster a device's time runs on request. */
const FAST = 10;

/** The rows of a card that say what runs, and how the last update goes. */
export function updateFacts(device: DeviceState, dueMs: number | undefined): TemplateResult {
  return html`
    <dt>Runs</dt><dd data-runs>${imageInWords(device) || 'not heard yet'}</dd>
    ${device.update ? lastUpdate(device, dueMs) : nothing}`;
}

function lastUpdate(device: DeviceState, dueMs: number | undefined): TemplateResult {
  const { update } = device;
  const { text, note } = updateInWords(device, dueMs);
  return html`<dt>Update</dt>
    <dd class="update ${classOf(device)}" data-update=${update?.phase ?? ''} data-version=${update?.version ?? ''}>
      <span data-said>${text}</span>
      ${bar(device)}
      ${note ? html`<small>${note}</small>` : nothing}
    </dd>`;
}

function classOf({ update }: DeviceState): string {
  if (!update || !isOver(update)) return '';
  return ['confirmed', 'current', 'key changed'].includes(update.phase) ? 'good' : 'bad';
}

function bar({ id, update }: DeviceState): TemplateResult | typeof nothing {
  if (!update?.of || isOver(update) || update.phase === 'went back') return nothing;
  return html`<progress max=${update.of} value=${update.have} aria-label="Chunks that ${id} has received"></progress>`;
}

/** Makes the time of one device run faster, and back. */
export function speedSwitch({ id, speed }: DeviceState, send: Send): TemplateResult {
  const isFast = speed !== 1;
  const toggle = () => send({ do: 'speed', device: id, times: isFast ? 1 : FAST });
  const text = isFast ? `Its time runs ${speed} times faster` : `Make its time run ${FAST} times faster`;
  return html`<button type="button" class="fault wide" ?data-fast=${isFast} aria-pressed=${isFast} @click=${toggle}
    aria-label="${FAST} times faster: ${id}">${text}</button>`;
}
