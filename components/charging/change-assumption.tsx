"use client";

import { Pencil } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { SchemaField } from "#components/forms/schema-field";
import { Button } from "#components/ui/button";
import { Combobox } from "#components/ui/combobox";
import { Dialog } from "#components/ui/dialog";
import { FieldError } from "#components/ui/field";
import { COMPARED_MAX, scenario } from "#lib/charging/scenarios/schema";
import type { FormField } from "#lib/forms/fields-of";
import { draftOf, readField, type Draft } from "#lib/forms/read-field";
import { apiFetch } from "#lib/http/client";

const NAME_MAX = 120;

interface ChangeAssumptionProps {
  id: string;
  name: string;
  /** What can be changed, and what it is now. */
  fields: readonly FormField[];
  values: Readonly<Record<string, unknown>>;
  /** Scenarios of this comparison, in their order. */
  comparedIds: readonly string[];
}

/** One assumption of a scenario changed: a new scenario beside it, with the stored or a computed result. */
export function ChangeAssumption(props: ChangeAssumptionProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog
      title={`Change one assumption of “${props.name}”`}
      description="Makes a scenario of its own, which joins the comparison. A result that exists is not computed again."
      open={isOpen}
      onOpenChange={setOpen}
      closable
      trigger={
        <Button size="sm" icon={Pencil}>
          Change an assumption
        </Button>
      }
    >
      <AssumptionForm {...props} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

function AssumptionForm({
  id,
  name,
  fields,
  values,
  comparedIds,
  onDone,
}: ChangeAssumptionProps & { onDone: () => void }) {
  const router = useRouter();
  const [chosen, setChosen] = useState("");
  const [draft, setDraft] = useState<Draft>("");
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<string>();
  const field = fields.find((one) => one.name === chosen);
  const choose = (next: string) => {
    setChosen(next);
    setError(undefined);
    const found = fields.find((one) => one.name === next);
    if (found) setDraft(draftOf(found, values[next] ?? found.default));
  };
  const save = async () => {
    if (!field) {
      setError("Choose an assumption first.");
      return;
    }
    const reading = readField(field, draft);
    if (reading.error !== undefined) {
      setError(reading.error);
      return;
    }
    setPending(true);
    try {
      const words = `${name}, ${field.label.toLowerCase()} ${String(reading.value ?? "as usual")}`;
      const body = { name: words.slice(0, NAME_MAX), changes: { [field.name]: reading.value ?? null } };
      const made = await apiFetch(`/api/v1/charging/scenarios/${id}/variants`, {
        method: "POST",
        body,
        response: scenario,
      });
      router.push(`/charging/compare?ids=${[...comparedIds.slice(0, COMPARED_MAX - 1), made.id].join(",")}`);
      onDone();
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
      setPending(false);
    }
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Combobox
        label="Assumption"
        options={fields.map(({ name: value, label }) => ({ value, label }))}
        value={chosen}
        onChange={choose}
      />
      {field ? (
        <SchemaField
          key={field.name}
          field={field}
          draft={draft}
          error={error}
          onChange={setDraft}
          onBlur={() => undefined}
        />
      ) : null}
      {error !== undefined && !field ? <FieldError>{error}</FieldError> : null}
      <Button type="submit" variant="primary" pending={isPending} className="self-start">
        Compare with it
      </Button>
    </form>
  );
}
