"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { SchemaForm } from "#components/forms/schema-form";
import type { FormField } from "#lib/forms/fields-of";
import { apiFetch, ProblemError } from "#lib/http/client";
import type { EarlierStart } from "#lib/runner/service/read-earlier";
import { createdRun } from "#lib/runs/schema";
import { useSendFile } from "./use-send-file.ts";
import { ZipField } from "./zip-field.tsx";

interface StartAppProps {
  appId: string;
  fields: readonly FormField[];
  /** The run that is started again with changes: its input stays unless another is chosen. */
  earlier?: EarlierStart | null;
  /** Why nothing can be started now. */
  disabledReason?: string | undefined;
}

/** The input zip and the parameters the app declares; goes to the run, or to the stored result of the same. */
export function StartApp({ appId, fields, earlier = null, disabledReason }: StartAppProps) {
  const router = useRouter();
  const send = useSendFile();
  const [file, setFile] = useState<File | null>(null);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const start = async (params: Record<string, unknown>) => {
    setProblem(null);
    try {
      const input = file ? { uploadId: await send(file) } : earlier ? { artifactId: earlier.artifactId } : null;
      if (!input) return;
      const body = { ...input, params };
      const path = `/api/v1/runner/apps/${appId}/runs`;
      const made = await apiFetch(path, { method: "POST", body, response: createdRun });
      router.push(`/runs/${made.id}?origin=${made.origin}`);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.errors.length === 0) throw error;
      setProblem(error);
    }
  };
  return (
    <SchemaForm
      fields={fields}
      {...(problem ? { errors: problem.errors } : {})}
      pointerPrefix="/params"
      submitLabel="Run"
      {...(earlier ? { initial: earlier.params } : {})}
      disabledReason={disabledReason ?? (file || earlier ? undefined : "Choose the input zip first.")}
      onSubmit={start}
    >
      <ZipField
        label="Input zip"
        name="input"
        optional={earlier !== null}
        hint={earlier ? `Without another one: ${earlier.fileName}, as in the earlier run.` : "What the app works on."}
        onChange={setFile}
      />
    </SchemaForm>
  );
}
