/** What somebody is likely to connect: where it usually listens, and how it is started. None of it is translated. */
export interface EndpointPreset {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly baseUrl: string;
  /** Other addresses of the same service. */
  readonly alternatives?: readonly string[];
  /** Starts such a server; `MODEL` is the reader's choice. Hosted services have none. */
  readonly command?: string;
  readonly needsKey: boolean;
}

export const presets = [
  {
    id: "vllm",
    name: "vLLM",
    slug: "vllm",
    baseUrl: "http://localhost:8000/v1",
    command: "vllm serve MODEL",
    needsKey: false,
  },
  {
    id: "sglang",
    name: "SGLang",
    slug: "sglang",
    baseUrl: "http://localhost:30000/v1",
    command: "python -m sglang.launch_server --model-path MODEL",
    needsKey: false,
  },
  {
    id: "tgi",
    name: "TGI",
    slug: "tgi",
    baseUrl: "http://localhost:8080/v1",
    command: "text-generation-launcher --model-id MODEL --port 8080",
    needsKey: false,
  },
  {
    id: "ollama",
    name: "Ollama",
    slug: "ollama",
    baseUrl: "http://localhost:11434/v1",
    command: "ollama run MODEL",
    needsKey: false,
  },
  { id: "openai", name: "OpenAI", slug: "openai", baseUrl: "https://api.openai.com/v1", needsKey: true },
  {
    id: "dashscope",
    name: "DashScope",
    slug: "dashscope",
    baseUrl: "https://dashscope.aliyuncs.com/compatible-mode/v1",
    alternatives: ["https://dashscope-intl.aliyuncs.com/compatible-mode/v1"],
    needsKey: true,
  },
] as const satisfies readonly EndpointPreset[];
