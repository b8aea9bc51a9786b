import { normalAt, streamOf, uniformAt } from "./counter-noise.ts";
import { DEMO_PLACES, DEMO_REFERENCES, type DemoPlace } from "./places.ts";

export const DEMO_WORKSPACE_NAME = "Demo (synthetic data)";
/** Stands in the description of every dataset made from this. */
export const DEMO_NOTE =
  "Synthetic: sensors, owners, readings and faults are computed by Fieldport. Only the place names are real.";

/** One row of the registry, as the sensor-registry kind of dataset wants it. */
export interface RegistryRow {
  sensorCode: string;
  name: string;
  latitude: number;
  longitude: number;
  elevationM: number;
  owner: string;
  exposure: string;
  isReference: boolean;
}

/** A sensor with what its readings are computed from. */
export interface DemoSensor extends RegistryRow {
  /** Noise stream of its own. */
  stream: number;
  place: string;
  particles: number;
}

const OWNERS = [
  "Ana Ruiz",
  "Tomas Lindqvist",
  "Grace Okafor",
  "Wen Zhao",
  "Priya Raman",
  "Hal Brannigan",
  "Marisol Vega",
  "Ingrid Solheim",
  "Kofi Mensah",
  "Dana Whitcomb",
  "Leilani Kaimana",
  "Jonas Petrauskas",
  "Ruth Abernathy",
  "Samir Haddad",
  "Yuki Tanabe",
  "Clara Fontaine",
  "Owen Tregaskis",
  "Nadia Kowalczyk",
  "Beatriz Moura",
  "Eli Sandoval",
  "Alder Street School",
  "Cedar Hollow Library",
  "Fircrest Lane Community Garden",
  "Harbor Steps Tenants' Circle",
  "Heron Creek Watch",
  "Madrona Clean Air Club",
  "Mill Road Fire Volunteers",
  "Northshore Makers",
  "Saltwater Trail Friends",
  "Tideflats Neighbours",
] as const;
const REFERENCE_OWNER = "Sound Air Network (fictional)";

const EXPOSURES = ["residential", "residential", "residential", "background", "roadside", "rooftop", "school"] as const;
const ROADSIDE_PARTICLES = 1.25;

/** Where numbering starts, so that codes look like a network that has grown. */
const FIRST_NUMBERS: Readonly<Record<string, number>> = { SEA: 108, BEL: 11, SKC: 31, TAC: 4, EVE: 22 };

const KM_PER_DEGREE = 111.2;
const RADIANS = Math.PI / 180;

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

/** A point of the place's ellipse: sunflower order keeps neighbours apart, a little noise hides the pattern. */
function positionIn(place: DemoPlace, index: number, stream: number): { latitude: number; longitude: number } {
  const radius = Math.sqrt((index + 0.35 + 0.5 * uniformAt(stream, 1)) / (place.sensors + 0.5));
  const angle = index * 2.399963 + 0.7 * uniformAt(stream, 2);
  const northKm = radius * place.northKm * Math.sin(angle);
  const eastKm = radius * place.eastKm * Math.cos(angle);
  return {
    latitude: rounded(place.latitude + northKm / KM_PER_DEGREE, 5),
    longitude: rounded(place.longitude + eastKm / (KM_PER_DEGREE * Math.cos(place.latitude * RADIANS)), 5),
  };
}

/** Three owners per place; the first one has most of the sensors. */
function ownerOf(placeIndex: number, stream: number): string {
  const pick = uniformAt(stream, 3);
  const turn = pick < 0.55 ? 0 : pick < 0.85 ? 1 : 2;
  return OWNERS[(placeIndex * 7 + turn * 11) % OWNERS.length]!;
}

function sensorAt(
  place: DemoPlace,
  at: { placeIndex: number; index: number; number: number; seed: string },
): DemoSensor {
  const sensorCode = `${place.prefix}-${String(at.number).padStart(4, "0")}`;
  const stream = streamOf(`${at.seed}/${sensorCode}`);
  const exposure = EXPOSURES[Math.floor(uniformAt(stream, 4) * EXPOSURES.length)]!;
  return {
    sensorCode,
    name: `${place.name} ${at.index + 1}`,
    ...positionIn(place, at.index, stream),
    elevationM: Math.max(2, Math.round(place.elevationM + 0.15 * place.elevationM * normalAt(stream, 5))),
    owner: sensorCode === "SEA-0217" ? "Ana Ruiz" : ownerOf(at.placeIndex, stream),
    exposure,
    isReference: false,
    stream,
    place: place.name,
    particles: place.particles * (exposure === "roadside" ? ROADSIDE_PARTICLES : 1),
  };
}

/** All sensors of the demo network with their hidden properties: 400 sensors, then 9 reference stations. */
export function demoSensors(seed: string): DemoSensor[] {
  const next = new Map(Object.entries(FIRST_NUMBERS));
  const sensors = DEMO_PLACES.flatMap((place, placeIndex) =>
    Array.from({ length: place.sensors }, (_, index) => {
      const number = next.get(place.prefix) ?? 1;
      next.set(place.prefix, number + 1);
      return sensorAt(place, { placeIndex, index, number, seed });
    }),
  );
  const references = DEMO_REFERENCES.map((station) => ({
    sensorCode: station.prefix,
    name: `${station.name} reference (synthetic)`,
    latitude: station.latitude,
    longitude: station.longitude,
    elevationM: station.elevationM,
    owner: REFERENCE_OWNER,
    exposure: "background",
    isReference: true,
    stream: streamOf(`${seed}/${station.prefix}`),
    place: station.name,
    particles: station.particles,
  }));
  return [...sensors, ...references];
}

/** The registry of the demo network; the same seed gives the same rows. */
export function demoRegistry(seed: string): RegistryRow[] {
  return demoSensors(seed).map(({ stream: _stream, place: _place, particles: _particles, ...row }) => row);
}
