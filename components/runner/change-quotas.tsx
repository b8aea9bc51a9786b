"use client";

import { useRouter } from "next/navigation";
import { useState, type SubmitEvent } from "react";
import { FormError } from "#components/auth/form-error";
import { textOf, useSubmit } from "#components/auth/use-submit";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { SubmitButton } from "#components/ui/submit-button";
import { NumberField } from "#components/ui/text-field";
import { apiFetch, ProblemError } from "#lib/http/client";
import { runnerQuotas, type RunnerQuotas } from "#lib/runner/schema";

/** An owner's way to set what all apps of the workspace may use. */
export function ChangeQuotas({ quotas }: { quotas: RunnerQuotas }) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const { pending, run, fieldError, formError } = useSubmit();
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const saved = await run(async () => {
      const body = {
        runsAtOnceMax: numberOf(form, "runsAtOnceMax"),
        cpuHoursMax: numberOf(form, "cpuHoursMax"),
        usdMax: numberOf(form, "usdMax"),
      };
      await apiFetch("/api/v1/runner/quotas", { method: "PUT", body, response: runnerQuotas });
    });
    if (!saved) return;
    setOpen(false);
    router.refresh();
  };
  return (
    <Dialog
      title="Quotas of the apps"
      description="Runs beyond the number at once wait. With the month’s CPU-hours or money used up, new ones are refused."
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<Button size="sm">Change quotas</Button>}
    >
      <form aria-label="Quotas" noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <NumberField
          label="Runs at once"
          name="runsAtOnceMax"
          optional
          defaultValue={quotas.runsAtOnceMax ?? ""}
          hint="Empty: as many as there are workers for"
          error={fieldError("/runsAtOnceMax")}
        />
        <NumberField
          label="CPU-hours per month"
          name="cpuHoursMax"
          unit="h"
          optional
          defaultValue={quotas.cpuHoursMax ?? ""}
          hint="Empty: no limit"
          error={fieldError("/cpuHoursMax")}
        />
        <NumberField
          label="Cost per month"
          name="usdMax"
          unit="$"
          optional
          defaultValue={quotas.usdMax ?? ""}
          hint="Empty: no limit"
          error={fieldError("/usdMax")}
        />
        <FormError>{formError("/runsAtOnceMax", "/cpuHoursMax", "/usdMax")}</FormError>
        <div className="flex justify-end gap-2">
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <SubmitButton variant="primary" pending={pending}>
            Save
          </SubmitButton>
        </div>
      </form>
    </Dialog>
  );
}

/** Empty is no limit. @throws ProblemError for what is no number */
function numberOf(form: FormData, name: string): number | null {
  const text = textOf(form, name).trim();
  if (text === "") return null;
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  const detail = `"${text}" is no number, such as 4 or 12.5.`;
  throw new ProblemError(400, { code: "invalid_input", detail, errors: [{ pointer: `/${name}`, detail }] });
}
