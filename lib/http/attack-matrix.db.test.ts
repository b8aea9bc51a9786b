import { beforeAll, describe, expect, test } from "vitest";
import { API_KEY_SCOPES, ROLE_PERMISSIONS, ROLES, type ApiKeyScope, type Permission } from "#lib/auth/permissions";
import { systemDb } from "#lib/db/client";
import type { Access } from "#lib/http/route-spec";
import { callRoute, OWN_ORIGIN } from "#lib/testing/call-route";
import { makeApiKey, makeMember, makePerson, makeSession, makeSignedIn, makeWorkspace } from "#lib/testing/people";
import { findRoutes, paramNames, type FoundRoute } from "#lib/testing/route-files";
import { makeInvitation, makeRows, type Rows } from "#lib/testing/rows";
import { workspaceDigest } from "#lib/testing/workspace-digest";

const { routes, bad } = await findRoutes();
const named = (list: FoundRoute[]) => list.map((route) => [route.name, route] as const);
const isWrite = (route: FoundRoute) => route.method !== "GET";
const accessOf = (route: FoundRoute): Access => route.handler.spec.access;
const isPermission = (access: Access): access is Permission => !["session", "public", "storage"].includes(access);
const guarded = routes.filter((route) => accessOf(route) !== "public");
const personal = guarded.filter((route) => accessOf(route) !== "storage");

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const asUser = (cookie: string) => ({ ...OWN_ORIGIN, cookie });

/** Let in: whatever the route then answers about the request itself, it is not about who asks, and not a crash. */
function expectLetIn(status: number, text: string): void {
  expect([401, 403], text).not.toContain(status);
  if (status >= 500) expect(status, text).toBe(503);
}

test("every exported method of every route file is made with route() and declares who may call it", () => {
  expect(bad).toEqual([]);
  expect(routes.length).toBeGreaterThan(40);
});

describe("strangers are refused", () => {
  let rows: Rows;
  beforeAll(async () => {
    rows = await makeRows(await makeWorkspace());
  });

  test.each(named(guarded))("%s", async (_name, route) => {
    const workspace = await makeWorkspace();
    const ended = await makeSignedIn(workspace, "owner");
    await systemDb().userSession.update({ where: { id: ended.sessionId }, data: { revokedAt: new Date() } });
    const revoked = await makeApiKey(workspace, { scopes: API_KEY_SCOPES, state: "revoked" });
    const expired = await makeApiKey(workspace, { scopes: API_KEY_SCOPES, state: "expired" });
    const strangers: Record<string, Record<string, string>> = {
      "no session": {},
      "a garbage cookie": asUser("fieldport.session=eyJhbGciOiJkaXIifQ..x.y.z"),
      "a revoked session": asUser(ended.cookie),
      "a garbage key": bearer("fp_live_0123456789012345678901234567890123456789012"),
      "no bearer": { authorization: "Basic YWRtaW46YWRtaW4=" },
      "a revoked key": bearer(revoked.key),
      "an expired key": bearer(expired.key),
    };
    for (const [who, headers] of Object.entries(strangers)) {
      expect((await callRoute(route, rows, headers)).status, who).toBe(401);
    }
  });
});

describe("API keys do what their scopes say and nothing else", () => {
  test.each(named(guarded))("%s", async (_name, route) => {
    const access = accessOf(route);
    const workspace = await makeWorkspace();
    const rows = await makeRows(workspace);
    const call = async (scopes: readonly ApiKeyScope[]) => {
      const { key } = await makeApiKey(workspace, { scopes });
      return callRoute(route, rows, bearer(key));
    };
    const refused = isPermission(access) ? 403 : 401;
    expect((await call([])).status, "no scope").toBe(refused);
    expect((await call(API_KEY_SCOPES.filter((scope) => scope !== access))).status, "all other scopes").toBe(refused);
    const own = API_KEY_SCOPES.find((scope) => scope === access);
    if (!own) return;
    const { status, text } = await call([own]);
    expectLetIn(status, text);
  });
});

describe("members do what their role says and nothing else", () => {
  test.each(named(personal))("%s", async (_name, route) => {
    const access = accessOf(route);
    for (const role of ROLES) {
      const workspace = await makeWorkspace();
      await makeMember(workspace, "owner", "Another Owner");
      const member = await makeSignedIn(workspace, role);
      const invitation = await makeInvitation(workspace.workspaceId, member.person.email);
      const own = await makeSession(member.person);
      const rows = { ...(await makeRows(workspace)), ...invitation, sessionId: own.sessionId };
      const { status, text } = await callRoute(route, rows, asUser(member.cookie));
      const isAllowed = !isPermission(access) || ROLE_PERMISSIONS[role].includes(access);
      if (isAllowed) expectLetIn(status, `${role}: ${text}`);
      else expect(status, role).toBe(403);
    }
  });

  test.each(named(personal))("somebody in no workspace: %s", async (_name, route) => {
    const session = await makeSession(await makePerson());
    const rows = await makeRows(await makeWorkspace());
    const { status } = await callRoute(route, rows, asUser(session.cookie));
    if (isPermission(accessOf(route))) expect(status).toBe(403);
    else expect(status).not.toBe(401);
  });
});

describe("what belongs to another workspace does not exist", () => {
  const withIds = personal.filter((route) => paramNames(route.path).length > 0);

  test.each(named(withIds))("%s", async (_name, route) => {
    const home = await makeWorkspace();
    const foreign = await makeRows(await makeWorkspace());
    const before = await workspaceDigest(foreign.workspaceId);
    const owner = await makeSignedIn(home, "owner");
    const asOwner = await callRoute(route, foreign, asUser(owner.cookie));
    expect(asOwner.status, asOwner.text).toBe(404);
    const scope = API_KEY_SCOPES.find((known) => known === accessOf(route));
    if (scope) {
      const { key } = await makeApiKey(home, { scopes: [scope] });
      expect((await callRoute(route, foreign, bearer(key))).status).toBe(404);
    }
    expect(await workspaceDigest(foreign.workspaceId)).toEqual(before);
  });

  const withoutIds = personal.filter((route) => paramNames(route.path).length === 0);

  test.each(named(withoutIds))("%s shows and changes nothing of it", async (_name, route) => {
    const home = await makeWorkspace();
    const foreign = await makeRows(await makeWorkspace());
    const mine = await makeRows(home);
    const before = await workspaceDigest(foreign.workspaceId);
    const owner = await makeSignedIn(home, "owner");
    const { text } = await callRoute(route, isWrite(route) ? foreign : mine, asUser(owner.cookie));
    for (const [name, value] of Object.entries<string>({ ...foreign })) {
      if (!text.includes("problem")) expect(text.includes(value), `names the other workspace's ${name}`).toBe(false);
    }
    expect(await workspaceDigest(foreign.workspaceId)).toEqual(before);
  });
});

describe("another site cannot write with somebody's cookie", () => {
  test.each(named(personal.filter(isWrite)))("%s", async (_name, route) => {
    const workspace = await makeWorkspace();
    const { cookie } = await makeSignedIn(workspace, "owner");
    const rows = await makeRows(workspace);
    const before = await workspaceDigest(workspace.workspaceId);
    const attacks: Record<string, Record<string, string>> = {
      "another origin": { cookie, origin: "https://evil.example" },
      "a sandboxed frame": { cookie, origin: "null" },
      "a form on another site": { cookie, "sec-fetch-site": "cross-site", origin: "https://evil.example" },
      "a sibling of the site": { cookie, "sec-fetch-site": "same-site", origin: "http://evil.localhost:3000" },
      "no word of where it comes from": { cookie },
    };
    for (const [what, headers] of Object.entries(attacks)) {
      expect((await callRoute(route, rows, headers)).status, what).toBe(403);
    }
    expect(await workspaceDigest(workspace.workspaceId)).toEqual(before);
  });
});

describe("public routes answer anybody", () => {
  test.each(named(routes.filter((route) => accessOf(route) === "public")))("%s", async (_name, route) => {
    const { status, text } = await callRoute(route, await makeRows(await makeWorkspace()));
    if (status === 404) return;
    expectLetIn(status, text);
  });
});
