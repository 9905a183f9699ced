import { parseArgs } from "node:util";
import { StartFailure } from "./start-failure.mjs";

export const usage = `Starts Pipewright: installs, builds and fetches models where needed, then serves on this machine.

  npm start                      the app at http://127.0.0.1:3000
  npm start -- --port 4000       at another port (or set PORT)
  npm start -- --host 0.0.0.0    reachable from other machines
  npm start -- --link            prints a link that signs the owner in, also where a password is set
  npm start -- --new-key         goes on without what a lost encryption key had sealed
  npm start -- --no-models       without fetching models, and without the embedded model endpoint
  npm run dev                    for contributors: reloads on change

  PIPEWRIGHT_DATA    folder of the database and the secrets (.data)
  PIPEWRIGHT_CACHE   folder of the model weights, shared by all clones
  PIPEWRIGHT_URL     the address people use, where it is not the printed one
  DATABASE_URL       a PostgreSQL server instead of the embedded database`;

/**
 * @typedef {{ port: number, host: string, dev: boolean, models: boolean, link: boolean, newKey: boolean, help: boolean }} StartOptions
 * @param {readonly string[]} words @param {NodeJS.ProcessEnv} [environment]
 * @returns {StartOptions}
 */
export function readOptions(words, environment = process.env) {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...words],
      options: {
        port: { type: "string", short: "p" },
        host: { type: "string" },
        dev: { type: "boolean" },
        "no-models": { type: "boolean" },
        link: { type: "boolean" },
        "new-key": { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }));
  } catch (error) {
    throw new StartFailure(`${error.message}\n\n${usage}`);
  }
  const port = Number(values.port ?? (environment.PORT || 3000));
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new StartFailure(`The port has to be a number from 1 to 65535, not "${values.port ?? environment.PORT}".`);
  }
  return {
    port,
    host: values.host?.trim() || environment.PIPEWRIGHT_HOST?.trim() || "127.0.0.1",
    dev: values.dev ?? false,
    models: !values["no-models"],
    link: values.link ?? false,
    newKey: values["new-key"] ?? false,
    help: values.help ?? false,
  };
}
