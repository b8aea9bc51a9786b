import { AppError } from "#lib/errors";
import type { PipelineDefinition } from "../define.ts";

/** The settings as the definition stores them; throws `invalid_input` naming what is wrong. */
export function checkSettings(definition: PipelineDefinition, settings: unknown): Record<string, unknown> {
  const outcome = definition.settings.safeParse(settings);
  if (outcome.success) return outcome.data as Record<string, unknown>;
  const fields = outcome.error.issues.map(({ path, message }) => ({
    pointer: `/settings${path.map((part) => `/${String(part)}`).join("")}`,
    detail: message,
  }));
  throw new AppError("invalid_input", `${fields[0]?.pointer ?? ""}: ${fields[0]?.detail ?? "not valid"}`, { fields });
}
