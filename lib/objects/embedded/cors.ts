import type { IncomingHttpHeaders } from "node:http";
import type { CorsRule } from "./records.ts";
import { INVALID_REQUEST, MALFORMED_XML, S3Error } from "./s3-error.ts";
import { childText, childTexts, childrenOf, element, parseXml, textElement, xmlDocument } from "./xml.ts";

const METHODS = new Set(["GET", "PUT", "POST", "DELETE", "HEAD"]);
const RULES_MAX = 100;

export function parseCorsRules(source: string): CorsRule[] {
  const rules = childrenOf(parseXml(source), "CORSRule").map((node): CorsRule => {
    const maxAge = childText(node, "MaxAgeSeconds");
    return {
      id: childText(node, "ID"),
      origins: childTexts(node, "AllowedOrigin"),
      methods: childTexts(node, "AllowedMethod"),
      headers: childTexts(node, "AllowedHeader"),
      exposeHeaders: childTexts(node, "ExposeHeader"),
      maxAgeS: maxAge === undefined || !/^\d{1,9}$/.test(maxAge) ? undefined : Number(maxAge),
    };
  });
  if (rules.length === 0 || rules.length > RULES_MAX || rules.some((rule) => rule.origins.length === 0)) {
    throw new S3Error(MALFORMED_XML, `A CORS configuration has 1 to ${RULES_MAX} rules, each with an AllowedOrigin.`);
  }
  for (const { origins, methods, headers } of rules) {
    if (methods.length === 0 || methods.some((method) => !METHODS.has(method))) {
      throw new S3Error(INVALID_REQUEST, "AllowedMethod must be GET, PUT, POST, DELETE or HEAD.");
    }
    if ([...origins, ...headers].some((pattern) => pattern.split("*").length > 2)) {
      throw new S3Error(INVALID_REQUEST, "AllowedOrigin and AllowedHeader can hold one * at most.");
    }
  }
  return rules;
}

export function corsDocument(rules: readonly CorsRule[]): string {
  const all = (name: string, values: readonly string[]): string[] => values.map((value) => textElement(name, value));
  const nodes = rules.map((rule) =>
    element("CORSRule", [
      ...(rule.id === undefined ? [] : [textElement("ID", rule.id)]),
      ...all("AllowedOrigin", rule.origins),
      ...all("AllowedMethod", rule.methods),
      ...all("AllowedHeader", rule.headers),
      ...all("ExposeHeader", rule.exposeHeaders),
      ...(rule.maxAgeS === undefined ? [] : [textElement("MaxAgeSeconds", rule.maxAgeS)]),
    ]),
  );
  return xmlDocument("CORSConfiguration", nodes);
}

function matches(pattern: string, text: string): boolean {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === text;
  const head = pattern.slice(0, star);
  const tail = pattern.slice(star + 1);
  return text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
}

function requestedHeaders(headers: IncomingHttpHeaders): string[] {
  const list = headers["access-control-request-headers"] ?? "";
  return list
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function findRule(rules: readonly CorsRule[], wanted: { origin: string; method: string; headers: readonly string[] }) {
  return rules.find((rule) => {
    const allowed = rule.headers.map((pattern) => pattern.toLowerCase());
    return (
      rule.methods.includes(wanted.method) &&
      rule.origins.some((pattern) => matches(pattern, wanted.origin)) &&
      wanted.headers.every((name) => allowed.some((pattern) => matches(pattern, name)))
    );
  });
}

function originHeaders(rule: CorsRule, origin: string): Record<string, string> {
  const vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";
  if (rule.origins.includes("*")) return { "access-control-allow-origin": "*", vary };
  return { "access-control-allow-origin": origin, "access-control-allow-credentials": "true", vary };
}

/** Headers that let the page of `origin` read the answer; none when no rule allows it. */
export function actualHeaders(
  rules: readonly CorsRule[],
  method: string,
  headers: IncomingHttpHeaders,
): Record<string, string> {
  const { origin } = headers;
  const rule = origin === undefined ? undefined : findRule(rules, { origin, method, headers: [] });
  if (origin === undefined || !rule) return {};
  const expose = rule.exposeHeaders.join(", ");
  const methods = rule.methods.join(", ");
  return {
    ...originHeaders(rule, origin),
    "access-control-allow-methods": methods,
    ...(expose === "" ? {} : { "access-control-expose-headers": expose }),
  };
}

/** The answer to a preflight request; it needs no signature. */
export function preflightHeaders(rules: readonly CorsRule[], headers: IncomingHttpHeaders): Record<string, string> {
  const { origin, "access-control-request-method": method } = headers;
  if (origin === undefined || method === undefined) {
    throw new S3Error([400, "BadRequest"], "A preflight request needs Origin and Access-Control-Request-Method.");
  }
  const wanted = requestedHeaders(headers);
  const rule = findRule(rules, { origin, method, headers: wanted });
  if (!rule) {
    throw new S3Error([403, "AccessForbidden"], "CORSResponse: This CORS request is not allowed.");
  }
  const expose = rule.exposeHeaders.join(", ");
  return {
    ...originHeaders(rule, origin),
    "access-control-allow-methods": rule.methods.join(", "),
    ...(wanted.length === 0 ? {} : { "access-control-allow-headers": wanted.join(", ") }),
    ...(expose === "" ? {} : { "access-control-expose-headers": expose }),
    ...(rule.maxAgeS === undefined ? {} : { "access-control-max-age": String(rule.maxAgeS) }),
  };
}
