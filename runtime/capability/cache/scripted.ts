import type {
  CachedAnswer,
  CacheFound,
  CacheQuestion,
  CacheScript,
  KeptAnswer,
  NearAnswer,
  ProvidedCache,
} from "./contract";

const dot = (left: readonly number[], right: readonly number[]) =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
const cosine = (left: readonly number[], right: readonly number[]) =>
  dot(left, right) / Math.sqrt(dot(left, left) * dot(right, right) || 1);

const formOf = (question: string) => question.toLowerCase().replace(/[?？!。.]{1,20}$/u, "");

/** Keeps answers for as long as the test lasts. */
export class ScriptedCache implements ProvidedCache {
  readonly #kept: (CachedAnswer & { readonly vector?: readonly number[] | undefined })[];
  readonly #claims = new Map<string, CacheQuestion>();

  constructor({ cached = [] }: CacheScript) {
    this.#kept = cached.map((answer, index) => ({
      id: `cached-${index + 1}`,
      runId: "run-0",
      ageMs: 60_000,
      tookMs: 1_000,
      costMicroUsd: 100,
      ...answer,
    }));
  }

  async find(question: CacheQuestion): Promise<CacheFound> {
    const answer = this.#kept.find((kept) => formOf(kept.question) === question.form);
    if (answer !== undefined) return { kind: "hit", answer, waited: false };
    const claim = `claim-${this.#claims.size + 1}`;
    this.#claims.set(claim, question);
    return { kind: "none", claim };
  }

  async near(_: string, vector: readonly number[]): Promise<readonly NearAnswer[]> {
    return this.#kept
      .flatMap((kept) => (kept.vector === undefined ? [] : [{ ...kept, similarity: cosine(kept.vector, vector) }]))
      .sort((left, right) => right.similarity - left.similarity);
  }

  async used(): Promise<void> {}

  async keep({ claim, ...answer }: KeptAnswer): Promise<void> {
    const question = this.#claims.get(claim)?.question ?? "";
    this.#kept.push({ ...answer, id: `cached-${this.#kept.length + 1}`, runId: "run-1", question, ageMs: 0 });
  }

  release(claim: string): void {
    this.#claims.delete(claim);
  }

  async count(): Promise<void> {}
}
