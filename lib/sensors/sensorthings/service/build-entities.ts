import type { PoolClient } from "pg";
import { FLAG, worseFlag, type QartodFlag } from "../../core/flag.ts";
import { MODEL, type SetName } from "../core/model.ts";
import type { Expansion, QueryOptions } from "../core/query-options.ts";
import { entityId, entityPath, navigationNames, presentField } from "../present.ts";
import { listLatest, listQualityFlags, listRelated, type EntityRow, type QualityFlag } from "../query-store.ts";

/** Relatives that are given with an entity when the request does not say how many, and at most. */
const TOP_DEFAULT = 100;
const TOP_MAX = 1_000;

interface Building {
  workspaceId: string;
  rootUrl: string;
  set: SetName;
  rows: readonly EntityRow[];
  options: QueryOptions;
}

export type Entity = Record<string, unknown>;

/** Rows as entities of the API: own properties, links, and what was asked to be expanded, all parents at once. */
export async function buildEntities(client: PoolClient, building: Building): Promise<Entity[]> {
  const { rootUrl, set, rows, options } = building;
  const expanded = new Map(options.expand.map(({ navigation }) => [navigation, true]));
  if (set === "Observations" && isWanted(options, "resultQuality")) await addFlags(client, building);
  const links = navigationNames(set).filter((name) => !expanded.has(name) && isWanted(options, name));
  const isAll = options.select.length === 0;
  const fields = Object.keys(MODEL[set].fields).filter((name) => isWanted(options, name));
  const hasId = isAll || options.select.some((name) => name === "id" || name === "@iot.id");
  const hasLink = isAll || options.select.includes("@iot.selfLink");
  const entities = rows.map((row) => {
    const selfLink = hasLink || links.length > 0 ? `${rootUrl}/${entityPath(set, row)}` : "";
    const entity: Entity = {};
    if (hasId) entity["@iot.id"] = entityId(set, row);
    if (hasLink) entity["@iot.selfLink"] = selfLink;
    for (const name of fields) {
      const value = presentField(set, name, row);
      if (value !== undefined) entity[name] = value;
    }
    for (const name of links) entity[`${name}@iot.navigationLink`] = `${selfLink}/${name}`;
    return entity;
  });
  for (const expansion of options.expand) await expand(client, building, { expansion, entities });
  return entities;
}

const isWanted = ({ select }: QueryOptions, name: string) => select.length === 0 || select.includes(name);

async function expand(
  client: PoolClient,
  { workspaceId, rootUrl, set, rows, options: _own }: Building,
  { expansion, entities }: { expansion: Expansion; entities: Entity[] },
): Promise<void> {
  const { navigation, options } = expansion;
  const { to, isMany } = MODEL[set].navigations[navigation]!;
  const limit = isMany ? Math.min(TOP_MAX, options.top ?? TOP_DEFAULT) : 1;
  const related = isLatest(set, expansion)
    ? await listLatest(client, { workspaceId, datastreams: rows })
    : await listRelated(client, { workspaceId, set, navigation, to, parents: rows, options, limit });
  const kept = related.map((found) => found.slice(0, limit));
  const built = await buildEntities(client, { workspaceId, rootUrl, set: to, rows: kept.flat(), options });
  let next = 0;
  entities.forEach((entity, i) => {
    const own = built.slice(next, next + kept[i]!.length);
    next += own.length;
    if (!isMany) entity[navigation] = own[0] ?? null;
    else entity[navigation] = own;
    if (isMany && related[i]!.length > limit) {
      const skip = options.skip + limit;
      entity[`${navigation}@iot.nextLink`] =
        `${rootUrl}/${entityPath(set, rows[i]!)}/${navigation}?$top=${limit}&$skip=${skip}`;
    }
  });
}

/** The newest value of each datastream is known without looking through its observations. */
function isLatest(set: SetName, { navigation, options }: Expansion): boolean {
  const { filter, orderBy, top, skip } = options;
  const [key] = orderBy;
  const isByTime = key?.path.length === 1 && (key.path[0] === "phenomenonTime" || key.path[0] === "resultTime");
  return (
    set === "Datastreams" &&
    navigation === "Observations" &&
    top === 1 &&
    skip === 0 &&
    filter === null &&
    isByTime &&
    key.isDescending
  );
}

async function addFlags(client: PoolClient, { workspaceId, rows }: Building): Promise<void> {
  if (rows.length === 0) return;
  const datastreamIds = [...new Set(rows.map((row) => Number(row["datastreamId"])))];
  let [fromMs, toMs] = [Infinity, -Infinity];
  for (const row of rows) {
    fromMs = Math.min(fromMs, Number(row["atMs"]));
    toMs = Math.max(toMs, Number(row["atMs"]));
  }
  const flags = await listQualityFlags(client, { workspaceId, datastreamIds, fromMs, toMs });
  if (flags.length === 0) return;
  const byStream = Map.groupBy(flags, ({ datastreamId }) => datastreamId);
  for (const row of rows) {
    const worst = worstAt(byStream.get(Number(row["datastreamId"])) ?? [], Number(row["atMs"]));
    if (worst) Object.assign(row, { flag: worst.flag, reason: worst.reason });
  }
}

function worstAt(flags: readonly QualityFlag[], atMs: number): QualityFlag | null {
  let worst: QualityFlag | null = null;
  for (const flag of flags) {
    if (atMs < flag.startAtMs || atMs > flag.endAtMs) continue;
    const before = (worst?.flag ?? FLAG.good) as QartodFlag;
    if (worseFlag(before, flag.flag as QartodFlag) === flag.flag) worst = flag;
  }
  return worst;
}
