import type { ComponentProps, ReactNode } from "react";
import { classNames } from "#lib/format/class-names";
import { CONTROL, controlFrame, Field, Unit, type ControlSize, type FieldProps } from "./field.tsx";
import { drawIcon, type IconSource } from "./icon.tsx";

type InputProps = Omit<ComponentProps<"input">, "size" | "className" | "children">;

export interface TextFieldProps extends InputProps, FieldProps {
  /** Inside the field, at its end. */
  unit?: ReactNode;
  icon?: IconSource;
  controlSize?: ControlSize;
  /** Hashes, keys, URLs. */
  mono?: boolean;
  /** A control inside the frame, such as a reveal or clear button. */
  end?: ReactNode;
}

export function TextField(props: TextFieldProps) {
  const { label, labelEnd, hint, error, optional, className, unit, icon, controlSize, mono, end, ...input } = props;
  return (
    <Field {...{ label, labelEnd, hint, error, optional, className }} id={input.id}>
      {(wiring) => (
        <div className={controlFrame(wiring["aria-invalid"] ?? false, controlSize)}>
          {icon ? <span className="ml-[9px] text-muted">{drawIcon(icon, "sm")}</span> : null}
          <input {...input} {...wiring} className={classNames(CONTROL, mono && "font-mono")} />
          {end}
          {unit === undefined ? null : <Unit>{unit}</Unit>}
        </div>
      )}
    </Field>
  );
}

/** A number with its unit inside, right-aligned; a text input, because number inputs swallow what they cannot read. */
export function NumberField(props: Omit<TextFieldProps, "type" | "mono">) {
  const { label, labelEnd, hint, error, optional, className, unit, icon, controlSize, end, ...input } = props;
  return (
    <Field {...{ label, labelEnd, hint, error, optional, className }} id={input.id}>
      {(wiring) => (
        <div className={controlFrame(wiring["aria-invalid"] ?? false, controlSize)}>
          {icon ? <span className="ml-[9px] text-muted">{drawIcon(icon, "sm")}</span> : null}
          <input
            inputMode="decimal"
            autoComplete="off"
            {...input}
            {...wiring}
            className={classNames(CONTROL, "text-right")}
          />
          {end}
          {unit === undefined ? null : <Unit>{unit}</Unit>}
        </div>
      )}
    </Field>
  );
}

interface TextAreaProps extends Omit<ComponentProps<"textarea">, "className" | "children">, FieldProps {
  mono?: boolean;
}

export function TextArea(props: TextAreaProps) {
  const { label, labelEnd, hint, error, optional, className, mono, ...area } = props;
  return (
    <Field {...{ label, labelEnd, hint, error, optional, className }} id={area.id}>
      {(wiring) => (
        <textarea
          rows={3}
          {...area}
          {...wiring}
          className={classNames(
            "w-full resize-y rounded-md border bg-raised px-2.5 py-2 text-sm max-sm:text-lg",
            "focus-visible:outline-offset-1 focus-visible:[border-radius:var(--radius-md)]",
            mono && "font-mono",
            wiring["aria-invalid"] ? "border-fault shadow-[0_0_0_1px_var(--color-fault)]" : "border-control",
          )}
        />
      )}
    </Field>
  );
}
