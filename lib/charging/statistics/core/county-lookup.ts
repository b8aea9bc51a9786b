import type { CountyAnswer, CountyIndex } from "#lib/geo/county-index";
import { stateFips, stateName } from "#lib/geo/us-states";

/** Separates the parts of a key; occurs in no name. */
const MARK = "\u001f";

export interface CountyPlace {
  key: string;
  place: string;
  state: string;
  fips: string | null;
  problem: string | null;
}

/** Counties as records write them → counties of the atlas; each spelling is looked up once. */
export class CountyLookup {
  readonly #index: CountyIndex;
  readonly #defaultState: string;
  readonly #known = new Map<string, CountyPlace | null>();

  constructor(index: CountyIndex, defaultState: string) {
    this.#index = index;
    this.#defaultState = defaultState;
  }

  /** null when the record names no county. */
  find(county: string, state: string): CountyPlace | null {
    const written = `${county}${MARK}${state}`;
    let found = this.#known.get(written);
    if (found === undefined) this.#known.set(written, (found = this.#look(county.trim(), state.trim())));
    return found;
  }

  #look(county: string, ownState: string): CountyPlace | null {
    if (county === "") return null;
    const state = ownState === "" ? this.#defaultState : ownState;
    const answer = this.#index.find({ county, state });
    if ("county" in answer) {
      const { fips, name, state: inState } = answer.county;
      return { key: fips, place: name, state: inState, fips, problem: null };
    }
    const code = stateFips(state);
    const asNamed = code === null ? state : stateName(code);
    const key = `${county.toLowerCase()}${MARK}${asNamed.toLowerCase()}`;
    return { key, place: county, state: asNamed, fips: null, problem: problemWords(answer, asNamed) };
  }
}

function problemWords(answer: Exclude<CountyAnswer, { county: unknown }>, state: string): string {
  const { problem, candidates } = answer;
  switch (problem) {
    case "unknown-state":
      return `There is no state “${state}”.`;
    case "several-states":
      return `${candidates.length} states have one: name the state in the file, or run again with the parameter State.`;
    case "county-or-city":
      return `${state} has a county and a city of this name: write “County” or “city” after it.`;
    case "unknown-county":
      return state === "" ? "No state has such a county." : `${state} has no such county.`;
  }
}
