export const SETS = [
  "Things",
  "Locations",
  "HistoricalLocations",
  "Datastreams",
  "Sensors",
  "ObservedProperties",
  "Observations",
  "FeaturesOfInterest",
] as const;
export type SetName = (typeof SETS)[number];

/** What a property can be compared with; `json` can only be read. */
export type FieldType = "text" | "number" | "time" | "geo" | "json";

export interface Navigation {
  to: SetName;
  /** One entity or a list. */
  isMany: boolean;
}

export interface EntityModel {
  /** Type of the value in parentheses: `Things('…')`, `Datastreams(12)`. */
  idType: "text" | "number";
  fields: Readonly<Record<string, FieldType>>;
  navigations: Readonly<Record<string, Navigation>>;
}

const many = (to: SetName): Navigation => ({ to, isMany: true });
const one = (to: SetName): Navigation => ({ to, isMany: false });

/** The entities of SensorThings 1.1 part 1 (OGC 18-088) as this API has them. */
export const MODEL: Readonly<Record<SetName, EntityModel>> = {
  Things: {
    idType: "text",
    fields: { name: "text", description: "text", properties: "json" },
    navigations: {
      Datastreams: many("Datastreams"),
      Locations: many("Locations"),
      HistoricalLocations: many("HistoricalLocations"),
    },
  },
  Locations: {
    idType: "text",
    fields: { name: "text", description: "text", encodingType: "text", location: "geo" },
    navigations: { Things: many("Things"), HistoricalLocations: many("HistoricalLocations") },
  },
  HistoricalLocations: {
    idType: "text",
    fields: { time: "time" },
    navigations: { Thing: one("Things"), Locations: many("Locations") },
  },
  Datastreams: {
    idType: "number",
    fields: {
      name: "text",
      description: "text",
      observationType: "text",
      unitOfMeasurement: "json",
      observedArea: "geo",
      phenomenonTime: "time",
      resultTime: "time",
      properties: "json",
    },
    navigations: {
      Thing: one("Things"),
      Sensor: one("Sensors"),
      ObservedProperty: one("ObservedProperties"),
      Observations: many("Observations"),
    },
  },
  Sensors: {
    idType: "text",
    fields: { name: "text", description: "text", encodingType: "text", metadata: "text" },
    navigations: { Datastreams: many("Datastreams") },
  },
  ObservedProperties: {
    idType: "text",
    fields: { name: "text", definition: "text", description: "text" },
    navigations: { Datastreams: many("Datastreams") },
  },
  Observations: {
    idType: "text",
    fields: {
      phenomenonTime: "time",
      resultTime: "time",
      result: "number",
      resultQuality: "json",
      parameters: "json",
    },
    navigations: { Datastream: one("Datastreams"), FeatureOfInterest: one("FeaturesOfInterest") },
  },
  FeaturesOfInterest: {
    idType: "text",
    fields: { name: "text", description: "text", encodingType: "text", feature: "geo" },
    navigations: { Observations: many("Observations") },
  },
};

export function isSetName(name: string): name is SetName {
  return Object.hasOwn(MODEL, name);
}
