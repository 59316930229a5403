// Loaded before a program: when that ends, writes what it has taken into the file that BELL_SPENT names.
import { writeFileSync } from 'node:fs';

process.once('exit', () => {
  const file = process.env['BELL_SPENT'];
  if (file) writeFileSync(file, JSON.stringify(process.resourceUsage()));
});
