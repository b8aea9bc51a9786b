import { describe, expect, test } from "vitest";
import { databaseFingerprint, parsePort, portalOrigins, stackEnvironment } from "./config.ts";

const secrets = {
  postgresPassword: "a",
  databasePassword: "b",
  s3AccessKeyId: "OWNKEY",
  s3SecretAccessKey: "own-secret",
  sessionSecret: "session-secret-of-this-folder",
  eventSecret: "event",
};
const stack = {
  dataDir: "/data",
  port: 3001,
  databaseUrl: "postgresql://x",
  s3Endpoint: "http://127.0.0.1:9",
  secrets,
  ownObjects: true,
};
const given = (values: Record<string, string>) => ({ NODE_ENV: "test" as const, ...values });

describe("stackEnvironment", () => {
  test("fills in everything a child needs", () => {
    expect(stackEnvironment(given({}), stack)).toMatchObject({
      PORT: "3001",
      FIELDPORT_DATA_DIR: "/data",
      FIELDPORT_URL: "http://localhost:3001",
      NEXTAUTH_URL: "http://localhost:3001",
      NEXTAUTH_SECRET: secrets.sessionSecret,
      FIELDPORT_SECRET: secrets.sessionSecret,
      FIELDPORT_EVENT_SECRET: "event",
      DATABASE_URL: "postgresql://x",
      S3_ENDPOINT: "http://127.0.0.1:9",
      S3_BUCKET: "fieldport",
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "OWNKEY",
      AWS_SECRET_ACCESS_KEY: "own-secret",
    });
  });

  test("what the user set wins; an empty value counts as not set", () => {
    const env = stackEnvironment(
      given({ FIELDPORT_URL: "https://f.example/", S3_BUCKET: "", FIELDPORT_SECRET: "mine" }),
      stack,
    );
    expect(env).toMatchObject({ FIELDPORT_URL: "https://f.example", S3_BUCKET: "fieldport", NEXTAUTH_SECRET: "mine" });
  });

  test("an AWS login of the machine is not mixed with the embedded server's keys", () => {
    const login = given({ AWS_ACCESS_KEY_ID: "AKIA", AWS_SESSION_TOKEN: "token", AWS_PROFILE: "work" });
    const env = stackEnvironment(login, stack);
    expect(env.AWS_ACCESS_KEY_ID).toBe("OWNKEY");
    expect(env.AWS_SESSION_TOKEN).toBeUndefined();
    expect(env.AWS_PROFILE).toBeUndefined();
    expect(stackEnvironment(login, { ...stack, ownObjects: false }).AWS_ACCESS_KEY_ID).toBe("AKIA");
  });
});

test.each(["abc", "0", "65536", "3.5"])("PORT=%s is refused with what to set", (text) => {
  expect(() => parsePort(text)).toThrow(/PORT=.*Set PORT to a number/);
});

test("PORT defaults to 3000, also when empty", () => {
  expect([parsePort(undefined), parsePort(""), parsePort("8080")]).toEqual([3000, 3000, 8080]);
});

test("uploads are allowed from the public address and from this machine's names", () => {
  expect(portalOrigins("https://f.example/portal", 3000)).toEqual([
    "https://f.example",
    "http://localhost:3000",
    "http://127.0.0.1:3000",
  ]);
});

test("a database is recognised by place and name, not by its password", () => {
  const one = databaseFingerprint("postgresql://u:secret@db:5432/fieldport");
  expect(databaseFingerprint("postgresql://u:other@db:5432/fieldport")).toBe(one);
  expect(databaseFingerprint("postgresql://u:secret@db:5432/second")).not.toBe(one);
});
