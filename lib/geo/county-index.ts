import { stateFips, stateName } from "./us-states.ts";

/** A county as the atlas names it: FIPS code of five digits and name without “County”. */
export interface NamedCounty {
  fips: string;
  name: string;
}

export interface FoundCounty extends NamedCounty {
  state: string;
}

/** Why a name stands for no county of the atlas. */
export type CountyProblem = "unknown-county" | "unknown-state" | "several-states" | "county-or-city";

export type CountyAnswer = { county: FoundCounty } | { problem: CountyProblem; candidates: string[] };

interface Written {
  /** County as written: `Santa Clara`, `Santa Clara County`, `06085`. */
  county: string;
  /** State as written; empty when the file does not say. */
  state: string;
}

const KIND = /\b(county|parish|borough|census area|municipality|municipio|city and borough|city and county|city)$/;
/** Independent cities have codes from here on; Carson City and counties named like a city have not. */
const CITY_CODE_MIN = 510;

/** Finds counties by what files call them. Made once from the atlas; a look-up is a hash. */
export class CountyIndex {
  readonly #byFips = new Map<string, FoundCounty>();
  readonly #byName = new Map<string, FoundCounty[]>();

  constructor(counties: readonly NamedCounty[]) {
    for (const { fips, name } of counties) {
      const county = { fips, name, state: stateName(fips.slice(0, 2)) };
      this.#byFips.set(fips, county);
      const known = this.#byName.get(nameKey(name));
      if (known) known.push(county);
      else this.#byName.set(nameKey(name), [county]);
    }
  }

  /**
   * The county of this name. Where several states have one, the state decides; where a state has a county and an
   * independent city of one name (Baltimore), the word after it does.
   */
  find({ county, state }: Written): CountyAnswer {
    const byCode = /^\d{4,5}$/.test(county.trim()) ? this.#byFips.get(county.trim().padStart(5, "0")) : undefined;
    if (byCode) return { county: byCode };
    const stateCode = state.trim() === "" ? null : stateFips(state);
    if (state.trim() !== "" && stateCode === null) return { problem: "unknown-state", candidates: [] };
    const all = this.#byName.get(nameKey(county)) ?? this.#byName.get(nameKey(withoutKind(county))) ?? [];
    const here = stateCode === null ? all : all.filter(({ fips }) => fips.startsWith(stateCode));
    return pickOne(here, county);
  }

  /** The same for a list: where all names that are sure lie in one state, names that several states have mean that one. */
  findAll(written: readonly Written[]): CountyAnswer[] {
    const alone = written.map((one) => this.find(one));
    const states = new Set(alone.flatMap((answer) => ("county" in answer ? [answer.county.state] : [])));
    const [state] = states;
    if (state === undefined || states.size > 1) return alone;
    return alone.map((answer, i) => {
      if ("county" in answer || answer.problem !== "several-states") return answer;
      return this.find({ county: written[i]!.county, state });
    });
  }
}

function pickOne(candidates: readonly FoundCounty[], written: string): CountyAnswer {
  const [only] = candidates;
  if (!only) return { problem: "unknown-county", candidates: [] };
  if (candidates.length === 1) return { county: only };
  const words = candidates.map(({ name, state }) => `${name}, ${state}`);
  if (new Set(candidates.map(({ state }) => state)).size > 1) return { problem: "several-states", candidates: words };
  const kind = KIND.exec(plain(written))?.[1];
  const ofKind = candidates.filter(({ fips }) =>
    Number(fips.slice(2)) >= CITY_CODE_MIN ? kind === "city" : kind === "county",
  );
  const [chosen] = ofKind;
  return chosen && ofKind.length === 1 ? { county: chosen } : { problem: "county-or-city", candidates: words };
}

const plain = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .trim();

/** `St. Mary's` and `Saint Marys`, `De Kalb` and `DeKalb` are one. */
function nameKey(text: string): string {
  return plain(text)
    .replace(/\bsaint\b/g, "st")
    .replace(/\bsainte\b/g, "ste")
    .replace(/[^a-z0-9]/g, "");
}

function withoutKind(text: string): string {
  return plain(text).replace(KIND, "");
}
