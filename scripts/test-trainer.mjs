// `npm run test:trainer`: the trainer's own tests on the CPU, with real trainings of a tiny model, then the app's client against it. Makes the Python
// environment where none is named by PIPEWRIGHT_TRAINER_ENVIRONMENT. Ends as `npm test` does.
import { install, isInstalled } from "./lib/install.mjs";
import { inProject } from "./lib/project.mjs";
import { clearResults, runScript, runVitestWith, tellCounts, timed } from "./lib/suites.mjs";
import { trainerPython } from "./lib/trainer/environment.mjs";
import { readTrainerOptions } from "./lib/trainer/options.mjs";
import { runPythonTests } from "./lib/trainer/python-tests.mjs";
import { withRealTrainer } from "./lib/trainer/real-trainer.mjs";

const options = readTrainerOptions(process.argv.slice(2));

await tellCounts(async (add) => {
  await clearResults();
  if (!isInstalled({ withDev: true })) await timed("install", () => install({ withDev: true }));
  if ((await runScript([inProject("scripts", "generate.mjs"), "--client"])) !== 0)
    throw new Error("the database client was not generated");
  const python = await timed("environment", () => trainerPython(options, (line) => console.log(line)));
  add(
    await timed("the app's client against the real trainer", () =>
      withRealTrainer(python, ({ address, token }) =>
        runVitestWith("vitest.trainer.config.ts", { TRAINER_ADDRESS: address, TRAINER_TOKEN: token }),
      ),
    ),
  );
  add(await timed("the trainer", () => runPythonTests(python)));
});
