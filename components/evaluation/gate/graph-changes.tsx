"use client";

import { useTranslations } from "next-intl";
import { type GraphDiff, isEmptyDiff } from "@/runtime/graph/diff";
import { type GraphNode, timeLimits } from "@/runtime/graph/document";

const nameOf = ({ label, id }: GraphNode) => label || id;

/** What another version of a graph does differently, in words. */
export function GraphChanges({ diff }: { readonly diff: GraphDiff }) {
  const t = useTranslations("gate");
  const wires = diff.wired.length + diff.unwired.length;
  const lines = [
    ...diff.changed.map(({ id, to, fields }) => ({
      key: `~${id}`,
      mark: "~",
      text: t("changed", {
        name: nameOf(to),
        fields: fields.map((field) => field.replace(/^config\./, "")).join(", "),
      }),
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
