"use client";

import { useId } from "react";
import { TextField } from "#components/ui/text-field";
import type { ColumnMapping, MappingQuestion } from "#lib/datasets/core/mapping";
import { isTimeZone } from "#lib/datasets/core/zone-clock";
import { editTime } from "./mapping-edits.ts";

const FORMATS = [
  "iso",
  "epoch_s",
  "epoch_ms",
  "dd.MM.yyyy HH:mm[:ss]",
  "MM/dd/yyyy HH:mm[:ss]",
  "dd/MM/yyyy HH:mm[:ss]",
  "yyyyMMddHHmmss",
];

interface TimeFieldsProps {
  mapping: ColumnMapping;
  questions: readonly MappingQuestion[];
  open: readonly MappingQuestion[];
  showsErrors: boolean;
  onAnswer: (question: MappingQuestion, mapping: ColumnMapping) => void;
  onChange: (mapping: ColumnMapping) => void;
}

/** How times are written and in which zone; the zone starts empty when the file does not name one. */
export function TimeFields({ mapping, questions, open, showsErrors, onAnswer, onChange }: TimeFieldsProps) {
  const listId = useId();
  const question = questions.find(({ id }) => id === "time_zone");
  const isOpen = question !== undefined && open.includes(question);
  const { format = "iso", timeZone = "" } = mapping.timestamp ?? {};
  const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const setZone = (zone: string) => {
    const next = editTime(mapping, { timeZone: zone });
    if (question && isTimeZone(zone)) onAnswer(question, next);
    else onChange(next);
  };
  const shown = isOpen && timeZone === "UTC" ? "" : timeZone;
  const isWrong = shown !== "" && !isTimeZone(shown);
  const needed = isOpen ? "The file does not say it. Choose the zone of the logger's clock." : undefined;
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2">
      <TextField
        label="Time zone"
        hint={question?.text ?? "Of times without an offset."}
        error={isWrong ? "No such zone. Write it like Europe/Berlin." : showsErrors ? needed : undefined}
        list={`${listId}-zones`}
        placeholder="Europe/Berlin"
        value={shown}
        onChange={(event) => setZone(event.target.value)}
        labelEnd={
          isOpen ? (
            <span className="flex gap-2">
              {[...new Set(["UTC", ownZone])].map((zone) => (
                <button key={zone} type="button" className="link" onClick={() => setZone(zone)}>
                  {zone}
                </button>
              ))}
            </span>
          ) : undefined
        }
      />
      <TextField
        label="Time format"
        hint="iso, epoch_s or a pattern"
        list={`${listId}-formats`}
        mono
        value={format}
        onChange={(event) => onChange(editTime(mapping, { format: event.target.value }))}
      />
      <datalist id={`${listId}-zones`}>
        {["UTC", ...Intl.supportedValuesOf("timeZone")].map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <datalist id={`${listId}-formats`}>
        {FORMATS.map((known) => (
          <option key={known} value={known} />
        ))}
      </datalist>
    </div>
  );
}
