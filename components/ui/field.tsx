import { useId, type ReactNode } from "react";
import { classNames } from "#lib/format/class-names";
import { StateShape } from "./state-shape.tsx";

export interface FieldProps {
  label: ReactNode;
  /** At the right end of the label, such as a “Forgot it” link. */
  labelEnd?: ReactNode;
  /** Range or default, below the control; the error replaces it. */
  hint?: ReactNode;
  /** Names the limit and the likely fix. */
  error?: ReactNode;
  /** Written after the label of a field that may stay empty. */
  optional?: boolean;
  className?: string;
}

export interface FieldWiring {
  id: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
}

interface FieldFrameProps extends FieldProps {
  id?: string;
  children: (wiring: FieldWiring) => ReactNode;
}

/** Label above, control, hint or error below, and the aria wiring between them. */
export function Field({ label, labelEnd, hint, error, optional, className, id, children }: FieldFrameProps) {
  const made = useId();
  const controlId = id ?? made;
  const noteId = `${controlId}-note`;
  const failed = error !== undefined && error !== null && error !== "" && error !== false;
  const hinted = hint !== undefined && hint !== null && hint !== "";
  return (
    <div className={classNames("flex min-w-0 flex-col gap-[5px]", className)}>
      <div className="flex items-baseline justify-between gap-3 text-xs">
        <label htmlFor={controlId} className="font-medium text-ink-2">
          {label}
          {optional ? <span className="font-normal text-muted"> optional</span> : null}
        </label>
        {labelEnd}
      </div>
      {children({
        id: controlId,
        "aria-invalid": failed || undefined,
        "aria-describedby": failed || hinted ? noteId : undefined,
      })}
      {failed ? (
        <FieldError id={noteId}>{error}</FieldError>
      ) : hinted ? (
        <div id={noteId} className="text-xs text-muted">
          {hint}
        </div>
      ) : null}
    </div>
  );
}

export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <div id={id} role="alert" className="flex items-start gap-[5px] text-xs text-fault">
      <StateShape shape="fault" className="mt-0.5" />
      <span>{children}</span>
    </div>
  );
}

export type ControlSize = "md" | "lg";

/** The frame around an input: border, unit, focus and error look. */
export function controlFrame(failed: boolean, size: ControlSize = "md"): string {
  return classNames(
    "flex items-center overflow-hidden rounded-md border bg-raised",
    "focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-focus",
    "has-[:is(input,select,textarea):disabled]:bg-sunken has-[:is(input,select,textarea):disabled]:text-muted",
    size === "lg" ? "h-(--control-lg)" : "h-(--control-md)",
    failed ? "border-fault shadow-[0_0_0_1px_var(--color-fault)]" : "border-control",
  );
}

export const CONTROL =
  "h-full min-w-0 flex-1 appearance-none bg-transparent px-2.5 text-sm outline-0 max-sm:text-lg autofill:shadow-[inset_0_0_0_40px_var(--color-raised)] autofill:[-webkit-text-fill-color:var(--color-ink)]";

export function Unit({ children }: { children: ReactNode }) {
  return (
    <span className="grid place-items-center self-stretch border-l border-line bg-sunken px-2.5 text-xs whitespace-nowrap text-muted">
      {children}
    </span>
  );
}
