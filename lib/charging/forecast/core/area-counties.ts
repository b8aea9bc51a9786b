import type { CountyIndex, FoundCounty } from "#lib/geo/county-index";

/** The counties that areas are named for: "Santa Clara", "Orange County", "Orange, CA"; null for those of other names. */
export function countiesOf(names: readonly string[], index: CountyIndex): (FoundCounty | null)[] {
  const written = names.map((name) => {
    const [, county = name, state = ""] = /^(.*\S)\s*,\s*([^,]+)$/.exec(name) ?? [];
    return { county, state };
  });
  return index.findAll(written).map((answer) => ("county" in answer ? answer.county : null));
}
