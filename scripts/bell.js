#!/usr/bin/env node
// Node runs no TypeScript by itself; everything behind this file is TypeScript.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('./bell.ts');
process.exitCode = await main(process.argv.slice(2));
