"use client";

import { useState, type KeyboardEvent } from "react";
import { meanOf } from "#lib/charging/tariffs/core/price-tables";
import { MONTH_NAMES } from "#lib/charging/tariffs/core/window-words";
import { quarterCell } from "#lib/charging/tariffs/core/windows";
import { classNames } from "#lib/format/class-names";
import { formatNumber } from "#lib/format/numbers";
import { priceScale, type PriceScale } from "./price-classes.ts";

interface PriceTableProps {
  title: string;
  unit: string;
  /** By (day type, month, quarter hour); NaN where there is no price. */
  quarters: Float64Array;
  /** How an hour without a price is called. */
  emptyWord: string;
}

interface CellAt {
  month: number;
  hour: number;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const GRIDS = [
  { name: "Weekdays", dayType: 0 },
  { name: "Weekends and holidays", dayType: 1 },
] as const;

/** Prices by month and hour, for weekdays and for weekends; arrow keys move, and the line below says the price. */
export function PriceTable({ title, unit, quarters, emptyWord }: PriceTableProps) {
  const [pointed, setPointed] = useState<(CellAt & { dayType: 0 | 1 }) | null>(null);
  const scale = priceScale(quarters);
  const textOf = (dayType: number, at: CellAt) => {
    const text = hourText(fourOf(quarters, dayType, at), at.hour, emptyWord);
    return /\d/.test(text) ? `${text} ${unit}` : text;
  };
  return (
    <figure aria-label={title} className="m-0">
      <div className="grid gap-x-8 gap-y-4 min-[1180px]:grid-cols-2">
        {GRIDS.map(({ name, dayType }) => (
          <DayGrid
            key={name}
            name={name}
            scale={scale}
            hourAt={(at) => fourOf(quarters, dayType, at)}
            textAt={(at) => textOf(dayType, at)}
            onPoint={(at) => setPointed({ ...at, dayType })}
          />
        ))}
      </div>
      <p className="mt-2 min-h-5 text-sm text-ink-2">
        {pointed
          ? `${MONTH_NAMES[pointed.month]!}, ${GRIDS[pointed.dayType].name.toLowerCase()}, ${clock(pointed.hour)} to ${clock(pointed.hour + 1)}: ${textOf(pointed.dayType, pointed)}`
          : "Point at an hour, or move with the arrow keys, for its price."}
      </p>
      <figcaption className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-2xs text-muted">
        <span className="font-medium">{unit}</span>
        {scale.classes.map(({ colour, label }) => (
          <span key={label} className="inline-flex items-center gap-1.5 tabular-nums">
            <span aria-hidden className="size-3 rounded-[2px] border border-line" style={{ background: colour }} />
            {label}
          </span>
        ))}
        <span className="inline-flex items-center gap-1.5">
          <span aria-hidden className="size-3 rounded-[2px] border border-dashed border-line-strong" />
          {emptyWord}
        </span>
      </figcaption>
    </figure>
  );
}

interface DayGridProps {
  name: string;
  scale: PriceScale;
  hourAt: (at: CellAt) => Float64Array;
  textAt: (at: CellAt) => string;
  onPoint: (at: CellAt) => void;
}

function DayGrid({ name, scale, hourAt, textAt, onPoint }: DayGridProps) {
  const [at, setAt] = useState<CellAt>({ month: 0, hour: 0 });
  const move = (event: KeyboardEvent<HTMLTableElement>) => {
    const next = moved(at, event.key);
    if (!next) return;
    event.preventDefault();
    const cell = event.currentTarget.querySelector(`[data-at="${next.month}-${next.hour}"]`);
    if (cell instanceof HTMLElement) cell.focus();
  };
  return (
    <div className="min-w-0">
      <h3 className="mb-1 text-xs font-medium text-ink-2">{name}</h3>
      <table
        role="grid"
        aria-label={name}
        onKeyDown={move}
        className="w-full table-fixed border-separate border-spacing-px text-2xs"
      >
        <thead>
          <tr role="row">
            <th scope="col" className="w-8">
              <span className="sr-only">Month</span>
            </th>
            {HOURS.map((hour) => (
              <th key={hour} scope="col" className="h-4 text-left font-normal text-muted tabular-nums">
                <span className={hour % 3 === 0 ? "" : "sr-only"}>{hour}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {MONTH_NAMES.map((monthName, month) => (
            <tr role="row" key={monthName}>
              <th scope="row" className="pr-1 text-right font-normal text-muted">
                {monthName.slice(0, 3)}
              </th>
              {HOURS.map((hour) => {
                const cell = { month, hour };
                return (
                  <td
                    key={hour}
                    role="gridcell"
                    data-at={`${month}-${hour}`}
                    tabIndex={at.month === month && at.hour === hour ? 0 : -1}
                    aria-label={`${monthName}, ${clock(hour)}: ${textAt(cell)}`}
                    onFocus={() => {
                      setAt(cell);
                      onPoint(cell);
                    }}
                    onMouseEnter={() => onPoint(cell)}
                    className={classNames(
                      "h-[15px] rounded-[1px] hover:outline-2 hover:outline-ink",
                      hourAt(cell).some(Number.isNaN) && "border border-dashed border-line-strong",
                    )}
                    style={{ background: fillOf(hourAt(cell), scale) }}
                  />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`;

function fourOf(quarters: Float64Array, dayType: number, { month, hour }: CellAt): Float64Array {
  const first = quarterCell(dayType, month, hour * 4);
  return quarters.subarray(first, first + 4);
}

/** One price, or each part of the hour with its own. */
function hourText(four: Float64Array, hour: number, emptyWord: string): string {
  const write = (price: number) => (Number.isNaN(price) ? emptyWord : formatNumber(price, { decimalsMax: 5 }));
  if (four.every((price) => Object.is(price, four[0]))) return write(four[0]!);
  const change = four.findIndex((price) => !Object.is(price, four[0]));
  const at = `${String(hour).padStart(2, "0")}:${change * 15}`;
  const mean = four.some(Number.isNaN) ? "" : `, on average ${write(meanOf(four))}`;
  return `${write(four[0]!)} until ${at}, then ${write(four[change]!)}${mean}`;
}

/** An hour with two prices shows both, with a hard edge. */
function fillOf(four: Float64Array, { classes, classOf }: PriceScale): string {
  const colours = [...four].map((price) => classes[classOf(price)]?.colour ?? "transparent");
  if (colours.every((colour) => colour === colours[0])) return colours[0]!;
  const stops = colours.map((colour, part) => `${colour} ${part * 25}% ${(part + 1) * 25}%`);
  return `linear-gradient(to right, ${stops.join(", ")})`;
}

function moved({ month, hour }: CellAt, key: string): CellAt | null {
  switch (key) {
    case "ArrowLeft":
      return { month, hour: Math.max(0, hour - 1) };
    case "ArrowRight":
      return { month, hour: Math.min(23, hour + 1) };
    case "ArrowUp":
      return { month: Math.max(0, month - 1), hour };
    case "ArrowDown":
      return { month: Math.min(11, month + 1), hour };
    case "Home":
      return { month, hour: 0 };
    case "End":
      return { month, hour: 23 };
    default:
      return null;
  }
}
