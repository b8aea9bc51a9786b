"use client";

import { useRouter } from "next/navigation";
import { useState, type SubmitEvent } from "react";
import { FormError } from "#components/auth/form-error";
import { useSubmit } from "#components/auth/use-submit";
import { Button } from "#components/ui/button";
import { FieldError } from "#components/ui/field";
import { ReadyFieldset } from "#components/ui/ready-fieldset";
import { Section } from "#components/ui/section";
import { SubmitButton } from "#components/ui/submit-button";
import { TextArea, TextField } from "#components/ui/text-field";
import { tariffDetail } from "#lib/charging/tariffs/api-schema";
import type { Tariff } from "#lib/charging/tariffs/schema";
import { countOf } from "#lib/format/lists";
import { apiFetch } from "#lib/http/client";
import { BillPreview } from "./bill-preview.tsx";
import { DemandFields, FixedFields } from "./charge-fields.tsx";
import { PeriodRows } from "./period-rows.tsx";
import { PriceFigure } from "./price-figure.tsx";
import { draftOfTariff, EMPTY_DRAFT, readDraft, type TariffFormDraft } from "./tariff-draft.ts";

interface TariffEditorProps {
  /** The version that is shown or changed; null for a new tariff. */
  tariffId: string | null;
  /** What stands in the form at first; null for an empty one. */
  tariff: Tariff | null;
  isReadOnly: boolean;
}

/** Names, periods and charges of a tariff, with the price table and a bill that follow what is typed. */
export function TariffEditor({ tariffId, tariff, isReadOnly }: TariffEditorProps) {
  const router = useRouter();
  const [draft, setDraft] = useState<TariffFormDraft>(() => (tariff ? draftOfTariff(tariff) : EMPTY_DRAFT()));
  const [isAsked, setAsked] = useState(false);
  const { pending, run, formError } = useSubmit();
  const change = (part: Partial<TariffFormDraft>) => setDraft((known) => ({ ...known, ...part }));
  const reading = readDraft(draft);
  const errorsAt = (pointer: string, exactly = false) =>
    reading.errors
      .filter((error) => error.pointer === pointer || (!exactly && error.pointer.startsWith(`${pointer}/`)))
      .map(({ detail }) => detail);
  const save = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setAsked(true);
    const { tariff: body } = reading;
    if (!body) return;
    await run(async () => {
      const path = tariffId ? `/api/v1/charging/tariffs/${tariffId}` : "/api/v1/charging/tariffs";
      const saved = await apiFetch(path, { method: tariffId ? "PUT" : "POST", body, response: tariffDetail });
      router.push(`/charging/tariffs/${saved.id}`);
      router.refresh();
    });
  };
  const shared = { draft, isReadOnly, errorsAt, onChange: change };
  return (
    <form aria-label="Tariff" noValidate onSubmit={(event) => void save(event)}>
      <ReadyFieldset className="contents">
        {isReadOnly ? null : (
          <Section title="Tariff">
            <NameFields draft={draft} onChange={change} nameError={isAsked ? errorsAt("/name")[0] : undefined} />
          </Section>
        )}
        <Section title="Price of energy" caption="$/kWh; every hour of the year is in exactly one period">
          <PeriodRows
            periods={draft.energy}
            unit="$/kWh"
            isReadOnly={isReadOnly}
            errorsOf={(row) => errorsAt(`/energyPeriods/${row}`)}
            onChange={(energy) => change({ energy })}
          />
          <div role="status" className="mt-2 flex flex-col gap-1">
            {errorsAt("/energyPeriods", true).map((error) => (
              <FieldError key={error}>{error}</FieldError>
            ))}
          </div>
        </Section>
        <Section title="Price table" caption="12 months × 24 hours">
          <PriceFigure draft={draft} />
        </Section>
        <Section title="Demand charges" caption="$/kW and month">
          <DemandFields {...shared} />
        </Section>
        <Section title="Fixed charges">
          <FixedFields {...shared} />
        </Section>
        <Section title="Bill" caption="of a steady load, before taxes">
          <BillPreview tariff={reading.tariff ?? (reading.errors.every(isAboutName) ? named(draft) : null)} />
        </Section>
        {isReadOnly ? null : (
          <div className="gutter-x sticky bottom-0 max-[860px]:bottom-[60px] flex flex-wrap items-center gap-3 border-t border-line bg-surface py-3">
            <SubmitButton variant="primary" pending={pending}>
              {tariffId ? "Save as next version" : "Save tariff"}
            </SubmitButton>
            <Button href="/charging/tariffs">Cancel</Button>
            {isAsked && reading.errors.length > 0 ? (
              <FieldError>{countOf(reading.errors.length, "fault")} above to mend first.</FieldError>
            ) : null}
            <FormError>{formError()}</FormError>
          </div>
        )}
      </ReadyFieldset>
    </form>
  );
}

const isAboutName = ({ pointer }: { pointer: string }) => pointer === "/name";
/** A bill needs no name. */
const named = (draft: TariffFormDraft) => readDraft({ ...draft, name: "Tariff" }).tariff;

interface NameFieldsProps {
  draft: TariffFormDraft;
  onChange: (part: Partial<TariffFormDraft>) => void;
  nameError: string | undefined;
}

function NameFields({ draft, onChange, nameError }: NameFieldsProps) {
  const text = (name: "name" | "utility" | "source" | "effectiveOn" | "description") => ({
    name,
    value: draft[name],
    onChange: (event: { target: { value: string } }) => onChange({ [name]: event.target.value }),
  });
  return (
    <div className="grid max-w-240 grid-cols-2 gap-3 max-md:grid-cols-1">
      <TextField label="Name" {...text("name")} maxLength={120} error={nameError} autoComplete="off" />
      <TextField label="Utility" {...text("utility")} maxLength={120} optional />
      <TextField
        label="Source"
        {...text("source")}
        maxLength={500}
        optional
        hint="Where the prices are published: the schedule, or an address."
      />
      <TextField label="In effect since" {...text("effectiveOn")} type="date" optional />
      <TextArea
        label="Description"
        {...text("description")}
        maxLength={2_000}
        optional
        rows={2}
        className="md:col-span-2"
      />
    </div>
  );
}
