import { defineConfig } from "@playwright/test";
import { ADMIN, BASE_URL, DATA_DIR, OIDC, PORT } from "./e2e/support/portal.ts";

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/e2e",
  timeout: 240_000,
  expect: { timeout: 20_000 },
  fullyParallel: false,
  workers: 1,
  retries: 0,
  use: {
    baseURL: BASE_URL,
    viewport: { width: 1440, height: 900 },
    timezoneId: "UTC",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: [
    {
      // Without a shell between: they end with their parent.
      command: "exec node e2e/support/start-oidc.ts",
      url: `${OIDC.issuer}/.well-known/openid-configuration`,
      reuseExistingServer: false,
    },
    {
      command: "exec node e2e/support/start-portal.ts",
      url: `${BASE_URL}/api/v1/health`,
      timeout: 240_000,
      reuseExistingServer: false,
      gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
      stdout: "pipe",
      env: {
        PORT: String(PORT),
        FIELDPORT_DATA_DIR: DATA_DIR,
        FIELDPORT_ADMIN_EMAIL: ADMIN.email,
        FIELDPORT_ADMIN_PASSWORD: ADMIN.password,
        OIDC_ISSUER: OIDC.issuer,
        OIDC_CLIENT_ID: OIDC.clientId,
        OIDC_CLIENT_SECRET: OIDC.clientSecret,
        OIDC_NAME: OIDC.name,
        // Nothing outside this machine answers a test.
        FIELDPORT_TILES_URL: "none",
        // Emulated sources of pipelines.
        FIELDPORT_PRIVATE_HOSTS: "127.0.0.1",
      },
    },
  ],
});
