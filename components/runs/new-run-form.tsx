"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { SchemaForm } from "#components/forms/schema-form";
import { Button } from "#components/ui/button";
import { Note } from "#components/ui/note";
import { formatAge } from "#lib/format/ages";
import type { FormField } from "#lib/forms/fields-of";
import { apiFetch, ProblemError } from "#lib/http/client";
import { createdRun, runDetail, type CreatedRun, type RunDetail } from "#lib/runs/schema";
import { InputField, type InputChoices } from "./input-field.tsx";
import { inputDrafts, readInputs, type InputDrafts } from "./input-values.ts";

export interface EarlierRun {
  id: string;
  params: Record<string, unknown>;
  inputs: Record<string, unknown>;
}

interface NewRunFormProps {
  algorithm: string;
  params: readonly FormField[];
  inputs: readonly FormField[];
  /** What inputs that name something can be. */
  choices: InputChoices;
  /** Inputs and parameters that the link fills in. */
  given: Readonly<Record<string, unknown>>;
  /** The run whose parameters are to be changed. */
  earlier: EarlierRun | null;
}

interface Request {
  params: Record<string, unknown>;
  inputs: Record<string, unknown>;
}

/** Parameters and inputs of a run; says when the same run has a result already. */
export function NewRunForm({ algorithm, params, inputs, choices, given, earlier }: NewRunFormProps) {
  const router = useRouter();
  const [drafts, setDrafts] = useState<InputDrafts>(() => inputDrafts(inputs, earlier?.inputs ?? given));
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [stored, setStored] = useState<{ run: RunDetail; request: Request; atMs: number } | null>(null);
  const errors = problem?.errors ?? [];

  const send = async (request: Request, recompute: boolean) => {
    setProblem(null);
    setStored(null);
    try {
      const made = await startRun({ algorithm, earlier, request, recompute });
      if (made.origin !== "stored") {
        router.push(`/runs/${made.id}?origin=${made.origin}`);
        return;
      }
      const run = await apiFetch(`/api/v1/runs/${made.id}`, { response: runDetail });
      setStored({ run, request, atMs: Date.now() });
    } catch (error) {
      if (!(error instanceof ProblemError) || error.errors.length === 0) throw error;
      setProblem(error);
    }
  };
  return (
    <>
      <SchemaForm
        fields={params}
        initial={earlier?.params ?? givenTo(params, given)}
        errors={errors.filter(({ pointer }) => !inputs.some((field) => pointer.startsWith(`/inputs${field.pointer}`)))}
        pointerPrefix="/params"
        submitLabel="Run"
        onSubmit={(values) => send({ params: values, inputs: readInputs(inputs, drafts) }, false)}
      >
        {inputs.length > 0 ? (
          <fieldset className="flex flex-col gap-4 border-b border-line pb-5">
            <legend className="mb-3 text-base font-bold">Input</legend>
            {inputs.map((field) => (
              <InputField
                key={field.name}
                field={field}
                choices={choices[field.name]}
                value={drafts[field.name] ?? ""}
                error={errors.find(({ pointer }) => pointer.startsWith(`/inputs${field.pointer}`))?.detail}
                onChange={(value) => setDrafts((known) => ({ ...known, [field.name]: value }))}
              />
            ))}
          </fieldset>
        ) : null}
        <h2 className="text-base">Parameters</h2>
      </SchemaForm>
      {stored ? (
        <Note
          live
          state="good"
          className="mt-5"
          actions={
            <>
              <Button size="sm" variant="primary" href={`/runs/${stored.run.id}?origin=stored`}>
                Open its result
              </Button>
              <Button size="sm" onClick={() => void send(stored.request, true)}>
                Compute it again
              </Button>
            </>
          }
        >
          The same run finished{" "}
          {stored.run.finishedAt ? `${formatAge(stored.run.finishedAt, stored.atMs)} ago` : "already"}: same algorithm,
          version, parameters and input contents.
        </Note>
      ) : null}
    </>
  );
}

/** What the link says of these fields. */
function givenTo(fields: readonly FormField[], given: NewRunFormProps["given"]): Record<string, unknown> {
  return Object.fromEntries(fields.flatMap(({ name }) => (name in given ? [[name, given[name]]] : [])));
}

interface Start {
  algorithm: string;
  earlier: EarlierRun | null;
  request: Request;
  recompute: boolean;
}

/** With the inputs of the earlier run it is a rerun and remembers which it follows. */
function startRun({ algorithm, earlier, request, recompute }: Start): Promise<CreatedRun> {
  const isRerun = earlier !== null && isSame(withoutEmpty(earlier.inputs), request.inputs);
  const path = isRerun ? `/api/v1/runs/${earlier.id}/rerun` : "/api/v1/runs";
  const body = isRerun ? { params: request.params, recompute } : { algorithm, ...request, recompute };
  return apiFetch(path, { method: "POST", body, response: createdRun });
}

function withoutEmpty(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

function isSame(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const sorted = (value: Record<string, unknown>) => JSON.stringify(Object.entries(value).sort());
  return sorted(a) === sorted(b);
}
