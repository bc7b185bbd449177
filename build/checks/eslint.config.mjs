/** Lint: types taken seriously, no ambient clock, randomness or timers outside their rooms, clearance only from the guard. */
import { fileURLToPath } from 'node:url';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Reading the clock, waiting and chance: arguments, never globals. */
const AMBIENT = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'Take a Clock (shared/ports.ts).' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Take a Clock (shared/ports.ts).' },
  { selector: "CallExpression[callee.name='Date']", message: 'Take a Clock (shared/ports.ts).' },
  {
    selector: "MemberExpression[object.name='performance'][property.name='now']",
    message: 'Take a Clock (shared/ports.ts).',
  },
  {
    selector: "MemberExpression[object.name='process'][property.name='hrtime']",
    message: 'Take a Clock (shared/ports.ts).',
  },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Take a Rng (shared/rng).' },
  {
    selector: 'CallExpression[callee.name=/^(setTimeout|setInterval|setImmediate|requestIdleCallback)$/]',
    message: 'Take Timers (shared/ports.ts).',
  },
  {
    selector:
      "CallExpression[callee.type='MemberExpression'][callee.property.name=/^(setTimeout|setInterval|setImmediate)$/]",
    message: 'Take Timers (shared/ports.ts).',
  },
  { selector: "Identifier[name='randomUUID']", message: 'Take Ids (shared/ports.ts).' },
  { selector: "ImportDeclaration[source.value='node:timers/promises']", message: 'Take Timers (shared/ports.ts).' },
];

const IPC = [
  {
    selector: 'ImportSpecifier[imported.name=/^(ipcMain|ipcRenderer)$/]',
    message: 'Only hosts/desktop and preload.ts speak IPC.',
  },
];

/** The proof that the guard has seen an order is made in one file. */
const CLEARED = [
  {
    selector: 'TSAsExpression TSTypeReference[typeName.name=/^Cleared/]',
    message: 'Only electron/trading/guard.ts clears an order.',
  },
];

const SHAPE = [
  { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
  { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
];

/** Results of these differ between engines, and hashes with them. */
const INEXACT_MATH = [
  {
    selector:
      "MemberExpression[object.name='Math'][property.name=/^(log|log2|log10|log1p|exp|expm1|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot)$/]",
    message: 'Exchange and market maths use + − × ÷, sqrt and tables only.',
  },
  {
    selector: "BinaryExpression[operator='**']",
    message: 'Exchange and market maths use + − × ÷, sqrt and tables only.',
  },
];

/** @typedef {{ selector: string, message: string }} Restriction */

/** @param {readonly Restriction[][]} groups @returns {import('eslint').Linter.RulesRecord} */
function restricted(...groups) {
  return { 'no-restricted-syntax': ['error', ...groups.flat()] };
}

export default tseslint.config(
  {
    basePath: ROOT,
    ignores: ['node_modules/', 'out/', 'dist/', '.maru/', 'coverage/', 'test-results/'],
  },
  {
    basePath: ROOT,
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: ROOT } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      ...restricted(AMBIENT, IPC, CLEARED, SHAPE),
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', prefer: 'type-imports' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // `noPropertyAccessFromIndexSignature` is off, so both ways of writing are one.
      '@typescript-eslint/dot-notation': 'off',
      // A void arrow that returns a call is short and clear.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // An async handler without await fits the interface it implements.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    basePath: ROOT,
    files: ['shared/{exchange,market,rng}/**/*.ts'],
    rules: restricted(AMBIENT, IPC, CLEARED, SHAPE, INEXACT_MATH),
  },
  // The rooms.
  {
    basePath: ROOT,
    files: ['electron/platform/**/*.ts', 'renderer/ui/**/*.{ts,tsx}'],
    rules: restricted(IPC, CLEARED, SHAPE),
  },
  {
    basePath: ROOT,
    files: ['electron/hosts/desktop/**/*.ts', 'electron/preload.ts'],
    rules: restricted(AMBIENT, CLEARED, SHAPE),
  },
  { basePath: ROOT, files: ['electron/trading/guard.ts'], rules: restricted(AMBIENT, IPC, SHAPE) },
  // Tests of pure code have no clock either; the others drive real processes.
  {
    basePath: ROOT,
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    basePath: ROOT,
    files: ['test/{integration,contract,simulation,e2e,bench,support,fixtures}/**/*.{ts,tsx}', 'build/**/*.ts'],
    rules: restricted(SHAPE),
  },
  { basePath: ROOT, files: ['renderer/**/*.{ts,tsx}'], ...hooks.configs.flat['recommended-latest'] },
  {
    basePath: ROOT,
    files: ['renderer/**/*.{ts,tsx}'],
    // For the React compiler, which is not used: prices live outside React by design and reach cells through refs.
    rules: { 'react-hooks/refs': 'off', 'react-hooks/set-state-in-effect': 'off' },
  },
  // Configuration files are read by their default export.
  {
    basePath: ROOT,
    files: ['electron.vite.config.ts', 'build/checks/*.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
