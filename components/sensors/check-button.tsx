"use client";

import { ListChecks } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { z } from "zod";
import { Button } from "#components/ui/button";
import { FieldError } from "#components/ui/field";
import { postJson } from "./api.ts";

const created = z.object({ id: z.string() });

/** Checks this sensor now and leads to the run. */
export function CheckButton({ code, mayRun }: { code: string; mayRun: boolean }) {
  const router = useRouter();
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const check = async () => {
    setPending(true);
    setError(null);
    try {
      const run = await postJson(
        "/api/v1/runs",
        { algorithm: "range-step-stuck", params: {}, inputs: { sensorCodes: [code] } },
        created,
      );
      router.push(`/runs/${run.id}`);
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
      setPending(false);
    }
  };
  return (
    <div className="flex flex-col items-start gap-1.5">
      <Button
        icon={ListChecks}
        pending={isPending}
        onClick={() => void check()}
        {...(mayRun ? {} : { disabledReason: "Your role may not start runs." })}
      >
        Check this sensor
      </Button>
      {error ? <FieldError>{error}</FieldError> : null}
    </div>
  );
}
