import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { JsonError, readJson } from '../../../scripts/lib/json-lines.ts';
import type { Addresses } from '../../messages.ts';
import { draftOf, readDraft, type Draft, type DraftError } from './draft.ts';
import type { Question } from './state.ts';
import { takeFiles } from './take-files.ts';
import { inPageWords } from './words.ts';

type Asked = Extract<Question, { type: 'settings' }>;

/** What is wrong in the form, since it was last sent. */
const complaints = new WeakMap<Draft, readonly DraftError[]>();

/** The form of settings. What is typed stays in the draft, in this page. */
export function settingsQuestion(asked: Asked, addresses: Addresses | undefined, draw: () => void): TemplateResult {
  const { draft, board, answer } = asked;
  const submit = (event: Event) => {
    event.preventDefault();
    const read = readDraft(draft, board);
    if ('settings' in read) return answer(read.settings);
    complaints.set(draft, read.errors);
    draw();
    requestAnimationFrame(() => document.querySelector('[data-error]')?.scrollIntoView({ block: 'center' }));
  };
  return html`
    <form class="question settings" data-question="settings" autocomplete="off" novalidate @submit=${submit}>
      <p class="hint">${asked.known
        ? 'It has settings already: here they are.'
        : 'These are all that it has then; what is not asked here gets its default. A bell.json may hold more.'}</p>
      ${errorsOf(draft, '')}
      ${text(draft, 'id', 'Name of the bell', { placeholder: asked.byDefault })} ${errorsOf(draft, 'id')}
      ${networks(draft, draw)}
      ${broker(asked, addresses, draw)}
      ${text(draft, 'key', 'Key of updates over the air (npx bell key makes one; empty: none)', { isSecret: true })}
      ${errorsOf(draft, 'key')}
      <div class="ends">
        <button type="submit" class="primary">Use these</button>
        <button type="button" data-leave @click=${() => answer(undefined)}>
          ${asked.known ? 'Keep what it has' : 'No settings now'}
        </button>
        <label class="file">Take them from a bell.json<input type="file" accept=".json,application/json" data-config
          @change=${(event: Event) => void openFile(event, draft, draw)}></label>
      </div>
    </form>`;
}

function networks(draft: Draft, draw: () => void): TemplateResult {
  const more = () => {
    draft.wifi.push({ ssid: '', password: '' });
    draw();
  };
  return html`
    ${draft.wifi.map((network, row) => html`
      <fieldset>
        <legend>${row === 0 ? 'Wi-Fi network (2.4 GHz)' : `Network ${row + 1}, when the others are not there`}</legend>
        ${text(network, 'ssid', 'Its name', { name: `ssid${row}` })}
        ${text(network, 'password', 'Its password (empty: an open network)', {
          name: `wifi-password${row}`, isSecret: true,
        })}
        ${errorsOf(draft, `wifi${row}`)}
      </fieldset>`)}
    ${draft.wifi.length < 4
      ? html`<button type="button" class="small" @click=${more}>One more network</button>`
      : nothing}`;
}

function broker({ draft, board }: Asked, addresses: Addresses | undefined, draw: () => void): TemplateResult {
  const tls = (event: Event) => { draft.tls = (event.target as HTMLInputElement).checked; };
  return html`
    <fieldset>
      <legend>Broker</legend>
      <div class="pair">
        ${text(draft, 'host', 'Name or address', { placeholder: '192.168.1.2' })} ${text(draft, 'port', 'Port')}
      </div>
      ${errorsOf(draft, 'host')} ${errorsOf(draft, 'port')}
      ${ownBroker(draft, addresses, draw)}
      <div class="pair">
        ${text(draft, 'username', 'User name (empty: none)')} ${text(draft, 'password', 'Password', { isSecret: true })}
      </div>
      ${errorsOf(draft, 'username')} ${errorsOf(draft, 'password')}
      ${board.tls ? html`
        <label class="check"><input type="checkbox" .checked=${draft.tls} @change=${tls}> TLS, which checks nobody's
          certificate</label>` : nothing}
      ${errorsOf(draft, 'tls')}
    </fieldset>`;
}

/** The workshop's own broker, if a board can reach it: it has to listen to more than this computer. */
function ownBroker(draft: Draft, addresses: Addresses | undefined, draw: () => void): TemplateResult | typeof nothing {
  if (!addresses) return nothing;
  const { host, tcp } = addresses;
  if (/^127\.|^localhost$|^::1$/.test(host)) {
    return html`<p class="hint">The workshop has a broker too. For a board to reach it, start it with
      <code>npm start -- --host 0.0.0.0</code>.</p>`;
  }
  const take = () => {
    Object.assign(draft, { host, port: String(tcp), tls: false, username: '', password: '' });
    draw();
  };
  return html`
    <button type="button" class="small" data-own-broker @click=${take}>The workshop's own: ${host}:${tcp}</button>`;
}

interface FieldOptions {
  /** Where the key of the draft would be there twice. */
  readonly name?: string;
  readonly placeholder?: string;
  readonly isSecret?: boolean;
}

/** A field that writes into `target[key]` while one types. */
function text<K extends string>(
  target: Record<K, string>, key: K, label: string, options: FieldOptions = {},
): TemplateResult {
  const { name = key, placeholder = '', isSecret = false } = options;
  const typed = (event: Event) => { target[key] = (event.target as HTMLInputElement).value; };
  return html`
    <label class="field">${label}
      <input name=${name} type=${isSecret ? 'password' : 'text'} placeholder=${placeholder} .value=${target[key]}
        autocomplete=${isSecret ? 'new-password' : 'off'} autocapitalize="off" autocorrect="off" spellcheck="false"
        maxlength="4096" @input=${typed}>
    </label>`;
}

function errorsOf(draft: Draft, field: string): TemplateResult[] {
  const errors = complaints.get(draft) ?? [];
  return errors.filter((error) => error.field === field).map((error) => {
    return html`<p class="wrong" role="alert" data-error=${field}>${inPageWords(error.text)}</p>`;
  });
}

async function openFile(event: Event, draft: Draft, draw: () => void): Promise<void> {
  const [file] = takeFiles(event);
  if (!file) return;
  try {
    Object.assign(draft, draftOf(readJson(await file.text()).value));
    complaints.delete(draft);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    complaints.set(draft, [{ field: '', text: `${file.name}:${error.line} ${error.message}.` }]);
  }
  draw();
}
