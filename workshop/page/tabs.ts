import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';

/** The two halves of the page: the simulated devices, and a real board at USB. */
export type Tab = 'devices' | 'board';

const TABS: readonly (readonly [tab: Tab, hash: string, label: string])[] = [
  ['devices', '#', 'Devices'], ['board', '#board', 'Put it on a board'],
];

/** The tab that the address names. */
export function currentTab(): Tab {
  return TABS.find(([, hash]) => hash === location.hash)?.[0] ?? 'devices';
}

/** Links between the tabs; on a phone also one to the list of packets, which is far below. */
export function tabs(): TemplateResult {
  const current = currentTab();
  return html`
    <nav class="tabs" aria-label="Tabs">
      ${TABS.map(([tab, hash, label]) => html`
        <a href=${hash} data-tab=${tab} aria-current=${tab === current ? 'page' : 'false'}>${label}</a>`)}
      ${current === 'devices' ? html`<a class="jump" href="#wire">Wire</a>` : nothing}
    </nav>`;
}
