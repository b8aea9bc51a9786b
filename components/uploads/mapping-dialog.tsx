"use client";

import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useRef, useState } from "react";
import { Note } from "#components/ui/note";
import { Button } from "#components/ui/button";
import { SubmitButton } from "#components/ui/submit-button";
import { Checkbox } from "#components/ui/choice";
import { SCRIM } from "#components/ui/dialog";
import { SelectField } from "#components/ui/select-field";
import { TextField } from "#components/ui/text-field";
import type { DatasetKind } from "#lib/datasets/core/dataset-kind";
import type { ColumnMapping, MappingProposal, MappingQuestion } from "#lib/datasets/core/mapping";
import type { Sniff } from "#lib/tables/sniff";
import { FirstRows } from "./first-rows.tsx";
import { MappingColumns } from "./mapping-columns.tsx";
import { MappingQuestions } from "./mapping-questions.tsx";
import { problemsOf } from "./read-layout.ts";
import { TimeFields } from "./time-fields.tsx";

export interface MappingSubject {
  fileName: string;
  /** Files with the same columns that the answer is for. */
  fileCount: number;
  sniff: Sniff;
  kinds: readonly DatasetKind[];
  kind: DatasetKind;
  proposal: MappingProposal;
}

export interface MappingAnswer {
  mapping: ColumnMapping;
  /** Name to save it under for later files, null when it is for this time only. */
  saveAs: string | null;
}

interface MappingDialogProps {
  subject: MappingSubject;
  submitLabel: string;
  closeLabel: string;
  /** Rejects with a sentence for the person. */
  onSubmit: (answer: MappingAnswer) => Promise<void>;
  onClose: () => void;
}

/**
 * Shows the first rows of an unknown layout and lets a person say what each column is. Not the plain `Dialog`: its form
 * spans body and footer, and a click beside it must not throw twenty answers away.
 */
export function MappingDialog({ subject, onClose, ...rest }: MappingDialogProps) {
  const { fileName, fileCount } = subject;
  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className={SCRIM} />
        <Dialog.Content
          aria-describedby="mapping-about"
          tabIndex={-1}
          onOpenAutoFocus={(event) => {
            // The first control would be Close, and its tooltip would open with the dialog.
            event.preventDefault();
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
          }}
          onPointerDownOutside={(event) => event.preventDefault()}
          className="pop-panel fixed top-1/2 left-1/2 z-(--z-dialog) flex max-h-[min(860px,calc(100dvh-32px))] w-[min(920px,calc(100vw-24px))] -translate-1/2 animate-[fade-in_var(--dur-2)] flex-col overflow-hidden focus-visible:outline-0"
        >
          <header className="flex items-start gap-3 border-b border-line px-5 py-3.5">
            <div className="min-w-0 flex-1">
              <Dialog.Title className="text-lg font-bold [overflow-wrap:anywhere]">{`Columns of ${fileName}`}</Dialog.Title>
              <p id="mapping-about" className="mt-0.5 text-sm text-muted">
                {fileCount > 1
                  ? `The answer is for ${fileCount} files with these columns.`
                  : "Check what each column is; times and units cannot be guessed safely."}
              </p>
            </div>
            <Dialog.Close asChild>
              <Button variant="ghost" size="sm" square icon={X} aria-label="Close" title="Close" />
            </Dialog.Close>
          </header>
          <MappingForm subject={subject} onClose={onClose} {...rest} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function MappingForm({ subject, submitLabel, closeLabel, onSubmit, onClose }: MappingDialogProps) {
  const { sniff, kinds } = subject;
  const [kind, setKind] = useState(subject.kind);
  const [proposal, setProposal] = useState(subject.proposal);
  const [mapping, setMapping] = useState(subject.proposal.mapping);
  const [answered, setAnswered] = useState<ReadonlySet<MappingQuestion>>(new Set());
  const [saveAs, setSaveAs] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [isPending, setIsPending] = useState(false);
  const open = proposal.questions.filter((question) => question.required && !answered.has(question));
  const problems = problemsOf(kind, mapping, sniff.columns);
  const hasTime = kind.columns.some(({ role }) => role === "timestamp");
  const [isTried, setIsTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const chooseKind = (id: string) => {
    const next = kinds.find((candidate) => candidate.kind === id) ?? kind;
    const proposed = next.proposeMapping(sniff, subject.fileName);
    setKind(next);
    setProposal(proposed);
    setMapping(proposed.mapping);
    setAnswered(new Set());
  };
  const submit = async () => {
    setIsTried(true);
    if (open.length > 0 || problems.length > 0) {
      focusFirstInvalid(form.current);
      return;
    }
    setIsPending(true);
    setFailure(null);
    try {
      await onSubmit({ mapping, saveAs: saveAs === null ? null : saveAs.trim() || kind.label });
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setIsPending(false);
    }
  };
  const answer = (question: MappingQuestion, next: ColumnMapping) => {
    setMapping(next);
    setAnswered(new Set([...answered, question]));
  };
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">
        <div className="grid gap-4 md:grid-cols-2">
          <SelectField
            label="The file is"
            hint={kind.description}
            value={kind.kind}
            onChange={(event) => chooseKind(event.target.value)}
            options={kinds.map(({ kind: value, label }) => ({ value, label }))}
          />
          {hasTime ? (
            <TimeFields
              mapping={mapping}
              questions={proposal.questions}
              showsErrors={isTried}
              open={open}
              onAnswer={answer}
              onChange={setMapping}
            />
          ) : null}
        </div>
        <MappingQuestions
          questions={proposal.questions}
          mapping={mapping}
          open={open}
          showsErrors={isTried}
          onAnswer={answer}
        />
        <MappingColumns
          kind={kind}
          mapping={mapping}
          sniff={sniff}
          confidence={proposal.confidence}
          onChange={setMapping}
        />
        <FirstRows sniff={sniff} />
        <div className="mt-4 flex flex-wrap items-end gap-x-4 gap-y-2">
          <Checkbox
            label="Use this for every later file with these columns"
            checked={saveAs !== null}
            onChange={(event) => setSaveAs(event.target.checked ? "" : null)}
          />
          {saveAs === null ? null : (
            <TextField
              label="Saved as"
              placeholder={kind.label}
              value={saveAs}
              maxLength={120}
              onChange={(event) => setSaveAs(event.target.value)}
              className="w-64 max-w-full"
            />
          )}
        </div>
        {isTried && problems.length > 0 ? (
          <Note state="fault" className="mt-2.5">
            {problems.map((problem) => (
              <p key={problem}>{problem}</p>
            ))}
          </Note>
        ) : null}
        {failure ? (
          <Note state="fault" className="mt-2.5">
            {failure}
          </Note>
        ) : null}
      </div>
      <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
        <p role="status" className="mr-auto text-xs text-muted max-sm:basis-full">
          {open.length > 0 ? `${open.length === 1 ? "One question is" : `${open.length} questions are`} open.` : ""}
        </p>
        <Button onClick={onClose} className="max-sm:grow">
          {closeLabel}
        </Button>
        <SubmitButton variant="primary" pending={isPending} className="max-sm:grow">
          {submitLabel}
        </SubmitButton>
      </footer>
    </form>
  );
}

/** After the errors are drawn. */
function focusFirstInvalid(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
}
