import { ensureModels } from "./ensure-models.mjs";
import { showProgress } from "./progress.mjs";

/** A global set-up of the test runner: tests run on the real models, so they are fetched before the first one. */
export default async function setup() {
  const { missing } = await ensureModels({ onProgress: showProgress(process.stderr) });
  if (missing.length > 0)
    throw new Error(
      `The tests need the default models. ${missing.map(({ id, reason }) => `${id}: ${reason}`).join("; ")}`,
    );
}
