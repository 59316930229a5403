import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Addresses } from '../../messages.ts';
import { Flow } from './flow.ts';
import { startPanel } from './start-panel.ts';
import { stepsPanel } from './steps-panel.ts';
import { whyNoSerial } from './web-serial.ts';
import { failureInWords, inPageWords } from './words.ts';

/** What the tab needs of the page around it. */
export interface PanelHost {
  draw(): void;
  /** Where the workshop's own broker is; undefined while the page has no connection. */
  addresses(): Addresses | undefined;
}

/** The tab in which a board at USB becomes a bell. Loaded when it is opened, because what flashes is large. */
export function createPanel(host: PanelHost): () => TemplateResult {
  const flow = new Flow(() => host.draw(), () => requestAnimationFrame(showQuestion));
  addEventListener('beforeunload', (event) => {
    if (flow.state.isBusy) event.preventDefault();
  });
  return () => {
    const reason = whyNoSerial();
    return html`
      <section class="usb" aria-labelledby="usb-title">
        <h2 id="usb-title">Put it on a board</h2>
        ${reason === '' ? work(flow, host.addresses()) : html`<p class="fault-note" data-no-serial>${reason}</p>`}
      </section>`;
  };
}

/** A question must not be asked below the edge of the screen. */
function showQuestion(): void {
  document.querySelector('[data-question]')?.scrollIntoView({ block: 'nearest' });
}

function work(flow: Flow, addresses: Addresses | undefined): TemplateResult {
  return html`
    ${startPanel(flow)}
    ${stepsPanel(flow, addresses)}
    ${portal(flow)}
    ${failure(flow)}
    ${findings(flow)}
    ${bell(flow)}`;
}

function failure({ state }: Flow): TemplateResult | typeof nothing {
  if (!state.failure) return nothing;
  const { text, cure } = failureInWords(state.failure);
  return html`<p class="fault-note" role="alert" data-failure><b>${text}</b> ${cure}</p>`;
}

function portal({ state }: Flow): TemplateResult | typeof nothing {
  if (!state.portal) return nothing;
  const { name, password } = state.portal;
  return html`
    <p class="portal" data-portal>Without a network it opens an access point of its own: <b>${name}</b>, password
      <code>${password}</code>. Write that down: it is shown now, and else on the console of the bell alone.</p>`;
}

const SIGNS = { right: '✓', mind: '!', wrong: '✗' };

function findings({ state }: Flow): TemplateResult | typeof nothing {
  if (!state.findings) return nothing;
  return html`
    <ul class="findings" data-findings>
      ${state.findings.map(({ level, what, cure, code }) => html`
        <li class=${level} data-code=${code}>
          <span class="sign" role="img" aria-label=${level}>${SIGNS[level]}</span>
          <span>${inPageWords(what)} ${cure === '' ? nothing : html`<small>${inPageWords(cure)}</small>`}</span>
        </li>`)}
    </ul>`;
}

function bell(flow: Flow): TemplateResult | typeof nothing {
  const { bell: online } = flow.state;
  if (!online) return nothing;
  return html`
    <div class="reward" data-bell=${online.id}>
      <button type="button" class="primary" data-ring @click=${() => flow.ring()}>Ring ${online.id}</button>
      <p role="status" data-rang=${online.rang === '' ? '' : 'yes'}>
        ${online.rang === '' ? 'The first ring is yours.' : `${online.id}: ${online.rang}.`}
      </p>
    </div>`;
}
