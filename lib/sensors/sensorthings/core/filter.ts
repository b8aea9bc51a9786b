import { readPolygon, type Ring } from "./polygon.ts";
import { refuse, TokenReader, type Token } from "./tokens.ts";

export const COMPARISONS = ["eq", "ne", "gt", "ge", "lt", "le"] as const;
export type Comparison = (typeof COMPARISONS)[number];
const TEXT_TESTS = ["contains", "substringof", "startswith", "endswith"] as const;
const GEO_TESTS = ["st_within", "st_intersects", "geo.intersects"] as const;

export type Literal =
  | { kind: "text"; value: string }
  | { kind: "number"; value: number }
  | { kind: "time"; value: Date }
  | { kind: "null" };

/** Names from an entity to a property: `Datastream/Thing/name`. */
export type PropertyPath = readonly string[];

export type Filter =
  | { kind: "and" | "or"; parts: Filter[] }
  | { kind: "not"; part: Filter }
  | { kind: "compare"; path: PropertyPath; comparison: Comparison; literal: Literal; lower: boolean }
  | { kind: "text"; test: "contains" | "startswith" | "endswith"; path: PropertyPath; text: string; lower: boolean }
  | { kind: "within"; path: PropertyPath; ring: Ring };

const DEPTH_MAX = 20;

/** Reads a `$filter` expression; throws `invalid_input` naming the place. */
export function parseFilter(text: string): Filter {
  const reader = new TokenReader(text, "$filter");
  const filter = readOr(reader, 0);
  if (reader.peek().kind !== "end") throw reader.unexpected('"and" or "or"');
  return filter;
}

/** As part of a longer text, up to a sign that is none of its own. */
export function readOr(reader: TokenReader, depth: number): Filter {
  if (depth > DEPTH_MAX) throw refuse(reader.option, `is nested deeper than ${DEPTH_MAX}.`);
  const parts = [readAnd(reader, depth)];
  while (reader.takeIf("or")) parts.push(readAnd(reader, depth));
  return parts.length === 1 ? parts[0]! : { kind: "or", parts };
}

function readAnd(reader: TokenReader, depth: number): Filter {
  const parts = [readTerm(reader, depth)];
  while (reader.takeIf("and")) parts.push(readTerm(reader, depth));
  return parts.length === 1 ? parts[0]! : { kind: "and", parts };
}

function readTerm(reader: TokenReader, depth: number): Filter {
  if (reader.takeIf("not")) return { kind: "not", part: readTerm(reader, depth + 1) };
  if (reader.takeIf("(")) {
    const inner = readOr(reader, depth + 1);
    reader.expect(")");
    return inner;
  }
  const { text } = reader.peek();
  const isCall = reader.peek(1).text === "(" && reader.peek(1).kind === "sign";
  if (isCall && isOneOf(TEXT_TESTS, text)) return readTextTest(reader, text);
  if (isCall && isOneOf(GEO_TESTS, text)) return readGeoTest(reader);
  return readComparison(reader);
}

/** `contains(a, b)`; `substringof(b, a)` is the older form with its arguments exchanged. A test may be compared with true. */
function readTextTest(reader: TokenReader, test: (typeof TEXT_TESTS)[number]): Filter {
  reader.take();
  reader.expect("(");
  const isOld = test === "substringof";
  const before = isOld ? readText(reader) : null;
  if (isOld) reader.expect(",");
  const { path, lower } = readProperty(reader);
  if (!isOld) reader.expect(",");
  const text = before ?? readText(reader);
  reader.expect(")");
  const filter: Filter = { kind: "text", test: isOld ? "contains" : test, path, text, lower };
  return readTruth(reader, filter);
}

function readGeoTest(reader: TokenReader): Filter {
  reader.take();
  reader.expect("(");
  const { path } = readProperty(reader);
  reader.expect(",");
  const area = reader.take();
  if (area.kind !== "geo")
    throw refuse(reader.option, `at ${area.at} an area such as geography'POLYGON((…))' is expected.`);
  reader.expect(")");
  return readTruth(reader, { kind: "within", path, ring: readPolygon(area.text, reader.option) });
}

function readTruth(reader: TokenReader, filter: Filter): Filter {
  if (!reader.takeIf("eq")) return filter;
  if (reader.takeIf("true")) return filter;
  if (reader.takeIf("false")) return { kind: "not", part: filter };
  throw reader.unexpected("true or false");
}

const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  eq: "eq",
  ne: "ne",
  gt: "lt",
  ge: "le",
  lt: "gt",
  le: "ge",
};

function readComparison(reader: TokenReader): Filter {
  const first = reader.peek();
  const leftLiteral = readLiteral(reader);
  const left = leftLiteral ? null : readProperty(reader);
  const word = reader.take();
  if (!isOneOf(COMPARISONS, word.text)) {
    throw refuse(reader.option, `at ${word.at} one of ${COMPARISONS.join(", ")} is expected, not "${word.text}".`);
  }
  const rightLiteral = left ? readLiteral(reader) : null;
  if (left) {
    if (!rightLiteral) throw reader.unexpected("a text, number, time or null");
    return { kind: "compare", ...left, comparison: word.text, literal: rightLiteral };
  }
  if (!leftLiteral) throw refuse(reader.option, `at ${first.at} a property is expected.`);
  return { kind: "compare", ...readProperty(reader), comparison: MIRRORED[word.text], literal: leftLiteral };
}

function readLiteral(reader: TokenReader): Literal | null {
  const token = reader.peek();
  if (token.kind === "text") return { kind: "text", value: reader.take().text };
  if (token.kind === "number") return { kind: "number", value: Number(reader.take().text) };
  if (token.kind === "time") return { kind: "time", value: readTime(reader.take(), reader.option) };
  if (token.kind === "name" && token.text === "null") {
    reader.take();
    return { kind: "null" };
  }
  return null;
}

function readTime(token: Token, option: string): Date {
  const time = new Date(token.text);
  if (Number.isNaN(time.getTime())) throw refuse(option, `"${token.text}" at ${token.at} is no time.`);
  return time;
}

function readText(reader: TokenReader): string {
  const token = reader.take();
  if (token.kind !== "text") throw refuse(reader.option, `at ${token.at} a text in quotes is expected.`);
  return token.text;
}

/** A path, perhaps inside `tolower(…)`. */
function readProperty(reader: TokenReader): { path: PropertyPath; lower: boolean } {
  if (reader.peek().text === "tolower" && reader.peek(1).text === "(") {
    reader.take();
    reader.take();
    const path = readPath(reader);
    reader.expect(")");
    return { path, lower: true };
  }
  return { path: readPath(reader), lower: false };
}

export function readPath(reader: TokenReader): PropertyPath {
  const path: string[] = [];
  do {
    const token = reader.take();
    if (token.kind !== "name")
      throw refuse(reader.option, `at ${token.at} a property is expected, not "${token.text}".`);
    path.push(token.text);
  } while (reader.takeIf("/"));
  return path;
}

function isOneOf<T extends string>(known: readonly T[], text: string): text is T {
  return (known as readonly string[]).includes(text);
}
