import { AppError } from "#lib/errors";
import { isSetName, MODEL, type SetName } from "./model.ts";

export interface PathStep {
  /** As named by the step before: `Datastreams`, `Thing`. */
  name: string;
  set: SetName;
  /** The one entity that is meant; null = all of them. */
  id: string | null;
  isMany: boolean;
}

export interface ResourcePath {
  /** From the set at the root to what is asked for; empty = the root itself. */
  steps: PathStep[];
  /** A property of the last entity. */
  property: string | null;
  /** Only the value of the property, as text. */
  isValue: boolean;
  /** Only links to the entities. */
  isRef: boolean;
}

/** Reads `Things('a')/Datastreams(1)/Observations` and the like; throws `not_found` where the model has no such way. */
export function parseResourcePath(segments: readonly string[]): ResourcePath {
  const path: ResourcePath = { steps: [], property: null, isValue: false, isRef: false };
  for (const [i, segment] of segments.entries()) {
    const isLast = i === segments.length - 1;
    const current = path.steps.at(-1);
    if (segment === "$ref" && isLast && current) path.isRef = true;
    else if (segment === "$value" && isLast && path.property !== null) path.isValue = true;
    else if (path.property !== null) throw nothingAt(segments);
    else if (current && current.id === null && current.isMany) throw nothingAt(segments);
    else if (current && isProperty(current.set, segment)) path.property = segment;
    else path.steps.push(readStep(segment, current ?? null, segments));
  }
  return path;
}

function isProperty(set: SetName, name: string): boolean {
  return Object.hasOwn(MODEL[set].fields, name);
}

function readStep(segment: string, from: PathStep | null, segments: readonly string[]): PathStep {
  const [, name = "", quoted, plain] = /^([A-Za-z]+)(?:\((?:'((?:[^']|'')*)'|(-?\d+))\))?$/.exec(segment) ?? [];
  const id = quoted?.replaceAll("''", "'") ?? plain ?? null;
  if (from === null) {
    if (!isSetName(name)) throw nothingAt(segments);
    return { name, set: name, id, isMany: true };
  }
  const { navigations } = MODEL[from.set];
  const navigation = Object.hasOwn(navigations, name) ? navigations[name] : undefined;
  if (!navigation || (!navigation.isMany && id !== null)) throw nothingAt(segments);
  return { name, set: navigation.to, id, isMany: navigation.isMany };
}

function nothingAt(segments: readonly string[]): AppError {
  return new AppError(
    "not_found",
    `There is nothing at ${segments.join("/")}. The root of the service lists what there is.`,
  );
}
