import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Question } from './state.ts';
import { takeFiles } from './take-files.ts';
import { failureInWords } from './words.ts';

/** Where the interpreter comes from when the workshop has none. Nothing is downloaded without a click here. */
export function imagesQuestion(asked: Extract<Question, { type: 'images' }>): TemplateResult {
  const { interpreter, what, failure, answer } = asked;
  const take = (event: Event) => {
    const files = takeFiles(event);
    if (files.length > 0) answer(files);
  };
  return html`
    <div class="question" data-question="images">
      <p>Espruino ${interpreter.version} is not on this computer yet.</p>
      ${failure ? complaint(failure) : nothing}
      ${what === '' ? nothing : html`
        <div class="way">
          <button type="button" data-download @click=${() => answer('download')}>Download it</button>
          <span class="hint">${what}</span>
        </div>`}
      <div class="way">
        <label class="file">Choose its files<input type="file" multiple data-files @change=${take}></label>
        <label class="file">or their folder<input type="file" webkitdirectory data-folder @change=${take}></label>
      </div>
      <p class="hint">From an unpacked release of Espruino: ${interpreter.parts.map(({ file }) => file).join(', ')} of
        ${interpreter.folder}.</p>
    </div>`;
}

function complaint(failure: Error): TemplateResult {
  const { text, cure } = failureInWords(failure);
  return html`<p class="fault-note" role="alert"><b>${text}</b> ${cure}</p>`;
}
