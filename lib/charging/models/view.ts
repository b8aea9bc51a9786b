import type { ViewSpec } from "#lib/charts/spec";
import { countOf } from "#lib/format/lists";
import { SEGMENT_FACTS, SEGMENTS } from "../core/segments.ts";
import { expectedShape } from "./core/expected-shape.ts";
import { DAY_TYPES, type SessionModel } from "./schema.ts";

const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The model card: data, window, what each part rests on, how well it fits, and the day's load that it leads to. */
export function viewSessionModel(model: SessionModel): ViewSpec[] {
  const { card, groups } = model;
  const span =
    card.firstAtMs !== null && card.lastAtMs !== null ? `${day(card.firstAtMs)} to ${day(card.lastAtMs)}` : "none";
  return [
    {
      kind: "metrics",
      metrics: {
        items: [
          { label: "Sessions", value: card.sessionCount, decimals: 0 },
          { label: "Drivers", value: card.driverCount, decimals: 0 },
          { label: "Sessions of", value: span },
          { label: "Mixtures", value: model.mixtures.length, decimals: 0 },
          { label: "Driver groups", value: groups.length, decimals: 0 },
          { label: "Group size at least", value: card.groupSizeMin, decimals: 0 },
        ],
      },
    },
    { kind: "note", note: { title: "What it is", text: wordsOf(model) } },
    ...card.notes.map((text): ViewSpec => ({ kind: "note", note: { tone: "suspect", text } })),
    fitTable(model),
    shapeMap(model),
    ...(groups.length > 0 ? [groupTable(model)] : []),
  ];
}

function wordsOf({ source, dimensions, card }: SessionModel): string {
  const over = dimensions === 3 ? "start, energy and time plugged in" : "start and energy";
  return `${source}. Mixtures of normal distributions over ${over}. No session, driver, station or place is in it; every number stands for at least ${countOf(card.groupSizeMin, "session")} and, where drivers are known, as many of them.`;
}

function fitTable({ card }: SessionModel): ViewSpec {
  return {
    kind: "table",
    table: {
      title: "What it rests on",
      columns: [
        { key: "segment", label: "Segment" },
        { key: "day", label: "Day" },
        { key: "battery", label: "Battery" },
        { key: "sessions", label: "Sessions", align: "right", decimals: 0 },
        { key: "components", label: "Components", align: "right", decimals: 0 },
        { key: "energy", label: "Mean energy", unit: "kWh", align: "right", decimals: 2 },
        { key: "distance", label: "Largest distance of starts", align: "right", decimals: 3 },
      ],
      rows: card.fits.map((fit) => ({
        segment: SEGMENT_FACTS[fit.segment].label,
        day: fit.dayType,
        battery: fit.batteryClass,
        sessions: fit.sessionCount,
        components: fit.components,
        energy: fit.energyKwhMean,
        distance: fit.startDistance,
      })),
    },
  };
}

function shapeMap({ mixtures }: SessionModel): ViewSpec {
  const rows = SEGMENTS.flatMap((segment) =>
    DAY_TYPES.flatMap((dayType) => {
      const mixture = mixtures.find(
        (one) => one.segment === segment && one.dayType === dayType && one.batteryClass === "all",
      );
      if (!mixture) return [];
      const shares = expectedShape(segment, mixture.components);
      return [
        { label: `${SEGMENT_FACTS[segment].label}, ${dayType}`, values: Array.from(shares, (share) => share * 100) },
      ];
    }),
  );
  const columns = Array.from({ length: 24 }, (_, hour) => String(hour));
  return {
    kind: "heatmap",
    heatmap: {
      title: "Load it leads to",
      caption: "share of the day’s energy by hour",
      unit: "%",
      columns,
      rows,
      decimals: 1,
    },
  };
}

function groupTable({ groups }: SessionModel): ViewSpec {
  const perDay = (group: (typeof groups)[number], segment: string) =>
    group.uses.reduce((sum, use) => {
      const days = use.dayType === "weekday" ? 5 / 7 : 2 / 7;
      return use.segment === segment ? sum + use.sessionsPerDay * days : sum;
    }, 0);
  return {
    kind: "table",
    table: {
      title: "Driver groups",
      caption: "sessions per driver and week",
      columns: [
        { key: "name", label: "Group" },
        { key: "share", label: "Drivers", unit: "%", align: "right", decimals: 1 },
        ...SEGMENTS.map((segment) => ({
          key: segment,
          label: SEGMENT_FACTS[segment].label,
          align: "right" as const,
          decimals: 2,
        })),
      ],
      rows: groups.map((group) => ({
        name: group.name,
        share: group.share * 100,
        ...Object.fromEntries(SEGMENTS.map((segment) => [segment, perDay(group, segment) * 7])),
      })),
    },
  };
}
