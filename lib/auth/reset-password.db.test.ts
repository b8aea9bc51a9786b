import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type * as Service from "#lib/auth/service/reset-password";
import type * as Store from "#lib/auth/store";
import { systemDb } from "#lib/db/client";
import {
  makeMember,
  makePerson,
  makeSession,
  makeSignedIn,
  makeWorkspace,
  TEST_PASSWORD,
  unique,
} from "#lib/testing/people";
import { insertMembership } from "#lib/workspaces/store";

const letters: string[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData: (stream, _session, done) => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => {
      letters.push(
        Buffer.concat(chunks)
          .toString()
          .replace(/=\r?\n/g, "")
          .replace(/=3D/g, "="),
      );
      done();
    });
  },
});
let service: typeof Service;
let store: typeof Store;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  // The environment is parsed once, so the mail server must be known before anything is imported.
  vi.stubEnv("SMTP_URL", `smtp://127.0.0.1:${port}`);
  vi.resetModules();
  service = await import("#lib/auth/service/reset-password");
  store = await import("#lib/auth/store");
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

const tokenOf = (text: string) => /\/reset\/([A-Za-z0-9_-]{40,})/.exec(text)?.[1] ?? "";
const jobsFor = (email: string) =>
  systemDb().$queryRaw<{ payload: { email: string } }[]>`
    select j.payload from graphile_worker._private_jobs j where j.payload->>'email' = ${email}`;

describe("asking for a reset", () => {
  test("does the same work for an account that exists and one that does not: one job, no look-up", async () => {
    const person = await makePerson();
    const nobody = `${unique("nobody")}@example.org`;
    for (const email of [person.email, nobody]) {
      await expect(service.requestPasswordReset({ email, address: unique("a") })).resolves.toBeUndefined();
      expect(await jobsFor(email)).toHaveLength(1);
    }
    expect(await systemDb().passwordReset.count({ where: { userId: person.userId } })).toBe(0);
  });

  test("is refused after three times per account, known or not", async () => {
    const email = `${unique("nobody")}@example.org`;
    const ask = () => service.requestPasswordReset({ email, address: unique("a") });
    for (let time = 0; time < 3; time += 1) await ask();
    await expect(ask()).rejects.toMatchObject({ code: "rate_limited" });
  });

  test("the letter goes to the account's address only, with a link that works once", async () => {
    const person = await makePerson("Mira Okafor");
    const session = await makeSession(person);
    await service.sendResetLetter(person.email, new Date());
    await service.sendResetLetter(`${unique("nobody")}@example.org`, new Date());
    expect(letters).toHaveLength(1);
    expect(letters[0]).toContain(`To: ${person.email}`);
    const token = tokenOf(letters[0] ?? "");
    const use = () => service.resetPassword({ token, password: "a brand new password", address: "a", now: new Date() });
    expect(await use()).toEqual({ email: person.email });
    expect(await store.findLiveSession(session.sessionId)).toBeNull();
    await expect(use()).rejects.toMatchObject({ code: "not_found" });
  });

  test("of two simultaneous uses of one link, one wins", async () => {
    const person = await makePerson();
    const { url } = await service.createResetLink(person.userId, new Date(Date.now() + 60_000));
    const use = (password: string) =>
      service.resetPassword({ token: tokenOf(url), password, address: "a", now: new Date() });
    const outcomes = await Promise.allSettled([use("first new password"), use("second new password")]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("an expired link, and a link of somebody disabled, do nothing", async () => {
    const person = await makePerson();
    const expired = await service.createResetLink(person.userId, new Date(Date.now() - 1));
    const open = await service.createResetLink(person.userId, new Date(Date.now() + 60_000));
    await systemDb().user.update({ where: { id: person.userId }, data: { disabledAt: new Date() } });
    for (const { url } of [expired, open]) {
      const use = service.resetPassword({
        token: tokenOf(url),
        password: "a brand new password",
        address: "a",
        now: new Date(),
      });
      await expect(use).rejects.toMatchObject({ code: "not_found" });
    }
  });

  test("clears the throttle of an account that was locked", async () => {
    const { signIn } = await import("#lib/auth/service/sign-in");
    const person = await makePerson();
    const attempt = { email: person.email, address: unique("a"), userAgent: "" };
    for (let time = 0; time < 9; time += 1) await signIn({ ...attempt, password: "wrong" }).catch(() => null);
    const { url } = await service.createResetLink(person.userId, new Date(Date.now() + 60_000));
    await service.resetPassword({
      token: tokenOf(url),
      password: "a brand new password",
      address: "a",
      now: new Date(),
    });
    await expect(signIn({ ...attempt, password: "a brand new password" })).resolves.toBeDefined();
  });
});

describe("an owner's reset link for a member", () => {
  test("sets that member's password", async () => {
    const { createMemberResetLink } = await import("#lib/workspaces/service/members");
    const workspace = await makeWorkspace();
    const owner = await makeSignedIn(workspace, "owner");
    const member = await makeMember(workspace, "viewer");
    const { url } = await createMemberResetLink(owner.ctx(), member.userId);
    const done = await service.resetPassword({
      token: tokenOf(url),
      password: "a brand new password",
      address: "a",
      now: new Date(),
    });
    expect(done).toEqual({ email: member.email });
    expect(TEST_PASSWORD).not.toBe("a brand new password");
  });

  test("is refused for somebody who also belongs to a workspace the owner does not own", async () => {
    const { createMemberResetLink } = await import("#lib/workspaces/service/members");
    const workspace = await makeWorkspace();
    const foreign = await makeWorkspace();
    const owner = await makeSignedIn(workspace, "owner");
    await insertMembership(foreign.workspaceId, owner.person.userId, "editor");
    const member = await makeMember(workspace, "viewer");
    await insertMembership(foreign.workspaceId, member.userId, "owner");
    await expect(createMemberResetLink(owner.ctx(), member.userId)).rejects.toMatchObject({ code: "forbidden" });
    const outsider = await makeMember(foreign, "viewer");
    await expect(createMemberResetLink(owner.ctx(), outsider.userId)).rejects.toMatchObject({ code: "not_found" });
  });
});
