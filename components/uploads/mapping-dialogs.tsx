"use client";

import useSWRImmutable from "swr/immutable";
import { requestJson } from "#lib/uploads/engine/browser/request";
import { uploadPreview } from "#lib/uploads/preview-schema";
import { uploadView, type UploadView } from "#lib/uploads/schema";
import { MappingDialog, type MappingAnswer, type MappingSubject } from "./mapping-dialog.tsx";
import { rememberMapping } from "./mapping-memory.ts";
import type { LayoutGroup } from "./use-incoming-files.ts";
import type { ColumnMapping } from "#lib/datasets/core/mapping";

interface BeforeSendingProps {
  group: LayoutGroup;
  onDecide: (group: LayoutGroup, mapping: ColumnMapping | "leave_out") => void;
}

/** The columns of files that have not been sent yet. */
export function MapBeforeSending({ group, onDecide }: BeforeSendingProps) {
  const { layout, members } = group;
  const fileName = members[0]?.file.file.name ?? "";
  const submit = async ({ mapping, saveAs }: MappingAnswer) => {
    if (saveAs !== null) await rememberMapping({ name: saveAs, mapping, columns: layout.sniff.columns });
    onDecide(group, mapping);
  };
  return (
    <MappingDialog
      // Another layout is another form.
      key={layout.signature}
      subject={{ ...layout, fileName, fileCount: members.length }}
      submitLabel={members.length > 1 ? `Send ${members.length} files` : "Send the file"}
      closeLabel={members.length > 1 ? "Leave these files out" : "Leave this file out"}
      onSubmit={submit}
      onClose={() => onDecide(group, "leave_out")}
    />
  );
}

interface CleanAgainProps {
  upload: UploadView;
  onClose: () => void;
  onStarted: () => void;
}

/** The columns of a stored upload, to clean it (again) with another mapping. */
export function MapStoredUpload({ upload, onClose, onStarted }: CleanAgainProps) {
  const { data, error } = useSWRImmutable<MappingSubject, Error>(`/api/v1/uploads/${upload.id}/preview`, loadSubject);
  if (error) {
    return (
      <p role="alert" className="border-b border-line bg-fault-wash px-5 py-2.5 text-sm">
        {`The columns of ${upload.fileName} could not be read: ${error.message}`}{" "}
        <button type="button" className="link" onClick={onClose}>
          Close
        </button>
      </p>
    );
  }
  if (!data) return null;
  const submit = async ({ mapping, saveAs }: MappingAnswer) => {
    const save = saveAs === null ? undefined : { name: saveAs, columns: data.sniff.columns };
    await requestJson({
      method: "POST",
      path: `/api/v1/uploads/${upload.id}/clean`,
      body: { mapping, ...(save ? { save } : {}) },
      response: uploadView,
    });
    onStarted();
  };
  return (
    <MappingDialog
      subject={data}
      submitLabel="Clean again"
      closeLabel="Leave it as it is"
      onSubmit={submit}
      onClose={onClose}
    />
  );
}

async function loadSubject(path: string): Promise<MappingSubject> {
  const [preview, { SENSOR_KINDS }] = await Promise.all([
    requestJson({ method: "GET", path, response: uploadPreview }),
    import("#lib/sensors/cleaning/kinds"),
  ]);
  const { fileName, columns, sampleRows, mapping } = preview;
  const decimalComma = mapping?.decimalComma ?? false;
  const format = { encoding: "utf-8", delimiter: ",", quote: '"', hasHeader: true, headerRow: 1 } as const;
  const sniff = { ...format, columns, sampleRows, decimalComma };
  const ranked = SENSOR_KINDS.toSorted((a, b) => b.likeness(sniff) - a.likeness(sniff));
  const kind = ranked.find((candidate) => candidate.kind === (mapping?.kind ?? preview.kind)) ?? ranked[0];
  if (!kind) throw new Error("No kind of dataset is known.");
  const proposed = kind.proposeMapping(sniff, fileName);
  // What was used last time is the best proposal; what it left open had been answered then.
  const proposal = mapping && preview.questions.length === 0 ? { ...proposed, mapping, questions: [] } : proposed;
  return { fileName, fileCount: 1, sniff, kinds: SENSOR_KINDS, kind, proposal };
}
