import type { Ctx } from "#lib/auth/context";
import { AppError, isAppError } from "#lib/errors";
import type { Page } from "#lib/http/pagination";
import type { EpisodeRow } from "../../history/schema.ts";
import { listEpisodes } from "../../history/store.ts";
import { driverPageQuery, type DriverDay, type DriverPageQuery, type ListedDriver } from "../schema.ts";
import { findDriver, listDriverDays } from "../store.ts";

const EPISODES = 50;
const DAYS_MAX = 62;

export interface DriverPage {
  query: DriverPageQuery;
  driver: ListedDriver;
  episodes: Page<EpisodeRow>;
  days: DriverDay[];
}

/** A driver's last state, days, and the episodes that the address asks for. */
export async function readDriverPage(ctx: Ctx, code: string, params: Record<string, unknown>): Promise<DriverPage> {
  const query = driverPageQuery.parse(params);
  const driver = await findDriver(ctx, code);
  if (!driver) throw new AppError("not_found", "There is no such driver in this workspace.");
  const [episodes, days] = await Promise.all([readEpisodes(ctx, code, query), listDriverDays(ctx, code, DAYS_MAX)]);
  return { query, driver, episodes, days };
}

async function readEpisodes(ctx: Ctx, driver: string, query: DriverPageQuery): Promise<Page<EpisodeRow>> {
  const { kind, from, to, cursor } = query;
  const asked = { driver, kind, from, to: to === undefined ? undefined : `${to} 23:59:59.999`, limit: EPISODES };
  try {
    return await listEpisodes(ctx, { ...asked, cursor });
  } catch (error) {
    if (!isAppError(error, "invalid_input")) throw error;
    return listEpisodes(ctx, asked);
  }
}
