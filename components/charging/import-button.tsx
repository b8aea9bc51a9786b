"use client";

import { Upload } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import { useSubmit } from "#components/auth/use-submit";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { FieldError } from "#components/ui/field";

interface ImportButtonProps {
  title: string;
  /** What files are read, and what becomes of what is there. */
  children: ReactNode;
  accept: string;
  onFile: (file: { fileName: string; text: string }) => Promise<void>;
}

const FAULTS_SHOWN = 8;

/** Asks for a file, and says line by line why one cannot be read. */
export function ImportButton({ title, children, accept, onFile }: ImportButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { pending, run, problem } = useSubmit();
  const take = async (file: File | undefined) => {
    if (!file) return;
    const isDone = await run(async () => onFile({ fileName: file.name, text: await file.text() }));
    if (input.current) input.current.value = "";
    if (isDone) setOpen(false);
  };
  return (
    <Dialog
      title={title}
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" icon={Upload}>
          Import
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <div className="text-sm text-ink-2">{children}</div>
        <input
          ref={input}
          type="file"
          accept={accept}
          aria-label="File to import"
          className="hidden"
          onChange={(event) => void take(event.currentTarget.files?.[0])}
        />
        {problem ? <FieldError>{problem.detail}</FieldError> : null}
        {problem && problem.errors.length > 1 ? (
          <ul className="list-disc pl-5 text-xs text-ink-2">
            {problem.errors.slice(0, FAULTS_SHOWN).map(({ pointer, detail }) => (
              <li key={pointer}>
                {rowOf(pointer)}
                {detail}
              </li>
            ))}
          </ul>
        ) : null}
        <div className="flex justify-end">
          <Button variant="primary" pending={pending} onClick={() => input.current?.click()}>
            Choose a file
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** "/rows/4/year" is row 5. */
function rowOf(pointer: string): string {
  const [, row] = /^\/rows\/(\d+)/.exec(pointer) ?? [];
  return row === undefined ? "" : `Row ${Number(row) + 1}: `;
}
