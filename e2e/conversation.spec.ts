import { call } from "./fixtures/call";
import { expect, test } from "./fixtures/test";

const node = (id: string, type: string, config: object) => ({ id, type, typeVersion: 1, config, disabled: false });

test("a draft is talked to over several turns, shows what it remembered, and begins anew when asked to", async ({
  page,
}) => {
  const { id } = await call(page, "pipeline.create", {
    name: "Remembers",
    document: {
      schemaVersion: 1,
      nodes: [
        node("in", "io/input", { fields: [{ name: "q", title: "Message", kind: "text", required: true }] }),
        node("talk", "io/conversation", {}),
        node("say", "text/template", { template: "Turn {{turn}}. Before: [{{transcript}}] Now: {{q}}" }),
        node("out", "io/output", { outputs: [{ name: "answer", title: "Answer" }] }),
      ],
      edges: [
        { id: "w1", from: { node: "in", port: "q" }, to: { node: "say", port: "q" } },
        { id: "w2", from: { node: "talk", port: "transcript" }, to: { node: "say", port: "transcript" } },
        { id: "w3", from: { node: "talk", port: "turn" }, to: { node: "say", port: "turn" } },
        { id: "w4", from: { node: "say", port: "text" }, to: { node: "out", port: "answer" } },
      ],
      layout: { in: { x: 0, y: 0 }, talk: { x: 0, y: 320 }, say: { x: 360, y: 0 }, out: { x: 720, y: 0 } },
    },
  });
  await page.goto(`/pipelines/${id}`);
  const say = async (text: string) => {
    await page.getByRole("textbox", { name: "Message" }).fill(text);
    await page.keyboard.press("Control+Enter");
    await expect(page.getByTestId("run-result")).toContainText(`Now: ${text}`);
  };
  await say("I am Ada.");
  await expect(page.getByTestId("conversation-kept")).toContainText("Kept as turn 1");
  await say("Who am I?");
  const result = page.getByTestId("run-result");
  await expect(result).toContainText("Turn 2. Before: [User: I am Ada.");
  await expect(page.getByTestId("conversation-thread")).toContainText("1 turn remembered");
  await page.getByTestId("conversation-new").click();
  await expect(page.getByTestId("conversation-bar")).toContainText("The next run begins a conversation.");
  await say("Hello");
  await expect(result).toContainText("Turn 1. Before: []");
});
