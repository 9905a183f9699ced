import { type Dialect, type DialectField, type Learning, learntOf, openAiDialect } from "./openai-dialect";

/** Told of each thing that is learnt of a model, with all that is known of it then. */
export type OnLearnt = (model: string, learning: Learning) => void;

const longestSaid = 300;

/** What an endpoint knows of how each of its models wants to be asked. */
export class DialectMemory {
  readonly #known = new Map<string, { readonly dialect: Dialect; readonly said: Learning["said"] }>();

  constructor(
    before: Readonly<Record<string, Learning>> = {},
    private readonly onLearnt: OnLearnt = () => {},
  ) {
    for (const [model, { dialect, said }] of Object.entries(before)) {
      this.#known.set(model, { dialect: { ...openAiDialect, ...dialect }, said });
    }
  }

  of(model: string): Dialect {
    return this.#known.get(model)?.dialect ?? openAiDialect;
  }

  /** Keeps what a model has just accepted. `said`: the refusals that taught it, by field. */
  keep(model: string, dialect: Dialect, said: Learning["said"]): void {
    const known = this.#known.get(model);
    const before = known?.dialect ?? openAiDialect;
    if (before === dialect || JSON.stringify(before) === JSON.stringify(dialect)) return;
    const all: Record<string, string> = { ...known?.said };
    for (const [field, text] of Object.entries(said)) all[field] = (text ?? "").slice(0, longestSaid);
    this.#known.set(model, { dialect, said: all });
    this.onLearnt(model, { dialect: learntOf(dialect), said: all as Partial<Record<DialectField, string>> });
  }
}
