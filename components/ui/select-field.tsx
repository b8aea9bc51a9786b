import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { classNames } from "#lib/format/class-names";
import { CONTROL, controlFrame, Field, type ControlSize, type FieldProps } from "./field.tsx";
import { Icon } from "./icon.tsx";

export interface Option {
  value: string;
  label: string;
  disabled?: boolean;
}

interface SelectFieldProps extends Omit<ComponentProps<"select">, "size" | "className" | "children">, FieldProps {
  options: readonly Option[];
  /** Shown while nothing is chosen; cannot be chosen again. */
  placeholder?: string;
  controlSize?: ControlSize;
}

/** A native select: right for up to about thirty options on every device. `Combobox` is for more. */
export function SelectField(props: SelectFieldProps) {
  const { label, labelEnd, hint, error, optional, className, options, placeholder, controlSize, ...select } = props;
  return (
    <Field {...{ label, labelEnd, hint, error, optional, className }} id={select.id}>
      {(wiring) => (
        <div className={classNames(controlFrame(wiring["aria-invalid"] ?? false, controlSize), "relative")}>
          <select {...select} {...wiring} className={classNames(CONTROL, "w-full cursor-pointer pr-8 text-ellipsis")}>
            {placeholder === undefined ? null : (
              <option value="" disabled hidden>
                {placeholder}
              </option>
            )}
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon icon={ChevronDown} size="sm" className="pointer-events-none absolute right-2.5 text-muted" />
        </div>
      )}
    </Field>
  );
}
