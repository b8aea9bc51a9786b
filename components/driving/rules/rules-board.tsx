"use client";

import { useState } from "react";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { StateShape } from "#components/ui/state-shape";
import type { Rule } from "#lib/driving/rules/schema";
import { countOf } from "#lib/format/lists";
import type { Choosable } from "./rule-choices.tsx";
import { RuleForm } from "./rule-form.tsx";
import { RuleItem } from "./rule-item.tsx";

export interface ShownFailure {
  id: string;
  ruleId: string;
  /** Where to, why not, how often tried and when. */
  words: string;
}

interface RulesBoardProps {
  rules: readonly Rule[];
  failures: readonly ShownFailure[];
  geofences: readonly Choosable[];
  members: readonly Choosable[];
  mayEdit: boolean;
}

const FAILURES_SHOWN = 3;

/** The rules of a workspace; one form at a time is open. */
export function RulesBoard({ rules, failures, geofences, members, mayEdit }: RulesBoardProps) {
  const [edited, setEdited] = useState<string | null>(null);
  const close = () => setEdited(null);
  const nameOf = new Map(geofences.map(({ id, name }) => [id, name]));
  const add = (
    <Button variant="primary" onClick={() => setEdited("new")}>
      Add rule
    </Button>
  );
  const choices = { geofences, members, onClose: close };
  if (rules.length === 0 && edited !== "new") {
    return (
      <EmptyState title="No rule yet" actions={mayEdit ? add : undefined}>
        A rule watches every record that arrives: a speed limit of your own, a tolerance, how long, and where. What
        breaks it appears on the live page and is told to whom you choose.
      </EmptyState>
    );
  }
  return (
    <>
      {edited === "new" ? <RuleForm rule={null} {...choices} /> : null}
      {edited === null && mayEdit ? <div className="mb-2">{add}</div> : null}
      <ul aria-label="Rules">
        {rules.map((rule) =>
          rule.id === edited ? (
            <li key={rule.id} className="py-3.5">
              <RuleForm rule={rule} {...choices} />
            </li>
          ) : (
            <RuleItem
              key={rule.id}
              rule={rule}
              geofenceNames={rule.geofenceIds.map((id) => nameOf.get(id) ?? "a deleted geofence")}
              mayEdit={mayEdit}
              onEdit={() => setEdited(rule.id)}
            >
              <Failures count={rule.failedCount7d} failures={failures.filter(({ ruleId }) => ruleId === rule.id)} />
            </RuleItem>
          ),
        )}
      </ul>
    </>
  );
}

function Failures({ count, failures }: { count: number; failures: readonly ShownFailure[] }) {
  if (count === 0) return null;
  return (
    <div className="mt-2 text-xs">
      <p className="flex items-center gap-1.5 font-medium text-fault">
        <StateShape shape="fault" />
        {countOf(count, "delivery", "deliveries")} failed in 7 days
      </p>
      <ul className="mt-1 space-y-0.5 break-words text-ink-2">
        {failures.slice(0, FAILURES_SHOWN).map(({ id, words }) => (
          <li key={id}>{words}</li>
        ))}
      </ul>
    </div>
  );
}
