import { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { isAppError } from "#lib/errors";
import { pageOf } from "#lib/http/pagination";
import { alertsQuery, sensorAlert, type AlertsQuery, type SensorAlertEntry } from "../schema.ts";
import { countOpenAlerts, listAlerts } from "../store.ts";

const entries = pageOf(sensorAlert);
/** An address typed wrong shows the open alerts of every condition. */
const addressQuery = z.object({
  state: alertsQuery.shape.state.catch(undefined),
  condition: alertsQuery.shape.condition.catch(undefined),
  cursor: alertsQuery.shape.cursor.catch(undefined),
});

export interface AlertsPage {
  query: Pick<AlertsQuery, "condition" | "cursor"> & { state: "open" | "ended" };
  alerts: SensorAlertEntry[];
  nextCursor: string | null;
  openCount: number;
  openByCondition: Partial<Record<string, number>>;
}

/** What the page of alerts shows for the query of its address. */
export async function readAlertsPage(ctx: Ctx, params: Record<string, unknown>): Promise<AlertsPage> {
  const { state = "open", ...rest } = addressQuery.parse(params);
  const query = { ...rest, state };
  const [page, counts] = await Promise.all([readPage(ctx, query), countOpenAlerts(ctx)]);
  return {
    query,
    alerts: page.items,
    nextCursor: page.nextCursor,
    openCount: counts.reduce((sum, { count }) => sum + count, 0),
    openByCondition: Object.fromEntries(counts.map(({ condition, count }) => [condition, count])),
  };
}

async function readPage(ctx: Ctx, query: AlertsPage["query"]) {
  const limit = 50;
  try {
    return entries.parse(await listAlerts(ctx, { ...query, limit }));
  } catch (error) {
    if (!isAppError(error, "invalid_input")) throw error;
    return entries.parse(await listAlerts(ctx, { ...query, cursor: undefined, limit }));
  }
}
