"use client";

import type { FieldProps } from "#components/ui/field";
import { SelectField } from "#components/ui/select-field";
import { TextField } from "#components/ui/text-field";
import type { ColumnMapping, MappingQuestion } from "#lib/datasets/core/mapping";
import { answerOf, answerQuestion } from "./mapping-edits.ts";
import { QuantityField } from "./quantity-field.tsx";

interface MappingQuestionsProps {
  questions: readonly MappingQuestion[];
  mapping: ColumnMapping;
  open: readonly MappingQuestion[];
  showsErrors: boolean;
  onAnswer: (question: MappingQuestion, mapping: ColumnMapping) => void;
}

interface NamedFieldProps extends FieldProps {
  question: MappingQuestion;
  value: string;
  onValue: (value: string) => void;
}

/** A name with one suggestion, which stays in force while the field is empty. */
function NamedField({ question, value, onValue, label, ...field }: NamedFieldProps) {
  const suggestion = question.options[0]?.value;
  return (
    <TextField
      {...field}
      label={question.id === "sensor" ? "Sensor" : label}
      hint={question.id === "sensor" ? question.text : undefined}
      placeholder={suggestion}
      value={value}
      maxLength={120}
      onChange={(event) => onValue(event.target.value)}
    />
  );
}

/** What the file does not say; the time zone has a field of its own. */
export function MappingQuestions({ questions, mapping, open, showsErrors, onAnswer }: MappingQuestionsProps) {
  // Questions that one of the column's own fields answers are asked again only when the file cannot go without.
  const asked = questions.filter(
    ({ id, column, required }) => id !== "time_zone" && (required || column === undefined),
  );
  if (asked.length === 0) return null;
  return (
    <div className="mt-4 grid gap-4 md:grid-cols-2">
      {asked.map((question) => {
        const isOpen = open.includes(question);
        const field = {
          label: question.text,
          optional: !question.required,
          error: isOpen && showsErrors ? "Needs an answer." : undefined,
          value: isOpen ? "" : answerOf(mapping, question),
        };
        const set = (value: string) => onAnswer(question, answerQuestion(mapping, question, value));
        const key = `${question.id}-${question.column ?? ""}`;
        if (question.id === "property") return <QuantityField key={key} {...field} onValue={set} />;
        if (question.options.length < 2) return <NamedField key={key} {...field} question={question} onValue={set} />;
        return (
          <SelectField
            key={key}
            {...field}
            placeholder="Choose"
            options={question.options}
            onChange={(event) => set(event.target.value)}
          />
        );
      })}
    </div>
  );
}
