import { afterAll, describe, expect, it } from "vitest";
import { PATIENCE } from "@/runtime/testing/local-endpoint-client";
import { ensureModels } from "@/scripts/models/ensure-models.mjs";
import { parseOptions } from "./options";
import { createServices, dropIdleModels } from "./services";

const options = parseOptions(["--idle-minutes", "10", "--gpu", "off"], process.env);
if (!options.ok) throw new Error(options.error);
let now = Date.UTC(2026, 0, 1);
const services = createServices(
  options.value,
  () => {},
  () => now,
);
const patient = new AbortController().signal;
const minutes = (count: number) => count * 60_000;
afterAll(async () => {
  await services.chats.dispose();
  for (const family of Object.values(services.families)) await family.stop();
});

describe("models that nobody uses", { timeout: PATIENCE }, () => {
  it("are let go of after their time, never while in use, and load again", async () => {
    await ensureModels();
    const { chats, embeddings, families } = services;
    const chat = services.chatEntries().find(({ id }) => id === "qwen2.5-coder-1.5b");
    if (!chat) throw new Error("there is no language model");
    const states = () => [chats.state(chat.id).state, embeddings.state("local-embed-en"), families.moderation.state];
    const touchAll = async () => {
      await chats.use(chat.source, async () => ({ ok: true, value: undefined }));
      await embeddings.embed("local-embed-en", ["hello"], patient);
      await families.moderation.call("moderate", ["hello"], patient);
    };
    expect(states()).toEqual(["unloaded", "unloaded", "unloaded"]);
    await touchAll();
    expect(states()).toEqual(["loaded", "loaded", "loaded"]);
    now += minutes(9);
    await dropIdleModels(services);
    expect(states()).toEqual(["loaded", "loaded", "loaded"]);

    now += minutes(1);
    await chats.use(chat.source, async (model) => {
      now += minutes(30);
      await dropIdleModels(services);
      expect(states()).toEqual(["loaded", "unloaded", "unloaded"]);
      return { ok: true, value: model.contextSize };
    });
    now += minutes(10);
    await dropIdleModels(services);
    expect(states()).toEqual(["unloaded", "unloaded", "unloaded"]);
    expect(families.moderation.residentBytes).toBe(0);

    await touchAll();
    expect(states()).toEqual(["loaded", "loaded", "loaded"]);
    expect(services.uses.lastUsedAt("local-moderation")).toBe(now);
  });
});
