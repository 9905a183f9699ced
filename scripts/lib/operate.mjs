import { spawn } from "node:child_process";
import path from "node:path";
import { closeDataFolder } from "./data-folder.mjs";
import { encryptionKey } from "./encryption-key.mjs";
import { inProject, project } from "./project.mjs";
import { databaseService } from "./services.mjs";
import { ChildFailure, createSupervisor } from "./supervisor.mjs";

/** Where the data lies. */
export const dataFolder = () => path.resolve(process.env.PIPEWRIGHT_DATA || inProject(".data"));

/**
 * Runs a program of `server/` for an operator while the app is stopped: with the database, and with the key. Ends this process as the program ended.
 * @param {string} program relative to the project @param {readonly string[]} [words] its parameters
 */
export async function operate(program, words = []) {
  const folder = dataFolder();
  await closeDataFolder(folder);
  const supervisor = createSupervisor({
    onGiveUp: (failure) => {
      console.error(failure.message);
      process.exit(1);
    },
  });
  let status = 1;
  try {
    /** @type {NodeJS.ProcessEnv} */
    const environment = { ...process.env, PIPEWRIGHT_DATA: folder, ...(await encryptionKey(folder)) };
    if (!process.env.DATABASE_URL) {
      const database = await databaseService(folder, { bundled: false });
      Object.assign(environment, database.environment);
      await supervisor.start(database.spec);
    }
    const privateFiles = new URL("./private-files.mjs", import.meta.url).href;
    const child = spawn(process.execPath, ["--import", privateFiles, "--import", "tsx", inProject(program), ...words], {
      cwd: project,
      env: environment,
      stdio: ["ignore", "inherit", "inherit"],
    });
    status = await new Promise((resolve, reject) => {
      child.once("error", reject).once("exit", (code) => resolve(code ?? 1));
    });
  } catch (error) {
    console.error(error instanceof ChildFailure ? error.message : error);
  }
  await supervisor.stop();
  process.exit(status);
}
