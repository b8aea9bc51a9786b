import { formatNumber, formatRange } from "#lib/format/numbers";
import type { FieldValue, FormField } from "./fields-of.ts";

/** What an input holds while it is edited: the typed text, a tick, or the ticked ones of several. */
export type Draft = string | boolean | readonly string[];

/** `value` undefined: left empty, so that the default stands. */
export type Reading = { value: FieldValue | undefined; error?: undefined } | { error: string; value?: undefined };

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const GROUPED = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/;
/** Quotients of decimals such as 0.3 / 0.1 miss their integer by this much. */
const STEP_TOLERANCE = 1e-9;

const show = (value: number) => formatNumber(value, { decimalsMax: 6 });

/** The limits of a number in words: `1.4 to 350`, `more than 0`, or an empty text. */
export function limitsText(field: FormField): string {
  const { min, max, minExclusive, maxExclusive } = field;
  if (!minExclusive && !maxExclusive) return formatRange(min, max);
  const lower = min === undefined ? "" : `${minExclusive ? "more than" : "at least"} ${show(min)}`;
  const upper = max === undefined ? "" : `${maxExclusive ? "less than" : "at most"} ${show(max)}`;
  return [lower, upper].filter(Boolean).join(", ");
}

/** What the input of a field shows for a stored value. */
export function draftOf(field: FormField, value: unknown): Draft {
  if (field.kind === "boolean") return value === true;
  if (field.kind === "list-of-text") {
    const texts = Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
    return field.options ? texts : texts.join("\n");
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** Reads what was typed; an error names the limit and the likely fix. */
export function readField(field: FormField, draft: Draft): Reading {
  if (field.kind === "list-of-text") return readList(field, draft);
  if (typeof draft !== "string") return { value: draft === true };
  const text = draft.trim();
  if (text === "") return field.required ? { error: missingText(field) } : { value: field.nullable ? null : undefined };
  if (field.kind === "select") return readChoice(field, text);
  return field.kind === "text" ? readText(field, text) : readNumber(field, text);
}

function missingText(field: FormField): string {
  if (field.kind === "select") return "Choose one.";
  if (field.kind !== "number" && field.kind !== "integer")
    return field.format === "date" ? "Enter a day." : "Enter a text.";
  const limits = limitsText(field);
  return `Enter a ${field.kind === "integer" ? "whole number" : "number"}${limits ? `, ${limits}` : ""}.`;
}

function readChoice(field: FormField, text: string): Reading {
  const option = field.options?.find(({ value }) => String(value) === text);
  return option ? { value: option.value } : { error: "Choose one." };
}

function readText(field: FormField, text: string): Reading {
  const { min = 0, max = Infinity } = field;
  if (text.length < min) return { error: `At least ${min} characters.` };
  return text.length > max
    ? { error: `At most ${show(max)} characters; these are ${show(text.length)}.` }
    : { value: text };
}

function readList(field: FormField, draft: Draft): Reading {
  const entries = typeof draft === "string" ? draft.split(/[\n,;]/) : typeof draft === "boolean" ? [] : draft;
  const value = [...new Set(entries.map((entry) => entry.trim()).filter(Boolean))];
  const { min = 0, max = Infinity } = field;
  if (value.length === 0 && !field.required && field.nullable) return { value: null };
  if (value.length === 0 && !field.required && field.default === undefined) return { value: undefined };
  if (value.length < min) return { error: min === 1 ? "At least one." : `At least ${min}.` };
  return value.length > max ? { error: `At most ${show(max)}; these are ${show(value.length)}.` } : { value };
}

/** Reads `1,204`, `0,38`, `−4` and `7.2 kW`; null for what is no number. */
function parseTyped(text: string, unit: string | undefined): number | null {
  const bare = unit && text.toLowerCase().endsWith(unit.toLowerCase()) ? text.slice(0, -unit.length) : text;
  const plain = bare.replaceAll("−", "-").replaceAll(/\s/g, "");
  const dotted = GROUPED.test(plain) ? plain.replaceAll(",", "") : plain.replace(/^([^,.]*),(\d*)$/, "$1.$2");
  return NUMBER.test(dotted) ? Number(dotted) : null;
}

function readNumber(field: FormField, text: string): Reading {
  const value = parseTyped(text, field.unit);
  if (value === null || !Number.isFinite(value)) return { error: `“${text}” is no number.` };
  const outside = limitError(field, value);
  if (outside) return { error: outside };
  if (field.kind === "integer" && !Number.isInteger(value)) {
    return { error: withGuess("Whole numbers only.", field, [Math.round(value)]) };
  }
  if (field.step !== undefined && field.step > 0) {
    const steps = value / field.step;
    const nearest = Number((Math.round(steps) * field.step).toPrecision(12));
    if (Math.abs(steps - Math.round(steps)) > STEP_TOLERANCE * Math.max(1, Math.abs(steps))) {
      return { error: withGuess(`In steps of ${show(field.step)}.`, field, [nearest]) };
    }
  }
  return { value };
}

function isInside(field: FormField, value: number): boolean {
  const { min = -Infinity, max = Infinity, minExclusive, maxExclusive } = field;
  return (minExclusive ? value > min : value >= min) && (maxExclusive ? value < max : value <= max);
}

function limitError(field: FormField, value: number): string | null {
  if (isInside(field, value)) return null;
  const { min, max, minExclusive, maxExclusive } = field;
  const isPlainRange = min !== undefined && max !== undefined && !minExclusive && !maxExclusive;
  const limits = isPlainRange ? `Between ${show(min)} and ${show(max)}.` : capitalised(`${limitsText(field)}.`);
  // A percentage where a fraction is asked for, and a sign too many.
  const guesses = max !== undefined && max <= 1 && value > 1 && value <= 100 ? [value / 100] : [-value];
  return withGuess(limits, field, guesses);
}

function withGuess(message: string, field: FormField, guesses: readonly number[]): string {
  const guess = guesses.find((candidate) => isInside(field, candidate));
  return guess === undefined || (field.kind === "integer" && !Number.isInteger(guess))
    ? message
    : `${message} Did you mean ${show(guess)}?`;
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
