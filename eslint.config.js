// What a review would otherwise have to say again and again. Import walls are in .dependency-cruiser.cjs.
import js from '@eslint/js'
import graphql from '@graphql-eslint/eslint-plugin'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const tests = ['**/*.test.ts', '**/*.test.tsx', '**/*.contract.ts', '**/testing/**', '**/test/**', 'e2e/**']

const house = {
  rules: {
    'kebab-case': {
      meta: {
        type: 'suggestion',
        messages: { name: 'A file is named in kebab-case after its one export.' },
        schema: [],
      },
      create: (context) => ({
        Program(node) {
          const name = context.filename.split(/[\\/]/).at(-1)
          if (!/^\.?[a-z0-9]+([-.][a-z0-9]+)*$/.test(name)) context.report({ node, messageId: 'name' })
        },
      }),
    },
  },
}

// Who describes an entity: its owner. The other subgraphs only add fields to it.
const entities = {
  users: ['User'],
  catalog: ['Product', 'ProductVariant', 'Market'],
  cart: ['Cart', 'CartLine'],
  orders: ['Order', 'Shop'],
  payments: ['Transaction'],
  analytics: [],
}
const entitiesOfOthers = (name) =>
  Object.entries(entities).flatMap(([owner, types]) => (owner === name ? [] : types))

const sdl = (file, undescribed) => ({
  files: [file],
  plugins: { '@graphql-eslint': graphql },
  // The plugin wants some whole schema for the names of the root types; a subgraph's own is not whole.
  languageOptions: {
    parser: graphql.parser,
    parserOptions: { graphQLConfig: { schema: 'gateway/supergraph.graphql' } },
  },
  rules: {
    '@graphql-eslint/require-description': [
      'error',
      {
        types: true,
        DirectiveDefinition: true,
        FieldDefinition: true,
        InputValueDefinition: true,
        EnumValueDefinition: true,
        rootField: true,
        ignoredSelectors: ['Query', 'Mutation', ...undescribed].map(
          (name) => `[type=ObjectTypeDefinition][name.value=${name}]`,
        ),
      },
    ],
    '@graphql-eslint/naming-convention': [
      'error',
      {
        types: 'PascalCase',
        FieldDefinition: 'camelCase',
        InputValueDefinition: 'camelCase',
        Argument: 'camelCase',
        DirectiveDefinition: 'camelCase',
        EnumValueDefinition: 'UPPER_CASE',
        'FieldDefinition[parent.name.value=Query]': {
          forbiddenPrefixes: ['get', 'list', 'query'],
          forbiddenSuffixes: ['Query'],
        },
        'FieldDefinition[parent.name.value=Mutation]': { forbiddenSuffixes: ['Mutation'] },
      },
    ],
    '@graphql-eslint/no-hashtag-description': 'error',
    '@graphql-eslint/no-typename-prefix': 'error',
    '@graphql-eslint/unique-enum-value-names': 'error',
  },
})

export default defineConfig(
  globalIgnores([
    '**/node_modules/',
    '**/generated/',
    '.maison/',
    'web/build/',
    'web/.react-router/',
    'web/public/',
    'gateway/supergraph.graphql',
  ]),
  {
    files: ['**/*.{ts,tsx}'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { house },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // A number in a template reads as it is meant; what this rule is for is `[object Object]`.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Code points are what folding and counting work on here; whole letters are the browser's business.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // An in-process part implements the same asynchronous interface as the one over a network.
      '@typescript-eslint/require-await': 'off',
      // Our parts are closures that never say `this`; taking `{ stop }` out of one is how they are used.
      '@typescript-eslint/unbound-method': 'off',
      'house/kebab-case': 'error',
      // `== null` asks for null and undefined at once, and nothing else.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', 300],
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'The environment is read in config.ts, once per process.',
        },
      ],
    },
  },
  {
    files: ['platform/**/*.ts', 'subgraphs/**/*.ts', 'contracts/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    // React Router names route modules by their URL: `$slug.tsx`, `_index.tsx`.
    files: ['web/**'],
    // Its loaders throw a Response to redirect or to say "not found".
    rules: {
      'house/kebab-case': 'off',
      '@typescript-eslint/only-throw-error': [
        'error',
        {
          allow: [
            { from: 'lib', name: 'Response' },
            { from: 'package', package: 'react-router', name: 'DataWithResponseInit' },
          ],
        },
      ],
    },
  },
  {
    // prisma/: tools that hand their own environment on to the process they start.
    files: ['**/config.ts', '**/*.config.ts', 'prisma/*.ts', 'web/codegen.ts', ...tests],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: tests,
    rules: {
      // vitest's matchers (`expect.any`) are typed as any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-console': 'off',
    },
  },
  {
    // Shapes drawn by code are data, long as a drawing is.
    files: ['embedded/demo/catalogue/pictures/*-shapes.ts'],
    rules: { 'max-lines': 'off' },
  },
  // SDL descriptions are the API's documentation.
  sdl('platform/graphql/prelude.graphql', []),
  Object.keys(entities).map((name) => sdl(`subgraphs/${name}/schema.graphql`, entitiesOfOthers(name))),
)
