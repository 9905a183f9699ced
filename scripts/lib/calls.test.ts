import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { publishedFixture } from "@/server/api/http/published/published-fixture";

const script = path.join(import.meta.dirname, "..", "pipewright.mjs");
let house: Awaited<ReturnType<typeof publishedFixture>>;
let slug = "";
let broken = "";
let folder = "";
beforeAll(async () => {
  house = await publishedFixture(["echo", "error-400"]);
  slug = (await house.publish("echo")).slug;
  broken = (await house.publish("error-400")).slug;
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-cli-"));
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true, force: true });
});

const cli = (words: readonly string[], key: string = house.key) =>
  new Promise<{ code: number; lines: Record<string, unknown>[]; said: string }>((resolve) => {
    const env = { ...process.env, PIPEWRIGHT_URL: house.origin, PIPEWRIGHT_API_KEY: key };
    const child = execFile(process.execPath, [script, ...words], { env }, (_, stdout, stderr) => {
      const lines = stdout.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []));
      resolve({ code: child.exitCode ?? -1, lines, said: stderr });
    });
  });

it("runs a pipeline whole, as a stream and in the background, in JSON", async () => {
  const whole = await cli(["run", slug, "--inputs", '{"q":"Hi"}']);
  expect(whole).toMatchObject({ code: 0, lines: [{ status: "success", outputs: { answer: "Result: Answer: Hi" } }] });
  const file = path.join(folder, "inputs.json");
  await writeFile(file, '{"q":"From a file"}');
  const streamed = await cli(["run", slug, "--file", file, "--stream"]);
  expect(streamed.code).toBe(0);
  expect(streamed.lines.at(-1)).toMatchObject({ event: "run-end", status: "success" });
  const background = await cli(["run", slug, "--inputs", '{"q":"Hi"}', "--background"]);
  expect(background).toMatchObject({ code: 0, lines: [{ status: "queued" }] });
  const runId = String(whole.lines[0]?.runId);
  expect(await cli(["runs", slug, runId])).toMatchObject({ code: 0, lines: [{ runId, status: "success" }] });
  expect((await cli(["logs", slug, runId])).lines.at(-1)).toMatchObject({ event: "run-end" });
  expect(await cli(["cancel", slug, runId])).toMatchObject({ code: 0, lines: [{ status: "success" }] });
  expect((await cli(["openapi", slug])).lines[0]).toMatchObject({ openapi: "3.1.0" });
}, 60_000);

it("ends by how it went: a failed run, what was refused, what the key may not, what people do", async () => {
  expect((await cli(["run", broken, "--inputs", '{"q":"Hi"}'])).code).toBe(1);
  expect((await cli(["run", slug, "--inputs", "{}"])).code).toBe(2);
  expect((await cli(["run", slug, "--inputs", "not json"])).said).toContain("--inputs is not JSON");
  expect((await cli(["run", "no-such-pipeline"])).code).toBe(2);
  expect(await cli(["run", slug], "pw_wrong")).toMatchObject({ code: 3, said: expect.stringContaining("key-unknown") });
  const { key } = await house.api.apiKey.create({ name: "Reads alone", mayRun: false });
  expect(await cli(["run", slug, "--inputs", '{"q":"Hi"}'], key)).toMatchObject({ code: 3 });
  for (const command of ["publish", "promote", "rollback", "ramp", "keys", "export", "import"])
    expect(await cli([command, slug])).toMatchObject({ code: 3, said: expect.stringContaining("has no right to") });
  expect((await cli(["dance"])).code).toBe(2);
}, 60_000);
