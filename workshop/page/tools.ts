import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Addresses } from '../messages.ts';

/** How to ring the same bells with other programs, with the real ports. */
export function toolsPanel(addresses: Addresses): TemplateResult {
  const { host } = addresses;
  return html`
    <section class="tools" aria-labelledby="tools-title">
      <h2 id="tools-title">Ring from anywhere</h2>
      ${recipes(addresses).map(([name, text]) => line(name, text))}
      ${host === '127.0.0.1'
        ? html`<p class="hint">Only this machine reaches the workshop. For phones in the room, start it with
          <code>npm start -- --host 0.0.0.0</code>.</p>`
        : html`<p class="hint">Everybody in this network reaches the workshop: there is no password.</p>`}
    </section>`;
}

function recipes({ host, tcp, http }: Addresses): [name: string, text: string][] {
  const broker = tcp === 1883 && host === '127.0.0.1' ? '' : ` --broker mqtt://${host}:${tcp}`;
  return [
    ['This project', `npx bell ring front --pattern 200,100,200${broker}`],
    ['Update, without a page', `npx bell update front --force${broker}`],
    ['Mosquitto', `mosquitto_pub -h ${host} -p ${tcp} -q 1 -t bell/front/ring -m 200,100,200`],
    ['See the outcome', `mosquitto_sub -h ${host} -p ${tcp} -v -t bell/+/rang`],
    ['A web client', `ws://${host}:${http}/mqtt`],
  ];
}

function line(name: string, text: string): TemplateResult {
  const tell = (event: Event) => void copy(text, event.currentTarget as HTMLElement);
  return html`
    <div class="recipe">
      <span class="name">${name}</span>
      <code>${text}</code>
      <button type="button" @click=${tell} aria-label="Copy: ${name}">Copy</button>
    </div>`;
}

/** Copies, and says on the button whether it worked: outside of localhost a browser may refuse. */
async function copy(text: string, button: HTMLElement): Promise<void> {
  const worked = await writeClipboard(text).catch(() => false);
  button.classList.add('told');
  button.dataset.told = worked ? 'Copied' : 'Select it';
  setTimeout(() => button.classList.remove('told'), 1500);
}

async function writeClipboard(text: string): Promise<boolean> {
  await navigator.clipboard.writeText(text);
  return true;
}
