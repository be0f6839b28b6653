import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

const providerRoots = [
  '@cdktf/provider-aws',
  '@cdktf/provider-google',
  '@cdktn/provider-aws',
  '@cdktn/provider-google',
];
const noProviderRoots = {
  paths: providerRoots.map((name) => ({ name, message: 'Import a resource by its deep path: the root loads 450 MB.' })),
};

const noRootRequire = {
  selector: `CallExpression[callee.name='require'][arguments.0.value=/^@cdkt[fn].provider-[a-z]+$/]`,
  message: noProviderRoots.paths[0].message,
};

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'packages/',
      'cdktf.out/',
      'coverage/',
      'release/',
      'reports/',
      '.stryker-tmp/',
      '.try/',
      'site/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,mjs,cjs,js}'],
    rules: { 'no-restricted-imports': ['error', noProviderRoots], 'no-restricted-syntax': ['error', noRootRequire] },
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { project: 'tsconfig.dev.json' } },
    settings: {
      'import-x/extensions': ['.ts', '.js'], // without it the plugin follows no import of a .ts file, and finds no cycle
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js'] })],
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-default-export': 'error',
      curly: ['error', 'multi-line'],
      'max-lines-per-function': ['error', { max: 45, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-restricted-imports': ['error', noProviderRoots],
      '@typescript-eslint/explicit-function-return-type': ['error', { allowExpressions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-empty-function': ['error', { allow: ['private-constructors'] }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // callers in JavaScript have no types, so values are checked that TypeScript thinks it knows
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
    },
  },
  {
    files: ['lib/**/*.ts'],
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          require: { ClassDeclaration: true, FunctionDeclaration: true, MethodDefinition: false },
          contexts: ['TSInterfaceDeclaration', 'TSEnumDeclaration', 'TSEnumMember'],
        },
      ],
      'jsdoc/require-description': [
        'error',
        { contexts: ['ClassDeclaration', 'FunctionDeclaration', 'TSInterfaceDeclaration', 'TSEnumDeclaration'] },
      ],
      'jsdoc/check-tag-names': ['error', { definedTags: ['default', 'internal'] }],
      // only the framework folder may load modules at run time, and the framework itself is imported for its types alone
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            ...noProviderRoots.paths,
            { name: 'cdktf', allowTypeImports: true, message: 'The framework is found at run time: lib/framework.' },
          ],
          patterns: [
            {
              group: ['@cdktf/*/**', '@cdktn/*/**'],
              allowTypeImports: true,
              message: 'Providers are optional: load them in lib/framework.',
            },
          ],
        },
      ],
    },
  },
  {
    files: [
      'test/schemas/{install,remove}-kubernetes-validate.ts',
      'test/*/skip-loudly.ts',
      'test/run/*.ts',
      'test/setups/*-setups.ts',
      'test/python/*-python.ts',
      'test/site/build-site.ts',
      'test/scanners/*-checkov.ts',
    ],
    rules: { 'import-x/no-default-export': 'off' },
  }, // as jest wants it
  {
    files: ['test/**/*.ts', 'examples/**/*.test.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
);
