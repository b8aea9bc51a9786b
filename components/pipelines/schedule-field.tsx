import { SelectField } from "#components/ui/select-field";
import { TextField } from "#components/ui/text-field";
import { scheduleWords } from "#lib/pipelines/core/schedule-words";

const USUAL = ["", "0 * * * *", "0 */6 * * *", "10 6 * * *", "0 7 * * 1"];

interface ScheduleFieldProps {
  cron: string;
  timeZone: string;
  onChange: (cron: string) => void;
  error: string | undefined;
}

/** The usual schedules by name; any other as a cron expression. */
export function ScheduleField({ cron, timeZone, onChange, error }: ScheduleFieldProps) {
  const isUsual = USUAL.includes(cron);
  const options = USUAL.map((value) => ({ value, label: capital(scheduleWords(value)) }));
  return (
    <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
      <SelectField
        label="Schedule"
        options={[...options, { value: "other", label: "Other (cron)" }]}
        value={isUsual ? cron : "other"}
        onChange={(event) => onChange(event.target.value === "other" ? "30 5 * * 1-5" : event.target.value)}
        hint={`Times in ${timeZone}`}
        error={isUsual ? error : undefined}
      />
      {isUsual ? null : (
        <TextField
          label="Cron expression"
          mono
          autoComplete="off"
          value={cron}
          onChange={(event) => onChange(event.target.value)}
          hint="Minute, hour, day, month, weekday"
          error={error}
        />
      )}
    </div>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
