import { Checkbox } from "#components/ui/choice";
import type { RuleDraft } from "./rule-draft.ts";

export interface Choosable {
  id: string;
  name: string;
}

export interface RuleFieldsProps {
  draft: RuleDraft;
  set: (change: Partial<RuleDraft>) => void;
  error: (pointer: string) => string | undefined;
}

interface ChoicesProps {
  items: readonly Choosable[];
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}

export function Choices({ items, chosen, onChange }: ChoicesProps) {
  return (
    <div className="flex flex-wrap gap-x-5 gap-y-1">
      {items.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={name}
          checked={chosen.includes(id)}
          onChange={({ target }) => onChange(target.checked ? [...chosen, id] : chosen.filter((known) => known !== id))}
        />
      ))}
    </div>
  );
}
