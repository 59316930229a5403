import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { FAULT_NAMES, FAULTS } from '../bad-images.ts';
import type { DeviceState, ImageKind, Pushing } from '../messages.ts';
import type { Send } from './card.ts';

/** Pushes an image to a device, to a group or to all, and says what becomes of it. */
export function pushPanel(
  devices: readonly DeviceState[], pushing: Pushing, kind: ImageKind, send: Send, choose: (kind: ImageKind) => void,
): TemplateResult {
  return html`
    <article class="card push-panel" aria-labelledby="push-title" data-pushing=${pushing.now ? 'yes' : 'no'}>
      <header>
        <h2 id="push-title">Update over the air</h2>
        <p class="kind">next: version <b data-next>${pushing.next}</b></p>
      </header>
      <div class="what">
        <p>What is pushed is built at that moment from the sources in this folder, for the board of each device: change
          a line in <code>firmware/</code>, and it is in. With nothing changed it is the same program under the next
          number.</p>
        ${choice(kind, choose)}
      </div>
      <div class="whom">
        <p>${titleOf(kind, pushing.next)} to</p>
        <div class="targets">${targets(devices).map(([name, text]) => target(name, text, pushing, kind, send))}</div>
        ${pushing.now ? underWay(pushing.now, send) : result(pushing)}
      </div>
    </article>`;
}

function choice(kind: ImageKind, choose: (kind: ImageKind) => void): TemplateResult {
  const isBad = kind !== 'good';
  const toggle = (event: Event) => choose((event.target as HTMLInputElement).checked ? FAULT_NAMES[0]! : 'good');
  const pick = (event: Event) => choose((event.target as HTMLSelectElement).value as ImageKind);
  return html`
    <label class="check"><input type="checkbox" data-bad .checked=${isBad} @change=${toggle}>
      Make the next image bad on purpose</label>
    ${isBad ? html`
      <select aria-label="How the image is bad" data-fault @change=${pick}>
        ${FAULT_NAMES.map((name) => html`
          <option value=${name} ?selected=${name === kind}>It ${FAULTS[name].what}</option>`)}
      </select>
      <p class="hint">${FAULTS[kind].then} The relay stays off all the while. An image that runs out of memory is not
        here: a simulated board has no measure of memory.</p>` : nothing}`;
}

function titleOf(kind: ImageKind, version: string): string {
  return kind === 'good' ? `Push ${version}` : `Push ${version}, which ${FAULTS[kind].what},`;
}

/** Whom one can push to: each device, each group, everybody. */
function targets(devices: readonly DeviceState[]): [name: string, text: string][] {
  const groups = [...new Set(devices.flatMap((device) => device.groups))];
  return [
    ...devices.map(({ id }): [string, string] => [id, id]),
    ...groups.map((name): [string, string] => [name, `group ${name}`]),
    ['all', 'all'],
  ];
}

function target(name: string, text: string, { now }: Pushing, kind: ImageKind, send: Send): TemplateResult {
  const push = () => send({ do: 'push', name, kind });
  return html`<button type="button" class=${kind === 'good' ? 'primary' : 'risky'} ?disabled=${now !== undefined}
    @click=${push} aria-label="Push to ${name}">${text}</button>`;
}

function underWay({ name, kind, version, text }: NonNullable<Pushing['now']>, send: Send): TemplateResult {
  return html`
    <p data-under-way><b>${version}</b>${kind === 'good' ? '' : `, which ${FAULTS[kind].what},`} to ${name}: ${text}.
      <button type="button" class="small" @click=${() => send({ do: 'leave' })}>Do not wait for it</button></p>`;
}

function result({ last }: Pushing): TemplateResult | typeof nothing {
  if (!last) return nothing;
  return html`<ul class=${last.good ? 'good' : 'bad'} data-result>
    ${last.sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`;
}
