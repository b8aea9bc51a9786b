import { describe, expect, test } from "vitest";
import { changePassword } from "#lib/auth/service/change-password";
import { getMySession, switchWorkspace } from "#lib/auth/service/my-session";
import { listMySessions, revokeMySession, revokeOtherSessions } from "#lib/auth/service/my-sessions";
import { signIn } from "#lib/auth/service/sign-in";
import { findLiveSession } from "#lib/auth/store";
import { systemDb } from "#lib/db/client";
import { makeMember, makeSession, makeSignedIn, makeWorkspace, TEST_PASSWORD, unique } from "#lib/testing/people";
import { insertMembership } from "#lib/workspaces/store";

const page = { limit: 50 };

describe("my sessions", () => {
  test("lists mine only, marks this one, leaves out what has ended", async () => {
    const workspace = await makeWorkspace();
    const { person, caller } = await makeSignedIn(workspace, "viewer");
    await makeSignedIn(workspace, "viewer");
    const other = await makeSession(person);
    const ended = await makeSession(person);
    await revokeMySession(caller, ended.sessionId);
    const { items } = await listMySessions(caller, page);
    expect(items.map((item) => [item.id, item.isCurrent])).toEqual([
      [other.sessionId, false],
      [caller.sessionId, true],
    ]);
  });

  test("revoking one ends it at once; somebody else's is not found", async () => {
    const workspace = await makeWorkspace();
    const mine = await makeSignedIn(workspace, "owner");
    const hers = await makeSignedIn(workspace, "viewer");
    await expect(revokeMySession(mine.caller, hers.sessionId)).rejects.toMatchObject({ code: "not_found" });
    expect(await findLiveSession(hers.sessionId)).not.toBeNull();
    await revokeMySession(mine.caller, mine.sessionId);
    expect(await findLiveSession(mine.sessionId)).toBeNull();
  });

  test("revoking the others keeps this one", async () => {
    const { person, caller, sessionId } = await makeSignedIn(await makeWorkspace(), "viewer");
    const others = [await makeSession(person), await makeSession(person)];
    expect(await revokeOtherSessions(caller)).toEqual({ revoked: 2 });
    expect(await findLiveSession(sessionId)).not.toBeNull();
    for (const other of others) expect(await findLiveSession(other.sessionId)).toBeNull();
  });

  test("an expired session is none", async () => {
    const { sessionId } = await makeSignedIn(await makeWorkspace(), "viewer");
    await systemDb().userSession.update({ where: { id: sessionId }, data: { expiresAt: new Date(Date.now() - 1000) } });
    expect(await findLiveSession(sessionId)).toBeNull();
  });
});

describe("workspaces of a session", () => {
  test("switching changes workspace and role, and the next session starts there", async () => {
    const first = await makeWorkspace();
    const second = await makeWorkspace();
    const { person, caller, sessionId } = await makeSignedIn(first, "owner");
    await insertMembership(second.workspaceId, person.userId, "uploader");
    const after = await switchWorkspace(caller, second.workspaceId);
    expect(after).toMatchObject({ workspaceId: second.workspaceId, role: "uploader" });
    expect(await findLiveSession(sessionId)).toMatchObject({ workspaceId: second.workspaceId, role: "uploader" });
    const next = await signIn({ email: person.email, password: TEST_PASSWORD, address: unique("a"), userAgent: "" });
    expect(await findLiveSession(next.sessionId)).toMatchObject({ workspaceId: second.workspaceId });
  });

  test("a workspace she is no member of does not exist for her", async () => {
    const { caller } = await makeSignedIn(await makeWorkspace(), "owner");
    const foreign = await makeWorkspace();
    await expect(switchWorkspace(caller, foreign.workspaceId)).rejects.toMatchObject({ code: "not_found" });
  });

  test("a person in no workspace has a session without role or permissions", async () => {
    const workspace = await makeWorkspace();
    const person = await makeMember(workspace, "owner");
    await systemDb().membership.deleteMany({ where: { userId: person.userId } });
    const { caller } = await makeSession(person);
    expect(await getMySession(caller)).toMatchObject({
      workspaceId: null,
      role: null,
      permissions: [],
      workspaces: [],
    });
  });
});

describe("changing the password", () => {
  test("needs the current one, ends the other sessions and keeps this one", async () => {
    const { person, caller, sessionId } = await makeSignedIn(await makeWorkspace(), "viewer");
    const other = await makeSession(person);
    const wrong = changePassword(caller, { currentPassword: "wrong", newPassword: "a brand new password" });
    await expect(wrong).rejects.toMatchObject({ code: "invalid_input", fields: [{ pointer: "/currentPassword" }] });
    await changePassword(caller, { currentPassword: TEST_PASSWORD, newPassword: "a brand new password" });
    expect(await findLiveSession(sessionId)).not.toBeNull();
    expect(await findLiveSession(other.sessionId)).toBeNull();
    const attempt = { email: person.email, address: unique("a"), userAgent: "" };
    await expect(signIn({ ...attempt, password: TEST_PASSWORD })).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(signIn({ ...attempt, password: "a brand new password" })).resolves.toBeDefined();
  });

  test("guessing the current password from a stolen session is throttled like signing in", async () => {
    const { caller } = await makeSignedIn(await makeWorkspace(), "viewer");
    const guess = () => changePassword(caller, { currentPassword: "wrong", newPassword: "a brand new password" });
    for (let time = 0; time < 8; time += 1) await expect(guess()).rejects.toMatchObject({ code: "invalid_input" });
    await expect(guess()).rejects.toMatchObject({ code: "rate_limited" });
  });
});
