import { describe, expect, test } from "vitest";
import { systemDb } from "#lib/db/client";
import { callRoute, OWN_ORIGIN } from "#lib/testing/call-route";
import { makeSignedIn, makeWorkspace } from "#lib/testing/people";
import { findRoutes, paramNames, type FoundRoute } from "#lib/testing/route-files";
import { makeRows } from "#lib/testing/rows";

const { routes } = await findRoutes();
const named = (list: FoundRoute[]) => list.map((route) => [route.name, route] as const);
// The newest of something may not be there yet.
const isOneThing = ({ path }: FoundRoute) => paramNames(path).length > 0 || path.endsWith("/latest");
const reads = routes.filter((route) => route.method === "GET" && route.handler.spec.access !== "public");

async function ask(route: FoundRoute, headers: Record<string, string> = {}) {
  const workspace = await makeWorkspace();
  const { cookie } = await makeSignedIn(workspace, "owner");
  return callRoute(route, await makeRows(workspace), { ...OWN_ORIGIN, cookie, ...headers });
}

// The wrapper parses every answer by the route's own schema and fails in tests when they differ.
describe("lists answer by their schema", () => {
  test.each(named(reads.filter((route) => !isOneThing(route))))("%s", async (_name, route) => {
    const { status, text } = await ask(route);
    expect(status, text).toBe(200);
    if (route.handler.spec.response) expect(() => JSON.parse(text) as unknown).not.toThrow();
  });

  test.each(named(reads.filter((route) => hasCursor(route))))(
    "%s refuses a cursor it did not make",
    async (_name, route) => {
      const workspace = await makeWorkspace();
      const { cookie } = await makeSignedIn(workspace, "owner");
      const request = new Request(`http://localhost:3000${route.path}?cursor=bm90IG1pbmU`, { headers: { cookie } });
      const response = await route.handler(request, { params: Promise.resolve({}) });
      expect(response.status).toBe(400);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
    },
  );
});

describe("one thing answers by its schema, or says why it cannot", () => {
  test.each(named(reads.filter(isOneThing)))("%s", async (_name, route) => {
    const { status, text } = await ask(route);
    expect(status, text).toBeLessThan(500);
  });
});

describe("a secret is shown once", () => {
  const secret = routes.filter((route) => route.handler.spec.secretAnswer);

  test("the routes that show one are known", () => {
    expect(secret.map((route) => route.name)).toEqual(
      expect.arrayContaining(["POST /api/v1/api-keys", "POST /api/v1/invitations"]),
    );
  });

  test.each(named(secret))(
    "%s: a repeated Idempotency-Key neither repeats it nor brings it back",
    async (_name, route) => {
      const workspace = await makeWorkspace();
      const { cookie } = await makeSignedIn(workspace, "owner");
      const rows = await makeRows(workspace);
      const headers = { ...OWN_ORIGIN, cookie, "idempotency-key": "once" };
      const first = await callRoute(route, rows, headers);
      expect(first.status, first.text).toBeLessThan(300);
      expect((await callRoute(route, rows, headers)).status).toBe(409);
      const stored = await systemDb().idempotencyKey.findMany({ where: { workspaceId: workspace.workspaceId } });
      expect(stored.map((row) => row.body)).toEqual([null]);
    },
  );
});

describe("writes leave a trace", () => {
  test("a permitted write is in the audit log with who, what and where; a refused one is not", async () => {
    const workspace = await makeWorkspace();
    const owner = await makeSignedIn(workspace, "owner");
    const viewer = await makeSignedIn(workspace, "viewer");
    const route = routes.find((found) => found.name === "POST /api/v1/api-keys");
    if (!route) throw new Error("the route is gone");
    const rows = await makeRows(workspace);
    expect((await callRoute(route, rows, { ...OWN_ORIGIN, cookie: viewer.cookie })).status).toBe(403);
    expect((await callRoute(route, rows, { ...OWN_ORIGIN, cookie: owner.cookie })).status).toBe(201);
    const events = await systemDb().auditEvent.findMany({ where: { workspaceId: workspace.workspaceId } });
    expect(events.map((event) => [event.action, event.actorId, event.target])).toEqual([
      ["api_key.created", owner.person.userId, "/api/v1/api-keys"],
    ]);
  });
});

function hasCursor(route: FoundRoute): boolean {
  const shape: unknown = route.handler.spec.query && Reflect.get(route.handler.spec.query, "shape");
  return typeof shape === "object" && shape !== null && "cursor" in shape && paramNames(route.path).length === 0;
}
