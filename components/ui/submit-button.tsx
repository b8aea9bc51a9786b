"use client";

import { Button, type ButtonProps } from "./button.tsx";
import { useHydrated } from "./use-hydrated.tsx";

/**
 * Sends its form, once the page listens: before that the browser itself would send it, with what was typed (a
 * password, too) in the address.
 */
export function SubmitButton(props: Omit<ButtonProps, "type">) {
  return (
    <fieldset disabled={!useHydrated()} className="contents">
      <Button {...props} type="submit" />
    </fieldset>
  );
}
