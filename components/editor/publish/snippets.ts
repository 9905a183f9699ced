import { asFile } from "@/components/run/file-value";
import { type InputField, isFileKind } from "@/runtime/node/define-node";

export const snippetLanguages = ["curl", "typescript", "python"] as const;
export type SnippetLanguage = (typeof snippetLanguages)[number];

export interface SnippetOptions {
  /** Address of the published pipeline's runs. */
  readonly url: string;
  /** Without files. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Sent along with the request, each as the part that is named after its field. */
  readonly files?: readonly SnippetFile[];
  /** A key that was just made; otherwise the snippet reads it from the environment. */
  readonly apiKey: string | null;
}

export interface SnippetFile {
  readonly field: string;
  /** On the caller's disk. */
  readonly path: string;
}

export const keyVariable = "PIPEWRIGHT_API_KEY";

/** Values to show for fields: what the form holds, else an example of the right kind. */
export const exampleInputs = (
  fields: readonly InputField[],
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  const entries = fields.flatMap((field): [string, unknown][] => {
    const { kind, name } = field;
    if (isFileKind(kind)) return [];
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    return [[name, value ?? field.default ?? example({ ...field, kind })]];
  });
  return Object.fromEntries(entries);
};

const fileNames = { image: "photo.jpg", audio: "recording.mp3", file: "document.pdf" } as const;

/** Files to show for the fields that take one: under the name of the one that stands in the form, else an example's. */
export const exampleFiles = (
  fields: readonly InputField[],
  given: Readonly<Record<string, unknown>>,
): readonly SnippetFile[] =>
  fields.flatMap(({ kind, name, accept = [] }) => {
    if (!isFileKind(kind)) return [];
    const chosen = Object.hasOwn(given, name) ? asFile(given[name]) : null;
    const extension = accept.find((type) => type.startsWith("."));
    return [{ field: name, path: chosen?.name ?? (extension ? `document${extension}` : fileNames[kind]) }];
  });

const example = (field: InputField & { readonly kind: "text" | "number" | "choice" | "json" }): unknown => {
  switch (field.kind) {
    case "text":
      return "…";
    case "number":
      return field.minimum ?? 1;
    case "choice":
      return field.options?.[0] ?? "";
    case "json":
      return {};
    default:
      return field.kind satisfies never;
  }
};

/** Code that calls a published pipeline and works as it is when pasted. */
export const snippet = (language: SnippetLanguage, options: SnippetOptions): string => {
  switch (language) {
    case "curl":
      return curl(options);
    case "typescript":
      return typescript(options);
    case "python":
      return python(options);
    default:
      return language satisfies never;
  }
};

/** In single quotes a POSIX shell reads nothing but the quote itself. */
const shellQuote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** In a form, curl reads `@`, `;` and `,` in a path; in double quotes only the quote and the backslash. */
const curlFile = ({ field, path }: SnippetFile): string => shellQuote(`${field}=@"${path.replace(/["\\]/g, "\\$&")}"`);

const curl = ({ url, inputs, files = [], apiKey }: SnippetOptions): string =>
  [
    `curl ${shellQuote(url)}`,
    `-H ${apiKey ? shellQuote(`Authorization: Bearer ${apiKey}`) : `"Authorization: Bearer $${keyVariable}"`}`,
    ...(files.length > 0
      ? [
          `--form-string ${shellQuote(`inputs=${JSON.stringify(inputs, null, 2)}`)}`,
          ...files.map((file) => `-F ${curlFile(file)}`),
        ]
      : ["-H 'Content-Type: application/json'", `-d ${shellQuote(JSON.stringify({ inputs }, null, 2))}`]),
  ].join(" \\\n  ");

const indent = (text: string, spaces: number): string => text.replaceAll("\n", `\n${" ".repeat(spaces)}`);

const typescript = ({ url, inputs, files = [], apiKey }: SnippetOptions): string =>
  [
    ...(files.length > 0
      ? [
          'const { readFile } = await import("node:fs/promises");',
          "const form = new FormData();",
          `form.set("inputs", JSON.stringify(${JSON.stringify(inputs, null, 2)}));`,
          ...files.map(({ field, path }) => {
            const quoted = JSON.stringify(path);
            return `form.set(${JSON.stringify(field)}, new Blob([await readFile(${quoted})]), ${quoted});`;
          }),
        ]
      : []),
    `const response = await fetch(${JSON.stringify(url)}, {`,
    '  method: "POST",',
    "  headers: {",
    `    Authorization: ${apiKey ? JSON.stringify(`Bearer ${apiKey}`) : `\`Bearer \${process.env.${keyVariable}}\``},`,
    ...(files.length > 0 ? [] : ['    "Content-Type": "application/json",']),
    "  },",
    files.length > 0
      ? "  body: form,"
      : `  body: JSON.stringify({ inputs: ${indent(JSON.stringify(inputs, null, 2), 2)} }),`,
    "});",
    "const result = await response.json();",
    'if (!response.ok) throw new Error(result.error.message + " " + (result.error.hint ?? ""));',
    "console.log(result.outputs);",
  ].join("\n");

const pythonKey = (apiKey: string | null): string =>
  apiKey ? JSON.stringify(`Bearer ${apiKey}`) : `"Bearer " + os.environ["${keyVariable}"]`;

/** The standard library cannot send forms with files. */
const pythonWithFiles = ({ url, inputs, files = [], apiKey }: SnippetOptions): string =>
  [
    "import json",
    ...(apiKey ? [] : ["import os"]),
    "import requests  # pip install requests",
    "",
    "response = requests.post(",
    `    ${JSON.stringify(url)},`,
    `    headers={"Authorization": ${pythonKey(apiKey)}},`,
    `    data={"inputs": json.dumps(${indent(pythonLiteral(inputs), 4)})},`,
    "    files={",
    ...files.map(({ field, path }) => `        ${JSON.stringify(field)}: open(${JSON.stringify(path)}, "rb"),`),
    "    },",
    ")",
    "response.raise_for_status()",
    'print(response.json()["outputs"])',
  ].join("\n");

const python = (options: SnippetOptions): string =>
  (options.files?.length ?? 0) > 0 ? pythonWithFiles(options) : pythonWithoutFiles(options);

const pythonWithoutFiles = ({ url, inputs, apiKey }: SnippetOptions): string =>
  [
    "import json",
    ...(apiKey ? [] : ["import os"]),
    "import urllib.request",
    "",
    "request = urllib.request.Request(",
    `    ${JSON.stringify(url)},`,
    `    data=json.dumps({"inputs": ${indent(pythonLiteral(inputs), 4)}}).encode(),`,
    "    headers={",
    `        "Authorization": ${pythonKey(apiKey)},`,
    '        "Content-Type": "application/json",',
    "    },",
    ")",
    "with urllib.request.urlopen(request) as response:",
    '    print(json.load(response)["outputs"])',
  ].join("\n");

/** JSON and Python write texts and numbers alike; only the three words differ. */
export const pythonLiteral = (value: unknown, depth = 0): string => {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value !== "object") return JSON.stringify(value);
  const inner = " ".repeat((depth + 1) * 4);
  const outer = " ".repeat(depth * 4);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const parts = Array.isArray(value)
    ? value.map((each) => pythonLiteral(each, depth + 1))
    : Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${pythonLiteral(each, depth + 1)}`);
  return parts.length === 0
    ? `${open}${close}`
    : `${open}\n${parts.map((part) => inner + part).join(",\n")},\n${outer}${close}`;
};
