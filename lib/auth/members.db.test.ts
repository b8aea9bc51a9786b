import { describe, expect, test } from "vitest";
import { findLiveSession } from "#lib/auth/store";
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
import { makeInvitation, makeSensor } from "#lib/testing/rows";
import { listInvitations } from "#lib/workspaces/invitation-store";
import { listMembers } from "#lib/workspaces/member-store";
import { acceptInvitation, joinWorkspace } from "#lib/workspaces/service/accept-invitation";
import { changeWorkspace, createWorkspace } from "#lib/workspaces/service/create-workspace";
import { createInvitation, withdrawInvitation } from "#lib/workspaces/service/invitations";
import { changeRole, removeMember } from "#lib/workspaces/service/members";

const anyone = () => ({ requestId: "r", address: unique("a"), now: new Date() });
const tokenOf = (url: string) => url.split("/").at(-1) ?? "";

describe("members", () => {
  test("a new role counts at the next request", async () => {
    const workspace = await makeWorkspace();
    const owner = await makeSignedIn(workspace, "owner");
    const member = await makeSignedIn(workspace, "viewer");
    await changeRole(owner.ctx(), member.person.userId, "editor");
    expect((await findLiveSession(member.sessionId))?.role).toBe("editor");
  });

  test("the last owner can neither be demoted nor removed, by anyone", async () => {
    const workspace = await makeWorkspace();
    const owner = await makeSignedIn(workspace, "owner");
    const { userId } = owner.person;
    await expect(changeRole(owner.ctx(), userId, "viewer")).rejects.toMatchObject({ code: "conflict" });
    await expect(removeMember(owner.ctx(), userId)).rejects.toMatchObject({ code: "conflict" });
    await expect(changeRole(owner.ctx(), userId, "owner")).resolves.toBeUndefined();
  });

  test("two owners who demote each other at the same moment leave one", async () => {
    const workspace = await makeWorkspace();
    const first = await makeSignedIn(workspace, "owner");
    const second = await makeSignedIn(workspace, "owner");
    await Promise.allSettled([
      changeRole(first.ctx(), second.person.userId, "viewer"),
      removeMember(second.ctx(), first.person.userId),
    ]);
    const owners = await systemDb().membership.count({ where: { workspaceId: workspace.workspaceId, role: "owner" } });
    expect(owners).toBe(1);
  });

  test("removed: the session loses the workspace at once, claimed sensors are free, the account stays", async () => {
    const workspace = await makeWorkspace();
    const owner = await makeSignedIn(workspace, "owner");
    const member = await makeSignedIn(workspace, "editor");
    const { userId } = member.person;
    const sensorId = await makeSensor(workspace.workspaceId);
    await systemDb().sensor.update({ where: { id: sensorId }, data: { ownerUserId: userId } });
    await removeMember(owner.ctx(), userId);
    expect(await findLiveSession(member.sessionId)).toMatchObject({ userId, workspaceId: null, role: null });
    expect((await systemDb().sensor.findUniqueOrThrow({ where: { id: sensorId } })).ownerUserId).toBeNull();
    expect(await systemDb().user.count({ where: { id: userId } })).toBe(1);
  });

  test("members of another workspace are neither listed nor changed", async () => {
    const owner = await makeSignedIn(await makeWorkspace(), "owner");
    const foreign = await makeMember(await makeWorkspace(), "viewer");
    const { items } = await listMembers(owner.ctx(), { limit: 50 });
    expect(items.map((item) => item.userId)).toEqual([owner.person.userId]);
    await expect(changeRole(owner.ctx(), foreign.userId, "owner")).rejects.toMatchObject({ code: "not_found" });
    await expect(removeMember(owner.ctx(), foreign.userId)).rejects.toMatchObject({ code: "not_found" });
  });

  test("pages follow one another without gap or repeat", async () => {
    const workspace = await makeWorkspace();
    const owner = await makeSignedIn(workspace, "owner");
    for (let count = 0; count < 4; count += 1) await makeMember(workspace, "viewer");
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listMembers(owner.ctx(), { limit: 2, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map((item) => item.userId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(5);
    expect(seen).toHaveLength(5);
  });
});

describe("invitations", () => {
  const invite = async (email = `${unique("new")}@example.org`) => {
    const workspace = await makeWorkspace();
    const owner = await makeSignedIn(workspace, "owner");
    const made = await createInvitation(owner.ctx(), { email, role: "uploader" });
    return { workspace, owner, made, token: tokenOf(made.url), email };
  };

  test("make a new account that is a member and can sign in; the link works once", async () => {
    const { workspace, made, token, email } = await invite();
    expect(made.mail).toBe("off");
    const rows = await systemDb().invitation.findMany({ where: { id: made.id } });
    expect(JSON.stringify(rows)).not.toContain(token);
    const accept = () => acceptInvitation(anyone(), token, { as: "new", name: "Ada", password: TEST_PASSWORD });
    expect(await accept()).toEqual({ workspaceId: workspace.workspaceId, email });
    const membership = await systemDb().membership.findFirstOrThrow({
      where: { workspaceId: workspace.workspaceId, user: { email } },
    });
    expect(membership.role).toBe("uploader");
    await expect(accept()).rejects.toMatchObject({ code: "not_found" });
  });

  test("of several simultaneous uses of one link, one wins", async () => {
    const { token } = await invite();
    const accept = (name: string) => acceptInvitation(anyone(), token, { as: "new", name, password: TEST_PASSWORD });
    const outcomes = await Promise.allSettled(["A", "B", "C"].map(accept));
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  });

  test("add an existing account only with its password", async () => {
    const person = await makePerson();
    const { workspace, token } = await invite(person.email);
    const accept = (password: string) => acceptInvitation(anyone(), token, { as: "existing", password });
    await expect(accept("wrong")).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(
      acceptInvitation(anyone(), token, { as: "new", name: "Thief", password: TEST_PASSWORD }),
    ).rejects.toMatchObject({ code: "unprocessable" });
    expect(await accept(TEST_PASSWORD)).toMatchObject({ workspaceId: workspace.workspaceId });
  });

  test("signed in, only the invited person can take it, and looks at the workspace afterwards", async () => {
    const person = await makePerson();
    const { workspace, token } = await invite(person.email);
    const stranger = await makeSession(await makePerson());
    await expect(joinWorkspace(stranger.caller, token)).rejects.toMatchObject({ code: "forbidden" });
    const session = await makeSession(person);
    await joinWorkspace(session.caller, token);
    expect(await findLiveSession(session.sessionId)).toMatchObject({
      workspaceId: workspace.workspaceId,
      role: "uploader",
    });
  });

  test("withdrawn, expired or replaced links are closed", async () => {
    const { owner, made, token, email } = await invite();
    const again = await createInvitation(owner.ctx(), { email, role: "viewer" });
    const accept = (link: string) =>
      acceptInvitation(anyone(), link, { as: "new", name: "Ada", password: TEST_PASSWORD });
    await expect(accept(token)).rejects.toMatchObject({ code: "not_found" });
    expect((await listInvitations(owner.ctx(), { limit: 50 })).items.map((item) => item.id)).toEqual([again.id]);
    await withdrawInvitation(owner.ctx(), again.id);
    await expect(accept(tokenOf(again.url))).rejects.toMatchObject({ code: "not_found" });
    await expect(withdrawInvitation(owner.ctx(), made.id)).rejects.toMatchObject({ code: "not_found" });
    const late = { ...anyone(), now: new Date(Date.now() + 8 * 86_400_000) };
    const third = await createInvitation(owner.ctx(), { email, role: "viewer" });
    await expect(
      acceptInvitation(late, tokenOf(third.url), { as: "new", name: "Ada", password: TEST_PASSWORD }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  test("a member cannot be invited again; another workspace's invitation cannot be withdrawn", async () => {
    const { owner } = await invite();
    const member = await makeMember(owner.ctx(), "viewer");
    await expect(createInvitation(owner.ctx(), { email: member.email, role: "owner" })).rejects.toMatchObject({
      code: "conflict",
    });
    const foreign = await makeInvitation((await makeWorkspace()).workspaceId);
    await expect(withdrawInvitation(owner.ctx(), foreign.invitationId)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("workspaces", () => {
  test("a new one belongs to its maker alone, who looks at it; equal names get different addresses", async () => {
    const owner = await makeSignedIn(await makeWorkspace(), "owner");
    const input = { name: unique("Field lab"), description: "", timeZone: "Europe/Berlin" };
    const first = await createWorkspace(owner.ctx(), input);
    const second = await createWorkspace(owner.ctx(), input);
    expect(first).toMatchObject({ name: input.name, timeZone: "Europe/Berlin" });
    expect(second.slug).not.toBe(first.slug);
    expect(await findLiveSession(owner.sessionId)).toMatchObject({ workspaceId: second.id, role: "owner" });
  });

  test("a change touches the own workspace and only what was given", async () => {
    const owner = await makeSignedIn(await makeWorkspace(), "owner");
    const other = await makeWorkspace();
    const changed = await changeWorkspace(owner.ctx(), { description: "Sensors along the fjord" });
    expect(changed).toMatchObject({
      id: owner.caller.workspaceId,
      description: "Sensors along the fjord",
      timeZone: "UTC",
    });
    const untouched = await systemDb().workspace.findUniqueOrThrow({ where: { id: other.workspaceId } });
    expect(untouched.description).toBe("");
  });
});
