import type { PoolClient } from "pg";
import type { Ctx } from "#lib/auth/context";
import { inWorkspaceSql } from "#lib/db/sql";
import { decodeCursor, encodeCursor } from "#lib/http/pagination";
import { afterSql, filterSql, idEquals, type SortColumn, sortColumns, Statement } from "./condition-store.ts";
import type { SetName } from "./core/model.ts";
import type { QueryOptions } from "./core/query-options.ts";
import type { PathStep } from "./core/resource-path.ts";
import { NAVIGATION_SQL, SET_SQL } from "./set-store.ts";

export type EntityRow = Record<string, unknown>;

export interface EntityPage {
  rows: EntityRow[];
  /** Where the next page begins; null at the end. */
  nextToken: string | null;
}

/** Reads within one transaction, so that expansions see what the page saw. */
export function readingEntities<T>(ctx: Ctx, read: (client: PoolClient) => Promise<T>): Promise<T> {
  return inWorkspaceSql(ctx, read);
}

interface Listing {
  workspaceId: string;
  steps: readonly PathStep[];
  options: QueryOptions;
  limit: number;
}

/** A page of what a path and its options name. */
export async function listEntities(
  client: PoolClient,
  { workspaceId, steps, options, limit }: Listing,
): Promise<EntityPage> {
  const statement = new Statement(workspaceId);
  const { set, alias, conditions } = pathSql(statement, steps, options);
  if (conditions === null) return { rows: [], nextToken: null };
  const columns = sortColumns(statement, options.orderBy, { set, alias });
  if (options.skipToken !== null) {
    conditions.push(afterSql(statement, columns, decodeCursor(options.skipToken, columns.length)));
  }
  const order = columns.map(({ sql, isDescending }) => `${sql}${isDescending ? " desc" : ""}`).join(", ");
  const keys = columns.flatMap(({ sql, column }, i) => (column === null ? [`, (${sql})::text as "sort${i}"`] : []));
  const { rows } = await client.query<EntityRow>(
    `select ${columnsSql(statement, { set, alias, options })}${keys.join("")} from ${statement.fill(SET_SQL[set].from, { a: alias })}
     where ${conditions.join(" and ")} order by ${order}
     limit ${statement.add(limit + 1, "int8")} offset ${statement.add(options.skip, "int8")}`,
    statement.values,
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const nextToken = last ? encodeCursor(columns.map((column, i) => sortText(last, column, i))) : null;
  return { rows: rows.slice(0, limit), nextToken };
}

function sortText(row: EntityRow, { column, type }: SortColumn, place: number): string {
  if (column === null) return String(row[`sort${place}`]);
  return type === "timestamptz" ? new Date(Math.round(Number(row[column]))).toISOString() : String(row[column]);
}

/** How many a path and its filter name. All observations of a datastream are counted already. */
export async function countEntities(
  client: PoolClient,
  { workspaceId, steps, options }: Omit<Listing, "limit">,
): Promise<number> {
  const statement = new Statement(workspaceId);
  const last = steps.at(-1)!;
  if (last.set === "Observations" && options.filter === null && steps.length <= 2 && last.id === null) {
    const streams = steps.length === 1 ? [{ ...last, set: "Datastreams" as const }] : steps.slice(0, 1);
    if (streams[0]!.set === "Datastreams") {
      const place = pathSql(statement, streams, options);
      if (place.conditions === null) return 0;
      const sql = `select coalesce(sum(${place.alias}.observation_count), 0)::float8 as count from datastreams ${place.alias}
        where ${place.conditions.join(" and ")}`;
      return (await client.query<{ count: number }>(sql, statement.values)).rows[0]?.count ?? 0;
    }
  }
  const { set, alias, conditions } = pathSql(statement, steps, options);
  if (conditions === null) return 0;
  const from = statement.fill(SET_SQL[set].from, { a: alias });
  const sql = `select count(*)::float8 as count from ${from} where ${conditions.join(" and ")}`;
  return (await client.query<{ count: number }>(sql, statement.values)).rows[0]?.count ?? 0;
}

interface PathSql {
  set: SetName;
  alias: string;
  /** null: an id on the way can be none. */
  conditions: string[] | null;
}

/** The last set of a path, with all that the way to it demands. */
function pathSql(statement: Statement, steps: readonly PathStep[], { filter }: QueryOptions): PathSql {
  const last = steps.at(-1)!;
  const alias = statement.alias();
  const conditions = [statement.fill(SET_SQL[last.set].where, { a: alias })];
  const place = { set: last.set, alias };
  const way = wayTo(statement, steps, alias);
  if (way === null) return { ...place, conditions: null };
  conditions.push(...way);
  if (filter) conditions.push(filterSql(statement, filter, place));
  return { ...place, conditions };
}

function wayTo(statement: Statement, steps: readonly PathStep[], alias: string): string[] | null {
  const step = steps.at(-1)!;
  const conditions: string[] = [];
  if (step.id !== null) {
    const equals = idEquals(statement, { set: step.set, alias }, step.id);
    if (equals === null) return null;
    conditions.push(equals);
  }
  const before = steps.at(-2);
  if (!before) return conditions;
  const parent = statement.alias();
  const inner = wayTo(statement, steps.slice(0, -1), parent);
  if (inner === null) return null;
  const { key, on } = NAVIGATION_SQL[before.set][step.name]!;
  const joined = statement.fill(on, { c: alias, k: statement.fill(key, { p: parent }) });
  const { from, where } = SET_SQL[before.set];
  const fill = (sql: string) => statement.fill(sql, { a: parent });
  conditions.push(`exists (select 1 from ${fill(from)} where ${[fill(where), joined, ...inner].join(" and ")})`);
  return conditions;
}

interface Shown {
  set: SetName;
  alias: string;
  options: QueryOptions;
}

/** Only what the answer shows is read: own properties, and what links and expansions need. */
function columnsSql(statement: Statement, { set, alias, options }: Shown): string {
  const { columns, uses, order } = SET_SQL[set];
  const keys = Object.values(NAVIGATION_SQL[set]).map(({ keyColumn }) => keyColumn);
  const shown = options.select.length === 0 ? Object.values(uses) : options.select.map((name) => uses[name] ?? []);
  // The newest observation of a datastream is found by its instant.
  const latest = set === "Datastreams" && options.expand.length > 0 ? ["lastAtMs"] : [];
  const wanted = new Set([...order.map(({ column }) => column), ...keys, ...latest, ...shown.flat()]);
  return [...wanted].map((name) => `${statement.fill(columns[name]!, { a: alias })} as "${name}"`).join(", ");
}

interface Related {
  workspaceId: string;
  set: SetName;
  navigation: string;
  to: SetName;
  parents: readonly EntityRow[];
  options: QueryOptions;
  limit: number;
}

/** Relatives of each parent, in the parents' order: at most `limit` and one more, which says that there are others. */
export async function listRelated(client: PoolClient, related: Related): Promise<EntityRow[][]> {
  const { workspaceId, set, navigation, to, parents, options, limit } = related;
  const { keyColumn, keyType, on } = NAVIGATION_SQL[set][navigation]!;
  const keys = [...new Set(parents.map((parent) => parent[keyColumn]))];
  const statement = new Statement(workspaceId);
  const alias = statement.alias();
  const listed = `unnest(${statement.add(keys, `${keyType}[]`)}) with ordinality as k (key, place)`;
  const conditions = [
    statement.fill(SET_SQL[to].where, { a: alias }),
    statement.fill(on, { c: alias, k: "k.key" }),
    ...(options.filter ? [filterSql(statement, options.filter, { set: to, alias })] : []),
  ];
  const order = sortColumns(statement, options.orderBy, { set: to, alias })
    .map(({ sql, isDescending }) => `${sql}${isDescending ? " desc" : ""}`)
    .join(", ");
  const { rows } = await client.query<EntityRow & { place: number }>(
    `select k.place::int4 as place, r.* from ${listed} cross join lateral (
       select ${columnsSql(statement, { set: to, alias, options })} from ${statement.fill(SET_SQL[to].from, { a: alias })}
       where ${conditions.join(" and ")} order by ${order}
       limit ${statement.add(limit + 1, "int8")} offset ${statement.add(options.skip, "int8")}) r`,
    statement.values,
  );
  const byPlace = Map.groupBy(rows, ({ place }) => place);
  const placeOf = new Map(keys.map((key, i) => [key, i + 1]));
  return parents.map((parent) => byPlace.get(placeOf.get(parent[keyColumn]) ?? 0) ?? []);
}

export interface QualityFlag {
  datastreamId: number;
  flag: number;
  reason: string;
  startAtMs: number;
  endAtMs: number;
}

/** Flags that touch these datastreams between two instants. */
export async function listQualityFlags(
  client: PoolClient,
  asked: { workspaceId: string; datastreamIds: readonly number[]; fromMs: number; toMs: number },
): Promise<QualityFlag[]> {
  const { rows } = await client.query<QualityFlag>(
    `select datastream_id::int4 as "datastreamId", flag, reason, extract(epoch from start_at)::float8 * 1000 as "startAtMs",
       extract(epoch from end_at)::float8 * 1000 as "endAtMs"
     from flags where workspace_id = $1 and datastream_id = any($2::bigint[]) and flag in (3, 4)
       and end_at >= to_timestamp($3::float8 / 1000) and start_at <= to_timestamp($4::float8 / 1000)`,
    [asked.workspaceId, asked.datastreamIds, asked.fromMs, asked.toMs],
  );
  return rows;
}

/** The newest observation of each datastream, which its row names; one look-up each. */
export async function listLatest(
  client: PoolClient,
  { workspaceId, datastreams }: { workspaceId: string; datastreams: readonly EntityRow[] },
): Promise<EntityRow[][]> {
  const known = datastreams.filter((row) => row["lastAtMs"] !== null);
  // Without `offset 0` a hundred thousand observations are merged with ten thousand datastreams, instead of looked up.
  const { rows } = await client.query<EntityRow>(
    `select k.id::int4 as "datastreamId", k.at as "atMs", o.value, o.dataset_no as "datasetNo"
     from unnest($2::bigint[], $3::float8[]) as k (id, at)
     cross join lateral (
       select value, dataset_no from observations o
       where o.workspace_id = $1 and o.datastream_id = k.id and o.observed_at = to_timestamp(k.at / 1000) offset 0) o`,
    [workspaceId, known.map((row) => row["id"]), known.map((row) => row["lastAtMs"])],
  );
  const byStream = new Map(rows.map((row) => [row["datastreamId"], row]));
  return datastreams.map((row) => {
    const latest = byStream.get(row["id"]);
    return latest ? [latest] : [];
  });
}
