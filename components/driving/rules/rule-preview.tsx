"use client";

import { useState } from "react";
import { FormError } from "#components/auth/form-error";
import { useSubmit } from "#components/auth/use-submit";
import { Button } from "#components/ui/button";
import { rulePreview, type RuleInput, type RulePreview } from "#lib/driving/rules/schema";
import { countOf } from "#lib/format/lists";
import { apiFetch } from "#lib/http/client";

interface RulePreviewButtonProps {
  /** The rule as it would be saved now; null after its faults have been shown. */
  check: () => RuleInput | null;
}

/** Tries the rule on what is on record; what was found stands until the next try. */
export function RulePreviewButton({ check }: RulePreviewButtonProps) {
  const { pending, run, problem } = useSubmit();
  const [found, setFound] = useState<RulePreview | null>(null);
  const preview = async () => {
    const input = check();
    setFound(null);
    if (!input) return;
    const { name: _name, isEnabled: _isEnabled, ...body } = input;
    await run(async () => {
      const request = { method: "POST", body, response: rulePreview } as const;
      setFound(await apiFetch("/api/v1/driving/rules/preview", request));
    });
  };
  return (
    <div className="flex flex-col items-start gap-1.5">
      <Button size="sm" pending={pending} onClick={() => void preview()}>
        Try it on the last 7 days
      </Button>
      <p role="status" className="text-xs text-ink-2 empty:hidden">
        {found ? previewWords(found) : null}
      </p>
      <FormError>{problem?.detail}</FormError>
    </div>
  );
}

function previewWords({ episodeCount, driverCount, recordCount, driversRead, driversTotal, to }: RulePreview): string {
  if (to === null) return "Nothing is on record to try it on.";
  if (driversRead === 0) return "Too many records are on record to try it on at once.";
  const times = `${countOf(episodeCount, "time")} for ${countOf(driverCount, "driver")}`;
  const alerted = episodeCount === 0 ? "not have alerted" : `have alerted ${times}`;
  const isPart = driversRead < driversTotal;
  const part = isPart
    ? ` Only ${driversRead} of ${countOf(driversTotal, "driver")} were read: there are too many records.`
    : "";
  return `It would ${alerted} in the 7 days up to ${to} (${countOf(recordCount, "record")}).${part}`;
}
