"use client";

import { AddFilter, FilterBar, FilterToken } from "#components/ui/filter-bar";
import { Menu, MenuItem, MenuLabel } from "#components/ui/menu";
import { RUN_STATES } from "#lib/runs/schema";
import { runsHref, type RunFilter } from "./runs-href.tsx";

const STATES = ["live", ...RUN_STATES];
const stateWords = (state: string) => (state === "live" ? "in progress" : state.replace("_", " "));

/** State and algorithm as tokens of the URL. */
export function RunFilters({ filter, algorithms }: { filter: RunFilter; algorithms: readonly string[] }) {
  const { state, algorithm } = filter;
  return (
    <FilterBar clearHref={state || algorithm ? "/runs" : undefined}>
      {state ? (
        <FilterToken
          name="State"
          value={stateWords(state)}
          removeHref={runsHref({ ...filter, state: undefined })}
          removeLabel={`Remove filter state ${stateWords(state)}`}
        />
      ) : null}
      {algorithm ? (
        <FilterToken
          name="Algorithm"
          value={algorithm}
          removeHref={runsHref({ ...filter, algorithm: undefined })}
          removeLabel={`Remove filter algorithm ${algorithm}`}
        />
      ) : null}
      <Menu align="start" trigger={<AddFilter />}>
        <MenuLabel>State</MenuLabel>
        {STATES.map((value) => (
          <MenuItem key={value} href={runsHref({ ...filter, state: value })} checked={value === state}>
            {stateWords(value)}
          </MenuItem>
        ))}
        <MenuLabel>Algorithm</MenuLabel>
        {algorithms.map((value) => (
          <MenuItem key={value} href={runsHref({ ...filter, algorithm: value })} checked={value === algorithm}>
            {value}
          </MenuItem>
        ))}
      </Menu>
    </FilterBar>
  );
}
