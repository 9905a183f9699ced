#!/usr/bin/env node
// The command line of Pipewright: `pipewright eval --gate` asks a running Pipewright whether a version passes its pipeline's gate; `pipewright verify` works out an
// exported report again. The first needs nothing but Node, so that it can be copied into any repository's continuous integration.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { CallTrouble, call, callHelp } from "./lib/calls.mjs";
import { junitOf } from "./lib/junit.mjs";

const help = `Usage: pipewright eval --gate --pipeline <id or address> [options]
       pipewright verify <report.json>
${callHelp}

eval checks the saved draft of a pipeline, or a document, by the pipeline's gate: against what is live, on the gate's dataset.

  --url <url>          where Pipewright answers (PIPEWRIGHT_URL; http://127.0.0.1:3000)
  --key <key>          API key that may ask for gates (PIPEWRIGHT_API_KEY)
  --pipeline <name>    id of the pipeline, or the address that it is published under (PIPEWRIGHT_PIPELINE)
  --document <file>    graph document as JSON to check in place of the saved draft
  --junit <file>       write the outcome as JUnit XML
  --timeout <seconds>  give up after so long (3600)

Ends with 0 where the gate is passed, 1 where it is not, 2 where that could not be found out.

verify works out every number of a report from the cells in its file (exported as "JSON, to verify"), without Pipewright running, and says where the file
says something else. Ends with 0 where all is as it says, 1 where it is not, 2 where the file could not be read.`;

const couldNot = 2;
const pauseMs = 1_000;

class Trouble extends Error {}

const read = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        gate: { type: "boolean", default: false },
        url: { type: "string", default: process.env.PIPEWRIGHT_URL ?? "http://127.0.0.1:3000" },
        key: { type: "string", default: process.env.PIPEWRIGHT_API_KEY ?? "" },
        pipeline: { type: "string", default: process.env.PIPEWRIGHT_PIPELINE ?? "" },
        document: { type: "string" },
        junit: { type: "string" },
        timeout: { type: "string", default: "3600" },
        inputs: { type: "string" },
        file: { type: "string" },
        name: { type: "string" },
        stream: { type: "boolean", default: false },
        background: { type: "boolean", default: false },
        forecast: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new Trouble(`${error instanceof Error ? error.message : error}\n\n${help}`);
  }
};

/** @param {string} url @param {string} key @param {RequestInit} [options] */
const ask = async (url, key, options = {}) => {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(url, {
      ...options,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      signal: AbortSignal.timeout(60_000),
    });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new Trouble(`Pipewright cannot be reached at ${url}: ${cause}`);
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok) {
    const { message = `it answered ${response.status}`, hint = "" } = answer?.error ?? {};
    throw new Trouble(`${message} ${hint}`.trim());
  }
  if (answer === null || typeof answer.check !== "string" || !Array.isArray(answer.results))
    throw new Trouble(`${url} did not answer as Pipewright does. Is the address right?`);
  return answer;
};

/** @param {{ holds: boolean | null }} result */
const mark = ({ holds }) => (holds === true ? "pass" : holds === false ? "FAIL" : "????");

/** @param {string[]} files */
const verify = async ([file, ...more]) => {
  if (file === undefined || more.length > 0) throw new Trouble(`Name one file.\n\n${help}`);
  const { verifyFile } = await import("./lib/verify.mjs").catch(() => {
    throw new Trouble("Reports are verified with Pipewright's own statistics: run this from its folder.");
  });
  const { ok, problems, numbers, experiment } = await verifyFile(file).catch((error) => {
    throw new Trouble(error instanceof Error ? error.message : String(error));
  });
  if (ok) {
    console.log(`${experiment}: all ${numbers} numbers of the report follow from its cells.`);
    return 0;
  }
  for (const problem of problems) console.log(problem);
  if (numbers === 0) return couldNot;
  console.log(`${experiment}: the report does not follow from its cells.`);
  return 1;
};

const run = async () => {
  const { values, positionals } = read();
  if (values.help || positionals.length === 0) {
    console.log(help);
    return values.help ? 0 : couldNot;
  }
  if (positionals[0] === "verify") return verify(positionals.slice(1));
  const called = await call(positionals, values);
  if (called !== null) return called;
  if (positionals[0] !== "eval" || !values.gate)
    throw new Trouble(`There is no command "${positionals[0]}" of this form.\n\n${help}`);
  const { key, pipeline } = values;
  if (key === "") throw new Trouble("Give an API key: --key, or PIPEWRIGHT_API_KEY.");
  if (pipeline === "") throw new Trouble("Name the pipeline: --pipeline, or PIPEWRIGHT_PIPELINE.");
  const limit = Number(values.timeout);
  if (!(limit > 0)) throw new Trouble("--timeout is a number of seconds.");
  const base = `${values.url.replace(/(?<!\/)\/+$/, "")}/api/v1/gates`;
  /** @type {unknown} */
  let document;
  if (values.document !== undefined) {
    const text = await readFile(values.document, "utf8").catch(() => {
      throw new Trouble(`${values.document} cannot be read.`);
    });
    try {
      document = JSON.parse(text);
    } catch {
      throw new Trouble(`${values.document} is not JSON.`);
    }
  }
  const begun = Date.now();
  let check = await ask(base, key, {
    method: "POST",
    body: JSON.stringify({ pipeline, ...(document !== undefined && { document }) }),
  });
  console.log(
    `Checking version ${check.version} of ${pipeline} against ${check.comparedWith === null ? "the gate's floors: nothing is live" : `version ${check.comparedWith}, which is live`}`,
  );
  let told = -1;
  while (check.state === "running") {
    if (Date.now() - begun > limit * 1_000)
      throw new Trouble(
        `The check has not ended after ${limit} seconds. It goes on; run this again to read its outcome.`,
      );
    if (check.done !== told) {
      told = check.done;
      console.log(`  ${check.done} of ${check.total ?? "?"} answers`);
    }
    await wait(pauseMs);
    check = await ask(`${base}/${check.check}`, key);
  }
  if (check.state === "failure") throw new Trouble(`The check could not be carried out. ${check.message ?? ""}`.trim());
  for (const result of check.results) console.log(`${mark(result)}  ${result.asked}\n      ${result.seen}`);
  const passed = check.state === "passed";
  console.log(passed ? "The gate is passed." : "The gate is not passed.");
  if (values.junit !== undefined) await mkdir(path.dirname(path.resolve(values.junit)), { recursive: true });
  if (values.junit !== undefined)
    await writeFile(values.junit, junitOf({ pipeline, seconds: (Date.now() - begun) / 1_000, results: check.results }));
  return passed ? 0 : 1;
};

try {
  process.exitCode = await run();
} catch (error) {
  // Whatever went wrong, it is not the gate's word: 1 is for a gate that is not passed.
  console.error(error instanceof Trouble || error instanceof CallTrouble ? error.message : error);
  process.exitCode = error instanceof CallTrouble ? error.exit : couldNot;
}
