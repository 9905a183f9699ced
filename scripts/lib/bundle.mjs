import { existsSync } from "node:fs";
import path from "node:path";
import { inProject } from "./project.mjs";

/** Programs of the app that run without the framework, made of TypeScript into one file each. */
export const programs = {
  database: { source: "server/platform/db/embedded/main.ts", file: inProject(".next", "programs", "database.mjs") },
  front: { source: "server/api/http/front/main.ts", file: inProject(".next", "programs", "front.mjs") },
};

export const areBundled = () => Object.values(programs).every(({ file }) => existsSync(file));

/** Bundles them. Packages stay where they are; translating the sources at each start would cost seconds, and calls a fifth of their time. */
export async function bundlePrograms() {
  // Imported only now: whoever only starts the app needs no bundler.
  const { build } = await import("esbuild");
  for (const { source, file } of Object.values(programs)) {
    await build({
      entryPoints: [inProject(...source.split("/"))],
      outfile: file,
      absWorkingDir: path.dirname(inProject("package.json")),
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      target: "node20",
      sourcemap: true,
      define: { "process.env.NODE_ENV": '"production"' },
      logLevel: "silent",
    });
  }
}
