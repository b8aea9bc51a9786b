"use client";

import { SelectField } from "#components/ui/select-field";
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
        if (question.options.length === 0) return <QuantityField key={key} {...field} onValue={set} />;
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
