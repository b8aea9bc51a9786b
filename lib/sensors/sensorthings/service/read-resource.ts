import type { PoolClient } from "pg";
import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { MODEL, SETS, type SetName } from "../core/model.ts";
import { parseQuery, type QueryOptions } from "../core/query-options.ts";
import { parseResourcePath, type ResourcePath } from "../core/resource-path.ts";
import { refuse } from "../core/tokens.ts";
import { entityPath } from "../present.ts";
import { countEntities, listEntities, readingEntities } from "../query-store.ts";
import { buildEntities } from "./build-entities.ts";

const TOP_DEFAULT = 100;
const TOP_MAX = 10_000;

const CONFORMANCE = [
  "http://www.opengis.net/spec/iot_sensing/1.1/req/datamodel",
  "http://www.opengis.net/spec/iot_sensing/1.1/req/resource-path/resource-path-to-entities",
  "http://www.opengis.net/spec/iot_sensing/1.1/req/request-data",
];

interface Request {
  /** Address of the service, without a slash at its end. */
  rootUrl: string;
  /** Segments behind the root. */
  segments: readonly string[];
  params: URLSearchParams;
}

/** Answers a request of the SensorThings API: the root, a collection, an entity, a property, or a property's value. */
export async function readResource(ctx: Ctx, request: Request): Promise<object | string> {
  const path = parseResourcePath(request.segments);
  if (path.steps.length === 0) return describeService(request.rootUrl);
  const options = parseQuery(request.params);
  const last = path.steps.at(-1)!;
  checkNames(last.set, options);
  try {
    return await readingEntities(ctx, (client) => {
      const reading = { client, ctx, request, path, options };
      return last.id === null && last.isMany ? readCollection(reading) : readOne(reading);
    });
  } catch (error) {
    // A value that the database cannot read as what it is compared with.
    if (error instanceof Error && "code" in error && /^22/.test(String(error.code))) {
      throw new AppError("invalid_input", `A value of the query cannot be read: ${error.message}.`, { cause: error });
    }
    throw error;
  }
}

function describeService(rootUrl: string) {
  return {
    value: SETS.map((name) => ({ name, url: `${rootUrl}/${name}` })),
    serverSettings: { conformance: CONFORMANCE },
  };
}

/** Names in `$select` and `$expand` that the set does not have are refused, as deep as they go. */
function checkNames(set: SetName, { select, expand }: QueryOptions): void {
  const { fields, navigations } = MODEL[set];
  for (const name of select) {
    const isKnown =
      name === "id" || name.startsWith("@iot.") || Object.hasOwn(fields, name) || Object.hasOwn(navigations, name);
    if (!isKnown) throw refuse("$select", `${set} have no "${name}". They have id, ${Object.keys(fields).join(", ")}.`);
  }
  for (const { navigation, options } of expand) {
    const target = Object.hasOwn(navigations, navigation) ? navigations[navigation] : undefined;
    if (!target)
      throw refuse("$expand", `${set} lead to ${Object.keys(navigations).join(", ")}, not to "${navigation}".`);
    checkNames(target.to, options);
  }
}

interface Reading {
  client: PoolClient;
  ctx: Ctx;
  request: Request;
  path: ResourcePath;
  options: QueryOptions;
}

async function readCollection({ client, ctx, request, path, options }: Reading): Promise<object> {
  const { workspaceId } = ctx;
  const { steps } = path;
  const { set } = steps.at(-1)!;
  const limit = Math.min(TOP_MAX, options.top ?? TOP_DEFAULT);
  const count = options.count ? await countEntities(client, { workspaceId, steps, options }) : undefined;
  if (limit === 0) return { ...(count === undefined ? {} : { "@iot.count": count }), value: [] };
  const page = await listEntities(client, { workspaceId, steps, options, limit });
  const { rootUrl } = request;
  const value = path.isRef
    ? page.rows.map((row) => ({ "@iot.selfLink": `${rootUrl}/${entityPath(set, row)}` }))
    : await buildEntities(client, { workspaceId, rootUrl, set, rows: page.rows, options });
  return {
    ...(count === undefined ? {} : { "@iot.count": count }),
    ...(page.nextToken === null ? {} : { "@iot.nextLink": nextLink(request, page.nextToken) }),
    value,
  };
}

function nextLink({ rootUrl, segments, params }: Request, token: string): string {
  const next = new URLSearchParams(params);
  next.delete("$skip");
  next.set("$skiptoken", token);
  return `${rootUrl}/${segments.map(encodeURIComponent).join("/")}?${next}`;
}

async function readOne({ client, ctx, request, path, options }: Reading): Promise<object | string> {
  const { workspaceId } = ctx;
  const { set } = path.steps.at(-1)!;
  const { rows } = await listEntities(client, { workspaceId, steps: path.steps, options, limit: 1 });
  const [row] = rows;
  if (!row) throw new AppError("not_found", `There is no such entity at ${request.segments.join("/")}.`);
  if (path.isRef) return { "@iot.selfLink": `${request.rootUrl}/${entityPath(set, row)}` };
  const wanted = path.property === null ? options : { ...options, select: [path.property] };
  const [entity = {}] = await buildEntities(client, {
    workspaceId,
    rootUrl: request.rootUrl,
    set,
    rows: [row],
    options: wanted,
  });
  if (path.property === null) return entity;
  const value = entity[path.property];
  if (value === undefined) throw new AppError("not_found", `${request.segments.join("/")} has no value.`);
  if (!path.isValue) return { [path.property]: value };
  return typeof value === "string" ? value : JSON.stringify(value);
}
