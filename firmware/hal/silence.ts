import type { Lonely } from '../core/portal/asked.ts';

/** Time between two looks whether the bell is silent, ms. */
const MOMENT = 300;

/** Nothing is written to flash, and the chip does not restart, while the bell sounds. */
export function whenSilent(lonely: Lonely, callback: () => void): void {
  const look = () => {
    if (lonely.sounding()) setTimeout(look, MOMENT);
    else callback();
  };
  look();
}
