import { html, nothing, render } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { DeviceState, ImageKind, PageMessage, ServerMessage } from '../messages.ts';
import { outcomeInWords } from '../outcome-words.ts';
import { animateStroke } from './bell.ts';
import { boardTab } from './board-tab.ts';
import { card } from './card.ts';
import { connect } from './connection.ts';
import { disconnected, EMPTY, receive } from './model.ts';
import { pushPanel } from './push-panel.ts';
import { ringForm } from './ring-form.ts';
import { afterRing, afterStop, sentInWords } from './sent.ts';
import type { Sent } from './sent.ts';
import { Sound } from './sound.ts';
import { currentTab, tabs } from './tabs.ts';
import { toolsPanel } from './tools.ts';
import { WIRE_VIEW, wirePanel } from './wire.ts';

/** Base pitches, Hz, so that the bells can be told apart with closed eyes. */
const PITCHES = [880, 698, 1047, 784];

let model = EMPTY;
let view = WIRE_VIEW;
let kind: ImageKind = 'good';
let sent: Sent = {};
let drawing = 0;
const sound = new Sound();
const onBoard = boardTab({ draw, addresses: () => model.addresses });

const send = connect({
  received(message) {
    model = receive(model, message, performance.now());
    if (message.type === 'stroke') stroke(message);
    else draw();
  },
  lost() {
    model = disconnected(model);
    draw();
  },
});

/** Draws at most once a frame, however much arrives. */
function draw(): void {
  drawing ||= requestAnimationFrame(drawNow);
}

function drawNow(): void {
  cancelAnimationFrame(drawing);
  drawing = 0;
  render(page(), document.body);
}

/** An edge is drawn and sounded at once, so that hammer and sound are where the relay is. */
function stroke({ device, on }: Extract<ServerMessage, { type: 'stroke' }>): void {
  drawNow();
  if (!on) return sound.release();
  animateStroke(device);
  sound.strike(PITCHES[model.devices.findIndex(({ id }) => id === device) % PITCHES.length] ?? 880);
}

function page(): TemplateResult {
  return html`
    ${top()}
    ${currentTab() === 'board' ? html`<main class="narrow">${onBoard()}</main>` : workshop()}
    <p class="unseen" role="status">${model.devices.map(spoken)}</p>`;
}

function workshop(): TemplateResult {
  return html`
    <main>
      <section class="devices" aria-label="Devices">
        ${model.devices.map((device) => card(device, sendAndNote, note(device.id), dueMs(device)))}
        ${model.devices.length ? everybody() : html`<p class="empty">Waiting for the workshop…</p>`}
        ${model.pushing ? pushPanel(model.devices, model.pushing, kind, send, choose) : nothing}
      </section>
      ${wirePanel(model.wire, view, (changed) => { view = changed; draw(); })}
      ${model.addresses ? toolsPanel(model.addresses) : nothing}
    </main>`;
}

/** The devices that a name means. */
function meant(name: string): DeviceState[] {
  return model.devices.filter(({ id, groups }) => name === 'all' || name === id || groups.includes(name));
}

/** What there is to say of the last ring that this page has sent to a name. */
function note(name: string): string {
  return sentInWords(sent, name, meant(name));
}

function sendAndNote(message: PageMessage): void {
  send(message);
  if (message.do === 'ring') sent = afterRing(sent, message.name, meant(message.name));
  else if (message.do === 'stop') sent = afterStop(sent, message.name);
  draw();
}

/** Chooses what kind of image this page pushes next. */
function choose(chosen: ImageKind): void {
  kind = chosen;
  draw();
}

/** Time until something happens by itself, ms. */
function dueMs({ id }: DeviceState): number {
  return Math.max(0, (model.dueAt[id] ?? 0) - performance.now());
}

/** What a screen reader says when a ring has ended. */
function spoken({ id, rang }: DeviceState): string {
  return rang ? `${id}: ${outcomeInWords(rang)}. ` : '';
}

function top(): TemplateResult {
  const toggle = () => { sound.toggle(); draw(); };
  return html`
    <header class="top">
      <h1>mqtt-bell <span>workshop</span></h1>
      ${tabs()}
      <span class="link ${model.connected ? 'up' : 'down'}" data-link role="status">
        ${model.connected ? 'live' : 'not connected: trying again'}
      </span>
      <button type="button" data-sound aria-pressed=${sound.awake && !sound.muted} @click=${toggle}>
        ${soundLabel()}
      </button>
    </header>`;
}

function soundLabel(): string {
  if (sound.muted) return 'Sound off';
  return sound.awake ? 'Sound on' : 'Tap for sound';
}

function everybody(): TemplateResult {
  const groups = [...new Set(model.devices.flatMap((device) => device.groups))];
  return html`
    <article class="card together" aria-labelledby="together">
      <header><h2 id="together">Together</h2><p class="kind">one message, several devices</p></header>
      ${groups.map((name) => ringForm(name, sendAndNote, note(name), `Ring the group “${name}”`))}
      ${ringForm('all', sendAndNote, note('all'), 'Ring all')}
    </article>`;
}

/** Any tap or key wakes the sound, but not the one on the sound's own button: that has a meaning of its own. */
function wake(event: Event): void {
  if (sound.awake || (event.target as Element).closest('[data-sound]')) return;
  sound.wake();
  draw();
}

/** Counts down. */
setInterval(() => {
  if (model.devices.some((device) => dueMs(device) > 0)) draw();
}, 1000);

document.addEventListener('pointerdown', wake);
document.addEventListener('keydown', wake);
addEventListener('hashchange', draw);
draw();
