// `npm run trainer`: makes the Python environment where it is not there, then runs the trainer until Ctrl-C.
import { spawn } from "node:child_process";
import { StartFailure } from "./lib/start-failure.mjs";
import { trainerFolder, trainerPython } from "./lib/trainer/environment.mjs";
import { readTrainerOptions, usage } from "./lib/trainer/options.mjs";

/** @param {string} python @param {readonly string[]} words @returns {Promise<number>} */
const serve = (python, words) =>
  new Promise((resolve, reject) => {
    const child = spawn(python, ["-m", "pipewright_trainer", ...words], { cwd: trainerFolder, stdio: "inherit" });
    // A terminal tells both of Ctrl-C; whoever ends this process alone means the trainer too.
    process.on("SIGINT", () => undefined);
    process.on("SIGTERM", () => child.kill("SIGTERM"));
    child.once("error", reject).once("exit", (status) => resolve(status ?? 1));
  });

try {
  const options = readTrainerOptions(process.argv.slice(2));
  if (options.help) console.log(usage);
  else {
    const python = await trainerPython(options, (line) => console.log(line));
    if (options.install) console.log(`The trainer's environment is ready: ${python}`);
    else process.exitCode = await serve(python, options.rest);
  }
} catch (error) {
  if (!(error instanceof StartFailure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
