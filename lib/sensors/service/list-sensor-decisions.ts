import type { Ctx } from "#lib/auth/context";
import { formatDuration } from "#lib/format/durations";
import { countOf, joinList } from "#lib/format/lists";
import type { Decision } from "#lib/overview/decision";
import { silentGroups, type SilentGroup } from "../core/silent-groups.ts";
import { listFaultySensors, listRecentlySilent, type FaultySensor } from "../overview-store.ts";

const NAMED_MAX = 3;
const COUNTED_MAX = 1_000;
const SILENT_SINCE_MS = 14 * 86_400_000;

/** What the sensors have for a person: faults, and groups that fell silent together in the last two weeks. */
export async function listSensorDecisions(ctx: Ctx): Promise<Decision[]> {
  const [faulty, silent] = await Promise.all([
    listFaultySensors(ctx, COUNTED_MAX),
    listRecentlySilent(ctx, new Date(ctx.now.getTime() - SILENT_SINCE_MS)),
  ]);
  const groups = silentGroups(silent).slice(0, NAMED_MAX);
  return [...fromFaulty(faulty), ...groups.map((group) => fromGroup(group, ctx.now.getTime()))];
}

/** A few by name, the others as one line. */
function fromFaulty(sensors: readonly FaultySensor[]): Decision[] {
  const named = sensors.length <= NAMED_MAX + 1 ? sensors : sensors.slice(0, NAMED_MAX);
  const others = sensors.slice(named.length);
  const decisions = named.map((sensor): Decision => ({
    key: `sensor:${sensor.id}`,
    state: "fault",
    subject: sensor.code,
    words: "has a fault",
    detail: sensor.reason,
    at: sensor.since?.toISOString() ?? null,
    href: `/sensors/${sensor.id}`,
    action: "Review fault",
  }));
  if (others.length === 0) return decisions;
  const oldest = others.at(-1)?.since ?? null;
  return [
    ...decisions,
    {
      key: "sensor:others",
      state: "fault",
      subject: countOf(others.length, "more sensor"),
      words: others.length === 1 ? "has a fault" : "have faults",
      detail: joinList(
        others.map(({ code }) => code),
        6,
      ),
      at: oldest?.toISOString() ?? null,
      href: "/sensors?state=fault",
      action: "Open map",
    },
  ];
}

function fromGroup({ codes, prefix, sinceMs }: SilentGroup, nowMs: number): Decision {
  return {
    key: `silent:${sinceMs}:${codes[0] ?? ""}`,
    state: "silent",
    subject: `${countOf(codes.length, "sensor")}${prefix === "" ? "" : ` ${prefix}…`}`,
    words: "fell silent together",
    detail: `Nothing received for ${formatDuration(Math.floor((nowMs - sinceMs) / 60_000) * 60)}: ${joinList(codes, 4)}.`,
    at: new Date(sinceMs).toISOString(),
    href: prefix === "" ? "/sensors?state=silent" : `/sensors?state=silent&q=${encodeURIComponent(prefix)}`,
    action: "Open map",
  };
}
