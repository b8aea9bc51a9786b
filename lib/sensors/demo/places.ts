/** A neighbourhood with synthetic sensors. Positions are drawn inside the ellipse of the two half axes. */
export interface DemoPlace {
  name: string;
  /** Start of the sensors' codes. */
  prefix: string;
  latitude: number;
  longitude: number;
  northKm: number;
  eastKm: number;
  elevationM: number;
  sensors: number;
  /** Particle level against the region's mean: traffic, wood smoke, sea air. */
  particles: number;
}

type Row = [string, string, number, number, number, number, number, number, number];

// Real neighbourhoods of Puget Sound, ellipses kept clear of shores; the sensors in them are invented.
const ROWS: Row[] = [
  ["Ballard", "SEA", 47.676, -122.378, 0.9, 0.7, 30, 13, 1],
  ["Greenwood", "SEA", 47.696, -122.356, 1, 0.8, 90, 10, 0.95],
  ["Wallingford", "SEA", 47.661, -122.334, 0.5, 0.8, 60, 8, 1.05],
  ["Ravenna", "SEA", 47.677, -122.301, 0.8, 0.7, 55, 8, 0.95],
  ["Lake City", "SEA", 47.719, -122.299, 0.9, 0.7, 80, 8, 1],
  ["Queen Anne", "SEA", 47.638, -122.359, 0.7, 0.5, 105, 7, 0.95],
  ["Magnolia", "SEA", 47.649, -122.393, 0.5, 0.4, 70, 6, 0.85],
  ["Capitol Hill", "SEA", 47.623, -122.318, 0.8, 0.5, 100, 12, 1.1],
  ["Central District", "SEA", 47.606, -122.304, 0.7, 0.5, 85, 9, 1.1],
  ["Beacon Hill", "SEA", 47.566, -122.309, 1.4, 0.4, 90, 12, 1.1],
  ["Georgetown", "SEA", 47.545, -122.321, 0.5, 0.4, 6, 9, 1.45],
  ["Rainier Valley", "SEA", 47.545, -122.283, 1.3, 0.5, 30, 14, 1.2],
  ["Delridge", "SEA", 47.535, -122.36, 1.1, 0.5, 75, 8, 1.1],
  ["West Seattle", "SEA", 47.562, -122.385, 1.1, 0.6, 95, 8, 0.9],
  ["Bellevue", "BEL", 47.612, -122.187, 1.1, 0.9, 45, 16, 1],
  ["Crossroads", "BEL", 47.618, -122.132, 1.2, 0.9, 110, 8, 0.95],
  ["Factoria", "BEL", 47.572, -122.166, 0.7, 0.7, 60, 6, 1],
  ["Kirkland", "BEL", 47.69, -122.188, 1.3, 0.6, 70, 10, 0.9],
  ["Redmond", "BEL", 47.676, -122.118, 0.9, 1, 25, 9, 0.95],
  ["Sammamish", "BEL", 47.61, -122.036, 1.7, 0.8, 150, 7, 0.75],
  ["Issaquah", "BEL", 47.535, -122.04, 0.9, 1, 35, 6, 0.8],
  ["Burien", "SKC", 47.468, -122.34, 1, 0.6, 110, 7, 1],
  ["Tukwila", "SKC", 47.46, -122.256, 1, 0.7, 10, 6, 1.3],
  ["Renton", "SKC", 47.475, -122.195, 1, 1, 60, 9, 1.1],
  ["Kent", "SKC", 47.383, -122.228, 1.7, 1.2, 15, 15, 1.3],
  ["Auburn", "SKC", 47.302, -122.215, 1.3, 1, 28, 9, 1.25],
  ["Federal Way", "SKC", 47.312, -122.322, 1.1, 1, 140, 8, 1],
  ["Enumclaw", "SKC", 47.204, -121.985, 0.9, 1.2, 225, 7, 0.8],
  ["North Bend", "SKC", 47.495, -121.787, 0.6, 0.9, 135, 5, 0.7],
  ["North Tacoma", "TAC", 47.26, -122.478, 0.8, 0.9, 90, 11, 1.05],
  ["South Tacoma", "TAC", 47.205, -122.465, 1.3, 1, 95, 14, 1.35],
  ["Lakewood", "TAC", 47.163, -122.503, 0.8, 0.8, 80, 8, 1.1],
  ["Puyallup", "TAC", 47.182, -122.292, 0.9, 1.1, 15, 9, 1.25],
  ["Parkland", "TAC", 47.14, -122.435, 1.1, 1, 105, 8, 1.2],
  ["Everett", "EVE", 47.962, -122.205, 1.3, 0.6, 40, 12, 1.05],
  ["Lynnwood", "EVE", 47.826, -122.3, 1, 1, 130, 10, 1],
  ["Edmonds", "EVE", 47.812, -122.364, 0.7, 0.4, 60, 5, 0.85],
  ["Mill Creek", "EVE", 47.86, -122.204, 0.9, 0.9, 110, 6, 0.9],
  ["Marysville", "EVE", 48.064, -122.155, 1, 0.9, 15, 8, 1.4],
  ["Monroe", "EVE", 47.86, -121.975, 0.6, 1, 20, 5, 0.95],
  ["Bremerton", "KIT", 47.573, -122.66, 0.5, 0.5, 45, 9, 0.85],
  ["Silverdale", "KIT", 47.658, -122.69, 0.5, 0.5, 40, 5, 0.75],
  ["Poulsbo", "KIT", 47.742, -122.632, 0.5, 0.5, 45, 4, 0.7],
  ["Port Orchard", "KIT", 47.52, -122.632, 0.5, 0.7, 60, 4, 0.8],
  ["Olympia", "OLY", 47.033, -122.885, 0.8, 0.8, 45, 8, 1],
  ["Lacey", "OLY", 47.03, -122.81, 1, 1.2, 60, 7, 1.05],
  ["Shelton", "OLY", 47.212, -123.11, 0.6, 0.6, 30, 4, 1.15],
  ["Port Townsend", "PTN", 48.112, -122.785, 0.4, 0.5, 35, 3, 0.6],
];

export const DEMO_PLACES: readonly DemoPlace[] = ROWS.map(
  ([name, prefix, latitude, longitude, northKm, eastKm, elevationM, sensors, particles]) => ({
    name,
    prefix,
    latitude,
    longitude,
    northKm,
    eastKm,
    elevationM,
    sensors,
    particles,
  }),
);

type ReferenceRow = [string, string, number, number, number, number];

/** Invented reference stations; each is named for the quarter it stands in. */
export const DEMO_REFERENCES: readonly Omit<DemoPlace, "northKm" | "eastKm" | "sensors">[] = (
  [
    ["Beacon Hill", "REF-01", 47.5683, -122.3079, 102, 1.05],
    ["Duwamish Valley", "REF-02", 47.5591, -122.3396, 8, 1.4],
    ["Lake City", "REF-03", 47.7226, -122.2931, 85, 0.95],
    ["Bellevue", "REF-04", 47.6024, -122.1836, 48, 0.95],
    ["Kent", "REF-05", 47.3859, -122.2321, 14, 1.25],
    ["South Tacoma", "REF-06", 47.1867, -122.4519, 98, 1.3],
    ["Marysville", "REF-07", 48.0543, -122.1715, 18, 1.35],
    ["Bremerton", "REF-08", 47.5701, -122.6586, 50, 0.85],
    ["Lacey", "REF-09", 47.0293, -122.8213, 62, 1],
  ] satisfies ReferenceRow[]
).map(([name, prefix, latitude, longitude, elevationM, particles]) => ({
  name,
  prefix,
  latitude,
  longitude,
  elevationM,
  particles,
}));
