"use client";

import { Star } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { useToast } from "#components/ui/toast";
import { sensorDetail } from "#lib/sensors/schema";
import { postJson } from "./api.ts";

interface ClaimButtonProps {
  sensorId: string;
  code: string;
  isMine: boolean;
}

/** Puts the sensor under “my sensors”, or takes it off. */
export function ClaimButton({ sensorId, code, isMine }: ClaimButtonProps) {
  const router = useRouter();
  const toast = useToast();
  const [isPending, setPending] = useState(false);
  const put = async (mine: boolean) => {
    setPending(true);
    try {
      await postJson(`/api/v1/sensors/${sensorId}/claim`, { mine }, sensorDetail);
      const undo = mine ? () => put(false) : undefined;
      toast({
        message: mine ? `${code} is one of your sensors` : `${code} is no longer one of your sensors`,
        ...(undo ? { undo } : {}),
      });
      router.refresh();
    } catch (cause) {
      toast({ state: "fault", message: cause instanceof Error ? cause.message : String(cause) });
    } finally {
      setPending(false);
    }
  };
  return (
    <Button size="sm" icon={Star} pending={isPending} aria-pressed={isMine} onClick={() => void put(!isMine)}>
      {isMine ? "My sensor" : "Claim as mine"}
    </Button>
  );
}
