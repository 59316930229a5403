import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { PanelHost } from './board/panel.ts';

/** The tab of a real board. What flashes is large, and is loaded when the tab is drawn for the first time. */
export function boardTab(host: PanelHost): () => TemplateResult {
  let panel: (() => TemplateResult) | undefined;
  let loading: Promise<void> | undefined;
  let failed = false;
  const load = async () => {
    try {
      panel = (await import('./board/panel.ts')).createPanel(host);
    } catch {
      failed = true;
    }
    host.draw();
  };
  return () => {
    loading ??= load();
    if (panel) return panel();
    const text = failed ? 'This part of the page cannot be loaded: reload it, with npm start running.' : 'Loading…';
    return html`<p class="empty" role="status">${text}</p>`;
  };
}
