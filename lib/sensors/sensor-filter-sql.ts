import type { Ctx } from "#lib/auth/context";
import { Prisma } from "#lib/db/generated/client";
import { type Bbox, splitBbox } from "#lib/geo/bbox";
import { mercatorX, mercatorY } from "#lib/geo/mercator";
import { causeNumber } from "./core/fault-causes.ts";
import { CAUSE_SQL } from "./fault-cause-sql.ts";
import type { SensorFilter } from "./schema.ts";

/** A sensor's state now: silence is judged against the clock, never frozen at the last reading. */
export const STATE_SQL = Prisma.sql`case when s.is_reference then 'reference'
  when s.silent_after is null or s.silent_after < now() then 'silent'
  when s.verdict = 'good' and s.recovered_until > now() then 'recovered' else s.verdict end`;

/** Since when a sensor is in that state; null where nothing has ever been said of it. */
export const STATE_SINCE_SQL = Prisma.sql`case when s.is_reference then null
  when s.silent_after is null then null when s.silent_after < now() then s.last_observed_at
  else coalesce(s.verdict_since, s.first_observed_at) end`;

/** The filter of the URL as a condition on `sensors s`; always limited to the caller's workspace. */
export function sensorWhere(ctx: Ctx, filter: SensorFilter): Prisma.Sql {
  const parts = [Prisma.sql`s.workspace_id = ${ctx.workspaceId}::uuid`];
  if (filter.q) {
    const pattern = `%${filter.q.replace(/[\\%_]/g, "\\$&")}%`;
    parts.push(Prisma.sql`(s.code ilike ${pattern} or s.name ilike ${pattern} or s.owner_name ilike ${pattern}
      or s.address ilike ${pattern})`);
  }
  if (filter.state?.length) parts.push(Prisma.sql`${STATE_SQL} = any(${filter.state})`);
  if (filter.cause?.length) parts.push(Prisma.sql`${CAUSE_SQL} = any(${filter.cause.map(causeNumber)}::float8[])`);
  if (filter.owner !== undefined) parts.push(Prisma.sql`s.owner_name = ${filter.owner}`);
  if (filter.property) {
    parts.push(Prisma.sql`exists (select from datastreams d where d.workspace_id = s.workspace_id
      and d.sensor_id = s.id and d.observed_property = ${filter.property})`);
  }
  if (filter.mine) parts.push(mineSql(ctx));
  if (filter.placed !== undefined) {
    parts.push(filter.placed ? Prisma.sql`s.mercator_x is not null` : Prisma.sql`s.mercator_x is null`);
  }
  return Prisma.join(parts, " and ");
}

/** Mine: claimed by me, or registered under my name or e-mail. An API key owns nothing. */
export function mineSql(ctx: Ctx): Prisma.Sql {
  if (ctx.actor.kind !== "user") return Prisma.sql`false`;
  const { userId, label, email } = ctx.actor;
  return Prisma.sql`(coalesce(s.owner_user_id = ${userId}::uuid, false) or lower(s.owner_name) in (lower(${label}), lower(${email})))`;
}

/** Sensors with a position inside the box. */
export function insideSql(bbox: Bbox): Prisma.Sql {
  const boxes = splitBbox(bbox).map(
    (box) => Prisma.sql`(s.mercator_x between ${mercatorX(box.west)} and ${mercatorX(box.east)}
      and s.mercator_y between ${mercatorY(box.north)} and ${mercatorY(box.south)})`,
  );
  return Prisma.sql`(${Prisma.join(boxes, " or ")})`;
}
