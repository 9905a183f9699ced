/** Who may import whom. The picture behind these rules is the map of the house in the README. */
const test =
  "[.](test|test-d|spec)[.]tsx?$|-fixture[.]ts$|^e2e/|^bench/|^(runtime|server)/testing/|^runtime/capability/[^/]+/scripted[.]ts$";
const browserSafe = "^runtime/(capability|graph|node|plan|run)/";
/** What experiments are made of, what scorers there are, and how a verdict is said: shown in the browser. */
const evalForBrowser = "^runtime/eval/(contract|scorers|say|gate)/";

/**
 * The floors of the server, from the ground up, and who stands on whom on each: a subject may import those before it, types included. So no two import each
 * other in a loop, and a new one is entered after what it needs.
 */
const floors = {
  "server/platform": [
    "settings",
    "db",
    "secret",
    "front-link",
    "lean",
    "guard",
    "egress",
    "object-store",
    "audit-log",
    "auth",
    "readiness",
    "route",
    "trpc",
    "job",
  ],
  "server/domain": [
    "prompt",
    "revision",
    "run-log",
    "account",
    "api-key",
    "audit",
    "endpoint",
    "workspace",
    "file",
    "conversation",
    "retention",
    "table",
    "knowledge",
    "training-set",
    "tuned-model",
    "answer-cache",
    "credential",
    "tool",
    "mcp",
    "dataset",
    "fine-tuning",
    "run",
    "rollup",
    "telemetry",
    "idempotency",
    "usage",
    "webhook",
    "background-run",
    "inbox",
    "encryption-key",
    "evaluation",
    "experiment",
    "review",
    "gate",
    "deployment",
    "schedule",
    "page",
    "prompt-figures",
    "trigger",
    "prompt-label",
    "proposal",
    "template",
    "sheet",
    "batch",
    "pipeline",
  ],
  "server/api": ["http", "trpc"],
};
/** What puts the floors together when the app starts. */
const composition = "server/[^/]+[.]ts$";

const floorRules = Object.entries(floors).flatMap(([floor, subjects], level, all) => {
  const above = all.slice(level + 1).map(([name]) => `${name}/`);
  return [
    {
      name: `${floor}-stands-on-what-is-below`,
      severity: "error",
      from: { path: `^${floor}/`, pathNot: test },
      to: { path: `^(${[...above, composition].join("|")})` },
    },
    {
      name: `${floor}-lists-its-subjects`,
      comment: "A new subject is entered in the list of its floor, after those that it needs.",
      severity: "error",
      from: { path: `^${floor}/(?!(${subjects.join("|")})/)` },
      to: {},
    },
    ...subjects.slice(0, -1).map((subject, index) => ({
      name: `${floor}/${subject}-imports-nothing-above-it`,
      severity: "error",
      from: { path: `^${floor}/${subject}/`, pathNot: test },
      to: { path: `^${floor}/(${subjects.slice(index + 1).join("|")})/` },
    })),
  ];
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-circular",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "runtime-stands-alone",
      comment: "The runtime is plain TypeScript: no Next, React, Prisma or app code.",
      severity: "error",
      from: { path: "^runtime/", pathNot: test },
      to: {
        path: "^(app|components|model-server|nodes|scripts|templates|server|prisma|e2e)/|^node_modules/(next|react|react-dom|@prisma|@trpc|zustand|@xyflow)/",
      },
    },
    {
      name: "model-server-is-a-program",
      comment:
        "The embedded models run in a process of their own and are spoken to over HTTP; only the manifest is read elsewhere.",
      severity: "error",
      from: { pathNot: `^model-server/|${test}` },
      to: { path: "^model-server/(?!manifest/)" },
    },
    {
      name: "model-server-stands-on-the-contracts",
      comment:
        "It shares the contracts with the runtime and what it was fetched by with the scripts, and nothing else.",
      severity: "error",
      from: { path: "^model-server/", pathNot: test },
      to: {
        path: "^(app|components|i18n|nodes|server|templates)/|^runtime/(?!capability/|graph/|node/|image/)|^scripts/(?!models/)",
      },
    },
    {
      name: "browser-safe-runtime-is-leaf",
      comment:
        "capability, graph, node, plan and run are shipped to the browser: they reach neither the engine rooms nor Node.",
      severity: "error",
      from: { path: browserSafe, pathNot: test },
      to: { pathNot: `${browserSafe}|^node_modules/(zod|@noble/hashes)/` },
    },
    {
      name: "eval-for-browser-stays-small",
      comment: "Contracts, scorers and verdicts reach the browser; statistics and experiments do not.",
      severity: "error",
      from: { path: evalForBrowser, pathNot: test },
      to: {
        pathNot: `${evalForBrowser}|${browserSafe}|^runtime/text/|^node_modules/(zod|re2js|@marcbachmann/cel-js)/`,
      },
    },
    {
      name: "nodes-see-only-the-contract",
      comment: "A node touches the world only through its context.",
      severity: "error",
      from: { path: "^nodes/", pathNot: `${test}|^nodes/index[.]ts$` },
      to: {
        pathNot:
          "^nodes/lib/|^runtime/(capability|node)/|^runtime/knowledge/chunk/|^runtime/table/(?!file/|workbook/)|^runtime/graph/result[.]ts$|^node_modules/(zod|re2js|@marcbachmann/cel-js|ipaddr[.]js|libphonenumber-js|opencc-js)/",
      },
    },
    {
      name: "chunker-is-leaf",
      comment: "The chunker is pure and ships to the browser with the node that shares it.",
      severity: "error",
      from: { path: "^runtime/knowledge/chunk/", pathNot: test },
      to: { pathNot: "^runtime/knowledge/(chunk/|parse/parsed-document[.]ts$)|^node_modules/zod/" },
    },
    {
      name: "tables-of-text-are-leaf",
      comment:
        "Reading a table out of a text ships to the browser with the node that shares it; files and workbooks do not.",
      severity: "error",
      from: { path: "^runtime/table/(?!file/|workbook/)", pathNot: test },
      to: {
        pathNot:
          "^runtime/table/(?!file/|workbook/)|^runtime/text-source/encod[^/]*[.]ts$|^runtime/graph/result[.]ts$|^runtime/node/exact-json[.]ts$|^node_modules/(zod|papaparse)/|^node_modules/@types/papaparse/",
      },
    },
    {
      name: "templates-are-data",
      severity: "error",
      from: { path: "^templates/", pathNot: test },
      to: { pathNot: "^templates/|^runtime/(capability|graph|node)/|^node_modules/zod/" },
    },
    {
      name: "components-stay-in-the-browser",
      severity: "error",
      from: { path: "^components/", pathNot: test },
      to: {
        path: "^(prisma|app|e2e|generated)/|^runtime/(?!capability/|graph/|node/|plan/|run/|eval/(contract|scorers|say|gate)/)",
      },
    },
    {
      name: "components-see-server-types-only-through-trpc",
      severity: "error",
      from: { path: "^components/", pathNot: `${test}|^components/trpc/` },
      to: { path: "^server/" },
    },
    {
      name: "trpc-client-imports-types-only",
      severity: "error",
      from: { path: "^components/trpc/" },
      to: { path: "^server/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "prisma-only-in-server",
      severity: "error",
      from: { pathNot: "^(server|prisma|scripts|generated)/|^e2e/|^prisma[.]config[.]ts$" },
      to: { path: "^(prisma|generated)/|^node_modules/@prisma/" },
    },
    { name: "server-below-app", severity: "error", from: { path: "^server/" }, to: { path: "^(app|components)/" } },
    {
      name: "one-openai-importer",
      severity: "error",
      from: { pathNot: `^runtime/model/openai-endpoint[.]ts$|${test}` },
      to: { path: "^node_modules/openai/" },
    },
    {
      name: "tests-are-not-imported",
      severity: "error",
      from: { pathNot: test },
      to: { path: "[.](test|spec)[.]tsx?$" },
    },
    {
      name: "testing-only-from-tests",
      severity: "error",
      from: { pathNot: test },
      to: { path: "^(runtime|server)/testing/|^runtime/capability/[^/]+/scripted[.]ts$|-fixture[.]ts$" },
    },
    ...floorRules,
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^([.]next|[.]build|[.]data|bench/peers|generated)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
