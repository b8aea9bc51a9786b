export interface SilentSensor {
  code: string;
  lastObservedAtMs: number;
}

export interface SilentGroup {
  codes: string[];
  /** What the codes begin with in common, such as "KIT-"; empty when nothing. */
  prefix: string;
  /** The last observation of the first that fell silent, epoch ms. */
  sinceMs: number;
}

/** Sensors that fall silent this close together have probably lost the same gateway. */
const TOGETHER_MS = 30 * 60_000;
const MEMBERS_MIN = 3;

/**
 * Groups of sensors that fell silent together: at least three, each within half an hour of the one before it. Largest
 * first. Single silent sensors are no group and left out.
 */
export function silentGroups(sensors: readonly SilentSensor[]): SilentGroup[] {
  const ordered = [...sensors].sort((a, b) => a.lastObservedAtMs - b.lastObservedAtMs);
  const groups: SilentSensor[][] = [];
  for (const sensor of ordered) {
    const open = groups.at(-1);
    const last = open?.at(-1);
    if (open && last && sensor.lastObservedAtMs - last.lastObservedAtMs <= TOGETHER_MS) open.push(sensor);
    else groups.push([sensor]);
  }
  return groups
    .filter((group) => group.length >= MEMBERS_MIN)
    .sort((a, b) => b.length - a.length)
    .map((group) => {
      const codes = group.map(({ code }) => code).sort();
      return { codes, prefix: commonPrefix(codes), sinceMs: group[0]?.lastObservedAtMs ?? 0 };
    });
}

/** Cut back to the last separator, so that "KIT-0031" and "KIT-0047" give "KIT-" and not "KIT-00". */
function commonPrefix(sorted: readonly string[]): string {
  const first = sorted[0] ?? "";
  const last = sorted.at(-1) ?? "";
  let length = 0;
  while (length < first.length && first[length] === last[length]) length += 1;
  return /^(?:.*[-_ .:/])?/.exec(first.slice(0, length))?.[0] ?? "";
}
