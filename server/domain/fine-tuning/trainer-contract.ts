import { expect } from "vitest";
import type { TrainerEvent } from "@/runtime/fine-tuning/trainer/contract";
import { addEvent, emptyRecord } from "@/runtime/fine-tuning/trainer/training-record";
import { createUndiciFetch } from "@/runtime/model/undici-fetch";
import { checkAdapter, refusePickles } from "./check-artifacts";
import { createServerClient } from "./server-client";
import { createTrainerClient } from "./trainer-client";

export interface TrainerUnderTest {
  /** Ends in /v1. */
  readonly address: string;
  readonly token: string;
  /** A base model that it has. */
  readonly base: string;
  /** Words that its tokenizer knows. */
  readonly words: readonly string[];
}

/** What this app needs of a trainer, tried on one from its first answer to an adapter that answers: the fake of the tests and the real one alike. */
export const holdsTheContract = async ({ address, token, base, words }: TrainerUnderTest): Promise<void> => {
  const to = (key: string) => ({
    name: "under test",
    baseUrl: address,
    headers: { authorization: `Bearer ${key}` },
    fetch: createUndiciFetch(),
  });
  const trainer = createTrainerClient(to(token));
  await expect(createTrainerClient(to("wrong")).capabilities()).rejects.toMatchObject({ code: "unauthorized" });
  expect((await trainer.capabilities()).methods).toContain("lora");
  expect((await trainer.bases()).map(({ name }) => name)).toContain(base);

  const row = (place: number) => ({ prompt: words.join(" "), answer: words[place % words.length] ?? "" });
  const rows = Array.from({ length: 16 }, (_, place) => row(place));
  const preview = await trainer.preview({
    base,
    stage: "sft",
    contextTokens: 64,
    rows: [...rows, { prompt: words[0], answer: "" }],
  });
  expect(preview.report).toMatchObject({ rows: 17, used: 16, emptyAnswers: 1 });
  expect(preview.rows).toHaveLength(3);
  const { texts, learnt } = preview.rows[0]?.tokens ?? { texts: [], learnt: [] };
  expect(texts).toHaveLength(learnt.length);
  expect(texts.filter((_, place) => learnt[place]).join("")).toContain(words[0]);
  expect(texts.filter((_, place) => !learnt[place]).join(" ")).toContain(words[1]);

  const job = {
    name: "contract",
    key: `contract-${Date.now()}`,
    base,
    stage: "sft",
    method: "lora",
    seed: 1,
    settings: { maxSteps: 4, batchSize: 4, gradientAccumulation: 1, contextTokens: 64, evaluateEverySteps: 2, rank: 4 },
    rows: { train: rows, evaluation: [row(0), row(1)] },
    samplePrompts: [words.join(" ")],
  };
  const begun = await trainer.submit(job);
  // Asked again after an answer that was lost: the same job.
  expect((await trainer.submit(job)).id).toBe(begun.id);
  const told: { readonly id: number; readonly event: TrainerEvent | null }[] = [];
  for await (const each of trainer.events(begun.id, 0, AbortSignal.timeout(1_800_000))) told.push(each);
  expect(told.at(-1)?.event).toMatchObject({ type: "end", state: "done" });
  const record = told.reduce((before, { event }) => addEvent(before, event), emptyRecord());
  expect(record.unread).toBe(0);
  expect(record.step).toBe(record.totalSteps);
  expect(record.curve.points.length).toBeGreaterThan(3);
  expect(record.evaluations.length).toBeGreaterThan(0);
  expect(record.samples.length).toBeGreaterThan(0);
  expect(record.trainedParameters).toBeGreaterThan(0);
  // The stream goes on behind the event that was seen last.
  const after: number[] = [];
  for await (const { id, event } of trainer.events(begun.id, 3, AbortSignal.timeout(60_000)))
    if (event?.type !== "end") after.push(id);
  expect(after).toEqual(told.filter(({ id, event }) => id > 3 && event?.type !== "end").map(({ id }) => id));

  const done = await trainer.job(begun.id);
  expect(done.state).toBe("done");
  const artifacts = done.result?.artifacts ?? [];
  expect(artifacts.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["adapter_config.json", "adapter_model.safetensors"]),
  );
  refusePickles(artifacts);
  for (const artifact of artifacts) checkAdapter(artifact.name, await trainer.artifact(begun.id, artifact), base);
  await expect(trainer.job(`${"0".repeat(13)}-${"f".repeat(16)}`)).rejects.toMatchObject({ code: "not-found" });

  const server = createServerClient(to(token));
  const served = `contract-${begun.id}`;
  expect(await server.load(served, begun.id, { rank: 4 })).toMatchObject({ ok: true });
  expect(await server.ask(served, words.join(" "))).toMatchObject({ ok: true });
  await server.unload(served);
  expect((await server.ask(served, "gone")).ok).toBe(false);
};
