// The walls of the house as rules that fail. What each says is in its comment.
const outside = (...own) =>
  `^(?:${['platform', 'contracts', 'gateway', 'subgraphs', 'prisma', 'embedded', 'web', 'e2e', 'bench'].filter((name) => !own.includes(name)).join('|')})/`
const tests = '\\.(?:test|contract)\\.tsx?$|/test/|/testing/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'platform-knows-no-business',
      comment:
        'Platform is machinery for any business: what it would import from here belongs to the importer.',
      severity: 'error',
      from: { path: '^platform/' },
      to: { path: outside('platform') },
    },
    {
      name: 'contracts-hold-only-messages',
      comment:
        'Events are all that subgraphs know of each other; code in between would be a hidden third party.',
      severity: 'error',
      from: { path: '^contracts/', pathNot: tests },
      to: { pathNot: ['^contracts/', '^platform/(?:events|ids|money)/', '(?:^|/)node_modules/zod/'] },
    },
    {
      name: 'subgraphs-are-strangers',
      comment:
        'Each owns its data and can be deployed alone; they tell one another by events, the gateway joins for reading.',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/' },
      to: { path: '^subgraphs/', pathNot: '^subgraphs/$1/' },
    },
    {
      name: 'subgraphs-do-not-know-the-house',
      comment:
        'A subgraph runs by itself: neither the gateway nor the all-in-one process may be needed for it.',
      severity: 'error',
      from: { path: '^subgraphs/', pathNot: tests },
      to: { path: outside('platform', 'contracts', 'subgraphs', 'prisma') },
    },
    {
      name: 'domain-is-pure',
      comment:
        'Decisions are functions on plain data: no database, no clock, no network, so that a table of cases tests them.',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/domain/', pathNot: tests },
      to: { pathNot: ['^subgraphs/$1/domain/', '^platform/(?:money|ids)/'] },
    },
    {
      name: 'consumers-write-through-use-cases',
      comment:
        'An event and a mutation that mean the same must run the same code. Types of rows are no writes.',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/consumers/', pathNot: tests },
      to: { path: '^subgraphs/$1/data/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'mutations-write-through-use-cases',
      comment: 'A mutation authorises, parses and calls a use case; queries may go straight to data/.',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/graphql/(?:mutations?[/.]|[^/]*-mutations?\\.)', pathNot: tests },
      to: { path: '^subgraphs/$1/data/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'gateway-has-no-business',
      comment:
        'The door passes on what the graph says; a rule of the business there would hold for one client only. Of contracts it hears what makes its cache old.',
      severity: 'error',
      from: { path: '^gateway/', pathNot: tests },
      to: { path: outside('gateway', 'platform', 'contracts') },
    },
    {
      name: 'nobody-needs-the-embedded-house',
      comment: 'The all-in-one process is put together from the others; real processes must not carry it.',
      severity: 'error',
      // prisma/ is tools for developers, and takes a PostgreSQL to compare schemas with from there.
      from: { path: '^(?:platform|contracts|gateway|subgraphs|web)/', pathNot: tests },
      to: { path: '^embedded/' },
    },
    {
      name: 'web-speaks-graphql',
      comment: 'The browser app knows the API only: server code in its bundle would leak and bloat.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: outside('web') },
    },
    {
      name: 'other-folders-by-their-name',
      comment:
        'Across top-level folders the import names the folder (`#platform/…`), so that a move breaks nothing and a wall is seen.',
      severity: 'error',
      from: { path: '^([^/]+)/' },
      to: { path: outside(), pathNot: '^$1/', dependencyTypesNot: ['aliased-subpath-import'] },
    },
    {
      name: 'no-drawers',
      comment: 'Such folders accept anything; name the folder after what it does.',
      severity: 'error',
      from: {},
      to: { path: '(?:^|/)(?:utils?|common|shared|lib|helpers?|misc)/', pathNot: 'node_modules' },
    },
    {
      name: 'no-cycles',
      comment:
        'Files that need one another are one file, or hide a third. A cycle of types alone costs nothing at run time.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-test-tools-at-run-time',
      comment: 'What production imports must be installed in production.',
      severity: 'error',
      from: {
        path: '^(?:platform|contracts|gateway|subgraphs|embedded)/',
        pathNot: [tests, '-stand-in\\.ts$', '\\.config\\.ts$'],
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    },
    {
      name: 'not-to-what-is-not-there',
      comment: 'An import that does not resolve, or a package that package.json does not name.',
      severity: 'error',
      from: {},
      to: {
        dependencyTypes: ['unknown', 'undetermined', 'npm-no-pkg', 'npm-unknown'],
        pathNot: ['^virtual:', '/generated/'],
      },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/generated/'] },
    exclude: { path: ['^web/build/', '^web/\\.react-router/', '^\\.maison/', '/\\+types/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
}
