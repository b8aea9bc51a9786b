"use client";

import { PasswordField } from "#components/ui/password-field";
import { PASSWORD_LENGTH_MIN } from "#lib/auth/schema";

interface ChoosePasswordFieldProps {
  label: string;
  name: string;
  error: string | undefined;
  controlSize?: "md" | "lg";
}

export function ChoosePasswordField({ label, name, error, controlSize = "lg" }: ChoosePasswordFieldProps) {
  return (
    <PasswordField
      label={label}
      name={name}
      autoComplete="new-password"
      controlSize={controlSize}
      hint={`At least ${PASSWORD_LENGTH_MIN} characters; a sentence is good`}
      error={error}
    />
  );
}
