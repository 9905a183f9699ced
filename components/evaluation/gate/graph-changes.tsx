"use client";

import { useTranslations } from "next-intl";
import { catalog } from "@/nodes/index";
import { type ChangedNode, type GraphDiff, isEmptyDiff } from "@/runtime/graph/diff";
import { type GraphNode, timeLimits } from "@/runtime/graph/document";
import { describeConfig } from "@/runtime/node/describe-config";
import { useReportLocale } from "../use-report-locale";

/** Steps and their settings in the words of the canvas and the inspector. */
const useStepWords = () => {
  const t = useTranslations("editor.versions");
  const locale = useReportLocale();
  const nameOf = ({ label, type, id }: GraphNode): string => label || (catalog.get(type)?.title[locale] ?? id);
  const fieldsOf = ({ to, fields }: ChangedNode): string => {
    const definition = catalog.get(to.type);
    const known = definition ? describeConfig(definition.config) : [];
    const names = fields.map((field) => {
      if (!field.startsWith("config.")) return t.has(`field.${field}`) ? t(`field.${field as "label"}`) : field;
      const name = field.slice("config.".length);
      return known.find((each) => each.name === name)?.title[locale] ?? name;
    });
    return names.join(locale === "zh" ? "、" : ", ");
  };
  return { nameOf, fieldsOf };
};

/** What another version of a graph does differently, in words. */
export function GraphChanges({ diff }: { readonly diff: GraphDiff }) {
  const t = useTranslations("gate");
  const { nameOf, fieldsOf } = useStepWords();
  const wires = diff.wired.length + diff.unwired.length;
  const lines = [
    ...diff.changed.map((change) => ({
      key: `~${change.id}`,
      mark: "~",
      text: t("changed", { name: nameOf(change.to), fields: fieldsOf(change) }),
    })),
    ...diff.added.map((node) => ({ key: `+${node.id}`, mark: "+", text: t("added", { name: nameOf(node) }) })),
    ...diff.removed.map((node) => ({ key: `-${node.id}`, mark: "−", text: t("removed", { name: nameOf(node) }) })),
    ...(diff.timeLimit === null
      ? []
      : [
          {
            key: "time-limit",
            mark: "~",
            text: t("timeLimit", { seconds: diff.timeLimit.to ?? timeLimits.standard }),
          },
        ]),
    ...(wires > 0 ? [{ key: "wires", mark: "~", text: t("wires", { count: wires }) }] : []),
  ];
  return (
    <div className="flex flex-col gap-1">
      <h4 className="text-faint text-xs">{t("changes")}</h4>
      {isEmptyDiff(diff) ? <p className="text-muted text-sm">{t("noChanges")}</p> : null}
      <ul className="max-h-40 overflow-y-auto">
        {lines.map(({ key, mark, text }) => (
          <li key={key} className="flex gap-2 text-sm">
            <span aria-hidden="true" className="w-3 shrink-0 text-center font-mono text-faint">
              {mark}
            </span>
            <span className="min-w-0 break-words">{text}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
