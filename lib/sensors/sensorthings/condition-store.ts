import { OBSERVED_PROPERTIES } from "#lib/units/observed-properties";
import type { Comparison, Filter, Literal, PropertyPath } from "./core/filter.ts";
import { type FieldType, MODEL, type SetName } from "./core/model.ts";
import type { OrderKey } from "./core/query-options.ts";
import { refuse } from "./core/tokens.ts";
import { NAVIGATION_SQL, SET_SQL } from "./set-store.ts";

/** A statement being written: values go in as parameters, never as text. */
export class Statement {
  readonly values: unknown[] = [];
  readonly #shared = new Map<string, string>();
  readonly #workspaceId: string;
  #aliases = 0;

  constructor(workspaceId: string) {
    this.#workspaceId = workspaceId;
  }

  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }

  alias(): string {
    return `t${this.#aliases++}`;
  }

  /** A piece of SQL with its places filled in. */
  fill(sql: string, places: Readonly<Record<string, string>>): string {
    return sql.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => places[name] ?? this.#sharedPlace(name));
  }

  #sharedPlace(name: string): string {
    const known = this.#shared.get(name);
    if (known !== undefined) return known;
    const made =
      name === "ws"
        ? this.add(this.#workspaceId, "uuid")
        : name === "ids"
          ? this.add(
              OBSERVED_PROPERTIES.map(({ id }) => id),
              "text[]",
            )
          : this.add(
              OBSERVED_PROPERTIES.map(({ label }) => label),
              "text[]",
            );
    this.#shared.set(name, made);
    return made;
  }
}

interface Place {
  set: SetName;
  alias: string;
}

/** A `$filter` as a condition on `alias`; throws `invalid_input` for what the set does not have. */
export function filterSql(statement: Statement, filter: Filter, place: Place): string {
  switch (filter.kind) {
    case "and":
    case "or":
      return `(${filter.parts.map((part) => filterSql(statement, part, place)).join(` ${filter.kind} `)})`;
    case "not":
      return `not coalesce(${filterSql(statement, filter.part, place)}, false)`;
    case "compare":
    case "text":
    case "within":
      return conditionSql(statement, filter, place);
  }
}

type Condition = Exclude<Filter, { kind: "and" | "or" | "not" }>;

/** A condition on something further away holds when it holds for one of them. */
function conditionSql(statement: Statement, condition: Condition, { set, alias }: Place): string {
  const [first = "", ...rest] = condition.path;
  if (Object.hasOwn(MODEL[set].navigations, first)) {
    const next = MODEL[set].navigations[first]!.to;
    const child = statement.alias();
    const { key, on } = NAVIGATION_SQL[set][first]!;
    const joined = statement.fill(on, { c: child, k: statement.fill(key, { p: alias }) });
    const path = rest.length > 0 ? rest : ["id"];
    const inner = conditionSql(statement, { ...condition, path }, { set: next, alias: child });
    const { from, where } = SET_SQL[next];
    const fill = (sql: string) => statement.fill(sql, { a: child });
    return `exists (select 1 from ${fill(from)} where ${fill(where)} and ${joined} and ${inner})`;
  }
  if (isId(condition.path)) return idSql(statement, condition, { set, alias });
  const type = typeOf(set, condition.path);
  const sql = statement.fill(SET_SQL[set].fields[first]!, { a: alias });
  switch (condition.kind) {
    case "compare":
      return compareSql(statement, { sql, type, condition });
    case "text":
      return textSql(statement, { sql, type, condition });
    case "within":
      if (type !== "geo") throw refuse("$filter", `${first} is no position.`);
      return `polygon(${statement.add(ringText(condition.ring), "text")}) @> ${sql}`;
  }
}

const ringText = (ring: readonly (readonly [number, number])[]) =>
  `(${ring.map(([lon, lat]) => `(${lon},${lat})`).join(",")})`;

const isId = ([name, ...rest]: PropertyPath) => rest.length === 0 && (name === "id" || name === "@iot.id");

function typeOf(set: SetName, path: PropertyPath): FieldType {
  const [name = "", ...rest] = path;
  const type = Object.hasOwn(MODEL[set].fields, name) ? MODEL[set].fields[name] : undefined;
  if (type === undefined) {
    const known = [...Object.keys(MODEL[set].fields), ...Object.keys(MODEL[set].navigations)].join(", ");
    throw refuse("$filter", `${set} have no "${name}". They have id, ${known}.`);
  }
  if (type === "json" || rest.length > 0) throw refuse("$filter", `${path.join("/")} can be read, not compared.`);
  return type;
}

const OPERATORS: Readonly<Record<Comparison, string>> = { eq: "=", ne: "<>", gt: ">", ge: ">=", lt: "<", le: "<=" };
const SQL_TYPES = { text: "text", number: "float8", time: "timestamptz" } as const;

interface Compared<C extends Condition> {
  sql: string;
  type: FieldType;
  condition: C;
}

function compareSql(statement: Statement, { sql, type, condition }: Compared<Extract<Condition, { kind: "compare" }>>) {
  const { comparison, literal, lower, path } = condition;
  if (literal.kind === "null") return nullSql(sql, comparison);
  if (type === "geo" || type === "json" || literal.kind !== type) {
    throw refuse("$filter", `${path.join("/")} is a ${type}, not a ${literal.kind}.`);
  }
  const value = statement.add(literal.value, SQL_TYPES[type]);
  return lower ? `lower(${sql}) ${OPERATORS[comparison]} ${value}` : `${sql} ${OPERATORS[comparison]} ${value}`;
}

function nullSql(sql: string, comparison: Comparison): string {
  if (comparison === "eq") return `${sql} is null`;
  if (comparison === "ne") return `${sql} is not null`;
  throw refuse("$filter", "null can be compared with eq and ne only.");
}

function textSql(statement: Statement, { sql, type, condition }: Compared<Extract<Condition, { kind: "text" }>>) {
  if (type !== "text") throw refuse("$filter", `${condition.path.join("/")} is no text.`);
  const escaped = condition.text.replaceAll(/[\\%_]/g, "\\$&");
  const before = condition.test === "startswith" ? "" : "%";
  const after = condition.test === "endswith" ? "" : "%";
  return `${condition.lower ? `lower(${sql})` : sql} like ${statement.add(`${before}${escaped}${after}`, "text")}`;
}

function idSql(statement: Statement, condition: Condition, { set, alias }: Place): string {
  if (condition.kind !== "compare" || (condition.comparison !== "eq" && condition.comparison !== "ne")) {
    throw refuse("$filter", "an id can be compared with eq and ne only.");
  }
  const text = literalText(condition.literal);
  const equals = idEquals(statement, { set, alias }, text) ?? "false";
  return condition.comparison === "eq" ? equals : `not ${equals}`;
}

const literalText = (literal: Literal) => ("value" in literal ? String(literal.value) : "");
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The entity of this id; null for a text that can be none. */
export function idEquals(statement: Statement, { set, alias }: Place, id: string): string | null {
  const { id: sql, idType } = SET_SQL[set];
  const own = statement.fill(sql, { a: alias });
  if (idType === "uuid") return UUID.test(id) ? `${own} = ${statement.add(id, "uuid")}` : null;
  if (idType === "bigint") return /^\d{1,9}$/.test(id) ? `${own} = ${statement.add(id, "bigint")}` : null;
  if (idType === "text") return `${own} = ${statement.add(id, "text")}`;
  const [, stream = "", at = ""] = /^(\d{1,9})-(-?\d{1,15})$/.exec(id) ?? [];
  if (stream === "") return null;
  const instant = `to_timestamp(${statement.add(Number(at) / 1000, "float8")})`;
  return `(${alias}.datastream_id = ${statement.add(stream, "bigint")} and ${alias}.observed_at = ${instant})`;
}

export interface SortColumn {
  /** Never null: what is missing sorts below everything. */
  sql: string;
  type: string;
  isDescending: boolean;
  /** Column that holds it anyway; else it is read beside the columns. */
  column: string | null;
}

const LEAST = { text: "''::text", number: "'-infinity'::float8", time: "'-infinity'::timestamptz" } as const;

/** What a list is sorted by: as asked, and by id where that leaves ties. */
export function sortColumns(statement: Statement, orderBy: readonly OrderKey[], { set, alias }: Place): SortColumn[] {
  const asked = orderBy.flatMap((key) => sortColumn(statement, key, { set, alias }));
  const tie = SET_SQL[set].order.map(({ sql, type, column }) => ({
    sql: statement.fill(sql, { a: alias }),
    type,
    isDescending: false,
    column,
  }));
  return [...asked, ...tie];
}

function sortColumn(statement: Statement, { path, isDescending }: OrderKey, place: Place): SortColumn[] {
  const { set, alias } = place;
  const [first = "", ...rest] = path;
  if (isId(path)) {
    return SET_SQL[set].order.map(({ sql, type, column }) => ({
      sql: statement.fill(sql, { a: alias }),
      type,
      isDescending,
      column,
    }));
  }
  const navigation = Object.hasOwn(MODEL[set].navigations, first) ? MODEL[set].navigations[first] : undefined;
  if (navigation) {
    if (navigation.isMany) throw refuse("$orderby", `${first} are many; sort by something that is one.`);
    const child = statement.alias();
    const { key, on } = NAVIGATION_SQL[set][first]!;
    const joined = statement.fill(on, { c: child, k: statement.fill(key, { p: alias }) });
    const from = statement.fill(SET_SQL[navigation.to].from, { a: child });
    return sortColumn(statement, { path: rest, isDescending }, { set: navigation.to, alias: child }).map((column) => ({
      ...column,
      column: null,
      sql: `(select ${column.sql} from ${from} where ${joined})`,
    }));
  }
  const type = MODEL[set].fields[first];
  if (type === undefined || rest.length > 0) throw refuse("$orderby", `${set} have no "${path.join("/")}".`);
  if (type === "json" || type === "geo") throw refuse("$orderby", `${first} has no order.`);
  const sql = statement.fill(SET_SQL[set].fields[first]!, { a: alias });
  return [{ sql: `coalesce(${sql}, ${LEAST[type]})`, type: SQL_TYPES[type], isDescending, column: null }];
}

/** Rows after the one with these sort values. */
export function afterSql(statement: Statement, columns: readonly SortColumn[], token: readonly string[]): string {
  const values = columns.map(({ type }, i) => statement.add(token[i], type));
  const alternatives = columns.map((column, i) => {
    const same = columns.slice(0, i).map(({ sql }, k) => `${sql} = ${values[k]!}`);
    return [...same, `${column.sql} ${column.isDescending ? "<" : ">"} ${values[i]!}`].join(" and ");
  });
  return `(${alternatives.map((one) => `(${one})`).join(" or ")})`;
}
