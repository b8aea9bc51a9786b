import type { Ctx } from "#lib/auth/context";
import { createGeofence } from "#lib/driving/rules/service/change-geofences";
import { createRule } from "#lib/driving/rules/service/change-rules";
import { ruleInput } from "#lib/driving/rules/schema";

const CORNERS = 24;

interface Rules {
  rules: number;
  geofences: number;
  /** Limit of the first rule, km/h; the fleet drives 60 to 139. */
  fromKmh: number;
}

/** Rules, each with a limit up to 2 km/h above and all of the geofences, which cover half of the fleet's country. */
export async function addRules(ctx: Ctx, { rules, geofences, fromKmh }: Rules): Promise<void> {
  const columns = Math.ceil(Math.sqrt(geofences));
  const ids: string[] = [];
  for (let index = 0; index < geofences; index += 1) {
    const spacingDeg = 5 / columns;
    const lat = 30 + (Math.floor(index / columns) + 0.5) * spacingDeg;
    const lon = 110 + ((index % columns) + 0.5) * spacingDeg;
    const ring = Array.from({ length: CORNERS }, (_, corner): [number, number] => {
      const turn = (2 * Math.PI * corner) / CORNERS;
      return [lon + 0.4 * spacingDeg * Math.cos(turn), lat + 0.4 * spacingDeg * Math.sin(turn)];
    });
    ids.push((await createGeofence(ctx, { name: `area ${index}`, shape: { kind: "polygon", rings: [ring] } })).id);
  }
  for (let index = 0; index < rules; index += 1) {
    const definition = {
      source: "speed",
      limitKmh: fromKmh + (2 * index) / rules,
      minDurationS: index % 4,
      geofenceIds: ids,
    };
    await createRule(ctx, ruleInput.parse({ name: `rule ${index}`, ...definition }));
  }
}
