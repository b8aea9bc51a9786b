"use client";

import { Wrench } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { ConfirmDialog, Dialog } from "#components/ui/dialog";
import { FieldError } from "#components/ui/field";
import { TextArea, TextField } from "#components/ui/text-field";
import { Time } from "#components/ui/time";
import { countOf } from "#lib/format/lists";
import { instantOfLocal, localOfInstant } from "#lib/format/local-time";
import { apiFetch } from "#lib/http/client";
import { maintenanceWindow, type MaintenanceWindow } from "#lib/sensors/maintenance/schema";

interface MaintenanceProps {
  windows: readonly MaintenanceWindow[];
  sensorId: string;
  code: string;
  timeZone: string;
  now: string;
  mayPlan: boolean;
}

/** When a sensor is worked on: what lasts and lies ahead, with a way to plan and to cancel. */
export function Maintenance({ windows, sensorId, code, timeZone, now, mayPlan }: MaintenanceProps) {
  return (
    <>
      {windows.length === 0 ? <p className="text-sm text-muted">No maintenance is planned.</p> : null}
      <ul className="divide-y divide-line">
        {windows.map((window) => (
          <li key={window.id} className="flex items-start gap-2 py-2 text-sm">
            <div className="min-w-0 flex-1">
              <Time at={window.fromAt} timeZone={timeZone} now={now} /> to{" "}
              <Time at={window.untilAt} timeZone={timeZone} now={now} />
              {window.fromAt <= now ? <span className="text-muted">, now</span> : null}
              {window.comment === "" ? null : <p className="text-ink-2">{window.comment}</p>}
              <p className="text-xs text-muted">
                {window.byLabel}
                {window.sensorCount > 1 ? `, ${countOf(window.sensorCount, "sensor")}` : ""}
              </p>
            </div>
            {mayPlan ? <CancelMaintenance window={window} now={now} /> : null}
          </li>
        ))}
      </ul>
      {mayPlan ? (
        <div className="mt-2">
          <PlanMaintenance target={{ sensorIds: [sensorId] }} name={code} timeZone={timeZone} now={now} />
        </div>
      ) : null}
    </>
  );
}

function CancelMaintenance({ window, now }: { window: MaintenanceWindow; now: string }) {
  const router = useRouter();
  const isNow = window.fromAt <= now;
  const cancel = async () => {
    await apiFetch(`/api/v1/sensors/maintenance-windows/${window.id}`, { method: "DELETE" });
    router.refresh();
  };
  return (
    <ConfirmDialog
      title={isNow ? "End this maintenance now?" : "Cancel this maintenance?"}
      description={
        window.sensorCount > 1 ? `It is that of ${countOf(window.sensorCount, "sensor")}.` : "Alerts begin again."
      }
      confirmLabel={isNow ? "End it" : "Cancel it"}
      cancelLabel="Keep it"
      onConfirm={cancel}
      trigger={<Button size="sm">{isNow ? "End" : "Cancel"}</Button>}
    />
  );
}

interface PlanProps {
  target: { sensorIds: string[] } | { owner: string };
  /** Whose maintenance it is: a sensor's code, or an owner with all sensors. */
  name: string;
  timeZone: string;
  now: string;
}

const HOUR_MS = 3_600_000;
const TIMES = [
  { name: "from", label: "From" },
  { name: "until", label: "Until" },
] as const;

/** Opens the form for a new window, by default of two hours from the next full hour on. */
export function PlanMaintenance({ target, name, timeZone, now }: PlanProps) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState("");
  const nextHour = Math.ceil(Date.parse(now) / HOUR_MS) * HOUR_MS;
  const localAfter = (hours: number) => localOfInstant(new Date(nextHour + hours * HOUR_MS), timeZone);
  const [draft, setDraft] = useState({ from: localAfter(0), until: localAfter(2), comment: "" });
  const plan = async () => {
    const [fromAt, untilAt] = [instantOfLocal(draft.from, timeZone), instantOfLocal(draft.until, timeZone)];
    if (!fromAt || !untilAt) {
      setError("Give both times.");
      return;
    }
    setPending(true);
    setError("");
    try {
      const body = { ...target, fromAt, untilAt, comment: draft.comment };
      await apiFetch("/api/v1/sensors/maintenance-windows", { method: "POST", body, response: maintenanceWindow });
      setOpen(false);
      router.refresh();
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    } finally {
      setPending(false);
    }
  };
  return (
    <Dialog
      title={`Maintenance of ${name}`}
      description="No alert begins meanwhile, and faults that lie inside are explained by it."
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" icon={Wrench}>
          Plan maintenance
        </Button>
      }
      footer={
        <>
          <Button onClick={() => setOpen(false)}>Not now</Button>
          <Button variant="primary" pending={isPending} onClick={() => void plan()}>
            Plan it
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {TIMES.map(({ name, label }) => (
          <TextField
            key={name}
            label={label}
            name={name}
            type="datetime-local"
            unit={timeZone}
            required
            value={draft[name]}
            onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
          />
        ))}
        <TextArea
          label="What is done"
          name="comment"
          rows={2}
          maxLength={2_000}
          optional
          value={draft.comment}
          onChange={(event) => setDraft({ ...draft, comment: event.target.value })}
        />
        {error === "" ? null : <FieldError>{error}</FieldError>}
      </div>
    </Dialog>
  );
}
