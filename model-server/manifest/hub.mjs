import { chatModel } from "./sources.mjs";

/** @import { Localized, ModelEntry, ModelFile } from "./manifest.mjs" */

/**
 * Better models than those that npm carries, for who reaches the model hub or its mirror:
 * `node scripts/models/fetch.mjs qwen3-4b-instruct`. Machines in mainland China set HF_ENDPOINT or let the mirror be found.
 *
 * @type {ModelEntry[]}
 */
export const hubModels = [
  hubChat(
    "qwen2.5-0.5b-instruct",
    { en: "Qwen2.5 0.5B Instruct (4-bit)", zh: "通义千问 2.5 0.5B 指令版（4 位量化）" },
    {
      repository: "Qwen/Qwen2.5-0.5B-Instruct-GGUF",
      revision: "9217f5db79a29953eb74d5343926648285ec7e67",
      path: "qwen2.5-0.5b-instruct-q4_k_m.gguf",
    },
    491_400_032,
    "74a4da8c9fdbcd15bd1f6d01d621410d31c6fc00986f5eb687824e7b93d7a9db",
  ),
  hubChat(
    "qwen2.5-1.5b-instruct",
    { en: "Qwen2.5 1.5B Instruct (4-bit)", zh: "通义千问 2.5 1.5B 指令版（4 位量化）" },
    {
      repository: "Qwen/Qwen2.5-1.5B-Instruct-GGUF",
      revision: "91cad51170dc346986eccefdc2dd33a9da36ead9",
      path: "qwen2.5-1.5b-instruct-q4_k_m.gguf",
    },
    1_117_320_736,
    "6a1a2eb6d15622bf3c96857206351ba97e1af16c30d7a74ee38970e434e9407e",
  ),
  chatModel(
    "qwen3-0.6b",
    { en: "Qwen3 0.6B, thinks (8-bit)", zh: "通义千问 3 0.6B，可思考（8 位量化）" },
    "Apache-2.0",
    published("model.gguf", 639_446_688, "Qwen/Qwen3-0.6B-GGUF", "Qwen3-0.6B-Q8_0.gguf"),
  ),
  chatModel(
    "qwen3-1.7b",
    { en: "Qwen3 1.7B, thinks (4-bit)", zh: "通义千问 3 1.7B，可思考（4 位量化）" },
    "Apache-2.0",
    published("model.gguf", 1_107_409_472, "unsloth/Qwen3-1.7B-GGUF", "Qwen3-1.7B-Q4_K_M.gguf"),
  ),
  chatModel(
    "qwen3.5-2b",
    { en: "Qwen3.5 2B (4-bit)", zh: "通义千问 3.5 2B（4 位量化）" },
    "Apache-2.0",
    published("model.gguf", 1_280_000_000, "unsloth/Qwen3.5-2B-GGUF", "Qwen3.5-2B-Q4_K_M.gguf"),
  ),
  chatModel(
    "granite-4.0-micro",
    { en: "Granite 4.0 Micro 3B (4-bit)", zh: "Granite 4.0 Micro 3B（4 位量化）" },
    "Apache-2.0",
    published("model.gguf", 2_100_000_000, "ibm-granite/granite-4.0-micro-GGUF", "granite-4.0-micro-Q4_K_M.gguf"),
  ),
  chatModel(
    "phi-4-mini-instruct",
    { en: "Phi-4 mini 3.8B Instruct (4-bit)", zh: "Phi-4 mini 3.8B 指令版（4 位量化）" },
    "MIT",
    published("model.gguf", 2_490_000_000, "unsloth/Phi-4-mini-instruct-GGUF", "Phi-4-mini-instruct-Q4_K_M.gguf"),
  ),
  chatModel(
    "qwen3-4b-instruct",
    { en: "Qwen3 4B Instruct 2507 (4-bit)", zh: "通义千问 3 4B 指令版 2507（4 位量化）" },
    "Apache-2.0",
    published("model.gguf", 2_497_000_000, "unsloth/Qwen3-4B-Instruct-2507-GGUF", "Qwen3-4B-Instruct-2507-Q4_K_M.gguf"),
  ),
  chatModel(
    "qwen3.5-4b",
    { en: "Qwen3.5 4B (4-bit)", zh: "通义千问 3.5 4B（4 位量化）" },
    "Apache-2.0",
    published("model.gguf", 2_740_000_000, "unsloth/Qwen3.5-4B-GGUF", "Qwen3.5-4B-Q4_K_M.gguf"),
  ),
  {
    id: "smolvlm-500m-instruct",
    revision: "1",
    task: "vision-external",
    title: {
      en: "SmolVLM 500M Instruct, a small real VLM (for llama-server)",
      zh: "SmolVLM 500M 指令版，小型视觉语言模型（由 llama-server 运行）",
    },
    licence: "Apache-2.0",
    optional: true,
    grade: "good",
    files: [
      published("model.gguf", 437_000_000, "ggml-org/SmolVLM-500M-Instruct-GGUF", "SmolVLM-500M-Instruct-Q8_0.gguf"),
      published(
        "mmproj.gguf",
        109_000_000,
        "ggml-org/SmolVLM-500M-Instruct-GGUF",
        "mmproj-SmolVLM-500M-Instruct-Q8_0.gguf",
      ),
    ],
  },
  {
    id: "qwen2.5-vl-3b-instruct",
    revision: "1",
    task: "vision-external",
    title: {
      en: "Qwen2.5-VL 3B Instruct, a real VLM in English and Chinese (for llama-server)",
      zh: "通义千问 2.5-VL 3B 指令版，中英文视觉语言模型（由 llama-server 运行）",
    },
    // Research use; see the model's page before any other.
    licence: "LicenseRef-Qwen-Research",
    optional: true,
    grade: "good",
    files: [
      published(
        "model.gguf",
        1_930_000_000,
        "ggml-org/Qwen2.5-VL-3B-Instruct-GGUF",
        "Qwen2.5-VL-3B-Instruct-Q4_K_M.gguf",
      ),
      published(
        "mmproj.gguf",
        845_000_000,
        "ggml-org/Qwen2.5-VL-3B-Instruct-GGUF",
        "mmproj-Qwen2.5-VL-3B-Instruct-Q8_0.gguf",
      ),
    ],
  },
];

/**
 * A language model that only the hub carries, with the digest that it published when this was written.
 * @param {string} id @param {Localized} title @param {{ repository: string, revision: string, path: string }} hub
 * @param {number} size @param {string} sha256
 */
function hubChat(id, title, hub, size, sha256) {
  return chatModel(id, title, "Apache-2.0", { path: "model.gguf", size, sha256, sources: [{ type: "hub", ...hub }] });
}

/**
 * A file whose digest nobody could check when this was written: the hub's own word is taken for it, at the time it is fetched.
 * @param {string} path @param {number} size about @param {string} repository @param {string} inside its path there @returns {ModelFile}
 */
function published(path, size, repository, inside) {
  return { path, size, sha256: null, sources: [{ type: "hub", repository, revision: "main", path: inside }] };
}
