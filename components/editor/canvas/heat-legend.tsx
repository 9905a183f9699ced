import { useFormatter, useTranslations } from "next-intl";
import { shorten } from "@/components/run/value-text";
import { useEditor, useRun, useView } from "../workbench";
import { useFramePrefix } from "./frame-prefix";
import { runHeat } from "./run-heat";

const mostNamed = 12;

/** Says in words what the canvas is painted with. */
export function HeatLegend() {
  const mode = useView((view) => view.heat);
  return mode === "none" ? null : <Legend mode={mode} />;
}

function Legend({ mode }: { readonly mode: "time" | "cost" }) {
  const t = useTranslations("run.heat");
  const format = useFormatter();
  const prefix = useFramePrefix();
  const document = useEditor((state) => state.document);
  const flow = useEditor((state) => state.flow);
  const heat = useRun(({ current }) => (current ? runHeat(current.state, document, prefix) : undefined));
  const names = (heat?.critical ?? []).map((id) => {
    const node = document.nodes.find((each) => each.id === id);
    return node ? flow.titleOf(node) : id;
  });
  const told = names.length > mostNamed ? [...names.slice(0, mostNamed), "…"] : names;
  return (
    <p
      role="status"
      className="absolute bottom-13 left-3 z-10 max-w-[min(560px,calc(100%-24px))] rounded-md border border-line bg-surface px-2.5 py-1.5 text-muted text-xs"
      data-testid="heat-legend"
    >
      <span className="font-medium text-fg">
        {t(mode === "time" ? "time" : heat?.costIs === "tokens" ? "tokens" : "money")}
      </span>
      {heat === undefined || heat.critical.length === 0
        ? ` · ${t("nothing")}`
        : mode === "time"
          ? ` · ${t("critical", {
              seconds: format.number(heat.criticalMs / 1000, { maximumSignificantDigits: 2 }),
              steps: shorten(told.join(" → "), 240),
            })}`
          : ` · ${t("darker")}`}
    </p>
  );
}
