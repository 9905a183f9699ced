import { useTranslations } from "next-intl";
import { glanceText, shorten } from "@/components/run/value-text";
import { catalog } from "@/nodes/index";
import type { GraphDocument } from "@/runtime/graph/document";
import type { NodeOverride } from "@/runtime/graph/overrides";
import { describeConfig } from "@/runtime/node/describe-config";
import { useReportLocale } from "./use-report-locale";

interface OverrideWordsProps {
  readonly overrides: readonly NodeOverride[];
  /** Where the steps are named; null: by their ids. */
  readonly document: GraphDocument | null;
}

const longest = 160;

/** Settings that a variant lays over the pipeline, in the words of the inspector. */
export function OverrideWords({ overrides, document }: OverrideWordsProps) {
  const t = useTranslations("experiments.override");
  const locale = useReportLocale();
  if (overrides.length === 0) return <p className="text-muted text-xs">{t("none")}</p>;
  return (
    <ul className="flex flex-col gap-1 text-xs">
      {overrides.map(({ nodeId, config, unset = [] }) => {
        const node = document?.nodes.find(({ id }) => id === nodeId);
        const definition = node && catalog.get(node.type);
        const fields = definition ? describeConfig(definition.config) : [];
        const title = (name: string) => fields.find((field) => field.name === name)?.title[locale] ?? name;
        const step = node?.label ?? definition?.title[locale] ?? nodeId;
        return [
          ...Object.entries(config).map(([name, value]) => (
            <li key={`${nodeId}.${name}`} className="min-w-0 break-words text-muted">
              {t("set", { step, field: title(name) })}{" "}
              <span className="text-fg">{shorten(glanceText(value), longest)}</span>
            </li>
          )),
          ...unset.map((name) => (
            <li key={`${nodeId}.${name}`} className="text-muted">
              {t("unset", { step, field: title(name) })}
            </li>
          )),
        ];
      })}
    </ul>
  );
}
