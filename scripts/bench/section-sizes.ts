import { HEADER } from '../../firmware/core/boot/image.ts';
import type { Sizes } from '../lib/sizes.ts';
import type { Section } from './table.ts';

/** Bytes of everything that is built, against what there is room for. */
export function sizesSection({ boards, module }: Sizes): Section {
  const list = Object.entries(boards);
  return {
    id: 'bytes',
    title: 'Bytes',
    notes: [`The module for other programs, \`dist/MQTT.js\`, has ${module.toLocaleString('en-GB')} bytes.`],
    tables: [{
      title: 'What tokens save: bytes of the code as text, and as it is flashed',
      head: ['board', 'bundle', 'tokenised', 'saved, %', 'loader', 'tokenised', 'saved, %'],
      rows: list.map(([id, { bundle, image, loaderText, loader }]) => [
        id, bundle, image - HEADER, share(bundle, image - HEADER), loaderText, loader, share(loaderText, loader),
      ]),
    }, {
      title: 'Bytes of the bundle, of its image, and of the loader',
      head: ['board', 'bundle', 'image', 'budget', 'used, %', 'loader', 'room'],
      rows: list.map(([id, size]) => [
        id, size.bundle, size.image, size.budget, Math.round((100 * size.image) / size.budget),
        size.loader, size.loaderBudget,
      ]),
    }],
  };
}

/** How much of a length is saved, %. */
function share(before: number, after: number): number {
  return Math.round(1000 - (1000 * after) / before) / 10;
}
