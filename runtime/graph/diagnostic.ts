/** Everything that can be wrong with a graph before it runs. The interface translates `code` with `params`. */
export const diagnosticCodes = [
  "document-invalid",
  "document-too-large",
  "schema-version-unknown",
  "node-type-unknown",
  "node-version-unknown",
  "node-id-duplicate",
  "config-invalid",
  "edge-duplicate",
  "edge-node-missing",
  "edge-port-missing",
  "edge-kind-mismatch",
  "edge-input-taken",
  "cycle",
  "input-unwired",
  "input-field-duplicate",
  "output-name-duplicate",
  "output-missing",
  "node-unreachable",
  "model-unknown",
  "picture-model-missing",
  "speech-model-missing",
  "tool-changed",
  "tool-missing",
  "step-off-stops",
  "branch-unwired",
  "branch-never-taken",
  "conversation-name-unknown",
  "conversation-unmasked",
  "body-missing",
  "body-unexpected",
  "nesting-too-deep",
  "node-id-reserved",
  "pipeline-unknown",
  "pipeline-recursive",
  "pipelines-too-large",
  "prompt-unknown",
  "prompt-unfit",
] as const;
export type DiagnosticCode = (typeof diagnosticCodes)[number];

export interface DiagnosticLocation {
  /** Ids of the containers that it lies in, outermost first; left out for what lies in the pipeline itself. */
  readonly inside?: readonly string[];
  readonly node?: string;
  readonly port?: string;
  /** Dotted path into the node's config. */
  readonly field?: string;
  readonly edge?: string;
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: "error" | "warning";
  /** English sentence: what is wrong. */
  readonly message: string;
  /** English sentence: what to do. */
  readonly hint?: string;
  /** Values for the translated sentence, by name. */
  readonly params?: Readonly<Record<string, string | number>>;
  readonly at?: DiagnosticLocation;
}
