import type { ColumnMapping, MappedColumn, MappingProposal, MappingQuestion } from "#lib/datasets/core/mapping";

/** Readings are long when one column names the quantity of each row's value; a list of sensors is always entities. */
function settleLayout(mapping: ColumnMapping): ColumnMapping {
  if (mapping.layout === "entities") return mapping;
  const hasRole = (role: string) => mapping.columns.some((column) => column.role === role);
  const valueCount = mapping.columns.filter((column) => column.role === "value").length;
  const isLong = hasRole("property") || (mapping.layout === "long" && valueCount <= 1);
  return { ...mapping, layout: isLong ? "long" : "wide" };
}

/** Changes one column; a role that holds only one column is taken away from its former one. */
export function editColumn(
  mapping: ColumnMapping,
  change: { source: string; to: Partial<Omit<MappedColumn, "source">>; isSingleRole?: boolean },
): ColumnMapping {
  const { source, to, isSingleRole = false } = change;
  const columns = mapping.columns.map((column) => {
    if (column.source === source) return cleared({ ...column, ...to });
    return isSingleRole && column.role === to.role ? { source: column.source, role: "ignore" } : column;
  });
  return settleLayout({ ...mapping, columns });
}

/** Only values have a quantity, a unit and a sensor of their own. */
function cleared(column: MappedColumn): MappedColumn {
  if (column.role !== "value" && column.role !== "elevation") return { source: column.source, role: column.role };
  const { observedProperty, unit, sensorCode, ...rest } = column;
  return {
    ...rest,
    ...(observedProperty ? { observedProperty } : {}),
    ...(unit ? { unit } : {}),
    ...(sensorCode ? { sensorCode } : {}),
  };
}

export function editTime(mapping: ColumnMapping, to: { format?: string; timeZone?: string }): ColumnMapping {
  return { ...mapping, timestamp: { format: "iso", timeZone: "UTC", ...mapping.timestamp, ...to } };
}

/** Puts the answer to a question where the mapping keeps it. */
export function answerQuestion(mapping: ColumnMapping, question: MappingQuestion, value: string): ColumnMapping {
  const { column } = question;
  switch (question.id) {
    case "time_zone":
      return editTime(mapping, { timeZone: value });
    case "date_order":
      return editTime(mapping, { format: value });
    case "unit":
      return column === undefined ? mapping : editColumn(mapping, { source: column, to: { unit: value } });
    case "property":
      return answerProperty(mapping, column, value);
    case "value_column":
      return editColumn(mapping, { source: value, to: { role: "value" }, isSingleRole: true });
    case "sensor_column":
      return editColumn(mapping, { source: value, to: { role: "sensor" }, isSingleRole: true });
    case "role_column":
      return editColumn(mapping, { source: value, to: { role: question.role ?? "ignore" }, isSingleRole: true });
    case "sensor":
    case "reference":
      return answerConstant(mapping, question.id, value);
  }
}

/** An emptied field falls back to the name of the file where the mapping needs one. */
function answerConstant(mapping: ColumnMapping, role: "sensor" | "reference", value: string): ColumnMapping {
  const { [role]: _former, ...others } = mapping.constants;
  if (value.trim() !== "") return { ...mapping, constants: { ...others, [role]: { from: "value", value } } };
  return { ...mapping, constants: role === "sensor" ? { ...others, sensor: { from: "file_name" } } : others };
}

function answerProperty(mapping: ColumnMapping, column: string | undefined, value: string): ColumnMapping {
  if (column === undefined) {
    return { ...mapping, constants: { ...mapping.constants, property: { from: "value", value } } };
  }
  // The column says it now, so that the file's name must not say it too.
  const constants = Object.fromEntries(Object.entries(mapping.constants).filter(([role]) => role !== "property"));
  return editColumn({ ...mapping, constants }, { source: column, to: { observedProperty: value } });
}

/** The present answer, "" while there is none. */
export function answerOf(mapping: ColumnMapping, question: MappingQuestion): string {
  const column = mapping.columns.find(({ source }) => source === question.column);
  const constantOf = (role: string) => {
    const constant = mapping.constants[role];
    return constant?.from === "value" ? constant.value : "";
  };
  switch (question.id) {
    case "time_zone":
      return mapping.timestamp?.timeZone ?? "";
    case "date_order":
      return mapping.timestamp?.format ?? "";
    case "unit":
      return column?.unit ?? "";
    case "property":
      return question.column === undefined ? constantOf("property") : (column?.observedProperty ?? "");
    case "value_column":
      return mapping.columns.find(({ role }) => role === "value")?.source ?? "";
    case "sensor_column":
      return mapping.columns.find(({ role }) => role === "sensor")?.source ?? "";
    case "role_column":
      return mapping.columns.find(({ role }) => role === question.role)?.source ?? "";
    case "sensor":
    case "reference":
      return constantOf(question.id);
  }
}

/**
 * The decided mapping for another file with the same columns: sensor names that came from the first file's name come
 * from its own name instead.
 */
export function adaptMapping(
  mapping: ColumnMapping,
  proposals: { decided: MappingProposal; own: MappingProposal },
): ColumnMapping {
  const codesOf = ({ mapping: { columns } }: MappingProposal) =>
    new Map(columns.map((column) => [column.source, column.sensorCode]));
  const decided = codesOf(proposals.decided);
  const own = codesOf(proposals.own);
  const columns = mapping.columns.map((column) => {
    const sensorCode = own.get(column.source);
    const isProposed = column.sensorCode !== undefined && column.sensorCode === decided.get(column.source);
    return isProposed && sensorCode !== undefined ? { ...column, sensorCode } : column;
  });
  return { ...mapping, columns };
}
