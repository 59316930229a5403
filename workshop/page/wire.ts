import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { WireRow } from '../messages.ts';
import { clientsIn, filterRows } from './wire-filter.ts';
import type { Filter } from './wire-filter.ts';
import { clock } from './words.ts';

/** The wire list's own state. */
export interface WireView extends Filter {
  /** The rows that stand still while the list is paused. */
  readonly paused?: readonly WireRow[] | undefined;
  /** Rows up to this number are not shown. */
  readonly clearedAt: number;
}

/** Characters of a payload that fit beside its topic; a longer one is opened by a click. */
const ONE_LINE = 80;

export const WIRE_VIEW: WireView = { text: '', client: '', all: false, clearedAt: 0 };

/** The live list of packets, newest first, with its controls. */
export function wirePanel(
  rows: readonly WireRow[], view: WireView, change: (view: WireView) => void,
): TemplateResult {
  const { clearedAt, paused = rows } = view;
  const visible = filterRows(paused.filter(({ n }) => n > clearedAt), view);
  return html`
    <section class="wire" id="wire" aria-labelledby="wire-title">
      <h2 id="wire-title">On the wire</h2>
      <div class="controls">${filters(rows, view, change)} ${buttons(rows, view, change)}</div>
      <div class="scroll" tabindex="0" role="region" aria-labelledby="wire-title">
        ${table(visible)}
        ${visible.length ? nothing : html`<p class="empty">Nothing to show: ring a bell, or loosen the filter.</p>`}
      </div>
    </section>`;
}

function filters(rows: readonly WireRow[], view: WireView, change: (view: WireView) => void): TemplateResult {
  const text = (event: Event) => change({ ...view, text: (event.target as HTMLInputElement).value });
  const client = (event: Event) => change({ ...view, client: (event.target as HTMLSelectElement).value });
  const all = (event: Event) => change({ ...view, all: (event.target as HTMLInputElement).checked });
  return html`
    <input type="search" aria-label="Filter the packets" placeholder="Filter: ring, SUBSCRIBE, rung…"
      .value=${view.text} @input=${text}>
    <select aria-label="Client" @change=${client}>
      <option value="">all clients</option>
      ${clientsIn(rows, view.client).map((id) => html`
        <option value=${id} ?selected=${id === view.client}>${id}</option>`)}
    </select>
    <label class="check">
      <input type="checkbox" .checked=${view.all} @change=${all}> pings and acknowledgements
    </label>`;
}

function buttons(rows: readonly WireRow[], view: WireView, change: (view: WireView) => void): TemplateResult {
  const newest = rows[0]?.n ?? 0;
  const { paused } = view;
  const waiting = rows.filter(({ n }) => n > (paused?.[0]?.n ?? 0)).length;
  const pause = () => change({ ...view, paused: paused ? undefined : rows });
  return html`
    <button type="button" aria-pressed=${paused !== undefined} @click=${pause}>
      ${paused ? `Go on (${waiting} new)` : 'Pause'}
    </button>
    <button type="button" @click=${() => change({ ...view, clearedAt: newest })}>Clear</button>`;
}

// The roles are spelled out because a phone shows the rows as grids, which takes a table's own roles away.
function table(rows: readonly WireRow[]): TemplateResult {
  const heads = ['Time', 'Client', 'Packet', 'Content', 'Flags'];
  return html`
    <table role="table">
      <colgroup><col class="w-time"><col class="w-client"><col class="w-type"><col><col class="w-flags"></colgroup>
      <thead role="rowgroup">
        <tr role="row">${heads.map((head) => html`<th scope="col" role="columnheader">${head}</th>`)}</tr>
      </thead>
      <tbody role="rowgroup">${repeat(rows, ({ n }) => n, tableRow)}</tbody>
    </table>`;
}

function tableRow(row: WireRow): TemplateResult {
  const [arrow, direction] = row.from === 'client' ? ['→', 'to the broker'] : ['←', 'from the broker'];
  return html`
    <tr role="row" class="row from-${row.from}" data-type=${row.type}>
      <td role="cell" class="time">${clock(row.at, true)}</td>
      <td role="cell" class="client">${row.client || 'no id'}
        <span role="img" aria-label=${direction} title=${direction}>${arrow}</span></td>
      <td role="cell" class="type">${row.type}</td>
      <td role="cell" class="content">${content(row)}</td>
      <td role="cell" class="flags">${flags(row)}</td>
    </tr>`;
}

function content(row: WireRow): TemplateResult | string {
  if (row.topic === undefined) return row.note ?? '';
  const text = html`<b>${row.topic}</b> <code>${row.payload || '(empty)'}</code>`;
  if ((row.payload?.length ?? 0) <= ONE_LINE) return text;
  return html`<details><summary title="Show all, or one line">${text}</summary></details>`;
}

function flags(row: WireRow): string {
  const said = [`${row.bytes} B`];
  if (row.qos !== undefined) said.unshift(`QoS ${row.qos}`);
  if (row.id !== undefined) said.unshift(`#${row.id}`);
  if (row.retain) said.push('retain');
  if (row.dup) said.push('dup');
  return said.join(' · ');
}
