import { probe } from './probe.ts';
import type { Step } from './probe.ts';

// Every script of the Storage file `scripts`, one a line; then the interpreter is done.
const scripts = require('Storage').read('scripts').split('\n');
scripts.forEach((script) => {
  if (script) print('# ' + probe(JSON.parse(script) as Step[]).join('\n# '));
  print('# end');
});
quit();
