import type http from "node:http";
import { after, type FakeCall, sendError, sendJson } from "./fake-openai-answers";
import type { Behaviour } from "./fake-openai-behaviour";
import { redPng, wav } from "./sample-files";

interface FakeFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}
interface PictureCall extends FakeCall {
  readonly prompt?: string;
  readonly n?: number | string;
  readonly size?: string;
  readonly quality?: string;
  readonly seed?: number;
  readonly response_format?: string;
  readonly image?: FakeFile;
  readonly mask?: FakeFile;
}
interface SpeechCall extends FakeCall {
  readonly input?: string;
  readonly voice?: string;
  readonly response_format?: string;
}

const base64 = Buffer.from(redPng()).toString("base64");
const noSound = (samples: number) => wav(Int16Array.from({ length: samples }, (_, index) => (index % 50) * 100));

/** A frame of MPEG layer 3 at 128 kbit/s and 44.1 kHz, 417 bytes, so often. */
const mp3 = (frames: number): Uint8Array => {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x64]);
  return Buffer.concat(Array.from({ length: frames }, () => frame));
};

const own = (response: http.ServerResponse, path: string): string =>
  `http://127.0.0.1:${response.socket?.localPort ?? 0}${path}`;

/** What servers answered that people reported. By the model's name; all others answer as OpenAI's. */
const pictureQuirks: Readonly<Record<string, (response: http.ServerResponse, call: PictureCall) => unknown>> = {
  "gpt-image-1": (response, call) =>
    call.response_format === undefined
      ? {
          created: 1,
          data: [{ b64_json: base64 }],
          usage: { input_tokens: 12, output_tokens: 4160, total_tokens: 4172 },
        }
      : refuse(response, "Unknown parameter: 'response_format'.", "unknown_parameter"),
  "dall-e-3": (response, call) =>
    Number(call.n) > 1
      ? refuse(response, "You must provide n=1 for this model.", "invalid_request_error")
      : call.size === "256x256"
        ? refuse(response, "The size is not supported by this model.", "invalid_size")
        : { created: 1, data: [{ b64_json: base64, revised_prompt: `Vividly, ${call.prompt}` }] },
  sizes: (response, call) =>
    refuse(
      response,
      `Invalid value: '${call.size}'. Supported values are: '1024x1024', '1024x1536', '1536x1024', and 'auto'.`,
      "invalid_value",
    ),
  policy: (response) =>
    refuse(
      response,
      "Your request was rejected as a result of our safety system. Your prompt may contain text that is not allowed by our safety system.",
      "content_policy_violation",
    ),
  moderated: (response) => refuse(response, "Your request was rejected by the safety system.", "moderation_blocked"),
  "long-prompt": (response) =>
    refuse(
      response,
      "Invalid 'prompt': string too long. Expected a string with maximum length 1000.",
      "string_above_max_length",
    ),
  "no-picture-seed": (response, call) =>
    call.seed === undefined
      ? { data: [{ b64_json: base64 }] }
      : refuse(response, "Unknown parameter: 'seed'.", "unknown_parameter"),
  url: (response) => ({ data: [{ url: own(response, "/made.png") }] }),
  "url-relative": () => ({ data: [{ url: "/made.png" }] }),
  "url-html": (response) => ({ data: [{ url: own(response, "/page.html") }] }),
  "url-redirect": (response) => ({ data: [{ url: own(response, "/moved.png") }] }),
  "url-private": () => ({ data: [{ url: "http://169.254.169.254/latest/meta-data/iam.png" }] }),
  "url-file": () => ({ data: [{ url: "file:///etc/passwd" }] }),
  "url-endless": (response) => ({ data: [{ url: own(response, "/endless.png") }] }),
  "url-in-b64": (response) => ({ data: [{ b64_json: own(response, "/made.png") }] }),
  "data-url": () => ({ data: [{ url: `data:image/png;base64,${base64}` }] }),
  "data-in-b64": () => ({ data: [{ b64_json: `data:image/png;base64,${base64}`, url: null }] }),
  siliconflow: () => ({ images: [{ url: `data:image/png;base64,${base64}` }], timings: { inference: 1 }, seed: 5 }),
  "no-picture": () => ({ data: [{ b64_json: Buffer.from("this is no picture").toString("base64") }] }),
  "empty-item": () => ({ data: [{ b64_json: "", url: null, revised_prompt: null }] }),
  none: () => ({ created: 1, data: [] }),
  many: () => ({ data: Array.from({ length: 5 }, () => ({ b64_json: base64 })) }),
  "error-in-200": () => ({ error: { message: "CUDA out of memory", type: "server_error" } }),
  "zero-usage": () => ({ data: [{ b64_json: base64 }], usage: { prompt_tokens: 0, completion_tokens: 0 } }),
  short: () => ({ created: 1 }),
};

const refuse = (response: http.ServerResponse, message: string, code: string): null => {
  sendError(response, 400, message, code);
  return null;
};

type Operation = (response: http.ServerResponse, call: PictureCall & SpeechCall, behaviour: Behaviour) => void;

const draw: Operation = (response, call, behaviour) => {
  const quirk = pictureQuirks[call.model ?? ""];
  const count = Math.max(1, Number(call.n ?? 1));
  const body =
    quirk === undefined
      ? {
          created: 1,
          data: Array.from({ length: count }, () => ({ b64_json: base64 })),
          usage: { input_tokens: 10, output_tokens: 100 * count },
        }
      : quirk(response, call);
  if (body !== null) after(response, behaviour.latencyMs, () => sendJson(response, 200, body));
};

const edit: Operation = (response, call, behaviour) => {
  if (call.image === undefined) return sendError(response, 400, "image: field required");
  if (!/^image\/(png|jpeg|webp)$/.test(call.image.type)) {
    const message = `Invalid file 'image': unsupported mimetype ('${call.image.type}'). Supported file formats are 'image/jpeg', 'image/png', and 'image/webp'.`;
    return sendError(response, 400, message, "unsupported_file_mimetype");
  }
  draw(response, call, behaviour);
};

const sendBytes = (response: http.ServerResponse, type: string, bytes: Uint8Array) => {
  response.writeHead(200, { "content-type": type, "content-length": bytes.byteLength });
  response.end(bytes);
};

/** A WAV whose header was written before its length was known. */
const streamedWav = (length: number): Uint8Array => {
  const bytes = Buffer.from(noSound(8000));
  bytes.writeUInt32LE(length, 4);
  bytes.writeUInt32LE(length, 40);
  return bytes;
};

const speak: Operation = (response, call, behaviour) => {
  if (call.input === undefined) return sendError(response, 400, "input: field required");
  after(response, behaviour.latencyMs, () => {
    switch (call.model) {
      case "always-wav":
        return sendBytes(response, "audio/wav", noSound(8000));
      case "streamed-wav":
        return sendBytes(response, "audio/wav", streamedWav(0xffffffff));
      case "unsaid-wav":
        return sendBytes(response, "audio/wav", streamedWav(0));
      case "header-only":
        return sendBytes(response, "audio/wav", noSound(0));
      case "silent":
        return sendBytes(response, "audio/mpeg", new Uint8Array());
      case "bare-samples":
        return sendBytes(response, "audio/pcm", new Uint8Array(4000).fill(3));
      case "octets":
        return sendBytes(response, "application/octet-stream", mp3(20));
      case "json-sound":
      case "short":
        return sendJson(response, 200, { audio: Buffer.from(mp3(20)).toString("base64") });
      case "error-in-200":
        return sendJson(response, 200, { error: { message: "CUDA out of memory", type: "server_error" } });
      case "voices":
        return sendError(response, 400, `Voice '${call.voice}' not found. Available voices: af_heart, am_adam`);
      case "long-text":
        return sendError(
          response,
          400,
          "[{'type': 'string_too_long', 'loc': ('body', 'input'), 'msg': 'String should have at most 4096 characters'}]",
        );
      case "endless-sound":
        return sendEndless(response, "audio/mpeg");
      default:
        return call.response_format === "wav"
          ? sendBytes(response, "audio/wav", noSound(8000))
          : sendBytes(response, "audio/mpeg", mp3(20));
    }
  });
};

/** More than anybody takes, as long as it is read. */
const sendEndless = (response: http.ServerResponse, type: string): void => {
  response.writeHead(200, { "content-type": type });
  const piece = Buffer.alloc(1024 * 1024, 1);
  const more = () => {
    while (!response.destroyed && response.write(piece));
    if (!response.destroyed) response.once("drain", more);
  };
  more();
};

/** Files that answers name, by path. */
export const fakeFiles: Readonly<Record<string, (response: http.ServerResponse) => void>> = {
  "/made.png": (response) => sendBytes(response, "image/png", redPng()),
  "/page.html": (response) => sendBytes(response, "text/html", Buffer.from("<!doctype html><title>Sign in</title>")),
  "/moved.png": (response) => {
    response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data/" });
    response.end();
  },
  "/endless.png": (response) => sendEndless(response, "image/png"),
};

export const fakeMedia: Readonly<Record<string, Operation>> = {
  "/images/generations": draw,
  "/images/edits": edit,
  "/audio/speech": speak,
};
