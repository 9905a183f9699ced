// `npm run test:trainer`: the trainer's own tests on the CPU, with real trainings of a tiny model. Makes the Python environment where none is named by
// PIPEWRIGHT_TRAINER_ENVIRONMENT. Ends as `npm test` does.
import { clearResults, tellCounts, timed } from "./lib/suites.mjs";
import { trainerPython } from "./lib/trainer/environment.mjs";
import { readTrainerOptions } from "./lib/trainer/options.mjs";
import { runPythonTests } from "./lib/trainer/python-tests.mjs";

const options = readTrainerOptions(process.argv.slice(2));

await tellCounts(async (add) => {
  await clearResults();
  const python = await timed("environment", () => trainerPython(options, (line) => console.log(line)));
  add(await timed("the trainer", () => runPythonTests(python)));
});
