import { defineAlgorithm } from "#lib/algorithms/define";
import { runForecastLoad } from "./run.ts";
import { forecastLoadInputs, forecastLoadParams, forecastLoadResult } from "./schema.ts";
import { viewForecastLoad } from "./view.ts";

/**
 * Purpose: the charging load of a number of vehicles over a day, by segment, with how far chance moves it.
 * Method: sessions drawn from a session model (Gaussian mixtures over start and energy), as many as shares and daily use
 * say or as the model's driver groups have, turned into load that conserves their energy; the band is what repeated
 * draws differ by. Deterministic by seed.
 * Source: Powell, Cezar and Rajagopal (2022), Applied Energy 309, for drawing sessions by segment and group.
 * Cost: 0.1 µs per session and draw. Not for: the shape of single transformers, whose vehicles are not a random part;
 * the band is chance alone and does not hold errors of the shares or of the model.
 */
export const forecastLoadAlgorithm = defineAlgorithm({
  slug: "forecast-load",
  version: 1,
  title: "Charging load forecast",
  summary: "Draws the charging sessions of a number of vehicles and adds them up to the load of a day, by segment.",
  params: forecastLoadParams,
  inputs: forecastLoadInputs,
  result: forecastLoadResult,
  timeoutS: 900,
  memoryMb: 2_048,
  run: runForecastLoad,
  view: viewForecastLoad,
});
