import type { InputField } from "@/runtime/node/define-node";

export const snippetLanguages = ["curl", "typescript", "python"] as const;
export type SnippetLanguage = (typeof snippetLanguages)[number];

export interface SnippetOptions {
  /** Address of the published pipeline's runs. */
  readonly url: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** A key that was just made; otherwise the snippet reads it from the environment. */
  readonly apiKey: string | null;
}

export const keyVariable = "PIPEWRIGHT_API_KEY";

/** Values to show for fields: what the form holds, else an example of the right kind. */
export const exampleInputs = (
  fields: readonly InputField[],
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  const entries = fields.map((field): [string, unknown] => {
    const value = Object.hasOwn(given, field.name) ? given[field.name] : undefined;
    return [field.name, value ?? field.default ?? example(field)];
  });
  return Object.fromEntries(entries);
};

const example = (field: InputField): unknown => {
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

const curl = ({ url, inputs, apiKey }: SnippetOptions): string =>
  [
    `curl ${shellQuote(url)} \\`,
    `  -H ${apiKey ? shellQuote(`Authorization: Bearer ${apiKey}`) : `"Authorization: Bearer $${keyVariable}"`} \\`,
    "  -H 'Content-Type: application/json' \\",
    `  -d ${shellQuote(JSON.stringify({ inputs }, null, 2))}`,
  ].join("\n");

const indent = (text: string, spaces: number): string => text.replaceAll("\n", `\n${" ".repeat(spaces)}`);

const typescript = ({ url, inputs, apiKey }: SnippetOptions): string =>
  [
    `const response = await fetch(${JSON.stringify(url)}, {`,
    '  method: "POST",',
    "  headers: {",
    `    Authorization: ${apiKey ? JSON.stringify(`Bearer ${apiKey}`) : `\`Bearer \${process.env.${keyVariable}}\``},`,
    '    "Content-Type": "application/json",',
    "  },",
    `  body: JSON.stringify({ inputs: ${indent(JSON.stringify(inputs, null, 2), 2)} }),`,
    "});",
    "const result = await response.json();",
    'if (!response.ok) throw new Error(result.error.message + " " + (result.error.hint ?? ""));',
    "console.log(result.outputs);",
  ].join("\n");

const python = ({ url, inputs, apiKey }: SnippetOptions): string =>
  [
    "import json",
    ...(apiKey ? [] : ["import os"]),
    "import urllib.request",
    "",
    "request = urllib.request.Request(",
    `    ${JSON.stringify(url)},`,
    `    data=json.dumps({"inputs": ${indent(pythonLiteral(inputs), 4)}}).encode(),`,
    "    headers={",
    `        "Authorization": ${apiKey ? JSON.stringify(`Bearer ${apiKey}`) : `"Bearer " + os.environ["${keyVariable}"]`},`,
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
