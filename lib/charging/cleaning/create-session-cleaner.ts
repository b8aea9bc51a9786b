import { FaultLog } from "#lib/datasets/core/cleaner-rows";
import { parseNumber } from "#lib/datasets/core/parse-number";
import { QualityAccumulator } from "#lib/datasets/core/quality-report";
import { segmentOf } from "../core/segments.ts";
import { checkRoles, planColumns, type PlannedColumn } from "./column-plan.ts";
import { calendarOf, LocalClock } from "./local-clock.ts";
import { SessionBatch, type SessionCells } from "./session-batch.ts";
import { STORED_ROLES } from "./session-columns.ts";
import { FLEET_RULE, SESSION_RULES, SESSION_STEPS, type SessionFacts } from "./session-rules.ts";
import { readSettings, sessionSettings, type SessionSettings } from "./settings.ts";
import type { CleanedBatch, Cleaner } from "#lib/datasets/core/dataset-kind";
import type { ColumnMapping } from "#lib/datasets/core/mapping";
import type { QualityReport } from "#lib/datasets/core/quality-report";
import type { RowBatch } from "#lib/tables/row-batch";

/** Roles without which a session says nothing. */
export const NEEDED_SESSION_ROLES = [["start"], ["energy"], ["duration", "end"]] as const;

export function checkSessionMapping(mapping: ColumnMapping, columns: readonly string[]): void {
  checkRoles(mapping, columns, NEEDED_SESSION_ROLES);
  readSettings(sessionSettings, mapping);
}

/**
 * Turns rows of a session file into sessions by the rules of SESSION_STEPS in that order; a row is kept, moved to the
 * fleet's dataset, or dropped by the first rule it fails. Cells are stored as written, energies in kWh, times in s.
 * @throws AppError `invalid_input` when the mapping does not fit the columns of the first batch.
 */
export function createSessionCleaner(mapping: ColumnMapping): Cleaner {
  return new SessionCleaner(mapping);
}

class SessionCleaner implements Cleaner {
  readonly #mapping: ColumnMapping;
  readonly #settings: SessionSettings;
  readonly #clock: LocalClock;
  readonly #report = new QualityAccumulator(SESSION_RULES);
  readonly #asideReport = new QualityAccumulator([]);
  readonly #faults = new FaultLog(this.#report);
  #plan = new Map<string, PlannedColumn>();
  #columns: readonly string[] | null = null;
  #energyCounter: ReturnType<QualityAccumulator["column"]> | null = null;

  constructor(mapping: ColumnMapping) {
    this.#mapping = mapping;
    this.#settings = readSettings(sessionSettings, mapping);
    this.#clock = new LocalClock(mapping.timestamp ?? { format: "iso", timeZone: "UTC" });
  }

  push(batch: RowBatch): CleanedBatch {
    if (this.#columns !== batch.columns) this.#start(batch.columns);
    this.#faults.noteReader(batch);
    const kept = new SessionBatch();
    const fleet = new SessionBatch();
    for (const [i, fields] of batch.rows.entries()) {
      this.#faults.current.row = batch.firstRow + i;
      this.#faults.current.fields = fields;
      this.#cleanRow(batch.columns.length, { kept, fleet });
    }
    return {
      rowCount: kept.rowCount,
      columns: kept.toColumns(),
      rejects: this.#faults.takeRejects(),
      ...(fleet.rowCount > 0 && { aside: { rowCount: fleet.rowCount, columns: fleet.toColumns() } }),
    };
  }

  finish(): QualityReport {
    return this.#report.finish();
  }

  finishAside(): QualityReport {
    return this.#asideReport.finish();
  }

  #start(columns: readonly string[]): void {
    checkSessionMapping(this.#mapping, columns);
    this.#columns = columns;
    this.#plan = planColumns(this.#mapping, columns);
    this.#energyCounter = this.#report.column("energy_kwh", () => ({
      column: "energy_kwh",
      label: "Energy",
      sources: [this.#plan.get("energy")?.source ?? ""],
      unit: "kWh",
      originalUnit: null,
    }));
  }

  #cleanRow(columnCount: number, into: { kept: SessionBatch; fleet: SessionBatch }): void {
    if (!this.#faults.hasShape(columnCount)) {
      if (!this.#faults.isBlank()) this.#report.countRow("dropped");
      return;
    }
    const session = this.#read();
    const failed = SESSION_STEPS.find((step) => step.fails(session, this.#settings));
    if (failed === undefined) {
      into.kept.add(this.#cells(session));
      this.#report.countRow("kept");
      this.#report.countValues(1);
      this.#energyCounter?.keep(session.energyKwh);
      return;
    }
    this.#report.countRow("dropped");
    const column = this.#plan.get(failed.role)?.source ?? null;
    const fault = { rule: failed.rule, column, value: this.#text(failed.role), detail: failed.expects(this.#settings) };
    if (failed.rule !== FLEET_RULE) {
      this.#faults.reject(fault);
      return;
    }
    this.#faults.note(fault);
    into.fleet.add(this.#cells(session));
    this.#asideReport.countRow("kept");
    this.#asideReport.countValues(1);
  }

  #utcMs = NaN;
  #endUtcMs = NaN;

  #read(): SessionFacts {
    const zoneLabel = this.#text("zone");
    const start = this.#clock.read(this.#text("start"), zoneLabel);
    const startLocalMs = start.localMs;
    this.#utcMs = start.utcMs;
    this.#endUtcMs = this.#clock.read(this.#text("end"), zoneLabel).utcMs;
    return {
      energyKwh: this.#number("energy"),
      durationS: this.#plan.has("duration") ? this.#number("duration") : (this.#endUtcMs - this.#utcMs) / 1000,
      connector: this.#text("connector"),
      sessionType: this.#text("type"),
      startLocalMs,
      zoneLabel,
      driverCountry: this.#text("driver_country"),
      currency: this.#text("currency"),
    };
  }

  #cells(session: SessionFacts): SessionCells {
    const cells: SessionCells = STORED_ROLES.map(({ role, as }) => {
      if (as === "text") return this.#text(role) || null;
      if (role === "duration") return session.durationS;
      return role === "charging" ? this.#chargingS() : this.#number(role);
    });
    const hasStart = !Number.isNaN(session.startLocalMs);
    const start = hasStart ? calendarOf(session.startLocalMs) : null;
    cells.push(this.#utcMs, this.#endUtcMs, start?.secondsOfDay ?? NaN, start?.year ?? NaN, start?.month ?? NaN);
    cells.push(start?.dayOfYear ?? NaN, start?.weekday ?? NaN);
    cells.push(
      segmentOf({
        poiCategory: this.#text("place"),
        connector: session.connector,
        powerType: this.#text("power_type"),
        powerKwMax: this.#number("power"),
      }),
    );
    return cells;
  }

  #chargingS(): number {
    const chargingS = this.#number("charging");
    const parkingS = this.#number("parking");
    return Number.isNaN(parkingS) ? chargingS : chargingS - parkingS;
  }

  #text(role: string): string {
    const column = this.#plan.get(role);
    if (column !== undefined) return (this.#faults.current.fields[column.index] ?? "").trim();
    const constant = this.#mapping.constants[role];
    return constant?.from === "value" ? constant.value : "";
  }

  #number(role: string): number {
    const value = parseNumber(this.#text(role), this.#mapping.decimalComma);
    const scale = this.#plan.get(role)?.scale ?? 1;
    return scale === 1 ? value : value * scale;
  }
}
