const foundation = "^lib/(env|errors|ids|log|format|math|geo|units|maps|charts|forms|tables|db)(/|\\.ts)";
const domains = "charging|driving|runner|sensors";

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: { pathNot: "lib/db/generated" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-missing",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(geojson|topojson-specification)$" },
    },
    {
      name: "arrows-point-down",
      comment: "lib never imports pages or components, components never import pages.",
      severity: "error",
      from: { path: "^(lib|components)/" },
      to: { path: "^app/" },
    },
    { name: "lib-without-react", severity: "error", from: { path: "^lib/" }, to: { path: "^components/" } },
    {
      name: "components-take-props",
      comment: "Components are browser-safe: no services, stores or database behind them.",
      severity: "error",
      from: { path: "^components/" },
      to: {
        path: "^lib/(db/|.*/service/|.*store\\.ts$|worker/|runs/execute/|objects/)",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "only-stores-know-sql",
      severity: "error",
      from: {
        path: "^(lib|app|components)/",
        pathNot:
          "^lib/(db/|testing/|.*/testing/|stack/|worker/run-worker\\.ts|live/|runs/execute/child\\.ts|.*(-|/)store\\.ts$|sensors/(sensor-filter|fault-cause)-sql\\.ts|jobs/store\\.ts)|^lib/.*/(service|auth)/|\\.test\\.ts$",
      },
      to: { path: "^lib/db/(pool|sql|generated)" },
    },
    {
      name: "web-never-computes",
      comment: "Heavy packages stay in the worker: pages and routes must not reach DuckDB or HiGHS.",
      severity: "error",
      from: { path: "^app/" },
      to: {
        path: "^(node_modules/(@duckdb|highs)|lib/tables/(parquet|duckdb|staged)|lib/math/linear-program/solve)",
        reachable: true,
      },
    },
    {
      name: "foundation-stands-alone",
      severity: "error",
      from: { path: foundation, pathNot: "\\.test\\.tsx?$|^lib/db/(migrate|client|pool|sql)" },
      to: { path: "^lib/", pathNot: foundation },
    },
    {
      name: "platform-knows-no-domain",
      comment: "Only the registries reach up, by lazy import.",
      severity: "error",
      from: {
        path: "^lib/",
        pathNot: `^lib/(${domains})/|^lib/(algorithms|jobs|datasets|pipelines)/((io|reference)-)?registry\\.ts|\\.test\\.ts$|^lib/testing/`,
      },
      to: { path: `^lib/(${domains})/` },
    },
    {
      name: "core-is-pure",
      severity: "error",
      from: { path: "^lib/.*/(core/|run\\.ts$)", pathNot: "\\.test\\.ts$" },
      to: {
        path: "^(lib/(db|env|log|http|objects|live|jobs|notifications|auth)(/|\\.ts)|node_modules/(next|react|pg|@prisma))",
        dependencyTypesNot: ["type-only"],
      },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|\\.fieldport|lib/db/generated)" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs"],
    },
  },
};
