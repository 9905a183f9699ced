import http from "node:http";
import type { AddressInfo } from "node:net";
import { wordsOf } from "./segment";

/** For tests: a model server whose vectors are near where texts share words. `words-<n>` makes vectors of n numbers. */
export interface WordEmbeddings {
  readonly baseUrl: string;
  /** Texts that were embedded, in order. */
  readonly embedded: string[];
  /** Awaited before each answer. */
  gate: () => Promise<void>;
  /** Numbers more than its name says: a model that was replaced behind its name. */
  extraNumbers: number;
  close(): Promise<void>;
}

export const startWordEmbeddings = async (): Promise<WordEmbeddings> => {
  const embedded: string[] = [];
  const state = { gate: async () => {}, extraNumbers: 0 };
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { model = "", input = [] } = JSON.parse(Buffer.concat(chunks).toString() || "{}") as {
      model?: string;
      input?: readonly string[];
    };
    await state.gate();
    embedded.push(...input);
    const dimensions = Number(/^words-(\d+)$/.exec(model)?.[1] ?? 16) + state.extraNumbers;
    const data = input.map((text, index) => ({ object: "embedding", index, embedding: vectorOf(text, dimensions) }));
    response.writeHead(200, { "content-type": "application/json" });
    response.end(
      JSON.stringify({
        object: "list",
        model,
        data,
        usage: { prompt_tokens: input.length, total_tokens: input.length },
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    embedded,
    get gate() {
      return state.gate;
    },
    set gate(gate) {
      state.gate = gate;
    },
    get extraNumbers() {
      return state.extraNumbers;
    },
    set extraNumbers(count) {
      state.extraNumbers = count;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const vectorOf = (text: string, dimensions: number): number[] => {
  const vector = new Array<number>(dimensions).fill(0);
  for (const word of wordsOf(text)) {
    let hash = 7;
    for (const letter of word) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
    vector[hash % dimensions] = (vector[hash % dimensions] ?? 0) + 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
};
