import type * as Argon2 from "@node-rs/argon2";
import { describe, expect, test, vi } from "vitest";
import { signIn } from "#lib/auth/service/sign-in";
import { findLiveSession } from "#lib/auth/store";
import { systemDb } from "#lib/db/client";
import { AppError } from "#lib/errors";
import { makeMember, makeSession, makeWorkspace, TEST_PASSWORD, unique } from "#lib/testing/people";

const { checked } = vi.hoisted(() => ({ checked: [] as string[] }));
vi.mock("@node-rs/argon2", async (importOriginal) => {
  const real = await importOriginal<typeof Argon2>();
  const verify = (hash: string, password: string) => {
    checked.push(hash);
    return real.verify(hash, password);
  };
  return { ...real, verify };
});

const from = (address = unique("address")) => ({ address, userAgent: "Test browser" });
const refusal = async (attempt: Promise<unknown>): Promise<AppError> => {
  const error: unknown = await attempt.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw new Error("the attempt was not refused", { cause: error });
};

describe("signing in", () => {
  test("the right password opens a session in the workspace looked at last, and leaves an audit event", async () => {
    const workspace = await makeWorkspace();
    const person = await makeMember(workspace, "editor");
    const { id, sessionId } = await signIn({ ...from(), email: person.email.toUpperCase(), password: TEST_PASSWORD });
    const session = await findLiveSession(sessionId);
    expect(session).toMatchObject({ userId: id, workspaceId: workspace.workspaceId, role: "editor" });
    const events = await systemDb().auditEvent.findMany({ where: { workspaceId: workspace.workspaceId } });
    expect(events.map((event) => [event.action, event.actorId])).toEqual([["session.started", id]]);
  });

  test("a wrong password and an unknown account get the same answer", async () => {
    const person = await makeMember(await makeWorkspace(), "viewer");
    const wrong = await refusal(signIn({ ...from(), email: person.email, password: "not the password" }));
    const unknown = await refusal(signIn({ ...from(), email: `${unique("nobody")}@example.org`, password: "x" }));
    expect([wrong.code, wrong.message]).toEqual([unknown.code, unknown.message]);
  });

  test("an unknown account costs the same password check as a known one, with the same parameters", async () => {
    const person = await makeMember(await makeWorkspace(), "viewer");
    checked.length = 0;
    await refusal(signIn({ ...from(), email: person.email, password: "not the password" }));
    await refusal(signIn({ ...from(), email: `${unique("nobody")}@example.org`, password: "not the password" }));
    expect(checked).toHaveLength(2);
    const [known, unknown] = checked.map((hash) => hash.split("$").slice(0, 4).join("$"));
    expect(unknown).toBe(known);
  });

  test("somebody disabled cannot sign in, and a session she has ends", async () => {
    const person = await makeMember(await makeWorkspace(), "owner");
    const { sessionId } = await makeSession(person);
    await systemDb().user.update({ where: { id: person.userId }, data: { disabledAt: new Date() } });
    expect(await findLiveSession(sessionId)).toBeNull();
    expect((await refusal(signIn({ ...from(), email: person.email, password: TEST_PASSWORD }))).code).toBe(
      "unauthenticated",
    );
  });
});

describe("the throttle", () => {
  test("refuses an account after 8 failures, from whatever address and with the right password too", async () => {
    const person = await makeMember(await makeWorkspace(), "viewer");
    for (let attempt = 0; attempt < 8; attempt += 1) {
      expect((await refusal(signIn({ ...from(), email: person.email, password: "wrong" }))).code).toBe(
        "unauthenticated",
      );
    }
    const ninth = await refusal(signIn({ ...from(), email: person.email, password: TEST_PASSWORD }));
    expect(ninth.code).toBe("rate_limited");
    expect(ninth.retryAfterS).toBeGreaterThan(800);
    const spelled = await refusal(
      signIn({ ...from(), email: ` ${person.email.toUpperCase()} `, password: TEST_PASSWORD }),
    );
    expect(spelled.code).toBe("rate_limited");
  });

  test("treats an account that does not exist the same", async () => {
    const email = `${unique("nobody")}@example.org`;
    const codes = [];
    for (let attempt = 0; attempt < 9; attempt += 1) {
      codes.push((await refusal(signIn({ ...from(), email, password: "wrong" }))).code);
    }
    expect(codes).toEqual([...Array<string>(8).fill("unauthenticated"), "rate_limited"]);
  });

  test("lets no more than 8 of 30 simultaneous guesses reach the password", async () => {
    const person = await makeMember(await makeWorkspace(), "viewer");
    const guesses = Array.from({ length: 30 }, () =>
      refusal(signIn({ ...from(), email: person.email, password: "wrong" })),
    );
    const codes = (await Promise.all(guesses)).map((error) => error.code);
    expect(codes.filter((code) => code === "unauthenticated")).toHaveLength(8);
    expect(codes.filter((code) => code === "rate_limited")).toHaveLength(22);
  });

  test("refuses an address after 60 failures over many accounts, and only that address", async () => {
    const address = unique("address");
    await systemDb().signInThrottle.create({
      data: { key: `address:${address}`, failures: 60, windowStart: new Date() },
    });
    const person = await makeMember(await makeWorkspace(), "viewer");
    expect((await refusal(signIn({ ...from(address), email: person.email, password: TEST_PASSWORD }))).code).toBe(
      "rate_limited",
    );
    await expect(signIn({ ...from(), email: person.email, password: TEST_PASSWORD })).resolves.toBeDefined();
  });

  test("a right password clears the account and gives its attempt back to the address", async () => {
    const address = unique("address");
    const person = await makeMember(await makeWorkspace(), "viewer");
    await refusal(signIn({ ...from(address), email: person.email, password: "wrong" }));
    for (let time = 0; time < 10; time += 1)
      await signIn({ ...from(address), email: person.email, password: TEST_PASSWORD });
    const row = await systemDb().signInThrottle.findUnique({ where: { key: `address:${address}` } });
    expect(row?.failures).toBe(1);
  });

  test("a window that has passed starts anew", async () => {
    const address = unique("address");
    const windowStart = new Date(Date.now() - 16 * 60_000);
    await systemDb().signInThrottle.create({ data: { key: `address:${address}`, failures: 900, windowStart } });
    const person = await makeMember(await makeWorkspace(), "viewer");
    await expect(signIn({ ...from(address), email: person.email, password: TEST_PASSWORD })).resolves.toBeDefined();
  });
});
