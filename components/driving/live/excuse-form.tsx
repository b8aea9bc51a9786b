"use client";

import { useState } from "react";
import { Button } from "#components/ui/button";
import { TextArea } from "#components/ui/text-field";

interface ExcuseFormProps {
  isPending: boolean;
  error: string | null;
  onExcuse: (comment: string) => void;
  onCancel: () => void;
}

/** An excuse needs its reason: who reads the alert later has nothing else. */
export function ExcuseForm({ isPending, error, onExcuse, onCancel }: ExcuseFormProps) {
  const [comment, setComment] = useState("");
  const [isMissing, setMissing] = useState(false);
  const submit = () => {
    if (comment.trim() === "") setMissing(true);
    else onExcuse(comment.trim());
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <TextArea
        label="Why it is excused"
        rows={2}
        maxLength={2000}
        value={comment}
        error={isMissing && comment.trim() === "" ? "Say why, such as “ambulance on duty”." : (error ?? undefined)}
        onChange={(event) => setComment(event.target.value)}
        autoFocus
      />
      <span className="mt-2 flex gap-1.5">
        <Button size="sm" variant="primary" type="submit" pending={isPending}>
          Excuse alert
        </Button>
        <Button size="sm" variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
      </span>
    </form>
  );
}
