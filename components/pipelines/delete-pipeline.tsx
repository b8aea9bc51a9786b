"use client";

import { useRouter } from "next/navigation";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/dialog";
import { apiFetch } from "#lib/http/client";

export function DeletePipeline({ pipelineId, name }: { pipelineId: string; name: string }) {
  const router = useRouter();
  const remove = async () => {
    await apiFetch(`/api/v1/pipelines/${pipelineId}`, { method: "DELETE" });
    router.push("/pipelines");
    router.refresh();
  };
  return (
    <ConfirmDialog
      title={`Remove “${name}”?`}
      description="Its schedule, history and key go. The sensors and readings it brought stay, with their files."
      confirmLabel="Remove pipeline"
      cancelLabel="Keep pipeline"
      danger
      onConfirm={remove}
      trigger={<Button variant="danger">Remove pipeline</Button>}
    />
  );
}
