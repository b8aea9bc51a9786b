import type { Ctx } from "#lib/auth/context";
import { isAppError } from "#lib/errors";
import type { Page } from "#lib/http/pagination";
import { driversPageQuery, type DriversPageQuery, type ListedDriver } from "../schema.ts";
import { countDrivers, listDrivers } from "../store.ts";

const PAGE = 50;

export interface DriversPage extends Page<ListedDriver> {
  query: DriversPageQuery;
  total: number;
}

/** What the page of drivers shows for the query of its address. */
export async function readDriversPage(ctx: Ctx, params: Record<string, unknown>): Promise<DriversPage> {
  const query = driversPageQuery.parse(params);
  const [page, total] = await Promise.all([readPage(ctx, query), countDrivers(ctx)]);
  return { ...page, query, total };
}

async function readPage(ctx: Ctx, query: DriversPageQuery): Promise<Page<ListedDriver>> {
  try {
    return await listDrivers(ctx, { ...query, limit: PAGE });
  } catch (error) {
    if (!isAppError(error, "invalid_input")) throw error;
    return listDrivers(ctx, { q: query.q, limit: PAGE });
  }
}
