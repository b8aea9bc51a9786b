import { type Filter, parseFilter, type PropertyPath, readOr, readPath } from "./filter.ts";
import { refuse, TokenReader } from "./tokens.ts";

export interface OrderKey {
  path: PropertyPath;
  isDescending: boolean;
}

export interface Expansion {
  /** `Datastreams`, or further: `Datastreams/Observations`. */
  navigation: string;
  options: QueryOptions;
}

export interface QueryOptions {
  filter: Filter | null;
  orderBy: OrderKey[];
  top: number | null;
  skip: number;
  /** Empty: everything. */
  select: string[];
  expand: Expansion[];
  count: boolean;
  /** Where the page before ended. */
  skipToken: string | null;
}

export const NO_OPTIONS: QueryOptions = {
  filter: null,
  orderBy: [],
  top: null,
  skip: 0,
  select: [],
  expand: [],
  count: false,
  skipToken: null,
};

const KNOWN = ["$filter", "$orderby", "$top", "$skip", "$select", "$expand", "$count", "$skiptoken", "$resultFormat"];
const EXPAND_DEPTH_MAX = 4;

/** Reads the query of an address; throws `invalid_input` for an option that is unknown, doubled or wrong. */
export function parseQuery(params: URLSearchParams): QueryOptions {
  const options = structuredClone(NO_OPTIONS);
  const seen = new Set<string>();
  for (const [name, text] of params) {
    if (!KNOWN.includes(name)) throw refuse(name, `is no query option. Known: ${KNOWN.slice(0, 7).join(", ")}.`);
    if (seen.has(name)) throw refuse(name, "stands twice.");
    seen.add(name);
    if (name === "$filter") options.filter = parseFilter(text);
    else if (name === "$resultFormat") requireJson(text);
    else if (name === "$skiptoken") options.skipToken = text;
    else {
      const reader = new TokenReader(text, name);
      readOption(reader, name, options, 0);
      if (reader.peek().kind !== "end") throw reader.unexpected('","');
    }
  }
  return options;
}

function requireJson(text: string): void {
  if (!/^(json|application\/json)$/i.test(text)) throw refuse("$resultFormat", `"${text}" is not offered; json is.`);
}

function readOption(reader: TokenReader, name: string, options: QueryOptions, depth: number): void {
  switch (name) {
    case "$filter":
      options.filter = readOr(reader, 0);
      return;
    case "$orderby":
      options.orderBy = readList(reader, readOrderKey);
      return;
    case "$select":
      options.select = readList(reader, (inner) => readPath(inner).join("/"));
      return;
    case "$expand":
      options.expand = readList(reader, (inner) => readExpansion(inner, depth)).map(nest);
      return;
    case "$top":
      options.top = readWhole(reader);
      return;
    case "$skip":
      options.skip = readWhole(reader);
      return;
    case "$count":
      if (reader.takeIf("true")) options.count = true;
      else if (!reader.takeIf("false")) throw reader.unexpected("true or false");
      return;
    default:
      throw refuse(reader.option, `"${name}" is no query option here.`);
  }
}

function readList<T>(reader: TokenReader, readOne: (reader: TokenReader) => T): T[] {
  const list = [readOne(reader)];
  while (reader.takeIf(",")) list.push(readOne(reader));
  return list;
}

function readOrderKey(reader: TokenReader): OrderKey {
  const path = readPath(reader);
  if (reader.takeIf("desc")) return { path, isDescending: true };
  reader.takeIf("asc");
  return { path, isDescending: false };
}

function readWhole(reader: TokenReader): number {
  const token = reader.take();
  if (!/^\d+$/.test(token.text)) throw refuse(reader.option, `"${token.text}" is no whole number of 0 or more.`);
  return Math.min(Number(token.text), 1e9);
}

function readExpansion(reader: TokenReader, depth: number): Expansion {
  if (depth >= EXPAND_DEPTH_MAX) throw refuse("$expand", `goes deeper than ${EXPAND_DEPTH_MAX}.`);
  const navigation = readPath(reader).join("/");
  const options = structuredClone(NO_OPTIONS);
  if (reader.takeIf("(")) {
    do {
      const token = reader.take();
      reader.expect("=");
      readOption(reader, token.text, options, depth + 1);
    } while (reader.takeIf(";"));
    reader.expect(")");
  }
  return { navigation, options };
}

/** `A/B` is B expanded inside A; its options are B's. */
function nest({ navigation, options }: Expansion): Expansion {
  const [first = "", ...rest] = navigation.split("/");
  if (rest.length === 0) return { navigation, options };
  const inner = nest({ navigation: rest.join("/"), options });
  return { navigation: first, options: { ...structuredClone(NO_OPTIONS), expand: [inner] } };
}
