import { svg } from 'lit-html';
import type { SVGTemplateResult } from 'lit-html';

/** The drawing of an electric bell. The hammer lies on the gong exactly while the relay is on. */
export function drawBell(id: string, on: boolean): SVGTemplateResult {
  return svg`
    <svg id=${drawingId(id)} class="bell" viewBox="0 0 220 132" aria-hidden="true">
      <g class="waves">
        <path d="M20 30a62 62 0 0 0 0 72"/><path d="M8 20a82 82 0 0 0 0 92"/>
      </g>
      <g class="gong">
        <circle cx="84" cy="66" r="54" class="rim"/>
        <circle cx="84" cy="66" r="41" class="dome"/>
        <circle cx="84" cy="66" r="20" class="crown"/>
        <circle cx="84" cy="66" r="6" class="screw"/>
        <path d="M80.5 66h7" class="slot"/>
      </g>
      <g class="works ${on ? 'on' : ''}">
        <rect x="158" y="42" width="52" height="70" rx="7" class="case"/>
        <path d="M172 56v42M180 56v42M188 56v42M196 56v42" class="coil"/>
        <g class="hammer"><path d="M166 104 149 33" class="arm"/><circle cx="148" cy="29" r="9" class="knob"/></g>
      </g>
    </svg>`;
}

/**
 * Shows one stroke, however short: a stroke of 20 ms is over before the screen is drawn once.
 * Does nothing for people who asked for less motion; the hammer's place still tells them.
 */
export function animateStroke(id: string): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const drawing = document.getElementById(drawingId(id));
  drawing?.querySelector('.hammer')?.animate([{ rotate: '-17deg' }, { rotate: '-17deg' }], { duration: 90 });
  drawing?.querySelector('.gong')?.animate(SHAKE, { duration: 260, easing: 'ease-out' });
  drawing?.querySelector('.waves')?.animate(WAVE, { duration: 700, easing: 'ease-out' });
}

const SHAKE = ['0', '-3px 1px', '2px 0', '-1px 0', '0'].map((translate) => ({ translate }));
const WAVE = [{ opacity: 0.95, translate: '8px' }, { opacity: 0, translate: '-8px' }];

function drawingId(id: string): string {
  return `bell-${id}`;
}
