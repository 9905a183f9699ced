import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { bodyAt } from "@/runtime/graph/body-at";
import type { Diagnostic } from "@/runtime/graph/diagnostic";
import type { EditorStore } from "../store/editor-store";
import { useInterfaceLocale, useWorkbench } from "../workbench";

export interface DiagnosticText {
  readonly title: string;
  readonly hint: string | undefined;
}

/** Says a diagnostic in the language of the interface; a node goes by the name on its card. */
export const useDiagnosticText = (): ((diagnostic: Diagnostic) => DiagnosticText) =>
  useDiagnosticTextOf(useWorkbench().editor);

export const useDiagnosticTextOf = (editor: EditorStore): ((diagnostic: Diagnostic) => DiagnosticText) => {
  const t = useTranslations("diagnostics");
  const locale = useInterfaceLocale();
  return useCallback(
    ({ code, params = {}, at, message, hint }) => {
      const { whole, flow } = editor.getState();
      const document = bodyAt(whole, at?.inside ?? []) ?? whole;
      const node = at?.node === undefined ? undefined : document.nodes.find(({ id }) => id === at.node);
      const values: Record<string, string | number> = { ...params };
      if (node && typeof params.node === "string") values.node = flow.titleOf(node);
      // Lists are told as the canvas calls what is in them.
      for (const list of ["steps", "ports", "values"]) {
        if (typeof params[list] !== "string") continue;
        values[list] = quoted(
          params[list]
            .split("\n")
            .filter((name) => name !== "")
            .map((name) => {
              const step = list === "steps" ? document.nodes.find(({ id }) => id === name) : undefined;
              if (step) return flow.titleOf(step);
              return (list === "ports" && node && flow.portsOf(node).outputs[name]?.label?.[locale]) || name;
            }),
        );
      }
      if (node && typeof params.port === "string") {
        // As the card calls it.
        const { inputs, outputs } = flow.portsOf(node);
        values.port = { ...outputs, ...inputs }[params.port]?.label?.[locale] ?? params.port;
      }
      return {
        title: t.has(`${code}.title`) ? t(`${code}.title`, { ...emptyParams, ...values }) : message,
        hint: t.has(`${code}.hint`) ? t(`${code}.hint`, { ...emptyParams, ...values }) : hint,
      };
    },
    [t, editor, locale],
  );
};

const mostNamed = 8;

/** In quotation marks; beyond a few they are counted. `none` for an empty list. */
const quoted = (names: readonly string[]): string => {
  if (names.length === 0) return "none";
  const more = names.length - mostNamed;
  return [...names.slice(0, mostNamed).map((name) => `“${name}”`), ...(more > 0 ? [`+${more}`] : [])].join(", ");
};

/** Every parameter that a sentence may name, so that an older diagnostic without one still reads. */
const emptyParams = {
  node: "",
  nodes: "",
  port: "",
  field: "",
  reason: "",
  type: "",
  name: "",
  model: "",
  from: "",
  to: "",
  side: "",
  edge: "",
  version: "",
  newest: "",
  count: "",
  most: "",
  what: "",
  steps: "",
  ports: "",
  values: "",
} as const;
