import { SelectField } from "#components/ui/select-field";
import { NumberField, TextArea, TextField } from "#components/ui/text-field";
import type { PipelineDraft } from "./pipeline-draft.ts";

interface SourceFieldsProps {
  draft: PipelineDraft;
  onChange: (name: string, value: string) => void;
  errorOf: (pointer: string) => string | undefined;
}

/** The settings of the chosen kind of source. */
export function SourceFields(props: SourceFieldsProps) {
  switch (props.draft.kind) {
    case "grow":
      return <AddressField {...props} />;
    case "wow":
      return (
        <>
          <AddressField {...props} />
          <BoxFields {...props} />
        </>
      );
    case "http":
      return <HttpFields {...props} />;
    case "files":
      return (
        <p className="text-sm text-muted">
          Nothing is asked for: readings arrive as uploads and from devices. The pipeline looks for nearest stations and
          faults.
        </p>
      );
  }
}

function wire({ draft, onChange, errorOf }: SourceFieldsProps, field: string, pointer = `/settings/source/${field}`) {
  const name = `${draft.kind}.${field}`;
  return {
    value: draft.values[name] ?? "",
    onChange: (event: { target: { value: string } }) => onChange(name, event.target.value),
    error: errorOf(pointer),
  };
}

function AddressField(props: SourceFieldsProps) {
  return <TextField label="Address" mono autoComplete="off" {...wire(props, "baseUrl")} />;
}

function BoxFields(props: SourceFieldsProps) {
  const side = (name: string) => wire(props, name, `/settings/source/box/${name}`);
  return (
    <fieldset>
      <legend className="mb-2 text-xs font-medium text-ink-2">Area, degrees</legend>
      <div className="grid grid-cols-4 gap-3 max-md:grid-cols-2">
        <NumberField label="West" unit="°" {...side("west")} />
        <NumberField label="South" unit="°" {...side("south")} />
        <NumberField label="East" unit="°" {...side("east")} />
        <NumberField label="North" unit="°" {...side("north")} />
      </div>
    </fieldset>
  );
}

const FORMATS = [
  { value: "json", label: "JSON" },
  { value: "csv", label: "CSV" },
];
const TIME_FORMATS = [
  { value: "iso", label: "ISO 8601" },
  { value: "epoch_s", label: "Seconds since 1970" },
  { value: "epoch_ms", label: "Milliseconds since 1970" },
];

function HttpFields(props: SourceFieldsProps) {
  const isJson = props.draft.values["http.format"] !== "csv";
  return (
    <>
      <TextField
        label="Address"
        mono
        autoComplete="off"
        hint="{from}, {to}, {sensor}, {page} and {cursor} are filled in"
        {...wire(props, "url")}
      />
      <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
        <SelectField label="Answers with" options={FORMATS} {...wire(props, "format")} />
        <TextField
          label="Sensor field"
          mono
          hint="Column or path; empty with {sensor}"
          {...wire(props, "sensorField")}
        />
        <TextField label="Time field" mono {...wire(props, "timeField")} />
        <SelectField label="Times are" options={TIME_FORMATS} {...wire(props, "timeFormat")} />
        <TextField label="Zone of times without one" mono {...wire(props, "timeZone")} />
        {isJson ? (
          <TextField label="Path of the records" mono hint="Such as data.items[]" {...wire(props, "rowsPath")} />
        ) : null}
        {isJson ? (
          <TextField
            label="Path of the next page"
            mono
            optional
            hint="An address or cursor"
            {...wire(props, "nextPath")}
          />
        ) : null}
        <TextField label="Latitude field" mono optional {...wire(props, "latitudeField")} />
        <TextField label="Longitude field" mono optional {...wire(props, "longitudeField")} />
      </div>
      <TextArea
        label="Values"
        mono
        hint="One a line: field, quantity, unit. For example: temp, air_temperature, °C"
        {...wire(props, "properties")}
      />
      <TextArea
        label="Sensors"
        mono
        optional
        hint="One code a line; needed with {sensor}"
        {...wire(props, "sensorCodes")}
      />
      <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
        <TextField label="Key goes into the header" mono {...wire(props, "keyHeader")} />
        <TextField label="Before the key" mono optional {...wire(props, "keyPrefix")} />
        <NumberField label="Longest time of one request" unit="days" {...wire(props, "windowDays")} />
        <NumberField label="Requests" unit="per second" {...wire(props, "requestsPerSecond")} />
      </div>
    </>
  );
}
