#!/usr/bin/env node
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findModel, models } from "../../model-server/manifest/manifest.mjs";
import { cacheRoot, isPresent, modelsFolder } from "./cache.mjs";
import { ensureModels, megabytes } from "./ensure-models.mjs";
import { showProgress } from "./progress.mjs";

/** @import { MissingModel } from "./ensure-models.mjs" */

export { ensureModels, showProgress };

const usage = `Fetches the model weights that Pipewright runs itself.

  node scripts/models/fetch.mjs              the default models
  node scripts/models/fetch.mjs ID ...       these, optional ones too
  node scripts/models/fetch.mjs --list       what there is, and what is here
  node scripts/models/fetch.mjs --verify     read every file again and replace damaged ones`;

/** @param {readonly string[]} args @returns {Promise<number>} exit code */
async function main(args) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { list: { type: "boolean" }, verify: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (values.list) {
    list();
    return 0;
  }
  const unknown = positionals.filter((id) => !findModel(id));
  if (unknown.length > 0) {
    console.error(`No model is called ${unknown.join(", ")}. There are:\n`);
    list();
    return 2;
  }
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort(new Error("interrupted")));
  try {
    const { present, missing } = await ensureModels({
      ...(positionals.length > 0 && { only: positionals }),
      verify: values.verify ?? false,
      onProgress: showProgress(process.stdout),
      signal: stop.signal,
    });
    console.log(`${present.length} of ${present.length + missing.length} models are in ${modelsFolder(cacheRoot())}`);
    for (const line of missingLines(missing)) console.error(line);
    return missing.length > 0 ? 1 : 0;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    console.error("\nStopped. What has arrived is kept; the same command continues.");
    return 130;
  }
}

/** What to tell a user whose models could not be had. @param {readonly MissingModel[]} missing */
export function missingLines(missing) {
  return missing.flatMap((model) => [
    `Missing: ${model.title.en} (${model.id})`,
    `  ${model.reason}`,
    `  To try again: ${model.command}`,
  ]);
}

function list() {
  const root = cacheRoot();
  for (const entry of models) {
    const size = megabytes(entry.files.reduce((sum, file) => sum + file.size, 0));
    const state = isPresent(root, entry) ? "here" : entry.optional ? "optional" : "missing";
    console.log(
      `${entry.id.padEnd(24)} ${state.padEnd(9)} ${size.padStart(8)}  ${entry.licence.padEnd(11)} ${entry.title.en}`,
    );
  }
}

const startedDirectly = process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (startedDirectly) process.exitCode = await main(process.argv.slice(2));
