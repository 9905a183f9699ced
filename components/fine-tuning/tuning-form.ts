import type { RouterInputs, RouterOutputs } from "@/components/trpc/client";

type Check = RouterInputs["fineTuning"]["check"];
type Tuning = RouterOutputs["fineTuning"]["get"];
type Trainer = RouterOutputs["fineTuning"]["trainers"][number];

/** The numbers of the settings, with what the server takes. `null` of a setting that may be left out. */
export const figures = [
  { name: "epochs", least: 0.01, most: 1_000, whole: false },
  { name: "batchSize", least: 1, most: 4_096, whole: true },
  { name: "gradientAccumulation", least: 1, most: 4_096, whole: true },
  { name: "learningRate", least: 1e-8, most: 10, whole: false },
  { name: "contextTokens", least: 8, most: 131_072, whole: true },
  { name: "evaluateEverySteps", least: 1, most: 1_000_000, whole: true },
  { name: "rank", least: 1, most: 512, whole: true },
  { name: "alpha", least: 0.01, most: 4_096, whole: false },
  { name: "dropout", least: 0, most: 0.9, whole: false },
  { name: "virtualTokens", least: 1, most: 1_024, whole: true },
] as const;
export type Figure = (typeof figures)[number]["name"];

export interface TuningForm {
  readonly trainerId: string;
  readonly kind: "training-set" | "dataset";
  readonly sourceId: string;
  readonly prompt: string;
  readonly answer: string;
  readonly base: string;
  readonly method: Check["method"];
  readonly name: string;
  readonly heldOut: number;
  readonly seed: number;
  readonly mask: boolean;
  readonly samples: string;
  readonly packing: boolean;
  readonly gradientCheckpointing: boolean;
  readonly settings: Readonly<Record<Figure, number>>;
}

export const emptyForm: TuningForm = {
  trainerId: "",
  kind: "training-set",
  sourceId: "",
  prompt: "",
  answer: "",
  base: "",
  method: "lora",
  name: "",
  heldOut: 10,
  seed: 1,
  mask: true,
  samples: "",
  packing: false,
  gradientCheckpointing: false,
  settings: {
    epochs: 3,
    batchSize: 4,
    gradientAccumulation: 4,
    learningRate: 2e-4,
    contextTokens: 1_024,
    evaluateEverySteps: 50,
    rank: 16,
    alpha: 32,
    dropout: 0,
    virtualTokens: 32,
  },
};

export const fromTuning = ({ name, endpointId, request }: Tuning, trainers: readonly Trainer[]): TuningForm => {
  const { source, settings } = request;
  return {
    ...emptyForm,
    trainerId: trainers.find((trainer) => trainer.endpointId === endpointId)?.id ?? "",
    kind: source.kind,
    sourceId: source.id,
    prompt: source.kind === "dataset" ? source.prompt : "",
    answer: source.kind === "dataset" ? source.answer : "",
    base: request.base,
    method: request.method,
    name,
    heldOut: Math.round(request.heldOutShare * 100),
    seed: request.seed,
    mask: request.mask,
    samples: request.samplePrompts.join("\n"),
    packing: settings.packing,
    gradientCheckpointing: settings.gradientCheckpointing,
    settings: Object.fromEntries(
      figures.map((figure) => [figure.name, settings[figure.name]]),
    ) as TuningForm["settings"],
  };
};

export const chosen = (form: TuningForm): Check => ({
  trainerId: form.trainerId,
  source:
    form.kind === "training-set"
      ? { kind: form.kind, id: form.sourceId }
      : { kind: form.kind, id: form.sourceId, prompt: form.prompt, answer: form.answer },
  base: form.base,
  method: form.method,
  heldOutShare: form.heldOut / 100,
  seed: form.seed,
  mask: form.mask,
  settings: { ...form.settings, packing: form.packing, gradientCheckpointing: form.gradientCheckpointing },
});

const within = (value: number, least: number, most: number, whole: boolean) =>
  Number.isFinite(value) && value >= least && value <= most && (!whole || Number.isInteger(value));

/** Whether the server would take it, as far as the form can tell. */
export const isComplete = (form: TuningForm): boolean =>
  form.trainerId !== "" &&
  form.sourceId !== "" &&
  (form.kind === "training-set" || (form.prompt !== "" && form.answer !== "")) &&
  form.base.trim() !== "" &&
  within(form.heldOut, 0, 50, false) &&
  within(form.seed, 0, 2_147_483_647, true) &&
  figures.every(({ name, least, most, whole }) => within(form.settings[name], least, most, whole));
