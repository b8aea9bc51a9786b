"use client";

import { Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { type Dispatch, type SubmitEvent, useEffect, useState } from "react";
import { FormError } from "#components/auth/form-error";
import { useSubmit } from "#components/auth/use-submit";
import { Button } from "#components/ui/button";
import { FieldError } from "#components/ui/field";
import { SubmitButton } from "#components/ui/submit-button";
import { TextField } from "#components/ui/text-field";
import { geofence, geofenceInput, type Geofence } from "#lib/driving/rules/schema";
import { joinList } from "#lib/format/lists";
import { apiFetch } from "#lib/http/client";
import { faultsOf } from "../rules/rule-draft.ts";
import { CircleFields } from "./circle-fields.tsx";
import { CornerFields } from "./corner-fields.tsx";
import { drawingHint, findDraftFault, shapeOf } from "./draft-shape.ts";
import { canClose, type DraftAction, type DraftState } from "./geofence-draft.ts";

interface GeofenceEditorProps {
  state: DraftState;
  change: Dispatch<DraftAction>;
  /** Rules that judge by the new shape once it is saved. */
  ruleNames: readonly string[];
  onSaved: (saved: Geofence) => void;
}

/** Name and shape of the geofence being drawn; nothing is stored before Save. */
export function GeofenceEditor({ state, change, ruleNames, onSaved }: GeofenceEditorProps) {
  const { draft, past } = state;
  const router = useRouter();
  const { pending, run, problem, formError } = useSubmit();
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => (past.length > 0 ? warnBeforeClosing() : undefined), [past.length]);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const parsed = geofenceInput.safeParse({ name: draft.name, shape: shapeOf(draft) });
    setFaults(parsed.success ? new Map() : faultsOf(parsed.error));
    if (!parsed.success) return;
    const path = draft.id === null ? "" : `/${draft.id}`;
    const method = draft.id === null ? "POST" : "PUT";
    await run(async () => {
      const request = { method, body: parsed.data, response: geofence } as const;
      const saved = await apiFetch(`/api/v1/driving/geofences${path}`, request);
      router.refresh();
      onSaved(saved);
    });
  };
  const shapeFault = findDraftFault(draft) ?? [...faults].find(([pointer]) => pointer.startsWith("/shape"))?.[1];
  return (
    <form
      aria-label={draft.id === null ? `New ${draft.kind}` : `Geofence ${draft.name}`}
      noValidate
      onSubmit={(event) => void submit(event)}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="min-h-0 flex-1 overflow-auto max-[860px]:overflow-visible" tabIndex={-1}>
        <div className="flex flex-col gap-4 px-[18px] py-3">
          <h1 className="text-base">{draft.id === null ? `New ${draft.kind}` : `Edit ${draft.kind}`}</h1>
          <TextField
            label="Name"
            value={draft.name}
            onChange={({ target }) => change({ type: "name", name: target.value })}
            error={faults.get("/name") ?? problem?.fieldError("/name")}
          />
          <p className="text-xs text-ink-2" role="status">
            {drawingHint(draft)}
          </p>
          <div className="flex flex-wrap gap-2 empty:hidden">
            {canClose(draft) ? (
              <Button size="sm" onClick={() => change({ type: "close" })}>
                Close border
              </Button>
            ) : null}
            {past.length > 0 ? (
              <Button size="sm" icon={Undo2} onClick={() => change({ type: "undo" })}>
                Undo
              </Button>
            ) : null}
          </div>
          {shapeFault === undefined ? null : <FieldError>{shapeFault}</FieldError>}
          {draft.kind === "circle" ? (
            <CircleFields draft={draft} change={change} />
          ) : (
            <CornerFields rings={draft.rings} change={change} />
          )}
        </div>
      </div>
      <div className="flex flex-none flex-col gap-2.5 border-t border-line px-[18px] py-3">
        {ruleNames.length === 0 ? null : (
          <p className="text-xs text-muted">
            {joinList(ruleNames, 4)} {ruleNames.length === 1 ? "judges" : "judge"} by the new shape what arrives after
            it is saved.
          </p>
        )}
        <FormError>{formError("/name")}</FormError>
        <div className="flex gap-2">
          <SubmitButton variant="primary" pending={pending}>
            Save geofence
          </SubmitButton>
          <Button onClick={() => change({ type: "end" })}>Cancel</Button>
        </div>
      </div>
    </form>
  );
}

function warnBeforeClosing(): () => void {
  const warn = (event: BeforeUnloadEvent) => event.preventDefault();
  window.addEventListener("beforeunload", warn);
  return () => window.removeEventListener("beforeunload", warn);
}
