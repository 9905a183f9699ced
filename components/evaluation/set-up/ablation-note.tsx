import { useTranslations } from "next-intl";
import { catalog } from "@/nodes/index";
import type { GraphDocument } from "@/runtime/graph/document";
import { describeConfig } from "@/runtime/node/describe-config";
import { localize } from "@/runtime/node/localized";
import { useReportLocale } from "../use-report-locale";
import type { Edit } from "./ablation";

/** Names an edit by its step and settings, as the editor calls them. */
export const useEditName = (document: GraphDocument) => {
  const locale = useReportLocale();
  return ({ node: id, fields }: Pick<Edit, "node" | "fields">): string => {
    const node = document.nodes.find((each) => each.id === id);
    const definition = node === undefined ? undefined : catalog.get(node.type);
    if (node === undefined || definition === undefined) return `${id} · ${fields.join(", ")}`;
    const described = describeConfig(definition.config);
    const titles = fields.map((name) => {
      const title = described.find((field) => field.name === name)?.title;
      return title === undefined ? name : localize(title, locale);
    });
    return `${node.label ?? localize(definition.title, locale)} · ${titles.join(", ")}`;
  };
};

interface AblationNoteProps {
  readonly edits: number;
  /** Names of edits for which there is no room. */
  readonly left: readonly string[];
  /** Steps and wires that differ. */
  readonly structure: number;
}

/** How the effect of each edit is read, and what could not be taken apart. */
export function AblationNote({ edits, left, structure }: AblationNoteProps) {
  const t = useTranslations("experiments.setUp.ablation");
  return (
    <section
      aria-label={t("title")}
      className="flex flex-col gap-1 rounded-lg border border-line bg-surface p-4 text-sm"
    >
      <h2 className="font-medium">{t("title")}</h2>
      <p className="text-muted">{edits === 0 ? t("nothing") : t("help", { edits })}</p>
      {left.length > 0 ? <p className="text-warn">{t("left", { names: left.join("; ") })}</p> : null}
      {structure > 0 ? <p className="text-warn">{t("structure", { count: structure })}</p> : null}
    </section>
  );
}
