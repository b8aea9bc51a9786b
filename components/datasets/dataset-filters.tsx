"use client";

import { AddFilter, FilterBar, FilterToken } from "#components/ui/filter-bar";
import { Menu, MenuItem } from "#components/ui/menu";

interface DatasetFiltersProps {
  kind: string | undefined;
  kinds: readonly { kind: string; label: string }[];
}

/** The kind as a token of the URL. */
export function DatasetFilters({ kind, kinds }: DatasetFiltersProps) {
  const chosen = kinds.find((candidate) => candidate.kind === kind);
  return (
    <FilterBar clearHref={kind ? "/datasets" : undefined}>
      {kind ? (
        <FilterToken
          name="Kind"
          value={chosen?.label ?? kind}
          removeHref="/datasets"
          removeLabel={`Remove filter kind ${chosen?.label ?? kind}`}
        />
      ) : null}
      <Menu align="start" trigger={<AddFilter>Kind</AddFilter>}>
        {kinds.map((candidate) => (
          <MenuItem
            key={candidate.kind}
            href={`/datasets?kind=${encodeURIComponent(candidate.kind)}`}
            checked={candidate.kind === kind}
          >
            {candidate.label}
          </MenuItem>
        ))}
      </Menu>
    </FilterBar>
  );
}
