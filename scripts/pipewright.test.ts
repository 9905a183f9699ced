import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { worlds } from "@/bench/worlds/all";
import { Chance } from "@/bench/worlds/chance";
import { taskOf } from "@/bench/worlds/product";
import type { World } from "@/bench/worlds/world";
import { doReport } from "@/runtime/eval/report/report-task";
import { verifiableReport } from "@/runtime/eval/verify/verifiable";
import { junitOf } from "./lib/junit.mjs";

const script = path.join(import.meta.dirname, "pipewright.mjs");
const line = { metric: "same.match", asked: "Same: at least 90 %", seen: "95 %", holds: true as boolean | null };

let folder: string;
let server: http.Server;
let url: string;
/** What the server says of the check, one look after the other; the last is repeated. */
let answers: object[] = [];
let asked: { path: string; key: string | undefined; body: string }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-cli-"));
  server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      asked.push({ path: request.url ?? "", key: request.headers.authorization, body });
      const wrong = request.headers.authorization !== "Bearer pw_right";
      response.writeHead(wrong ? 401 : 200, { "content-type": "application/json" });
      const error = { error: { message: "The API key is unknown.", hint: "Look it up in Settings." } };
      response.end(JSON.stringify(wrong ? error : answers.length > 1 ? answers.shift() : answers[0]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (parameters: readonly string[], key = "pw_right") => {
  asked = [];
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const environment = { ...process.env, PIPEWRIGHT_URL: url, PIPEWRIGHT_API_KEY: key };
    execFile(process.execPath, [script, ...parameters], { env: environment }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
};
const check = (state: string, results: readonly object[] = []) => ({
  check: "c1",
  state,
  version: 7,
  comparedWith: 6,
  done: 3,
  total: 10,
  message: state === "failure" ? "The models did not answer." : null,
  results,
});

describe("pipewright eval --gate", () => {
  it("waits for the check, tells how it goes, ends with 0 where the gate is passed, and writes JUnit", async () => {
    answers = [check("running"), check("running"), check("passed", [line])];
    const junit = path.join(folder, "new", "passed.xml");
    const { code, out } = await run(["eval", "--gate", "--pipeline", "complaints", "--junit", junit]);
    expect(code).toBe(0);
    expect(out).toContain("3 of 10 answers");
    expect(out).toContain("pass  Same: at least 90 %");
    expect(asked.map(({ path: to }) => to)).toEqual(["/api/v1/gates", "/api/v1/gates/c1", "/api/v1/gates/c1"]);
    expect(JSON.parse(asked[0]?.body ?? "")).toEqual({ pipeline: "complaints" });
    expect(await readFile(junit, "utf8")).toContain('tests="1" failures="0"');
  });

  it("ends with 1 where it is not passed, also where that cannot be said", async () => {
    for (const holds of [false, null]) {
      answers = [check("not-passed", [line, { ...line, holds }])];
      const { code, out } = await run(["eval", "--gate", "--pipeline", "complaints"]);
      expect(code).toBe(1);
      expect(out).toContain("The gate is not passed.");
    }
  });

  it("ends with 2 and says what to do where it could not find out", async () => {
    answers = [{}];
    expect(await run(["eval", "--gate", "--pipeline", "p"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("as Pipewright does"),
    });
    answers = [check("passed", [line])];
    expect(
      await run(["eval", "--gate", "--pipeline", "p", "--junit", path.join(folder, "new", "passed.xml", "below")]),
    ).toMatchObject({ code: 2 });
    answers = [check("failure")];
    expect(await run(["eval", "--gate", "--pipeline", "p"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("did not answer"),
    });
    expect(await run(["eval", "--gate", "--pipeline", "p"], "pw_wrong")).toMatchObject({
      code: 2,
      err: expect.stringContaining("Look it up"),
    });
    expect(await run(["eval", "--gate"], "")).toMatchObject({ code: 2, err: expect.stringContaining("--key") });
    expect(await run(["eval", "--gate"])).toMatchObject({ code: 2, err: expect.stringContaining("--pipeline") });
    expect(await run(["eval", "--gate", "--pipeline", "p", "--document", "gone.json"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("cannot be read"),
    });
    expect(await run(["eval", "--gate", "--pipeline", "p", "--url", "http://127.0.0.1:9"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("cannot be reached"),
    });
    expect(await run(["evil"])).toMatchObject({ code: 2 });
  });
});

it("JUnit is well-formed whatever the texts are", () => {
  const xml = junitOf({
    pipeline: 'a"b<c>',
    seconds: 1.5,
    results: [{ ...line, seen: "x & y\u0000\ud800 <z>", holds: false }],
  });
  expect(xml).toContain('name="Gate of a&quot;b&lt;c&gt;"');
  expect(xml).toContain('message="x &amp; y');
  expect(xml).not.toContain("\u0000");
  expect(xml.match(/<testcase /g)).toHaveLength(1);
});

describe("verifying a report", () => {
  it("works out its numbers without an app, and ends with 1 where one was changed, 2 where the file is none", async () => {
    const world = worlds.find(({ name }) => name === "few-rows") as World;
    const next = world.begin(new Chance(3), 0);
    const task = taskOf(
      world,
      Array.from({ length: 12 }, (_, row) => next(row)),
    );
    const file = verifiableReport("Few rows", task, doReport(task));
    const save = async (name: string, content: unknown) => {
      const place = path.join(folder, name);
      await writeFile(place, JSON.stringify(content));
      return place;
    };
    const good = await run(["verify", await save("good.json", file)]);
    expect(good).toMatchObject({ code: 0, out: expect.stringMatching(/^Few rows: all \d+ numbers/) });
    const bad = await run(["verify", await save("bad.json", { ...file, report: { ...file.report, rows: 13 } })]);
    expect(bad).toMatchObject({ code: 1, out: expect.stringContaining("report.rows: the file says 13") });
    expect(await run(["verify", await save("none.json", {})])).toMatchObject({ code: 2 });
    expect(await run(["verify", path.join(folder, "gone.json")])).toMatchObject({ code: 2 });
    expect(await run(["verify"])).toMatchObject({ code: 2 });
  });
});
