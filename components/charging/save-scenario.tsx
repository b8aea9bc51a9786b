"use client";

import { Bookmark } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "#components/ui/button";
import { scenario } from "#lib/charging/scenarios/schema";
import { apiFetch } from "#lib/http/client";
import { ScenarioDialog } from "./scenario-dialog.tsx";

/** Keeps a run as a scenario: asks for a name and tags. */
export function SaveScenario({ runId, title }: { runId: string; title: string }) {
  const router = useRouter();
  return (
    <ScenarioDialog
      title="Save as scenario"
      description="Scenarios stand under Charging, where they can be compared."
      submitLabel="Save"
      initial={{ name: title, tags: [] }}
      trigger={
        <Button size="sm" icon={Bookmark}>
          Save as scenario
        </Button>
      }
      onSave={async (words) => {
        await apiFetch("/api/v1/charging/scenarios", { method: "POST", body: { ...words, runId }, response: scenario });
        router.push("/charging");
      }}
    />
  );
}
