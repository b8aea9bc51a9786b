import nextVitals from "eslint-config-next/core-web-vitals";
import tseslint from "typescript-eslint";

const noEnv = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: "Read the environment through lib/env.",
};

export default tseslint.config(
  {
    ignores: [
      ".next/**",
      ".fieldport/**",
      "infra/cdk.out/**",
      "node_modules/**",
      "lib/db/generated/**",
      "next-env.d.ts",
      "public/**",
      "test-results/**",
      "playwright-report/**",
    ],
  },
  ...nextVitals,
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ["**/*.{ts,tsx}"] })),
  {
    files: ["**/*.{ts,tsx}"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "max-lines": ["error", { max: 400, skipBlankLines: false, skipComments: false }],
      "no-console": "error",
      "no-restricted-syntax": ["error", noEnv],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      // Async is part of a contract (route handlers, jobs, sinks) even where today's body awaits nothing.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: true }],
      "@typescript-eslint/unified-signatures": "off",
    },
  },
  {
    // Kernels index typed arrays whose bounds the loop itself guarantees.
    files: ["lib/**/*.ts", "components/**/*.{ts,tsx}", "bench/**/*.ts"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    files: [
      "lib/env.ts",
      "lib/stack/**",
      "lib/testing/**",
      "bin/**",
      "bench/**",
      "e2e/**",
      "infra/**",
      "**/*.test.{ts,tsx}",
      "*.config.ts",
      "*.config.js",
      "instrumentation.ts",
    ],
    rules: { "no-restricted-syntax": "off", "no-console": "off" },
  },
  {
    files: ["lib/**/core/**/*.ts", "lib/**/run.ts", "lib/math/**/*.ts", "lib/geo/**/*.ts", "lib/units/**/*.ts"],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        noEnv,
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: "Time is an argument here.",
        },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Time is an argument here." },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: "Randomness is an argument here.",
        },
      ],
    },
  },
  {
    files: ["**/*.test.{ts,tsx}", "e2e/**"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
  {
    // A template of CloudFormation has no types to look at it with.
    files: ["infra/**/*.test.ts"],
    rules: { "@typescript-eslint/no-unsafe-return": "off", "@typescript-eslint/no-unsafe-call": "off" },
  },
);
