"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/choice";
import { RowLink, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { Tag } from "#components/ui/tag";
import { Time } from "#components/ui/time";
import { COMPARED_MAX, type Scenario } from "#lib/charging/scenarios/schema";
import { ScenarioActions } from "./scenario-actions.tsx";

interface ScenarioTableProps {
  scenarios: readonly Scenario[];
  timeZone: string;
  now: string;
  mayChange: boolean;
}

/** Scenarios with a box each: two to four of them can be compared. */
export function ScenarioTable({ scenarios, timeZone, now, mayChange }: ScenarioTableProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const toggle = (id: string, isChosen: boolean) =>
    setChosen(isChosen ? [...chosen, id] : chosen.filter((other) => other !== id));
  const isEnough = chosen.length >= 2;
  return (
    <>
      <div className="flex items-center gap-3 py-3 text-xs text-muted">
        {isEnough ? (
          <Button size="sm" variant="primary" href={`/charging/compare?ids=${chosen.join(",")}`}>
            Compare
          </Button>
        ) : null}
        <span role="status">
          {chosen.length === 0 ? "Choose two to four." : `${chosen.length} of at most ${COMPARED_MAX} chosen.`}
        </span>
      </div>
      <Table label="Scenarios">
        <Thead>
          <Th>Compare</Th>
          <Th>Scenario</Th>
          <Th>Tags</Th>
          <Th>Result</Th>
          <Th num>Saved</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </Thead>
        <Tbody>
          {scenarios.map((one) => (
            <Tr key={one.id}>
              <Td phone="line" className="relative z-1">
                <Checkbox
                  label={
                    <>
                      <span className="md:sr-only">Compare</span> <span className="sr-only">{one.name}</span>
                    </>
                  }
                  checked={chosen.includes(one.id)}
                  disabled={!chosen.includes(one.id) && chosen.length >= COMPARED_MAX}
                  onChange={(event) => toggle(one.id, event.target.checked)}
                />
              </Td>
              <Td phone="main">
                <RowLink href={`/runs/${one.runId}`}>{one.name}</RowLink>
                {one.notes === "" ? null : <span className="block text-xs text-muted">{one.notes}</span>}
              </Td>
              <Td phone="hide">
                <span className="flex flex-wrap gap-1">
                  {one.tags.map((tag) => (
                    <Tag key={tag}>{tag}</Tag>
                  ))}
                </span>
              </Td>
              <Td phone="end" muted>
                {one.stale ?? one.algorithm}
              </Td>
              <Td num muted phone="line" nowrap>
                <Time at={one.createdAt} timeZone={timeZone} now={now} />
              </Td>
              <Td num>
                {mayChange ? <ScenarioActions scenario={one} /> : <Link href={`/runs/${one.runId}`}>Open</Link>}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </>
  );
}
