import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { DeviceState, PageMessage } from '../messages.ts';
import { outcomeInWords } from '../outcome-words.ts';
import { drawBell } from './bell.ts';
import { drawButton } from './push-button.ts';
import { ledInWords } from './led-words.ts';
import { ringForm } from './ring-form.ts';
import { speedSwitch, updateFacts } from './update-area.ts';
import { clock, limitsInWords, statusInWords } from './words.ts';

export type Send = (message: PageMessage) => void;

/**
 * One device: what it is, what it does this moment, and what can be done to it. `dueMs` is the time until something
 * happens to its update by itself, and `note` what there is to say of a ring that was sent to it.
 */
export function card(device: DeviceState, send: Send, note: string, dueMs?: number): TemplateResult {
  return html`
    <article class="card" data-device=${device.id} data-power=${device.power ? 'on' : 'off'}
      aria-labelledby="name-${device.id}">
      <header>
        <h2 id="name-${device.id}">${device.id}</h2>
        <p class="kind">${[device.board, ...device.groups.map((group) => `group ${group}`)].join(' · ')}</p>
      </header>
      <div class="stage">
        ${device.button ? drawButton(device, send) : nothing} ${drawBell(device.id, device.relay.on)}
      </div>
      <dl class="facts">${status(device)} ${led(device)} ${relay(device)} ${lastRing(device)} ${limits(device)}
        ${updateFacts(device, dueMs)}</dl>
      ${ringForm(device.id, send, note)}
      <div class="faults">${powerSwitch(device, send)} ${wifiSwitch(device, send)} ${speedSwitch(device, send)}</div>
    </article>`;
}

function led(device: DeviceState): TemplateResult | typeof nothing {
  const { led: light } = device;
  if (!light) return nothing;
  return html`<dt>LED ${light.pin}</dt>
    <dd data-blinks=${light.blinks ?? ''}>
      <span class="led ${light.on ? 'on' : ''}" role="img" aria-label=${light.on ? 'lit' : 'dark'}></span>
      ${ledInWords(device)}
    </dd>`;
}

function status(device: DeviceState): TemplateResult {
  const { text, note } = statusInWords(device);
  return html`<dt>Status</dt>
    <dd>
      <span class="status ${device.status}" data-status>${text}</span>
      ${note ? html`<small>${note}</small>` : nothing}
    </dd>`;
}

function relay({ relay: { pin, on, strokes } }: DeviceState): TemplateResult {
  return html`<dt>Relay ${pin}</dt>
    <dd data-relay=${on ? 'on' : 'off'} data-strokes=${strokes}>
      <b>${on ? 'on' : 'off'}</b>, ${strokes} ${strokes === 1 ? 'stroke' : 'strokes'} so far
    </dd>`;
}

function lastRing({ rang }: DeviceState): TemplateResult {
  if (!rang) return html`<dt>Last ring</dt><dd data-outcome="">none yet</dd>`;
  return html`<dt>Last ring</dt>
    <dd data-outcome=${rang.outcome} class=${rang.outcome === 'rung' ? 'good' : 'bad'}>
      ${outcomeInWords(rang)} <small>at ${clock(rang.at)}</small>
    </dd>`;
}

function limits({ info }: DeviceState): TemplateResult {
  const known = limitsInWords(info);
  return html`<dt>Limits</dt><dd data-limits>${known.length ? known.join('; ') : 'not heard yet'}</dd>`;
}

function powerSwitch({ id, power }: DeviceState, send: Send): TemplateResult {
  const toggle = () => send({ do: 'power', device: id, on: !power });
  return faultSwitch(id, power, ['Pull the plug', 'Plug in'], toggle);
}

function wifiSwitch({ id, wifi }: DeviceState, send: Send): TemplateResult {
  const toggle = () => send({ do: 'wifi', device: id, on: !wifi });
  return faultSwitch(id, wifi, ['Cut the Wi-Fi', 'Restore the Wi-Fi'], toggle);
}

function faultSwitch(id: string, whole: boolean, [cut, mend]: [string, string], toggle: () => void): TemplateResult {
  const text = whole ? cut : mend;
  return html`<button type="button" class="fault" ?data-broken=${!whole} @click=${toggle}
    aria-label="${text}: ${id}">${text}</button>`;
}
