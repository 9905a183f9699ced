import { describe, expect, it } from "vitest";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { ScriptedServices } from "@/runtime/testing/scripted-services";
import { safetyRestore } from "./restore";

describeNode(safetyRestore, "nodes/safety/restore.ts");

describe("putting personal data back", () => {
  const { vault } = new ScriptedServices({});
  const inputs = { text: "[EMAIL_1]", sealed: { count: 1, cipher: "sealed:}{" } };

  it("says in the log why the masks stay", async () => {
    const logs: string[] = [];
    const closed = new ScriptedServices({ vaultClosed: true });
    const ctx = nodeContext({ vault: closed.vault, log: (level, message) => logs.push(`${level} ${message}`) });
    expect(await safetyRestore.run({ config: {}, inputs, ctx })).toEqual({ text: "[EMAIL_1]", restored: false });
    expect(logs).toEqual(["warn The masks stay: The reader may not see personal data."]);
  });

  it("refuses what holds no originals", async () => {
    for (const held of ["[1]", '{"[EMAIL_1]":1}', "no json"]) {
      const sealed = { count: 1, cipher: await vault.seal(held) };
      const call = safetyRestore.run({ config: {}, inputs: { ...inputs, sealed }, ctx: nodeContext({ vault }) });
      await expect(call).rejects.toMatchObject({ code: "value-invalid" });
    }
  });
});
