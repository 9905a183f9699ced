import type { DrawReply, DrawRequest, MadeBytes } from "@/runtime/node/context";
import type { FileReference } from "@/runtime/node/file-reference";
import { drawLimits } from "@/runtime/node/maker-limits";
import { NodeFailure } from "@/runtime/node/node-failure";
import { isRecord } from "@/runtime/node/record";
import { type FailureContext, protocolFailure, quote, streamedFailure } from "./endpoint-failure";
import { readPicture } from "./made-bytes";
import { pictureRefusal } from "./picture-refusal";
import { imageLimits } from "./read-files";

interface Habit {
  /** The field that asks for bytes in place of an address is refused (gpt-image-1 gives nothing else). */
  readonly noFormat: boolean;
  /** One picture a request (dall-e-3). */
  readonly onlyOne: boolean;
  readonly noSeed: boolean;
}
const usual: Habit = { noFormat: false, onlyOne: false, noSeed: false };
/** So many refusals of one request are learnt from: one for each habit. */
const mostLessons = 3;

/** How each model of a server wants to be asked, learnt from what it refused. */
export class PictureHabits {
  readonly #known = new Map<string, Habit>();

  of(model: string): Habit {
    return this.#known.get(model) ?? usual;
  }

  /** The habit that a refusal tells of; null where it tells of none that is new. */
  learn(request: DrawRequest, count: number, refusal: string): Habit | null {
    const habit = this.of(request.model);
    const more =
      !habit.noFormat && /response_format/i.test(refusal)
        ? { noFormat: true }
        : !habit.noSeed && request.seed !== undefined && /\bseed\b/i.test(refusal)
          ? { noSeed: true }
          : !habit.onlyOne && count > 1 && asksForOne.test(refusal)
            ? { onlyOne: true }
            : null;
    if (more === null) return null;
    const learnt = { ...habit, ...more };
    if (this.#known.size < mostModels) this.#known.set(request.model, learnt);
    return learnt;
  }
}
const mostModels = 1_000;

/** "You must provide n=1 for this model.", "Invalid 'n': integer above maximum value", "parameters: ['n']", "n must be 1". */
const asksForOne = /\bn ?={1,2} ?1\b|['"`]n['"`]|\bn (?:must|should|has to) be\b|\bonly (?:1|one) (?:image|picture)\b/i;

interface PictureCalls {
  readonly post: (path: string, body: object) => Promise<unknown>;
  /** What lies at an address that an answer names. */
  readonly fetch: (url: string) => Promise<Uint8Array>;
}

/** Bytes of the files that the request names. */
interface AskedFiles {
  readonly image?: Uint8Array<ArrayBuffer>;
  readonly mask?: Uint8Array<ArrayBuffer>;
}

/** POST /images/generations, or /images/edits where there is a picture to change. */
export const drawPictures = async (
  request: DrawRequest,
  files: AskedFiles,
  habits: PictureHabits,
  context: FailureContext,
  calls: PictureCalls,
): Promise<DrawReply> => {
  const wanted = Math.min(drawLimits.pictures, Math.max(1, Math.round(request.count)));
  checkFiles(request);
  const replies: Answer[] = [];
  const notes: string[] = [];
  let made = 0;
  /** A server that takes one at a time is asked so often. */
  for (let asked = 0; made < wanted && asked < wanted; asked += 1) {
    const left = habits.of(request.model).onlyOne ? 1 : wanted - made;
    try {
      const reply = await drawOnce(request, left, files, habits, context, calls);
      replies.push(reply);
      made += reply.pictures.length;
      if (!habits.of(request.model).onlyOne) break;
    } catch (error) {
      // What was made and paid for is not thrown away.
      if (made === 0 || !(error instanceof NodeFailure) || error.code === "aborted" || error.code === "node-timeout")
        throw error;
      notes.push(`After ${made} of ${wanted} pictures: ${error.message}`);
      break;
    }
  }
  const all = replies.flatMap(({ pictures }) => pictures);
  if (all.length > wanted)
    notes.push(`The model made ${all.length} pictures where ${wanted} were asked for; the first are kept.`);
  if (all.length < wanted && notes.length === 0)
    notes.push(`The model made ${all.length} of ${wanted} pictures; a filter may have taken the others out.`);
  if (request.seed !== undefined && habits.of(request.model).noSeed)
    notes.push("The model takes no seed: it will not make the same picture again.");
  const [first] = replies;
  return {
    pictures: all.slice(0, wanted),
    revisedPrompt: first?.revisedPrompt ?? null,
    notes,
    usage: replies.every(({ usage }) => usage !== null)
      ? {
          inputTokens: sum(replies, ({ usage }) => usage?.inputTokens ?? 0),
          outputTokens: sum(replies, ({ usage }) => usage?.outputTokens ?? 0),
        }
      : null,
    costMicroUsd: null,
  };
};

const sum = (replies: readonly Answer[], of: (reply: Answer) => number): number =>
  replies.reduce((total, reply) => total + of(reply), 0);

const takenPictures: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
};

const checkFiles = ({ image, mask }: DrawRequest): void => {
  const refuse = (file: FileReference, why: string) => {
    throw new NodeFailure("file-invalid", `"${file.name}" ${why}`, { hint: "Convert the picture first." });
  };
  if (mask !== undefined && image === undefined)
    throw new NodeFailure("file-invalid", "There is a mask and no picture that it belongs to.");
  if (image !== undefined && takenPictures[image.mediaType] === undefined)
    refuse(image, `cannot be changed: models take PNG, JPEG and WebP, and it is ${image.mediaType}.`);
  if (mask !== undefined && mask.mediaType !== "image/png")
    refuse(mask, `cannot be a mask: that is a PNG with transparent parts, and it is ${mask.mediaType}.`);
};

const drawOnce = async (
  request: DrawRequest,
  count: number,
  files: AskedFiles,
  habits: PictureHabits,
  context: FailureContext,
  calls: PictureCalls,
): Promise<Answer> => {
  let habit = habits.of(request.model);
  for (let tries = 0; ; tries += 1) {
    const fields = fieldsOf(request, habit.onlyOne ? 1 : count, habit);
    try {
      const answer =
        files.image === undefined || request.image === undefined
          ? await calls.post("/images/generations", fields)
          : await calls.post("/images/edits", formOf(fields, request, files));
      return await readAnswer(answer, context, calls);
    } catch (error) {
      if (!(error instanceof NodeFailure) || error.code !== "model-rejected") throw error;
      const said = error.options.said ?? error.message;
      const learnt = tries < mostLessons ? habits.learn(request, count, said) : null;
      if (learnt === null) throw pictureRefusal(error, request, context);
      habit = learnt;
    }
  }
};

type Fields = Readonly<Record<string, string | number>>;

const fieldsOf = ({ model, prompt, size, quality, seed }: DrawRequest, count: number, habit: Habit): Fields => ({
  model,
  prompt,
  n: count,
  ...(size === undefined ? {} : { size }),
  ...(quality === undefined ? {} : { quality }),
  ...(seed === undefined || habit.noSeed ? {} : { seed }),
  ...(habit.noFormat ? {} : { response_format: "b64_json" }),
});

/** Servers look at the type and the ending of each file, and refuse those that have none. */
const formOf = (fields: Fields, { image }: DrawRequest, files: AskedFiles): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  const type = image?.mediaType ?? "image/png";
  if (files.image !== undefined)
    form.append("image", new Blob([files.image], { type }), `image.${takenPictures[type] ?? "png"}`);
  if (files.mask !== undefined) form.append("mask", new Blob([files.mask], { type: "image/png" }), "mask.png");
  return form;
};

interface Answer {
  readonly pictures: readonly MadeBytes[];
  readonly revisedPrompt: string | null;
  readonly usage: DrawReply["usage"];
}

/** `{ data: [{ b64_json | url }] }`; SiliconFlow and others say `images`, some lists hold plain texts. */
const readAnswer = async (answer: unknown, context: FailureContext, { fetch }: PictureCalls): Promise<Answer> => {
  const record = isRecord(answer) ? answer : {};
  if (record.error !== undefined && record.error !== null) throw streamedFailure(answer, context);
  const list = Array.isArray(record.data) ? record.data : Array.isArray(record.images) ? record.images : null;
  if (list === null) throw protocolFailure("sent no list of pictures", context);
  if (list.length === 0) {
    throw new NodeFailure("reply-empty", `The endpoint "${context.name}" made no picture.`, {
      hint: "A filter may have taken it out: change the prompt, or use another model.",
    });
  }
  const pictures: MadeBytes[] = [];
  let total = 0;
  for (const item of list.slice(0, drawLimits.pictures)) {
    const bytes = await bytesOf(item, context, fetch);
    total += bytes.byteLength;
    if (bytes.byteLength > imageLimits.bytesEach || total > imageLimits.bytes) {
      const message = `The endpoint "${context.name}" sent pictures that are too large.`;
      throw new NodeFailure("value-too-large", message, { hint: "Ask for fewer or smaller pictures." });
    }
    const picture = await readPicture(bytes);
    if (picture === null) throw protocolFailure("sent as a picture what is none", context);
    pictures.push(picture);
  }
  const [first] = list;
  const revised = isRecord(first) && typeof first.revised_prompt === "string" ? first.revised_prompt.trim() : "";
  return {
    pictures,
    revisedPrompt: revised === "" ? null : revised.slice(0, drawLimits.prompt),
    usage: readUsage(record.usage),
  };
};

const dataUrl = /^data:[^,]{0,200},/;

const bytesOf = async (item: unknown, context: FailureContext, fetch: PictureCalls["fetch"]): Promise<Uint8Array> => {
  const record = isRecord(item) ? item : {};
  const text = [record.b64_json, record.url, item].find((each) => typeof each === "string" && each !== "");
  if (typeof text !== "string") throw protocolFailure("sent a picture with neither bytes nor address", context);
  // JPEG in base64 begins with a slash, as an address below the server's does: that is one only where it is given as one.
  const isGivenAsAddress = text === record.url && !dataUrl.test(text);
  if (isGivenAsAddress || /^https?:\/\//i.test(text.slice(0, 8))) {
    if (text.length > longestAddress) throw protocolFailure("sent an address that is too long", context);
    return fetch(text);
  }
  const base64 = text.replace(dataUrl, "");
  const bytes = Buffer.from(base64, "base64");
  if (bytes.byteLength === 0)
    throw protocolFailure(`sent no picture but: ${quote(text.slice(0, 100), context)}`, context);
  return bytes;
};
const longestAddress = 8_000;

const count = (value: unknown): number | null =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;

const readUsage = (usage: unknown): DrawReply["usage"] => {
  if (!isRecord(usage)) return null;
  const inputTokens = count(usage.input_tokens) ?? count(usage.prompt_tokens);
  const outputTokens = count(usage.output_tokens) ?? count(usage.completion_tokens);
  // LocalAI and others say zeros where they do not count.
  return inputTokens === null || outputTokens === null || inputTokens + outputTokens === 0
    ? null
    : { inputTokens, outputTokens };
};
