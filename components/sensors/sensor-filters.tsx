"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, type SubmitEvent, useState } from "react";
import useSWR from "swr";
import { z } from "zod";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/choice";
import { Combobox } from "#components/ui/combobox";
import { AddFilter, FilterBar, FilterToken } from "#components/ui/filter-bar";
import { Popover } from "#components/ui/popover";
import { SelectField } from "#components/ui/select-field";
import { TextField } from "#components/ui/text-field";
import { joinList } from "#lib/format/lists";
import { STATE_WORD } from "#lib/maps/state-words";
import { CAUSE_IDS, causeName } from "#lib/sensors/core/fault-causes";
import { ownerSummary, type SensorFilter } from "#lib/sensors/schema";
import { requestJson } from "./api.ts";
import { FILTER_KEYS, readFilter } from "#lib/sensors/pages/url-filter";
import { useUrl } from "./use-url.ts";

export interface PropertyOption {
  id: string;
  label: string;
}

interface SensorFiltersProps {
  properties: readonly PropertyOption[];
  summary?: ReactNode;
  /** Further controls before the summary. */
  children?: ReactNode;
}

/** The filter bar of map and list: tokens that mirror the URL. */
export function SensorFilters({ properties, summary, children }: SensorFiltersProps) {
  const { params, href } = useUrl();
  const filter = readFilter(params);
  const tokens = tokensOf(filter, properties);
  const cleared = Object.fromEntries(FILTER_KEYS.map((key) => [key, null]));
  return (
    <FilterBar summary={summary} {...(tokens.length > 0 ? { clearHref: href(cleared) } : {})}>
      <FilterPopover filter={filter} properties={properties} />
      {tokens.map(({ key, name, value }) => (
        <FilterToken
          key={key}
          name={name}
          value={value}
          removeHref={href({ [key]: null })}
          removeLabel={`Remove filter ${name} ${value}`}
        />
      ))}
      {children}
    </FilterBar>
  );
}

function tokensOf(filter: SensorFilter, properties: readonly PropertyOption[]) {
  const { q, state, cause, owner, property, mine, placed } = filter;
  const tokens: { key: (typeof FILTER_KEYS)[number]; name: string; value: string }[] = [];
  if (q) tokens.push({ key: "q", name: "text", value: q });
  if (state?.length)
    tokens.push({
      key: "state",
      name: "state",
      value: joinList(
        state.map((one) => STATE_WORD[one].toLowerCase()),
        2,
      ),
    });
  if (cause?.length) tokens.push({ key: "cause", name: "cause", value: joinList(cause.map(causeName), 2) });
  if (owner !== undefined) tokens.push({ key: "owner", name: "owner", value: owner });
  if (property)
    tokens.push({
      key: "property",
      name: "quantity",
      value: properties.find(({ id }) => id === property)?.label ?? property,
    });
  if (mine) tokens.push({ key: "mine", name: "sensors", value: "mine" });
  if (placed !== undefined) tokens.push({ key: "placed", name: "position", value: placed ? "known" : "missing" });
  return tokens;
}

const owners = z.object({ items: z.array(ownerSummary) });

function FilterPopover({ filter, properties }: { filter: SensorFilter; properties: readonly PropertyOption[] }) {
  const [isOpen, setOpen] = useState(false);
  const { href } = useUrl();
  const router = useRouter();
  const apply = (changes: Record<string, string | null>) => {
    setOpen(false);
    router.push(href(changes), { scroll: false });
  };
  return (
    <Popover label="Filter sensors" trigger={<AddFilter />} widthPx={300} open={isOpen} onOpenChange={setOpen}>
      <FilterForm filter={filter} properties={properties} onApply={apply} />
    </Popover>
  );
}

interface FilterFormProps {
  filter: SensorFilter;
  properties: readonly PropertyOption[];
  onApply: (changes: Record<string, string | null>) => void;
}

function FilterForm({ filter, properties, onApply }: FilterFormProps) {
  const { data } = useSWR("/api/v1/sensors/owners", (url: string) => requestJson(url, owners));
  const [owner, setOwner] = useState(filter.owner ?? "");
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => {
      const value = form.get(name);
      return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
    };
    onApply({
      q: text("q"),
      property: text("property"),
      cause: text("cause"),
      owner: owner === "" ? null : owner,
      mine: form.get("mine") ? "true" : null,
    });
  };
  const ownerOptions = (data?.items ?? []).map((item) => ({ value: item.owner, label: item.owner }));
  const propertyOptions = properties.map(({ id, label }) => ({ value: id, label }));
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <TextField label="Text" name="q" hint="Part of the id, name or owner" defaultValue={filter.q ?? ""} autoFocus />
      <Combobox
        label="Owner"
        value={owner}
        onChange={setOwner}
        options={[{ value: "", label: "Any owner" }, ...ownerOptions]}
        placeholder="Any owner"
      />
      <SelectField
        label="Quantity"
        name="property"
        defaultValue={filter.property ?? ""}
        options={[{ value: "", label: "Any quantity" }, ...propertyOptions]}
      />
      <SelectField
        label="Cause of the fault"
        name="cause"
        defaultValue={filter.cause?.join(",") ?? ""}
        options={[{ value: "", label: "Any or none" }, ...causeOptions(filter)]}
      />
      <Checkbox label="Only my sensors" name="mine" defaultChecked={filter.mine ?? false} />
      <div className="flex justify-end">
        <Button type="submit" variant="primary">
          Show sensors
        </Button>
      </div>
    </form>
  );
}

/** One cause each; several at once are chosen in the key of the map, and kept here. */
function causeOptions({ cause = [] }: SensorFilter) {
  const single = CAUSE_IDS.map((id) => ({ value: id, label: causeName(id) }));
  return cause.length > 1 ? [...single, { value: cause.join(","), label: joinList(cause.map(causeName), 2) }] : single;
}
