import { StartFailure } from "../start-failure.mjs";

/** Versions of Python that the locked packages exist for. */
const oldest = 11;
const newest = 14;

/**
 * What can make the environment: uv, which fetches a Python of its own where there is none, or else a Python with venv.
 * @param {(program: string, words: readonly string[]) => Promise<{ status: number, output: string } | null>} run null: there is no such program
 * @returns {Promise<import("./install-steps.mjs").Tool>}
 */
export async function findTool(run) {
  if ((await run("uv", ["--version"]))?.status === 0) return { kind: "uv", program: "uv" };
  /** @type {string[]} */
  const seen = [];
  for (const program of ["python3", "python", ...versions().map((minor) => `python3.${minor}`)]) {
    const told = await run(program, ["-c", "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"]);
    if (told === null) continue;
    const minor = /^3\.(\d+)\s*$/.exec(told.output)?.[1];
    if (told.status === 0 && minor !== undefined && Number(minor) >= oldest && Number(minor) <= newest)
      return { kind: "python", program };
    seen.push(told.status === 0 ? `${program} is ${told.output.trim()}` : `${program} has no module venv or ensurepip`);
  }
  throw new StartFailure(
    [
      `The trainer needs Python 3.${oldest} to 3.${newest}, and this machine has none that can make an environment${seen.length === 0 ? "" : ` (${[...new Set(seen)].join("; ")})`}.`,
      "Do one of these and start again:",
      "  install uv, which brings a Python with it:  https://docs.astral.sh/uv/getting-started/installation/",
      "  on Debian or Ubuntu:                        apt install python3 python3-venv",
      "  use an environment that has the packages:   npm run trainer -- --environment FOLDER",
      "Only the trainer needs Python. Pipewright itself runs without it.",
    ].join("\n"),
  );
}

const versions = () => Array.from({ length: newest - oldest + 1 }, (_, place) => newest - place);
