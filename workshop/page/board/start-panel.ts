import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { boards, findBoard } from '../../../boards/index.ts';
import { flashModes, interpreterOf, type FlashMode } from '../../../boards/interpreters.ts';
import type { Flow } from './flow.ts';
import type { Work } from './state.ts';

/** The boards that are flashed over USB. */
const CHOICE = boards.filter((board) => interpreterOf(board)?.refusal === '');

const BUTTONS: readonly (readonly [work: Work, label: string, what: string])[] = [
  ['flash', 'Make it a bell', 'interpreter, firmware and settings'],
  ['settings', 'Change its settings', 'of a bell that runs'],
  ['look', 'Have a look', 'what is wrong with it?'],
];

/** What is chosen before anything begins, and the buttons that begin. */
export function startPanel(flow: Flow): TemplateResult {
  const { isBusy } = flow.state;
  return html`
    <p class="lead">Plug a board into this computer, with a USB cable that carries data. Your browser asks for its
      port first.</p>
    <div class="choice">
      <label for="usb-board">Board</label>
      <select id="usb-board" ?disabled=${isBusy} @change=${(event: Event) => chooseBoard(flow, event)}>
        <option value="">find it out</option>
        ${CHOICE.map(({ id, title }) => html`
          <option value=${id} ?selected=${id === flow.wish.board}>${title}</option>`)}
      </select>
    </div>
    ${aboutBoard(flow.wish.board)}
    <div class="works">
      ${BUTTONS.map(([work, label, what], index) => html`
        <button type="button" class=${index === 0 ? 'primary' : ''} data-work=${work} ?disabled=${isBusy}
          @click=${() => void flow.begin(work)}>${label}<small>${what}</small></button>`)}
    </div>
    ${troubles(flow)}`;
}

function chooseBoard(flow: Flow, event: Event): void {
  flow.wish.board = (event.target as HTMLSelectElement).value;
  flow.change((state) => state);
}

/** Wiring of a board, and what can kill its owner. */
export function aboutBoard(id: string): TemplateResult | typeof nothing {
  const board = findBoard(id);
  if (!board) return nothing;
  return html`
    ${board.warning === undefined ? nothing : html`<p class="fault-note"><b>Danger.</b> ${board.warning}</p>`}
    <p class="hint" data-wiring>Relay: ${board.relay.label}. ${board.wiring}</p>`;
}

function troubles(flow: Flow): TemplateResult {
  const { wish, state: { isBusy }, port } = flow;
  const speed = (event: Event) => { wish.baudRate = Number((event.target as HTMLSelectElement).value); };
  const mode = (event: Event) => { wish.flashMode = (event.target as HTMLSelectElement).value as FlashMode | ''; };
  const wait = (event: Event) => { wish.isWaiting = (event.target as HTMLInputElement).checked; };
  return html`
    <details class="troubles">
      <summary>If it does not work</summary>
      <label>Speed
        <select @change=${speed} ?disabled=${isBusy}>
          ${[460800, 115200].map((rate) => html`<option ?selected=${rate === wish.baudRate}>${rate}</option>`)}
        </select></label>
      <label>Flash mode of an ESP8266
        <select @change=${mode} ?disabled=${isBusy}>
          <option value="">as usual</option>
          ${Object.keys(flashModes).map((name) => html`<option ?selected=${name === wish.flashMode}>${name}</option>`)}
        </select></label>
      <label class="check"><input type="checkbox" .checked=${wish.isWaiting} @change=${wait} ?disabled=${isBusy}>
        Wait until the bell is online</label>
      <button type="button" ?disabled=${isBusy || !port} @click=${() => flow.forgetPort()}>Another port</button>
      <p class="hint">Nothing answers? Hold the button marked BOOT, FLASH or IO0, press and release RST or EN, let go,
        begin again. To see a bell come online, the workshop's program on this computer is told its broker's user name
        and password; it keeps them for as long as it listens.</p>
    </details>`;
}
