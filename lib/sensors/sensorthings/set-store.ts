import type { SetName } from "./core/model.ts";

/** `{a}` stands for the alias of the set, `{ws}` for the workspace, `{ids}` and `{labels}` for the catalogue of quantities. */
export interface SetSql {
  from: string;
  where: string;
  id: string;
  /** SQL type of the id. */
  idType: "uuid" | "bigint" | "text" | "observation";
  /** Text, number, time or geo (longitude, latitude) of what can be compared or sorted by. */
  fields: Readonly<Record<string, string>>;
  /** Columns of a row, as the presenters read them. */
  columns: Readonly<Record<string, string>>;
  /** Order of a list that asks for none; unique. `column` holds it, instants as epoch ms. */
  order: readonly { sql: string; type: "uuid" | "bigint" | "text" | "timestamptz"; column: string }[];
  /** Columns that a property is made of; those of its links are always read. */
  uses: Readonly<Record<string, readonly string[]>>;
}

const SENSOR_NAME = "coalesce(nullif({a}.name, ''), {a}.code)";
const PLACED = "{a}.workspace_id = {ws} and {a}.latitude is not null and {a}.longitude is not null";
const BY_UUID = [{ sql: "{a}.id", type: "uuid", column: "id" }] as const;
const PLACE_USES = ["latitude", "longitude", "elevationM"];
const SENSOR_COLUMNS = { id: "{a}.id", code: "{a}.code", name: SENSOR_NAME };
const PLACE_COLUMNS = {
  ...SENSOR_COLUMNS,
  latitude: "{a}.latitude",
  longitude: "{a}.longitude",
  elevationM: "{a}.elevation_m",
};

const epochMs = (sql: string) => `extract(epoch from ${sql})::float8 * 1000`;

export const SET_SQL: Readonly<Record<SetName, SetSql>> = {
  Things: {
    from: "sensors {a}",
    where: "{a}.workspace_id = {ws}",
    id: "{a}.id",
    idType: "uuid",
    fields: { name: SENSOR_NAME, description: "{a}.exposure" },
    columns: {
      ...SENSOR_COLUMNS,
      owner: "{a}.owner_name",
      exposure: "{a}.exposure",
      elevationM: "{a}.elevation_m",
      isReference: "{a}.is_reference",
      verdict: "{a}.verdict",
      isSilent: "coalesce({a}.silent_after < now(), true)",
    },
    uses: {
      name: ["name"],
      description: ["exposure"],
      properties: ["code", "owner", "exposure", "elevationM", "isReference", "verdict", "isSilent"],
    },
    order: BY_UUID,
  },
  Locations: {
    from: "sensors {a}",
    where: PLACED,
    id: "{a}.id",
    idType: "uuid",
    fields: {
      name: SENSOR_NAME,
      description: "'Position of the sensor'::text",
      encodingType: "'application/geo+json'::text",
      location: "point({a}.longitude, {a}.latitude)",
    },
    columns: PLACE_COLUMNS,
    uses: { name: ["name"], location: PLACE_USES },
    order: BY_UUID,
  },
  HistoricalLocations: {
    from: "sensors {a}",
    where: "false",
    id: "{a}.id",
    idType: "uuid",
    fields: { time: "{a}.created_at" },
    columns: { id: "{a}.id" },
    uses: {},
    order: BY_UUID,
  },
  Datastreams: {
    from: "datastreams {a} join sensors {a}s on {a}s.id = {a}.sensor_id",
    where: "{a}.workspace_id = {ws}",
    id: "{a}.id",
    idType: "bigint",
    fields: {
      name: "concat({a}s.code, ' ', {a}.observed_property)",
      description: "{a}.observed_property",
      observationType: "'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement'::text",
      observedArea: "point({a}s.longitude, {a}s.latitude)",
      phenomenonTime: "{a}.last_observed_at",
      resultTime: "{a}.last_observed_at",
    },
    columns: {
      id: "{a}.id::int4",
      sensorId: "{a}.sensor_id",
      code: "{a}s.code",
      observedProperty: "{a}.observed_property",
      unit: "{a}.unit",
      firstAtMs: epochMs("{a}.first_observed_at"),
      lastAtMs: epochMs("{a}.last_observed_at"),
      stepS: "{a}.step_s",
      observationCount: "{a}.observation_count::float8",
      latitude: "{a}s.latitude",
      longitude: "{a}s.longitude",
    },
    uses: {
      name: ["code", "observedProperty"],
      description: ["observedProperty"],
      unitOfMeasurement: ["unit"],
      observedArea: ["latitude", "longitude"],
      phenomenonTime: ["firstAtMs", "lastAtMs"],
      resultTime: ["firstAtMs", "lastAtMs"],
      properties: ["stepS", "observationCount"],
    },
    order: [{ sql: "{a}.id", type: "bigint", column: "id" }],
  },
  Sensors: {
    from: "sensors {a}",
    where: "{a}.workspace_id = {ws}",
    id: "{a}.id",
    idType: "uuid",
    fields: {
      name: SENSOR_NAME,
      description: "{a}.code",
      encodingType: "'text/plain'::text",
      metadata: "''::text",
    },
    columns: SENSOR_COLUMNS,
    uses: { name: ["name"], description: ["code"] },
    order: BY_UUID,
  },
  ObservedProperties: {
    from: `(select distinct d.observed_property as id, coalesce(c.label, d.observed_property) as label
      from datastreams d left join unnest({ids}::text[], {labels}::text[]) as c (id, label) on c.id = d.observed_property
      where d.workspace_id = {ws}) {a}`,
    where: "true",
    id: "{a}.id",
    idType: "text",
    fields: { name: "{a}.label", definition: "{a}.id", description: "{a}.label" },
    columns: { id: "{a}.id", label: "{a}.label" },
    uses: { name: ["label"], description: ["label"] },
    order: [{ sql: "{a}.id", type: "text", column: "id" }],
  },
  Observations: {
    from: "observations {a}",
    where: "{a}.workspace_id = {ws}",
    id: "({a}.datastream_id, {a}.observed_at)",
    idType: "observation",
    fields: { phenomenonTime: "{a}.observed_at", resultTime: "{a}.observed_at", result: "{a}.value" },
    columns: {
      datastreamId: "{a}.datastream_id::int4",
      atMs: epochMs("{a}.observed_at"),
      value: "{a}.value",
      datasetNo: "{a}.dataset_no",
    },
    uses: { result: ["value"], parameters: ["datasetNo"] },
    order: [
      { sql: "{a}.datastream_id", type: "bigint", column: "datastreamId" },
      { sql: "{a}.observed_at", type: "timestamptz", column: "atMs" },
    ],
  },
  FeaturesOfInterest: {
    from: "sensors {a}",
    where: PLACED,
    id: "{a}.id",
    idType: "uuid",
    fields: {
      name: SENSOR_NAME,
      description: "'Place of the sensor'::text",
      encodingType: "'application/geo+json'::text",
      feature: "point({a}.longitude, {a}.latitude)",
    },
    columns: PLACE_COLUMNS,
    uses: { name: ["name"], feature: PLACE_USES },
    order: BY_UUID,
  },
};

export interface NavigationSql {
  /** What of the entity names its relatives, as SQL on `{p}` and as a column of its row. */
  key: string;
  keyColumn: string;
  keyType: "uuid" | "bigint" | "text";
  /** `{c}` belongs to key `{k}`. */
  on: string;
}

const own = (keyType: NavigationSql["keyType"], on: string): NavigationSql => ({
  key: "{p}.id",
  keyColumn: "id",
  keyType,
  on,
});
const SAME_SENSOR = own("uuid", "{c}.id = {k}");
const NONE = own("uuid", "false");
const STREAMS_OF_SENSOR = "(select f.id from datastreams f where f.workspace_id = {ws} and f.sensor_id = {k})";

export const NAVIGATION_SQL: Readonly<Record<SetName, Readonly<Record<string, NavigationSql>>>> = {
  Things: {
    Datastreams: own("uuid", "{c}.sensor_id = {k}"),
    Locations: SAME_SENSOR,
    HistoricalLocations: NONE,
  },
  Locations: { Things: SAME_SENSOR, HistoricalLocations: NONE },
  HistoricalLocations: { Thing: NONE, Locations: NONE },
  Datastreams: {
    Thing: { key: "{p}.sensor_id", keyColumn: "sensorId", keyType: "uuid", on: "{c}.id = {k}" },
    Sensor: { key: "{p}.sensor_id", keyColumn: "sensorId", keyType: "uuid", on: "{c}.id = {k}" },
    ObservedProperty: {
      key: "{p}.observed_property",
      keyColumn: "observedProperty",
      keyType: "text",
      on: "{c}.id = {k}",
    },
    Observations: own("bigint", "{c}.datastream_id = {k}"),
  },
  Sensors: { Datastreams: own("uuid", "{c}.sensor_id = {k}") },
  ObservedProperties: { Datastreams: own("text", "{c}.observed_property = {k}") },
  Observations: {
    Datastream: { key: "{p}.datastream_id", keyColumn: "datastreamId", keyType: "bigint", on: "{c}.id = {k}" },
    FeatureOfInterest: {
      key: "{p}.datastream_id",
      keyColumn: "datastreamId",
      keyType: "bigint",
      on: "{c}.id = (select f.sensor_id from datastreams f where f.workspace_id = {ws} and f.id = {k})",
    },
  },
  FeaturesOfInterest: { Observations: own("uuid", `{c}.datastream_id in ${STREAMS_OF_SENSOR}`) },
};
