import { Prisma } from "#lib/db/generated/client";
import { CAUSE_OF_CHECK, CAUSE_OF_KIND } from "./core/fault-causes.ts";

/** Picks a cause's number by name; the names and numbers are our own, so they stand in the text. */
const chooseCause = (column: string, names: readonly { name: string; cause: number }[]) =>
  `case ${column} ${names.map(({ name, cause }) => `when '${name}' then ${cause}`).join(" ")} end`;

const OF_KIND = chooseCause(
  "f.kind",
  CAUSE_OF_KIND.map(({ kind, cause }) => ({ name: kind, cause })),
);
const OF_CHECK = chooseCause(
  'f."check"',
  CAUSE_OF_CHECK.map(({ check, cause }) => ({ name: check, cause })),
);

/**
 * Number of the cause of what is wrong with `sensors s` now: that of its fault (open, or ended within the last day of
 * its readings), else that of the longest flag that makes it faulty or suspect; null when nothing is.
 */
export const CAUSE_TEXT = `coalesce(
  (select ${OF_KIND}::float8 from faults f where f.sensor_id = s.id and f.review in ('unreviewed', 'confirmed')
     and (f.is_open or f.end_at >= s.last_observed_at - interval '1 day')
   order by f.is_open desc, f.priority desc, f.id limit 1),
  case when s.verdict <> 'good' then
    (select ${OF_CHECK}::float8 from flags f join datastreams d on d.id = f.datastream_id
     where d.sensor_id = s.id and f.flag in (3, 4) and f.end_at >= s.last_observed_at - interval '1 day'
     order by f.flag desc, f.point_count desc limit 1) end)`;

export const CAUSE_SQL = Prisma.raw(CAUSE_TEXT);
