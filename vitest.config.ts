import { defineConfig } from "vitest/config";

// Two projects: `unit` needs nothing but Node; `db` gets real PostgreSQL and the embedded object server once.
export default defineConfig({
  test: {
    // Without it one core of two stays idle.
    maxWorkers: "100%",
    projects: [
      {
        test: {
          name: "unit",
          include: ["{lib,bin,bench,components,app,infra}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts", "node_modules/**"],
          environment: "node",
          // The usual five seconds say more about the machine than about the code when it is busy.
          testTimeout: 20_000,
          env: { FIELDPORT_SECRET: "a secret for unit tests only" },
        },
      },
      {
        test: {
          name: "db",
          include: ["{lib,app}/**/*.db.test.ts"],
          globalSetup: ["lib/testing/stack-setup.ts"],
          // A file keeps both cores busy: with its database, its object server and the processes it starts.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
