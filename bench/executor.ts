// Overhead of the executor a no-op node, with every event read, against a hand-written ready queue in the same run, from a bundle as the product runs.
//   node --import tsx bench/executor.ts            the executor alone
//   node --import tsx bench/executor.ts --peers    LangGraph.js and Rivet beside it, installed into bench/peers/executor on demand
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const outfile = path.resolve(import.meta.dirname, "../.build/bench-executor.mjs");
await build({
  entryPoints: [path.join(import.meta.dirname, "lib/executor-load.ts")],
  outfile,
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
});
const { measureExecutor }: typeof import("./lib/executor-load") = await import(pathToFileURL(outfile).href);
const peers = process.argv.includes("--peers") ? (await import("./lib/executor-peers")).peers : {};
process.exit((await measureExecutor(peers)) ? 0 : 1);
