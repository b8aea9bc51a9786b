/** A county of California with the seat around which its made-up stations stand. */
export interface DemoPlace {
  county: string;
  lat: number;
  lon: number;
  zip: string;
  /** People, thousands, roughly: how many sessions a county gets. */
  weight: number;
}

/** Name, latitude and longitude of the seat, its ZIP, people in thousands. */
const ROWS = `Alameda 37.80 -122.27 94612 1650|Alpine 38.69 -119.78 96120 1|Amador 38.35 -120.77 95642 41|Butte 39.51 -121.56 95965 208
Calaveras 38.20 -120.68 95249 46|Colusa 39.21 -122.01 95932 22|Contra Costa 38.01 -122.13 94553 1160|Del Norte 41.76 -124.20 95531 27
El Dorado 38.73 -120.80 95667 192|Fresno 36.74 -119.79 93721 1015|Glenn 39.52 -122.19 95988 28|Humboldt 40.80 -124.16 95501 134
Imperial 32.79 -115.56 92243 180|Inyo 36.80 -118.20 93526 19|Kern 35.37 -119.02 93301 917|Kings 36.33 -119.65 93230 153
Lake 39.04 -122.92 95453 68|Lassen 40.42 -120.65 96130 31|Los Angeles 34.05 -118.24 90012 9830|Madera 36.96 -120.06 93637 160
Marin 37.97 -122.53 94901 260|Mariposa 37.48 -119.97 95338 17|Mendocino 39.15 -123.21 95482 90|Merced 37.30 -120.48 95340 286
Modoc 41.49 -120.54 96101 9|Mono 38.26 -119.23 93517 13|Monterey 36.68 -121.66 93901 437|Napa 38.30 -122.29 94559 136
Nevada 39.26 -121.02 95959 102|Orange 33.75 -117.87 92701 3170|Placer 38.90 -121.07 95603 413|Plumas 39.94 -120.95 95971 19
Riverside 33.98 -117.38 92501 2460|Sacramento 38.58 -121.49 95814 1590|San Benito 36.85 -121.40 95023 66
San Bernardino 34.10 -117.29 92401 2195|San Diego 32.72 -117.16 92101 3290|San Francisco 37.78 -122.42 94102 815
San Joaquin 37.96 -121.29 95202 789|San Luis Obispo 35.28 -120.66 93401 283|San Mateo 37.49 -122.23 94063 737
Santa Barbara 34.42 -119.70 93101 446|Santa Clara 37.34 -121.89 95110 1885|Santa Cruz 36.97 -122.03 95060 267
Shasta 40.59 -122.39 96001 182|Sierra 39.56 -120.83 95936 3|Siskiyou 41.73 -122.63 96097 44|Solano 38.25 -122.04 94533 452
Sonoma 38.44 -122.71 95401 485|Stanislaus 37.64 -121.00 95354 552|Sutter 39.14 -121.62 95991 99|Tehama 40.18 -122.24 96080 66
Trinity 40.73 -122.94 96093 16|Tulare 36.33 -119.29 93291 477|Tuolumne 37.98 -120.38 95370 55|Ventura 34.28 -119.29 93001 840
Yolo 38.68 -121.77 95695 217|Yuba 39.15 -121.59 95901 82`;

export const DEMO_PLACES: readonly DemoPlace[] = ROWS.split(/[|\n]/).map((row) => {
  const [, county = "", lat, lon, zip = "", weight] = /^(.+) (\S+) (\S+) (\d{5}) (\d+)$/.exec(row) ?? [];
  return { county, lat: Number(lat), lon: Number(lon), zip, weight: Number(weight) };
});
