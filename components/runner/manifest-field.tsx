import type { ComponentProps } from "react";
import { TextArea } from "#components/ui/text-field";

type ManifestFieldProps = Pick<ComponentProps<typeof TextArea>, "rows" | "optional" | "hint" | "value" | "onChange"> & {
  problem: ManifestProblem | undefined;
};

interface ManifestProblem {
  pointer: string;
  detail: string;
}

/** What the server says of the manifest; it has a place of its own, so that nothing else has to say it. */
export function manifestProblemOf(errors: readonly ManifestProblem[] | undefined): ManifestProblem | undefined {
  return errors?.find(({ pointer }) => pointer.startsWith("/manifest"));
}

/** The manifest as text, with the place inside it that is wrong. */
export function ManifestField({ problem, ...field }: ManifestFieldProps) {
  const error = problem && `${problem.pointer.replace("/manifest", "")} ${problem.detail}`.trim();
  return <TextArea label="Manifest" name="manifest" mono {...field} error={error} />;
}
