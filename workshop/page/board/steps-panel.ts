import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Addresses } from '../../messages.ts';
import { boardQuestion } from './board-question.ts';
import type { Flow } from './flow.ts';
import { imagesQuestion } from './images-question.ts';
import { settingsQuestion } from './settings-question.ts';
import { speedOf, STEPS, type Bar, type State, type Step, type StepName } from './state.ts';
import { inPageWords } from './words.ts';

const TITLES: Readonly<Record<StepName, string>> = {
  port: 'Port', board: 'Board', images: 'Files of the interpreter', settings: 'Settings', interpreter: 'Interpreter',
  firmware: 'Firmware', stored: 'Onto the device', online: 'Online',
};

/** Step of the work that a question belongs to. */
const ASKED_IN = { board: 'board', images: 'images', settings: 'settings' } as const;

/** The steps of the work that was begun, one below the other, with what a person is asked in the midst of them. */
export function stepsPanel(flow: Flow, addresses: Addresses | undefined): TemplateResult | typeof nothing {
  const { state } = flow;
  if (!state.work || state.work === 'look') return look(flow);
  return html`
    <ol class="steps">
      ${STEPS[state.work].map((name) => item(flow, name, addresses))}
    </ol>
    ${stop(flow)}`;
}

function item(flow: Flow, name: StepName, addresses: Addresses | undefined): TemplateResult {
  const { state } = flow;
  const step = state.steps[name];
  const how = step?.state ?? 'open';
  return html`
    <li class=${how} data-step=${name} data-state=${how}>
      <h3>${TITLES[name]}</h3>
      <div class="said">${said(step)}${name === 'images' ? hashes(state) : nothing}</div>
      ${question(flow, name, addresses)}
    </li>`;
}

function look(flow: Flow): TemplateResult | typeof nothing {
  if (!flow.state.isBusy) return nothing;
  return html`
    <p class="lead" role="status">Looking at it; if nothing answers, that takes half a minute.</p>
    ${stop(flow)}`;
}

function stop(flow: Flow): TemplateResult | typeof nothing {
  if (!flow.state.isBusy) return nothing;
  return html`<button type="button" class="stop" data-stop @click=${() => flow.stop()}>Stop</button>`;
}

function said(step: Step | undefined): TemplateResult | typeof nothing {
  if (!step) return nothing;
  return html`<p>${inPageWords(step.text)}</p>${step.bar && step.state === 'now' ? progress(step.bar) : nothing}`;
}

function progress(bar: Bar): TemplateResult {
  const percent = Math.floor(bar.share * 100);
  return html`
    <div class="bar">
      <progress max="100" value=${percent} aria-label="Progress"></progress>
      <span>${[`${percent} %`, speedOf(bar)].filter(Boolean).join(', ')}</span>
    </div>`;
}

function hashes({ images }: State): TemplateResult | typeof nothing {
  if (!images) return nothing;
  const isNew = images.pinned.length > 0;
  return html`
    <details data-hashes ?open=${isNew}>
      <summary>${isNew ? 'Nobody publishes hashes of these files. These count from now on:' : 'SHA-256 of each file'}
      </summary>
      ${images.hashes.map(({ file, sha256 }) => html`<p class="hash"><b>${file}</b> <code>${sha256}</code></p>`)}
      <p class="hint">Another file under the same name is refused. They are kept in ${images.pins}.</p>
    </details>`;
}

function question(flow: Flow, name: StepName, addresses: Addresses | undefined): TemplateResult | typeof nothing {
  const { question: asked } = flow.state;
  if (!asked || ASKED_IN[asked.type] !== name) return nothing;
  switch (asked.type) {
    case 'board': return boardQuestion(asked);
    case 'images': return imagesQuestion(asked);
    case 'settings': return settingsQuestion(asked, addresses, () => flow.change((state) => state));
  }
}
