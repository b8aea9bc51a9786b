"use client";

import { RotateCw, SlidersHorizontal, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { FieldError } from "#components/ui/field";
import { apiFetch } from "#lib/http/client";
import { createdRun, isLive } from "#lib/runs/schema";
import { useFeed } from "./run-feed-provider.tsx";

interface RunActionsProps {
  /** Where the parameters can be changed; absent when this algorithm has no form. */
  changeHref: string | null;
  /** A person's program: to run it again is to run it again, not to look up what it said last time. */
  isProgram?: boolean;
}

/** Cancel at any moment; run again, as it was or changed. */
export function RunActions({ changeHref, isProgram = false }: RunActionsProps) {
  const { run } = useFeed();
  const router = useRouter();
  const [pending, setPending] = useState<"cancel" | "rerun" | null>(null);
  const [error, setError] = useState<string | null>(null);
  const act = async (what: "cancel" | "rerun", work: () => Promise<void>) => {
    setPending(what);
    setError(null);
    try {
      await work();
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    } finally {
      setPending(null);
    }
  };
  const cancel = () => act("cancel", () => apiFetch(`/api/v1/runs/${run.id}/cancel`, { method: "POST", body: {} }));
  const rerun = () =>
    act("rerun", async () => {
      const path = `/api/v1/runs/${run.id}/rerun`;
      const body = { recompute: isProgram };
      const made = await apiFetch(path, { method: "POST", body, response: createdRun });
      router.push(`/runs/${made.id}?origin=${made.origin}`);
    });
  const live = isLive(run.state);
  return (
    <>
      {error ? <FieldError>{error}</FieldError> : null}
      {changeHref === null ? null : (
        <Button size="sm" icon={SlidersHorizontal} href={changeHref} className="max-[860px]:hidden">
          Rerun with changes
        </Button>
      )}
      {live ? (
        <Button
          size="sm"
          variant="danger"
          icon={X}
          pending={pending === "cancel" || run.cancelRequested}
          onClick={() => void cancel()}
        >
          {run.state === "queued" ? "Leave the queue" : "Cancel"}
        </Button>
      ) : (
        <Button size="sm" icon={RotateCw} pending={pending === "rerun"} onClick={() => void rerun()}>
          Rerun
        </Button>
      )}
    </>
  );
}
