import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyHistory, groupingPauseMs, type History, historyLimit, remember, stepBack, stepForward } from "./history";

const step = (name: string, at: number, key: string | null = null) => ({
  forward: [`+${name}`],
  backward: [`-${name}`],
  key,
  at,
});

describe("remember", () => {
  it("joins edits of one key within the pause and undoes them in reverse order", () => {
    const history = remember(remember(emptyHistory as History<string>, step("a", 0, "k")), step("b", 500, "k"));
    expect(history.past).toEqual([{ forward: ["+a", "+b"], backward: ["-b", "-a"], key: "k", at: 500 }]);
  });
  it("begins a new step after the pause, for another key and for no key", () => {
    const first = remember(emptyHistory as History<string>, step("a", 0, "k"));
    expect(remember(first, step("b", groupingPauseMs + 1, "k")).past).toHaveLength(2);
    expect(remember(first, step("b", 1, "other")).past).toHaveLength(2);
    expect(remember(remember(emptyHistory as History<string>, step("a", 0)), step("b", 1)).past).toHaveLength(2);
  });
  it("never joins a step that was undone and redone", () => {
    const back = stepBack(remember(emptyHistory as History<string>, step("a", 0, "k")));
    const again = back && stepForward(back.history);
    expect(again && remember(again.history, step("b", 1, "k")).past).toHaveLength(2);
  });
  it("forgets what had been undone", () => {
    const back = stepBack(remember(emptyHistory as History<string>, step("a", 0)));
    expect(back && remember(back.history, step("b", 1)).future).toEqual([]);
  });
  it("keeps no more steps than the limit", () => {
    let history = emptyHistory as History<string>;
    for (let index = 0; index < historyLimit + 20; index += 1) history = remember(history, step(`${index}`, index));
    expect(history.past).toHaveLength(historyLimit);
    expect(history.past.at(-1)?.forward).toEqual([`+${historyLimit + 19}`]);
  });
});

describe("stepBack and stepForward", () => {
  it("gives nothing at either end", () => {
    expect(stepBack(emptyHistory)).toBeNull();
    expect(stepForward(emptyHistory)).toBeNull();
  });
  it("returns to the same place after any walk back and forth", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 20 }), fc.nat(20), (edits, walk) => {
        const text: string[] = [];
        const apply = (operations: readonly string[]) => {
          for (const operation of operations)
            if (operation.startsWith("+")) text.push(operation.slice(1));
            else expect(text.pop()).toBe(operation.slice(1));
        };
        let history = emptyHistory as History<string>;
        edits.forEach((gap, index) => {
          const next = step(`${index}`, index * gap * 200, "k");
          apply(next.forward);
          history = remember(history, next);
        });
        const end = text.join();
        let undone = 0;
        for (let index = 0; index < walk; index += 1) {
          const moved = stepBack(history);
          if (!moved) break;
          apply(moved.operations);
          history = moved.history;
          undone += 1;
        }
        for (let index = 0; index < undone; index += 1) {
          const moved = stepForward(history);
          if (!moved) throw new Error("nothing to redo");
          apply(moved.operations);
          history = moved.history;
        }
        expect(text.join()).toBe(end);
        expect(history.future).toEqual([]);
      }),
    );
  });
});
