/**
 * Data flows one way, and so do imports: each folder of src/ may import only
 * what is named here. A rule that gets in the way is a question about the
 * design, not about the rule.
 */

/** Folder → what of src/ it may import besides itself. */
const mayImport = {
  domain: [],
  protocol: ['domain'],
  engine: ['protocol', 'domain'],
  platform: ['protocol', 'domain'],
  session: ['platform', 'protocol', 'domain'],
  ui: ['session', 'domain', 'i18n'],
  i18n: ['domain'],
};

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const layers = Object.entries(mayImport).map(([folder, allowed]) => ({
  name: `${folder}-imports-only-below`,
  comment: `src/${folder} may import ${allowed.join(', ') || 'nothing'} of src/.`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: `^src/(${[folder, ...allowed].join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'domain-is-pure',
      comment: 'src/domain is TypeScript and nothing else: no package, no part of Node.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: 'engine-is-alone',
      comment: 'The engine runs in a worker; only its own tests import it.',
      severity: 'error',
      from: { pathNot: ['^src/engine/', '^test/[^/]+/engine/'] },
      to: { path: '^src/engine/' },
    },
    {
      name: 'tensorflow-only-in-engine',
      comment: 'TensorFlow.js in the page would be downloaded twice and block it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/engine/' },
      to: { path: 'node_modules/@tensorflow/' },
    },
    {
      name: 'models-import-only-domain',
      comment: 'The model compiler runs in Node, before there is an app.',
      severity: 'error',
      from: { path: '^models/' },
      to: { path: '^(src|test)/', pathNot: '^src/domain/' },
    },
    {
      name: 'service-worker-is-alone',
      comment: 'The service worker outlives pages; it shares only plain data with them.',
      severity: 'error',
      from: { path: '^src/service-worker/' },
      to: { path: '^src/', pathNot: '^src/(service-worker|domain|protocol)/' },
    },
    {
      name: 'nothing-imports-the-service-worker',
      comment: 'Pages speak with it by the messages of src/protocol/offline.ts.',
      severity: 'error',
      from: { pathNot: '^src/service-worker/' },
      to: { path: '^src/service-worker/' },
    },
    {
      name: 'no-import-of-entries',
      comment:
        'main.ts, bench.ts and the service worker are where things start; nothing is built on them.',
      severity: 'error',
      from: {},
      to: { path: '^src/(main|bench|service-worker/service-worker)\\.ts$' },
    },
    {
      name: 'src-does-not-know-tests-or-tools',
      severity: 'error',
      from: { path: '^(src|models)/' },
      to: { path: '^(test|tools)/' },
    },
    {
      name: 'no-node-in-the-browser',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-development-packages-in-src',
      comment: 'What the app needs belongs into "dependencies".',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
