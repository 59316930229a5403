import tseslint from 'typescript-eslint';
import { grammar, library, missingGlobals, order } from './scripts/lib/subset-rules.js';

/** What only a source can get wrong; the bundle has no trace of it. */
const sourceOnly = [
  { selector: 'TSEnumDeclaration, TSModuleDeclaration[declare!=true]',
    message: 'Costs variables on the device: use constants.' },
  { selector: 'ImportNamespaceSpecifier', message: 'import * becomes an object on the device: import by name.' },
];

const purity = [
  'BOARD', 'require', 'setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'digitalWrite', 'digitalRead',
  'digitalPulse', 'pinMode', 'setWatch', 'clearWatch', 'Pin', 'E', 'process', 'console', 'print', 'getTime', 'setTime',
  'getSerial', 'eval', 'ESP8266', 'ESP32', 'NRF', 'load', 'reset', 'global',
];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.cache/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.strict,
  {
    rules: {
      'eqeqeq': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'max-len': ['error', { code: 120, ignoreUrls: true }],
      'max-lines-per-function': ['error', { max: 80 }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['firmware/**/*.ts', 'boards/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...grammar, ...library, ...sourceOnly],
      'no-restricted-globals': ['error', ...missingGlobals],
      'no-use-before-define': 'off',
      '@typescript-eslint/no-use-before-define': ['error', { ...order, typedefs: false }],
      // A factory holds all that it makes.
      'max-lines-per-function': 'off',
      // Int flags cost half of what booleans cost, and `| 0` is how a number is cut.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      // Espruino has its own modules behind `require`, and no other way to them.
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
  {
    files: ['firmware/core/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', ...missingGlobals, ...purity] },
  },
  {
    files: ['firmware/**/*.d.ts'],
    rules: { 'no-var': 'off', '@typescript-eslint/no-unused-vars': 'off', '@typescript-eslint/no-namespace': 'off',
      '@typescript-eslint/unified-signatures': 'off', 'no-restricted-syntax': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
