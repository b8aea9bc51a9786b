import { useId, type ComponentProps, type ReactNode } from "react";
import { classNames } from "#lib/format/class-names";
import { FieldError } from "./field.tsx";

interface ChoiceProps extends Omit<ComponentProps<"input">, "type" | "role" | "size" | "children"> {
  label: ReactNode;
  /** A second, quieter line. */
  hint?: ReactNode;
}

function Choice({ label, hint, className, type, role, look, ...input }: ChoiceProps & ChoiceLook) {
  const hintId = useId();
  const control = (
    <input
      {...input}
      type={type}
      role={role}
      aria-describedby={hint === undefined ? input["aria-describedby"] : hintId}
      className={classNames(look, hint !== undefined && "mt-0.5")}
    />
  );
  return (
    <div className={className}>
      <label
        className={classNames(
          "flex w-fit gap-2 text-sm has-disabled:text-muted max-sm:min-h-9",
          hint === undefined ? "items-center" : "items-start",
        )}
      >
        {control}
        <span>
          {label}
          {hint === undefined ? null : (
            <span id={hintId} className="block text-xs text-muted">
              {hint}
            </span>
          )}
        </span>
      </label>
    </div>
  );
}

interface ChoiceLook {
  type: "checkbox" | "radio";
  role?: "switch";
  look: "choice" | "switch";
}

export function Checkbox(props: ChoiceProps) {
  return <Choice {...props} type="checkbox" look="choice" />;
}

/** For what takes effect at once; a check box is for what waits for its form. */
export function Switch(props: ChoiceProps) {
  return <Choice {...props} type="checkbox" role="switch" look="switch" />;
}

interface ChoiceGroupProps {
  legend: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A group of check boxes or radios under one legend. */
export function ChoiceGroup({ legend, hint, error, children, className }: ChoiceGroupProps) {
  const noteId = useId();
  const note = error ?? hint;
  return (
    <fieldset className={className} aria-describedby={note === undefined ? undefined : noteId}>
      <legend className="mb-2 text-xs font-medium text-ink-2">{legend}</legend>
      {children}
      {error ? (
        <div className="mt-1.5">
          <FieldError id={noteId}>{error}</FieldError>
        </div>
      ) : hint ? (
        <p id={noteId} className="mt-1.5 text-xs text-muted">
          {hint}
        </p>
      ) : null}
    </fieldset>
  );
}
