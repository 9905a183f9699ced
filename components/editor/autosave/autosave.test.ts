import { beforeEach, describe, expect, it } from "vitest";
import { emptyDocument, type GraphDocument } from "@/runtime/graph/document";
import { hashJson } from "@/runtime/graph/hash";
import { Autosave, type Draft, type SaveReply, type SaveState } from "./autosave";

const documentAt = (x: number): GraphDocument => ({ ...emptyDocument, layout: { a: { x, y: 0 } } });

/** A server and a clock worked by hand. */
const harness = () => {
  const timers: { callback: () => void; delay: number; live: boolean }[] = [];
  const requests: {
    baseRevision: number;
    document: GraphDocument;
    reply: (reply: SaveReply | Error) => Promise<void>;
  }[] = [];
  const states: SaveState["status"][] = [];
  const saved: number[] = [];
  let kept: Draft | null = null;
  const autosave = new Autosave(1, null, {
    now: () => 5000,
    keep: (draft) => {
      kept = draft;
    },
    onState: (state) => states.push(state.status),
    onSaved: ({ revision }) => saved.push(revision),
    later: (callback, delay) => {
      const timer = { callback, delay, live: true };
      timers.push(timer);
      return () => {
        timer.live = false;
      };
    },
    save: (request) =>
      new Promise((resolve, reject) => {
        requests.push({
          ...request,
          reply: async (reply) => {
            if (reply instanceof Error) reject(reply);
            else resolve(reply);
            for (let turn = 0; turn < 6; turn += 1) await Promise.resolve();
          },
        });
      }),
  });
  return {
    autosave,
    requests,
    states,
    saved,
    kept: () => kept,
    waiting: () => timers.filter((timer) => timer.live).map((timer) => timer.delay),
    fire: () => {
      const timer = timers.find((candidate) => candidate.live);
      if (!timer) throw new Error("no timer is set");
      timer.live = false;
      timer.callback();
    },
  };
};
const savedAs = (revision: number): SaveReply => ({
  kind: "saved",
  saved: { revision, graphHash: "h", savedAt: 6000 },
});

let world: ReturnType<typeof harness>;
beforeEach(() => {
  world = harness();
});

describe("Autosave", () => {
  it("waits for a pause, then sends the newest document once", async () => {
    world.autosave.change(documentAt(1));
    world.autosave.change(documentAt(2));
    expect(world.waiting()).toEqual([800]);
    world.fire();
    expect(world.requests.map(({ document }) => document.layout.a?.x)).toEqual([2]);
    await world.requests[0]?.reply(savedAs(2));
    expect(world.autosave.revision).toBe(2);
    expect(world.autosave.state).toEqual({ status: "saved", savedAt: 6000 });
    expect(world.kept()).toBeNull();
  });

  it("keeps the work in the browser until the server has it", () => {
    world.autosave.change(documentAt(1));
    expect(world.kept()).toEqual({ baseRevision: 1, document: documentAt(1), at: 5000 });
    expect(world.autosave.hasUnsavedWork).toBe(true);
  });

  it("never has two requests under way, and saves what came meanwhile on top of the first", async () => {
    world.autosave.change(documentAt(1));
    world.fire();
    world.autosave.change(documentAt(2));
    expect(world.requests).toHaveLength(1);
    await world.requests[0]?.reply(savedAs(2));
    expect(world.kept()?.baseRevision).toBe(2);
    world.fire();
    expect(world.requests[1]?.baseRevision).toBe(2);
    await world.requests[1]?.reply(savedAs(3));
    expect(world.saved).toEqual([2, 3]);
    expect(world.autosave.hasUnsavedWork).toBe(false);
  });

  it("tries again with growing pauses while the server is out of reach, and at once when it is back", async () => {
    world.autosave.change(documentAt(1));
    world.fire();
    await world.requests[0]?.reply({ kind: "unreachable" });
    expect(world.waiting()).toEqual([1000]);
    world.fire();
    await world.requests[1]?.reply(new Error("socket closed"));
    expect(world.waiting()).toEqual([2000]);
    world.autosave.retryNow();
    await world.requests[2]?.reply(savedAs(2));
    expect(world.autosave.state.status).toBe("saved");
    expect(world.waiting()).toEqual([]);
  });

  it("sends nothing after a conflict until somebody decides, and loses nothing", async () => {
    world.autosave.change(documentAt(1));
    world.fire();
    await world.requests[0]?.reply({ kind: "conflict", theirs: { revision: 7, savedAt: 1 } });
    world.autosave.change(documentAt(2));
    expect(world.waiting()).toEqual([]);
    expect(await world.autosave.flush()).toBe(false);
    expect(world.requests).toHaveLength(1);
    expect(world.kept()?.document).toEqual(documentAt(2));
  });

  it("overwrites theirs only when told to, based on their revision", async () => {
    world.autosave.change(documentAt(1));
    world.fire();
    await world.requests[0]?.reply({ kind: "conflict", theirs: { revision: 7, savedAt: 1 } });
    const done = world.autosave.overwrite(documentAt(3));
    expect(world.requests[1]).toMatchObject({ baseRevision: 7, document: documentAt(3) });
    await world.requests[1]?.reply(savedAs(8));
    expect(await done).toBe(true);
    expect(world.autosave.revision).toBe(8);
  });

  it("meets a conflict again when theirs moved on while we decided", async () => {
    world.autosave.change(documentAt(1));
    world.fire();
    await world.requests[0]?.reply({ kind: "conflict", theirs: { revision: 7, savedAt: 1 } });
    const done = world.autosave.overwrite(documentAt(3));
    await world.requests[1]?.reply({ kind: "conflict", theirs: { revision: 9, savedAt: 2 } });
    expect(await done).toBe(false);
    expect(world.autosave.state).toMatchObject({ status: "conflict", theirs: { revision: 9 } });
  });

  it("adopts theirs and forgets ours", async () => {
    world.autosave.change(documentAt(1));
    world.autosave.adopt({ revision: 4, savedAt: 9 });
    expect(world.autosave.hasUnsavedWork).toBe(false);
    expect(world.kept()).toBeNull();
    expect(world.waiting()).toEqual([]);
    world.autosave.change(documentAt(5));
    world.fire();
    expect(world.requests[0]?.baseRevision).toBe(4);
  });

  it("flushes everything, also what changes while it waits", async () => {
    world.autosave.change(documentAt(1));
    const done = world.autosave.flush();
    world.autosave.change(documentAt(2));
    await world.requests[0]?.reply(savedAs(2));
    await world.requests[1]?.reply(savedAs(3));
    expect(await done).toBe(true);
    expect(world.autosave.revision).toBe(3);
  });

  it("says that a flush failed where the server is out of reach", async () => {
    world.autosave.change(documentAt(1));
    const done = world.autosave.flush();
    await world.requests[0]?.reply({ kind: "unreachable" });
    expect(await done).toBe(false);
  });

  describe("after a reload", () => {
    const stored = { savedAt: 7000, document: documentAt(9) };
    const draft = (baseRevision: number, sent?: GraphDocument): Draft => ({
      baseRevision,
      document: documentAt(2),
      at: 4000,
      ...(sent && { sent: hashJson(sent) }),
    });

    it("saves what was left unsaved on the revision it was based on", () => {
      world.autosave.recover(draft(1), stored);
      world.fire();
      expect(world.requests).toMatchObject([{ baseRevision: 1, document: documentAt(2) }]);
    });

    it("asks before it puts what was left unsaved over what somebody else has saved since, and again after another reload", () => {
      world.autosave.recover(draft(0), stored);
      world.autosave.change(documentAt(3));
      expect(world.autosave.state).toEqual({ status: "conflict", theirs: { revision: 1, savedAt: 7000 } });
      expect(world.waiting()).toEqual([]);
      expect(world.requests).toEqual([]);
      expect(world.kept()).toMatchObject({ baseRevision: 0, document: documentAt(3) });
    });

    it("goes on upon its own save whose answer was lost", async () => {
      world.autosave.change(documentAt(9));
      world.fire();
      world.autosave.change(documentAt(2));
      const kept = world.kept();
      world = harness();
      if (kept) world.autosave.recover({ ...kept, baseRevision: 0 }, stored);
      expect(world.autosave.state.status).toBe("dirty");
      world.fire();
      expect(world.requests).toMatchObject([{ baseRevision: 1, document: documentAt(2) }]);
    });
  });

  it("waits for a change after a refusal", async () => {
    world.autosave.change(documentAt(1));
    world.fire();
    await world.requests[0]?.reply({ kind: "refused", message: "too large" });
    expect(world.waiting()).toEqual([]);
    world.autosave.change(documentAt(2));
    expect(world.waiting()).toEqual([800]);
  });

  it("follows another tab when nothing is unsaved here, and stops for a decision when something is", () => {
    expect(world.autosave.noticeTheirs({ revision: 1, savedAt: 0 })).toBe("known");
    expect(world.autosave.noticeTheirs({ revision: 2, savedAt: 0 })).toBe("follow");
    world.autosave.change(documentAt(1));
    expect(world.autosave.noticeTheirs({ revision: 2, savedAt: 0 })).toBe("conflict");
    expect(world.waiting()).toEqual([]);
    expect(world.autosave.state.status).toBe("conflict");
  });

  it("stops at a session that has ended, keeps the work, and saves it when somebody has signed in again", async () => {
    world.autosave.change(documentAt(1));
    world.fire();
    await world.requests[0]?.reply({ kind: "signed-out" });
    expect(world.autosave.state).toEqual({ status: "signed-out" });
    expect(world.waiting()).toEqual([]);
    expect(world.kept()).toMatchObject({ document: documentAt(1) });
    world.autosave.retryNow();
    expect(world.requests).toHaveLength(2);
    await world.requests[1]?.reply(savedAs(2));
    expect(world.autosave.state).toMatchObject({ status: "saved" });
    expect(world.kept()).toBeNull();
  });
});
