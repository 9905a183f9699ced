import { expect, it } from "vitest";
import { NodeFailure } from "@/runtime/node/node-failure";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { promptChat } from "../prompt/chat";
import { fineTunedChat } from "./chat";

describeNode(fineTunedChat, "nodes/fine-tuned/chat.ts");

const run = async (config: object, chatModel: (reference: string) => Promise<string>) => {
  const ctx = nodeContext({ registry: { chatModel } });
  const steps = fineTunedChat.run({ config: fineTunedChat.config.parse(config), inputs: { text: "x" }, ctx });
  return (steps as AsyncGenerator).next();
};

it("asks nothing before it has a model", async () => {
  await expect(run({}, async () => "")).rejects.toMatchObject({ code: "registry-unknown" });
});

it("fails with what the registry says of a model that is gone", async () => {
  const gone = async () => {
    throw new NodeFailure("registry-unknown", "No model called that.");
  };
  await expect(run({ model: "gone@1" }, gone)).rejects.toMatchObject({ message: "No model called that." });
});

it("has the settings of a prompt, so that one is easily exchanged for the other", () => {
  const names = (node: { readonly config: { readonly shape: object } }) => Object.keys(node.config.shape);
  expect(names(fineTunedChat)).toEqual(names(promptChat));
});
