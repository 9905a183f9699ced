import { useTranslations } from "next-intl";
import type { GraphNode } from "@/runtime/graph/document";
import { describeConfig } from "@/runtime/node/describe-config";
import type { Ports } from "@/runtime/node/port";
import { portStyle } from "../canvas/port-colour";
import { useEditor, useInterfaceLocale } from "../workbench";

/** What a node is for, what goes in and out, and what can be set. */
export function AboutTab({ node }: { readonly node: GraphNode }) {
  const t = useTranslations("editor.inspector");
  const locale = useInterfaceLocale();
  const definition = useEditor(({ catalog }) => catalog.get(node.type));
  const ports = useEditor(({ flow }) => flow.portsOf(node));
  if (!definition) return <p className="p-4 text-muted text-sm">{t("unknownType", { type: node.type })}</p>;
  return (
    <div className="flex flex-col gap-4 p-4 text-sm">
      <p>{definition.summary[locale]}</p>
      <PortList title={t("inputs")} ports={ports.inputs} none={t("noInputs")} />
      <PortList title={t("outputs")} ports={ports.outputs} none={t("noOutputs")} />
      <section>
        <h3 className="mb-1 font-medium">{t("settings")}</h3>
        <dl className="flex flex-col gap-2">
          {describeConfig(definition.config).map((field) => (
            <div key={field.name}>
              <dt>{field.title[locale]}</dt>
              {field.help ? <dd className="text-muted text-xs">{field.help[locale]}</dd> : null}
            </div>
          ))}
        </dl>
      </section>
      <p className="font-mono text-faint text-xs">{`${definition.type} · v${definition.version} · ${node.id}`}</p>
    </div>
  );
}

function PortList({ title, ports, none }: { readonly title: string; readonly ports: Ports; readonly none: string }) {
  const t = useTranslations("editor");
  const locale = useInterfaceLocale();
  const entries = Object.entries(ports);
  return (
    <section>
      <h3 className="mb-1 font-medium">{title}</h3>
      {entries.length === 0 ? <p className="text-muted">{none}</p> : null}
      <ul className="flex flex-col gap-1">
        {entries.map(([name, port]) => (
          <li key={name} className="flex items-baseline gap-2">
            <span
              className="size-2 shrink-0 rounded-full"
              style={{ ...portStyle(port.kind), background: "var(--port)" }}
            />
            <span className="truncate">{port.label?.[locale] ?? name}</span>
            <span className="shrink-0 text-faint text-xs">
              {t(`wire.kind.${port.kind}`)}
              {port.optional ? ` · ${t("list.optional")}` : ""}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
