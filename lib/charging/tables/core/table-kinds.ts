import type { z } from "zod";
import { adoptionRow, type Cell, type LooseRow, PORT_LEVELS, portsRow, type TableKind } from "../schema.ts";

export interface TableColumn {
  key: string;
  label: string;
  unit?: string;
  isNumber: boolean;
  /** Names that other files give it, in lower case. */
  aliases: readonly string[];
  options?: readonly string[];
}

interface KindOfTable {
  title: string;
  columns: readonly TableColumn[];
  row: z.ZodType<LooseRow>;
  /** What no two rows may share. */
  unique: readonly string[];
}

const YEAR = { key: "year", label: "Year", isNumber: true, aliases: [] } as const;

export const TABLES: Readonly<Record<TableKind, KindOfTable>> = {
  adoption: {
    title: "Adoption",
    columns: [
      { key: "county", label: "County", isNumber: false, aliases: ["place", "area", "county name"] },
      YEAR,
      {
        key: "evCount",
        label: "Electric vehicles",
        isNumber: true,
        aliases: ["evs", "ev_count", "bev_population", "ev_population", "vehicles"],
      },
      {
        key: "shareFraction",
        label: "Share",
        unit: "fraction",
        isNumber: true,
        aliases: ["share", "ev_share", "share_fraction"],
      },
    ],
    row: adoptionRow,
    unique: ["county", "year"],
  },
  ports: {
    title: "Ports",
    columns: [
      { key: "place", label: "County or ZIP", isNumber: false, aliases: ["county", "zip", "zip code", "area"] },
      YEAR,
      {
        key: "level",
        label: "Level",
        isNumber: false,
        aliases: ["charger level", "type", "charger"],
        options: PORT_LEVELS,
      },
      { key: "portCount", label: "Ports", isNumber: true, aliases: ["port_count", "plugs", "chargers", "count"] },
    ],
    row: portsRow,
    unique: ["place", "year", "level"],
  },
};

export interface RowFault {
  /** From 0. */
  row: number;
  column: string;
  message: string;
}

/** Rows as they are kept, and what is wrong with the others; a faulty row is not among the kept ones. */
export function checkRows(kind: TableKind, rows: readonly LooseRow[]): { rows: LooseRow[]; faults: RowFault[] } {
  const { row: schema, unique, columns } = TABLES[kind];
  const faults: RowFault[] = [];
  const kept: LooseRow[] = [];
  const firstAt = new Map<string, number>();
  rows.forEach((loose, at) => {
    const outcome = schema.safeParse(loose);
    if (!outcome.success) {
      for (const { path, message } of outcome.error.issues) {
        faults.push({ row: at, column: String(path[0] ?? columns[0]!.key), message });
      }
      return;
    }
    const key = JSON.stringify(unique.map((name) => keyOf(outcome.data[name] ?? null)));
    const first = firstAt.get(key);
    if (first === undefined) {
      firstAt.set(key, at);
      kept.push(outcome.data);
    } else {
      const names = unique.map((name) => outcome.data[name] ?? "no year").join(", ");
      faults.push({ row: at, column: unique[0]!, message: `${names} stands in row ${first + 1} already.` });
    }
  });
  return { rows: kept, faults };
}

const keyOf = (cell: Cell) => (typeof cell === "string" ? cell.toLowerCase() : cell);
