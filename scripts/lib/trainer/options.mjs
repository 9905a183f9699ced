import path from "node:path";
import { parseArgs } from "node:util";
import { StartFailure } from "../start-failure.mjs";

export const usage = `Starts the trainer: a small server that trains language models for Pipewright on the machine with the GPU.
The first start makes its Python environment: about 5.7 GB, for PyPI's build of PyTorch brings the CUDA libraries with it.

  npm run trainer                               on this machine alone, at http://127.0.0.1:8300
  npm run trainer -- --host 0.0.0.0 --port 9000 reachable from other machines
  npm run trainer -- --models /srv/models       folder of base models, one folder each
  npm run trainer -- --hub                      base models may also be names on the Hugging Face hub
  npm run trainer -- --environment /opt/venv    uses a Python environment that has the packages already
  npm run trainer -- --index URL                fetches from another package index with the same files, a mirror of PyPI
  npm run trainer -- --torch-index URL          takes PyTorch alone from there, such as https://download.pytorch.org/whl/cpu:
                                                a smaller build for machines without a GPU. The lock's hashes do not cover that one.
  npm run trainer -- --install                  makes the environment and ends

  PIPEWRIGHT_TRAINER_ENVIRONMENT   the same as --environment
  PIPEWRIGHT_TRAINER_TOKEN         the token that callers give; otherwise one is made and kept in the data folder
  PIPEWRIGHT_CACHE                 folder in which the environment is made`;

/**
 * @typedef {{ environment: string | null, index: string | null, torchIndex: string | null, install: boolean, help: boolean, rest: string[] }} TrainerOptions
 *   `rest`: what the trainer itself is told
 * @param {readonly string[]} words @param {Readonly<Record<string, string | undefined>>} [environment]
 * @returns {TrainerOptions}
 */
export function readTrainerOptions(words, environment = process.env) {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...words],
      options: {
        environment: { type: "string" },
        index: { type: "string" },
        "torch-index": { type: "string" },
        install: { type: "boolean" },
        help: { type: "boolean", short: "h" },
        host: { type: "string" },
        port: { type: "string" },
        data: { type: "string" },
        models: { type: "string" },
        hub: { type: "boolean" },
      },
    }));
  } catch (error) {
    throw new StartFailure(`${error.message}\n\n${usage}`);
  }
  const named = values.environment ?? environment.PIPEWRIGHT_TRAINER_ENVIRONMENT;
  const told = /** @type {const} */ (["host", "port", "data", "models"]).flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [`--${name}`, name === "data" || name === "models" ? path.resolve(value) : value];
  });
  return {
    environment: named ? path.resolve(named) : null,
    index: address("index", values.index),
    torchIndex: address("torch-index", values["torch-index"]),
    install: values.install ?? false,
    help: values.help ?? false,
    rest: [...told, ...(values.hub ? ["--hub"] : [])],
  };
}

/** @param {string} name @param {string | undefined} given */
function address(name, given) {
  if (given === undefined) return null;
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol))
    throw new StartFailure(
      `--${name} has to be the address of a package index, such as https://pypi.org/simple, not "${given}".`,
    );
  return given;
}
