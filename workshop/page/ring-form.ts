import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Send } from './card.ts';

/** Payloads that show the grammar, from the simplest to the richest. */
const EXAMPLES = ['300', '200,100,200', 'double', '{"pattern":"150,100","times":3}'];

/**
 * A field for any ring payload, and the buttons that send it to `name`: a device, a group or `all`. Below them it says
 * `note`.
 */
export function ringForm(name: string, send: Send, note: string, label = 'Ring payload'): TemplateResult {
  const ring = (event: SubmitEvent) => {
    event.preventDefault();
    send({ do: 'ring', name, payload: field(name).value });
  };
  return html`
    <form class="ring" @submit=${ring} autocomplete="off">
      <label for="payload-${name}">${label}</label>
      <div class="line">
        <input id="payload-${name}" name="payload" placeholder="own pattern" aria-describedby="hint-${name}"
          autocapitalize="off" autocorrect="off" spellcheck="false" maxlength="1000">
        <button type="submit" class="primary" aria-label="Ring ${name}">Ring</button>
        <button type="button" @click=${() => send({ do: 'stop', name })} aria-label="Stop ${name}">Stop</button>
      </div>
      <p class="note" role="status" data-sent=${name}>${note}</p>
      <p class="hint" id="hint-${name}">ms of one stroke, or on,off,on… or a pattern's name, or JSON. Try
        ${EXAMPLES.map((example) => sample(name, example))}</p>
    </form>`;
}

function sample(name: string, example: string): TemplateResult {
  const fill = () => {
    field(name).value = example;
    field(name).focus();
  };
  return html`<button type="button" class="sample" @click=${fill}>${example}</button> `;
}

function field(name: string): HTMLInputElement {
  return document.getElementById(`payload-${name}`) as HTMLInputElement;
}
