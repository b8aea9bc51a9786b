import { segment } from "../../detector/network/segment.ts";
import { lightShare } from "../../detector/network/usual-scale.ts";
import { scored, weightOf } from "../change-point/change-point-check.ts";

const SPAN_PRICE = 60;
const BIAS_HOURS_MIN = 36;

/**
 * Purpose: finds times in which a thermometer is heated by the sun: its shield is gone, or it was hung on a wall.
 * Method: the residual against neighbours or a reference is explained by the light at the sensor (lux) where that
 * explains it better than a constant does. Size = deviation in full light. Not for: sensors without light of their own.
 */
export function findSunHeating(residual: Float64Array, lux: Float64Array, sigma: number) {
  const spans = segment({
    residual,
    weight: new Float64Array(residual.length).fill(weightOf(sigma)),
    light: lux.map(lightShare),
    spanPrice: SPAN_PRICE,
    level: { kind: "bias", hoursMin: BIAS_HOURS_MIN },
    hasDrift: false,
    additive: [],
  });
  return scored(spans.filter(({ kind }) => kind === "sun_heating"));
}
