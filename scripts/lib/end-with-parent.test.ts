import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";

const preloaded = new URL("./end-with-parent.mjs", import.meta.url).href;
/** Stores something for a moment before it leaves, as the app does. */
const app = `
  process.once("SIGTERM", () => setTimeout(() => { console.log("stored"); process.exit(0); }, 300));
  setInterval(() => {}, 1000);
  console.log("up");
`;
const start = async (program = app) => {
  const child = spawn(process.execPath, ["--import", preloaded, "--input-type=module", "--eval", program], {
    env: { ...process.env, PIPEWRIGHT_PARENT_STDIN: "1" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (text) => {
    said += text;
  });
  await expect.poll(() => said, { timeout: 10_000 }).toContain("up");
  const ended = once(child, "exit").then(([code]) => ({ code, said }));
  return { child, ended };
};

describe.runIf(process.platform !== "win32")("the app's process", () => {
  it.each(["input first", "signal first"])("that is stopped in order stores what it has, %s", async (order) => {
    const { child, ended } = await start();
    if (order === "input first") child.stdin.end();
    child.kill("SIGTERM");
    child.stdin.end();
    expect(await ended).toEqual({ code: 0, said: "up\nstored\n" });
  });

  it("ends at once when its parent is gone without a word", async () => {
    const { child, ended } = await start();
    child.stdin.end();
    expect(await ended).toEqual({ code: 1, said: "up\n" });
  });

  it("ends at once when it is stopped before it listens", async () => {
    const { child, ended } = await start('setInterval(() => {}, 1000); console.log("up");');
    child.kill("SIGTERM");
    expect((await ended).code).toBe(0);
  });
});
