import { describe, expect, it } from "vitest";
import { parseFilter } from "./filter.ts";
import { parseQuery } from "./query-options.ts";
import { parseResourcePath } from "./resource-path.ts";

const invalid = (words: string) =>
  expect.objectContaining({ code: "invalid_input", message: expect.stringContaining(words) as string }) as unknown;

describe("parseFilter", () => {
  it("binds and before or, takes brackets, and reads literals of every kind", () => {
    expect(parseFilter("result gt 5 and result le -2.5e1 or not (name eq 'it''s')")).toMatchObject({
      kind: "or",
      parts: [
        {
          kind: "and",
          parts: [
            { path: ["result"], comparison: "gt", literal: { value: 5 } },
            { comparison: "le", literal: { value: -25 } },
          ],
        },
        { kind: "not", part: { literal: { value: "it's" } } },
      ],
    });
    expect(parseFilter("phenomenonTime ge 2026-01-02T03:04:05Z")).toMatchObject({
      literal: { kind: "time", value: new Date("2026-01-02T03:04:05Z") },
    });
    expect(parseFilter("Datastream/Thing/name ne null")).toMatchObject({ path: ["Datastream", "Thing", "name"] });
  });

  it("reads the literal first as well, turned round", () => {
    expect(parseFilter("5 lt result")).toMatchObject({ path: ["result"], comparison: "gt", literal: { value: 5 } });
  });

  it("reads text tests in both orders, and areas", () => {
    const test = { kind: "text", test: "contains", path: ["name"], text: "a" };
    expect(parseFilter("contains(name,'a')")).toMatchObject(test);
    expect(parseFilter("substringof('a',name) eq true")).toMatchObject(test);
    expect(parseFilter("startswith(tolower(name),'a') eq false")).toMatchObject({ kind: "not", part: { lower: true } });
    const area = "st_within(location, geography'POLYGON((7 47, 8 47, 8 48, 7 47))')";
    expect(parseFilter(area)).toMatchObject({
      kind: "within",
      ring: [
        [7, 47],
        [8, 47],
        [8, 48],
        [7, 47],
      ],
    });
  });

  it.each([
    ["result gt", "$filter"],
    ["result is 5", "at 8"],
    ["(result gt 5", "at 13"],
    ["result gt 5 extra", 'not "extra"'],
    ["result gt #", "cannot be read"],
    ["contains(name, 5)", "a text in quotes"],
    [`${"(".repeat(30)}a eq 1${")".repeat(30)}`, "nested deeper"],
    ["st_within(location, geography'POINT(1 2)')", "POLYGON"],
  ])("says what is wrong with %s, and where", (text, words) => {
    expect(() => parseFilter(text)).toThrow(invalid(words));
  });
});

describe("parseQuery", () => {
  const parse = (text: string) => parseQuery(new URLSearchParams(text));

  it("reads options in options", () => {
    const text =
      "$expand=Datastreams($expand=Observations($top=1;$orderby=phenomenonTime desc);$select=name),Locations&$count=true&$top=5";
    expect(parse(text)).toMatchObject({
      top: 5,
      count: true,
      expand: [
        {
          navigation: "Datastreams",
          options: {
            select: ["name"],
            expand: [{ navigation: "Observations", options: { top: 1, orderBy: [{ isDescending: true }] } }],
          },
        },
        { navigation: "Locations" },
      ],
    });
  });

  it("takes a path in $expand as one inside the other, options for the last", () => {
    expect(parse("$expand=Datastreams/Observations($top=2)").expand).toMatchObject([
      {
        navigation: "Datastreams",
        options: { top: null, expand: [{ navigation: "Observations", options: { top: 2 } }] },
      },
    ]);
  });

  it.each([
    ["$fitler=1", "no query option"],
    ["$top=5&$top=6", "twice"],
    ["$top=-1", "no whole number"],
    ["$count=yes", "true or false"],
    ["$orderby=name upwards", 'not "upwards"'],
    ["$expand=A($top=1", "is expected"],
  ])("refuses %s", (text, words) => {
    expect(() => parse(text)).toThrow(invalid(words));
  });
});

describe("parseResourcePath", () => {
  it("walks from set to set, and ends at a property", () => {
    expect(parseResourcePath(["Things('a''b')", "Datastreams", "$ref"])).toMatchObject({
      steps: [
        { set: "Things", id: "a'b", isMany: true },
        { set: "Datastreams", id: null, isMany: true },
      ],
      isRef: true,
    });
    expect(parseResourcePath(["Datastreams(7)", "Thing", "name", "$value"])).toMatchObject({
      steps: [{ id: "7" }, { set: "Things", isMany: false }],
      property: "name",
      isValue: true,
    });
    expect(parseResourcePath([])).toMatchObject({ steps: [] });
  });

  it.each([
    ["Thing"],
    ["Things", "Datastreams"],
    ["Things('a')", "Thing"],
    ["Things('a')", "name", "x"],
    ["Things(", ""],
  ])("has nothing at %s %s", (...segments) => {
    expect(() => parseResourcePath(segments)).toThrow(expect.objectContaining({ code: "not_found" }) as unknown);
  });
});
