// The import law. docs/decisions/0001-the-house.md says why; tools/imports.test.ts proves that each rule bites.
const SERVER = '^apps/server/src';
const SLICE = `${SERVER}/(?!platform/)([^/]+)/`;

/** A slice may import only slices that stand before it. A total order, so cycles between slices cannot exist. */
const ORDER = [
  'config',
  'identity',
  'access',
  'operators',
  'intake',
  'players',
  'markets',
  'pricing',
  'risk',
  'ledger',
  'wallet',
  'protection',
  'trading',
  'settlement',
  'billing',
  'copilot',
  'insights',
  'engagement',
  'reports',
  'demo',
];

const no = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

const TEST_FILES = ['\\.test\\.tsx?$', '^apps/[^/]+/test/', '^packages/[^/]+/test/', '^bench/', '^e2e/', '^tools/'];
/** The one exemption: tests, benchmarks and tools may look anywhere. */
const outsideTests = (rule) => ({ ...rule, from: { ...rule.from, pathNot: [rule.from.pathNot ?? [], TEST_FILES].flat() } });

const leftToRight = ORDER.slice(0, -1).map((slice, index) =>
  no(
    'left-to-right',
    { path: `${SERVER}/${slice}/` },
    { path: `${SERVER}/(${ORDER.slice(index + 1).join('|')})/` },
    `${slice} may not know what stands to the right of it`,
  ),
);

const LAWS = [
  no(
    'contract-is-pure',
    { path: '^packages/contract/' },
    { pathNot: ['^packages/contract/', '(^|/)node_modules/zod/'] },
    'The contract is zod only',
  ),
  no(
    'audiences-do-not-mix',
    { path: '^packages/contract/src/(admin|operator|player)/' },
    { path: '^packages/contract/src/(admin|operator|player)/', pathNot: '^packages/contract/src/$1/' },
    'What two audiences share is a shape: packages/contract/src/shapes',
  ),
  no('nobody-imports-an-app', { path: '^(packages|apps)/([^/]+)/' }, { path: '^apps/', pathNot: '^$1/$2/' }, 'Share through packages/'),
  no('widget-knows-players-only', { path: '^apps/widget/' }, { path: '^packages/contract/src/(admin|operator)/' }),
  no('operators-never-see-admin', { path: '^(apps/operator|packages/sdk)/' }, { path: '^packages/contract/src/admin/' }),
  no(
    'platform-has-no-business',
    { path: `${SERVER}/platform/` },
    { path: SLICE },
    'Every file of platform/ makes sense in a bank, a shop or a game',
  ),
  no(
    'come-in-by-the-door',
    { path: SLICE },
    { path: SLICE, pathNot: [`${SERVER}/$1/`, `${SERVER}/([^/]+)/\\1\\.ts$`, `${SERVER}/[^/]+/[^/]+\\.rules\\.ts$`] },
    'Another slice is called through <slice>/<slice>.ts; only its rules may be imported besides',
  ),
  ...leftToRight,
  no(
    'rules-are-pure',
    { path: '\\.rules\\.ts$' },
    { pathNot: ['\\.rules\\.ts$', '^packages/contract/src/(units|ids|errors)\\.ts$', '^packages/contract/src/shapes/'] },
    'Rules import contract units, ids, errors, shapes and other rules',
  ),
  no('sql-stays-home', { pathNot: `${SERVER}/([^/]+)/` }, { path: '\\.sql\\.ts$' }, 'SQL is called by its own slice only'),
  no(
    'sql-decides-nothing',
    { path: '\\.sql\\.ts$' },
    { path: `${SERVER}/`, pathNot: [`${SERVER}/platform/`, '\\.sql\\.ts$', '\\.rules\\.ts$', `${SERVER}/([^/]+)/\\1\\.ts$`] },
    'An .sql.ts file imports platform/, the contract, other SQL of its slice, doors and rules; never a verb',
  ),
  no(
    'driver-only-in-platform',
    // An example is somebody else's program; it is looked at only because a test runs it.
    { pathNot: [`${SERVER}/platform/`, '^examples/'] },
    { path: '(^|/)node_modules/(@types/)?(pg|pg-[^/]+|fastify|@fastify/[^/]+|@scalar/[^/]+)/' },
    'Postgres and HTTP have one door each: platform/db.ts and platform/http.ts',
  ),
  no(
    'the-root-is-a-root',
    { path: `${SERVER}/[^/]+/` },
    { path: `${SERVER}/[^/]+\\.ts$` },
    'main, routes and jobs import slices, never the reverse',
  ),
  no(
    'no-dead-files',
    { orphan: true, pathNot: ['main\\.tsx?$', '\\.d\\.ts$', '\\.config\\.ts$', '\\.gen\\.ts$', '^packages/ui/src/charts/', '/public/'] },
    {},
    'Nobody imports this file and it imports nothing',
  ),
];

module.exports = {
  forbidden: [
    no('resolvable', {}, { couldNotResolve: true }, 'An import that does not resolve is invisible to every other rule'),
    no('no-cycles', {}, { circular: true }),
    ...LAWS.map(outsideTests),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(apps|packages)/[^/]+/dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Without exportsFields, imports by workspace name are unresolved and the rules about packages/contract silently pass.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'default'],
      extensions: ['.ts', '.tsx', '.js'],
    },
  },
};
