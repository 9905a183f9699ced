/**
 * What a template brings along beside its document: sample files, a knowledge base, a model trained on sample rows. `asset` names a file
 * under templates/assets.
 */
export interface TemplateSupplies {
  /** Knowledge base by key; the same key in two templates is the same base. */
  readonly knowledge?: Readonly<Record<string, KnowledgeSupply>>;
  /** Classifier by key, trained when the template is opened first. */
  readonly models?: Readonly<Record<string, ModelSupply>>;
  readonly files?: Readonly<Record<string, FileSupply>>;
  /** Labelled cases to evaluate the pipeline on, by key; nothing in the document names them. */
  readonly datasets?: Readonly<Record<string, DatasetSupply>>;
}

export interface DatasetSupply {
  readonly name: string;
  readonly description: string;
  /** CSV whose first row names the columns. */
  readonly asset: string;
  /** Column of the CSV -> what it becomes; columns left out are not taken. */
  readonly columns: Readonly<Record<string, "input" | "expected" | "tags">>;
}

export interface KnowledgeSupply {
  readonly name: string;
  /** Characters of a passage at most; the base's own default where left out. */
  readonly chunkSize?: number;
  /** `heading`: every heading begins a passage of its own, so that two codes of a manual never share one. */
  readonly chunkBy?: "structure" | "heading";
  readonly documents: readonly FileSupply[];
}
export interface ModelSupply {
  readonly name: string;
  /** Suggested; another is taken where the workspace has given it to something else. */
  readonly slug: string;
  /** CSV with the columns text and label. */
  readonly asset: string;
  readonly labels: readonly string[];
}
export interface FileSupply {
  readonly name: string;
  readonly mediaType: string;
  readonly asset: string;
}

/**
 * Stands in a document or in sample inputs where a supply goes: a knowledge base's id, a model's reference, a file reference. It is a text that no
 * person would write, so that it can be told from text.
 */
export const supply = (kind: Exclude<keyof TemplateSupplies, "datasets">, key: string): string =>
  `supply:${kind}/${key}`;

/** The same value with every stand-in replaced; one that nobody provided stays, so that the step says what is missing. */
export const withSupplies = (value: unknown, provided: ReadonlyMap<string, unknown>): unknown => {
  if (typeof value === "string") return provided.has(value) ? provided.get(value) : value;
  if (Array.isArray(value)) return value.map((item) => withSupplies(item, provided));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withSupplies(item, provided)]));
};
