import { afterEach, describe, expect, it, vi } from "vitest";
import { type ChildSpec, createSupervisor } from "./supervisor.mjs";

const timing = { firstDelayMs: 1, maxDelayMs: 4, graceMs: 500, maxExits: 3, longestDelayMs: 16 };
const supervisors: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const supervisor of supervisors.splice(0)) await supervisor.stop();
});

const setUp = () => {
  const onGiveUp = vi.fn();
  const onRestart = vi.fn();
  const supervisor = createSupervisor({ onGiveUp, onRestart, timing });
  supervisors.push(supervisor);
  return { ...supervisor, onGiveUp, onRestart };
};

/** A child that runs this script and says its number first. */
const child = (script: string, more: Partial<ChildSpec> = {}): ChildSpec & { pids: number[] } => {
  const pids: number[] = [];
  return {
    pids,
    name: "The child",
    parameters: ["-e", `console.log("pid", process.pid);${script}`],
    environment: process.env,
    isReady: (line) => line.startsWith("pid "),
    onOutput: (line) => {
      if (line.startsWith("pid ")) pids.push(Number(line.slice(4)));
    },
    ...more,
  };
};
const isAlive = (pid: number | undefined) => {
  try {
    process.kill(pid ?? 0, 0);
    return true;
  } catch {
    return false;
  }
};
const stayUp = "setInterval(() => {}, 1000);";

describe("keeping processes running", () => {
  it("starts one again that was killed", async () => {
    const { start, onRestart } = setUp();
    const spec = child(stayUp);
    await start(spec);
    process.kill(spec.pids[0] ?? 0, "SIGKILL");
    await vi.waitFor(() => expect(spec.pids).toHaveLength(2), 10_000);
    expect(onRestart).toHaveBeenCalledWith("The child was ended by SIGKILL; it is started again.");
    expect(isAlive(spec.pids[1])).toBe(true);
  });

  it("waits longer and longer, and says so, for one that will not stay up once all was up", async () => {
    const { start, bePatient, onGiveUp, onRestart } = setUp();
    await start(child("process.exit(3);", { isReady: () => true }));
    bePatient();
    await vi.waitFor(() => expect(onRestart.mock.calls.length).toBeGreaterThanOrEqual(6), 20_000);
    const said = onRestart.mock.calls.map(([line]) => line);
    expect(said[2]).toBe("The child ended with status 3; it is started again.");
    expect(said[3]).toBe("The child ended with status 3, for the 4th time in a row; it is started again in 1 s.");
    expect(onGiveUp).not.toHaveBeenCalled();
  });

  it("ends all children at once when it is asked to", async () => {
    const { start, kill } = setUp();
    const busy = child(`process.on("SIGTERM", () => {});${stayUp}`);
    await start(busy);
    kill();
    await vi.waitFor(() => expect(isAlive(busy.pids[0])).toBe(false), 10_000);
  });

  it("gives up on one that does not stay up before all was up, and says what it said last", async () => {
    const { start, onGiveUp } = setUp();
    await start(child('console.error("no database"); setTimeout(() => process.exit(3), 50);'));
    await vi.waitFor(() => expect(onGiveUp).toHaveBeenCalledOnce(), 10_000);
    expect(onGiveUp.mock.calls[0]?.[0].message).toMatch(/ended with status 3, for the 3th time in a row.*no database/s);
  });

  it("refuses at once one that says that another start would not help", async () => {
    const { start, onRestart } = setUp();
    const spec = child('console.error("the folder is in use"); process.exit(75);', {
      isReady: () => false,
      finalStatuses: [75],
    });
    await expect(start(spec)).rejects.toThrow(/ended with status 75\.\n {2}the folder is in use/);
    expect(onRestart).not.toHaveBeenCalled();
  });

  it("ends all children, the last started first, and forces one that will not", async () => {
    const { start, stop } = setUp();
    const polite = child(stayUp);
    const stubborn = child(`process.on("SIGTERM", () => {});${stayUp}`);
    await start(polite);
    await start(stubborn);
    void stop();
    await stop();
    expect([...polite.pids, ...stubborn.pids].map(isAlive)).toEqual([false, false]);
  });
});
