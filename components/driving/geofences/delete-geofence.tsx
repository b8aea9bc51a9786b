"use client";

import { useRouter } from "next/navigation";
import { Button } from "#components/ui/button";
import { ConfirmDialog, Dialog, DialogClose } from "#components/ui/dialog";
import type { Geofence } from "#lib/driving/rules/schema";
import { joinList } from "#lib/format/lists";
import { apiFetch } from "#lib/http/client";

interface DeleteGeofenceProps {
  /** Null while none is to be deleted. */
  geofence: Geofence | null;
  onClose: () => void;
}

export function DeleteGeofence({ geofence, onClose }: DeleteGeofenceProps) {
  const router = useRouter();
  if (!geofence) return null;
  const { id, name, ruleNames } = geofence;
  const opening = { open: true, onOpenChange: (isOpen: boolean) => (isOpen ? undefined : onClose()) };
  if (ruleNames.length > 0) {
    return (
      <Dialog
        {...opening}
        title={`“${name}” is in use`}
        description={`It limits ${joinList(ruleNames)}. Take it out of there first, or the rule would hold everywhere.`}
        footer={
          <>
            <DialogClose>
              <Button>Keep geofence</Button>
            </DialogClose>
            <Button variant="primary" href="/driving/rules">
              Open rules
            </Button>
          </>
        }
      />
    );
  }
  return (
    <ConfirmDialog
      {...opening}
      title={`Delete “${name}”?`}
      description="Its border is gone for good. Alerts that name it stay."
      confirmLabel="Delete geofence"
      cancelLabel="Keep geofence"
      danger
      onConfirm={async () => {
        await apiFetch(`/api/v1/driving/geofences/${id}`, { method: "DELETE" });
        router.refresh();
      }}
    />
  );
}
