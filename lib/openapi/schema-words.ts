import { formatRange } from "#lib/format/numbers";
import type { SchemaNode } from "./read-operations.ts";

export interface SchemaMember {
  name: string;
  node: SchemaNode;
  required: boolean;
}

function isNode(value: unknown): value is SchemaNode {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const nodes = (value: unknown): SchemaNode[] => (Array.isArray(value) ? value.filter(isNode) : []);
const numberOf = (value: unknown) => (typeof value === "number" ? value : undefined);

/** What a JSON Schema allows, in a few words: `text, uuid`, `list of object`, `number or null`, `"a" | "b"`. */
export function typeWords(node: SchemaNode): string {
  if (Array.isArray(node.enum)) return node.enum.map((value) => JSON.stringify(value)).join(" | ");
  if ("const" in node) return JSON.stringify(node.const);
  const branches = [...nodes(node.anyOf), ...nodes(node.oneOf)];
  if (branches.length > 0) return [...new Set(branches.map(typeWords))].join(" or ");
  const types = Array.isArray(node.type) ? node.type : [node.type];
  return types.map((type) => wordsOfType(String(type ?? "any"), node)).join(" or ");
}

function wordsOfType(type: string, node: SchemaNode): string {
  if (type === "array") return isNode(node.items) ? `list of ${typeWords(node.items)}` : "list";
  if (type === "string") return typeof node.format === "string" ? `text, ${node.format}` : "text";
  return type;
}

/** Limits and default: `1 to 500, default 50`. */
export function limitWords(node: SchemaNode): string {
  const range = formatRange(numberOf(node.minimum), numberOf(node.maximum));
  const length = numberOf(node.maxLength);
  const parts = [
    range,
    length === undefined ? "" : `at most ${length} characters`,
    node.default === undefined ? "" : `default ${JSON.stringify(node.default)}`,
  ];
  return parts.filter(Boolean).join(", ");
}

/** The members of the object a schema describes, through lists and alternatives; empty when it has none. */
export function membersOf(node: SchemaNode): SchemaMember[] {
  if (isNode(node.properties)) {
    const required = Array.isArray(node.required) ? node.required : [];
    return Object.entries(node.properties).flatMap(([name, member]) =>
      isNode(member) ? [{ name, node: member, required: required.includes(name) }] : [],
    );
  }
  if (isNode(node.items)) return membersOf(node.items);
  const branches = [...nodes(node.anyOf), ...nodes(node.oneOf)].map(membersOf).filter((members) => members.length > 0);
  return branches.length === 1 ? (branches[0] ?? []) : [];
}
