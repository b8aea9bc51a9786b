"use client";

import { useId, useState } from "react";
import { CONTROL, controlFrame, Field, type FieldProps } from "#components/ui/field";
import { findObservedProperty, nameKey, OBSERVED_PROPERTIES, propertyOfName } from "#lib/units/observed-properties";

interface QuantityInputProps {
  /** Catalogue id or a name of the person's own. */
  value: string;
  onValue: (value: string) => void;
  id?: string;
  "aria-label"?: string;
  "aria-invalid"?: true | undefined;
  "aria-describedby"?: string | undefined;
}

/** A quantity by its everyday name, from the catalogue or made up. */
export function QuantityInput({ value, onValue, ...wiring }: QuantityInputProps) {
  const listId = useId();
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <span className={controlFrame(wiring["aria-invalid"] ?? false)}>
      <input
        {...wiring}
        list={listId}
        placeholder="Air temperature"
        value={typed ?? labelOf(value)}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          if (typed !== null && typed.trim() !== "") onValue(idOf(typed));
          setTyped(null);
        }}
        className={CONTROL}
      />
      <datalist id={listId}>
        {OBSERVED_PROPERTIES.map((property) => (
          <option key={property.id} value={property.label} />
        ))}
      </datalist>
    </span>
  );
}

function labelOf(value: string): string {
  return findObservedProperty(value)?.label ?? value;
}

function idOf(typed: string): string {
  const wanted = typed.trim().toLowerCase();
  const byLabel = OBSERVED_PROPERTIES.find((property) => property.label.toLowerCase() === wanted);
  return (byLabel ?? propertyOfName(typed))?.id ?? (nameKey(typed) || typed.trim());
}

export function QuantityField({
  value,
  onValue,
  ...field
}: FieldProps & Pick<QuantityInputProps, "value" | "onValue">) {
  return <Field {...field}>{(wiring) => <QuantityInput {...wiring} value={value} onValue={onValue} />}</Field>;
}
