import { fileURLToPath } from "node:url";

export const PORT = 3199;
export const BASE_URL = `http://localhost:${PORT}`;
export const DATA_DIR = fileURLToPath(new URL("../../test-results/portal-data", import.meta.url));
export const ADMIN = { email: "owner@example.org", password: "a-long-test-password" };
export const OIDC = {
  issuer: "http://localhost:3198",
  clientId: "fieldport-journeys",
  clientSecret: "a-secret-of-loopback-only",
  name: "Harbour ID",
};
