"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { FieldError } from "#components/ui/field";
import { apiFetch } from "#lib/http/client";
import { createdRun } from "#lib/runs/schema";

/** Starts the run that the map needs, over all session datasets of the workspace. */
export function StartStatistics({ datasetIds }: { datasetIds: readonly string[] }) {
  const router = useRouter();
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<string>();
  const start = async () => {
    setPending(true);
    try {
      const body = { algorithm: "charging-statistics", inputs: { datasetIds } };
      await apiFetch("/api/v1/runs", { method: "POST", body, response: createdRun });
      router.refresh();
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
      setPending(false);
    }
  };
  return (
    <span className="flex flex-col items-center gap-1">
      <Button variant="primary" size="sm" pending={isPending} onClick={() => void start()}>
        Compute statistics
      </Button>
      {error === undefined ? null : <FieldError>{error}</FieldError>}
    </span>
  );
}
