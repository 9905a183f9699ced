// How much JavaScript each page of the production build brings before anything is clicked, as the app sends it (Brotli) and as a client without it gets
// it (gzip), largest first. Needs a build:  npm run build && node --import tsx bench/page-scripts.ts
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { inProject } from "@/scripts/lib/project.mjs";

const built = inProject(".next");
const pages = path.join(built, "server", "app");
const endsWith = "page_client-reference-manifest.js";

interface BuildManifest {
  readonly rootMainFiles: readonly string[];
}
interface PageManifest {
  readonly entryJSFiles?: Readonly<Record<string, readonly string[]>>;
}

const { rootMainFiles } = JSON.parse(readFileSync(path.join(built, "build-manifest.json"), "utf8")) as BuildManifest;

const sizes = new Map<string, { readonly gzip: number; readonly brotli: number }>();
const sizeOf = (name: string) => {
  const before = sizes.get(name);
  if (before !== undefined) return before;
  const file = path.join(built, name);
  const content = readFileSync(file);
  let brotli = content.length;
  try {
    brotli = readFileSync(`${file}.br`).length;
  } catch {
    // Too small to be packed.
  }
  const size = { gzip: gzipSync(content).length, brotli };
  sizes.set(name, size);
  return size;
};

const rows = readdirSync(pages, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(endsWith))
  .map((name) => {
    // A script that assigns one object, which is JSON.
    const text = readFileSync(path.join(pages, name), "utf8");
    const manifest = JSON.parse(text.slice(text.indexOf("] = ") + 4).replace(/;?\s{0,9}$/, "")) as PageManifest;
    const files = [...new Set([...rootMainFiles, ...Object.values(manifest.entryJSFiles ?? {}).flat()])];
    const sum = (kind: "gzip" | "brotli") => files.reduce((total, file) => total + sizeOf(file)[kind], 0) / 1_000;
    const page = name.slice(0, -endsWith.length).replaceAll(path.sep, "/").replace("(workbench)", "") || "/";
    return { page, files: files.length, brotli: Math.round(sum("brotli")), gzip: Math.round(sum("gzip")) };
  })
  .sort((left, right) => right.brotli - left.brotli);

console.log("| page | scripts | kB as sent (Brotli) | kB (gzip) |\n|---|---|---|---|");
for (const { page, files, brotli, gzip } of rows) console.log(`| ${page} | ${files} | ${brotli} | ${gzip} |`);
