// A map of 10,000 items that do next to nothing, against the same steps laid out flat in the same run, from a bundle as the product runs; and what the
// executor holds while 1,000 and while 10,000 items go by.
//   node --expose-gc --import tsx bench/frames.ts
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const outfile = path.resolve(import.meta.dirname, "../.build/bench-frames.mjs");
await build({
  entryPoints: [path.join(import.meta.dirname, "lib/frames-load.ts")],
  outfile,
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
});
const { measureFrames }: typeof import("./lib/frames-load") = await import(pathToFileURL(outfile).href);
process.exit((await measureFrames()) ? 0 : 1);
