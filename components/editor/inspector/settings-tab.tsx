import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { cn } from "@/components/ui/cn";
import type { GraphNode } from "@/runtime/graph/document";
import { describeConfig, type FieldDescription, isShown } from "@/runtime/node/describe-config";
import { useDiagnosticText } from "../diagnostics/use-diagnostic-text";
import { useDiagnostics, useEditor, useView } from "../workbench";
import { CachePanel } from "./cache-panel";
import { ConfigField } from "./config-field";
import { configIssues, issuesBelow } from "./field-issue";
import type { Json } from "./fields/field-props";
import { heldFields } from "./held-fields";
import { OffNote } from "./off-note";
import { PolicyFields } from "./policy-fields";
import { useShownSettings } from "./use-shown-settings";
import { VariantFieldMark } from "./variant-field-mark";
import { VariantPorts } from "./variant-ports";
import { VariantStrip } from "./variant-strip";

/** The form that follows from the node's schema. */
export function SettingsTab({ node: own }: { readonly node: GraphNode }) {
  const t = useTranslations("editor.inspector");
  const shownSettings = useShownSettings(own);
  const { node, variant, changed } = shownSettings;
  const definition = useEditor(({ catalog }) => catalog.get(node.type));
  const readOnly = useEditor((state) => state.readOnly);
  // Variants are tried by whole runs; a step inside a container has none.
  const inside = useEditor(({ scope }) => scope.length > 0);
  const fields = useMemo(() => (definition ? describeConfig(definition.config) : []), [definition]);
  const issues = useMemo(
    () => (definition ? configIssues(definition.config, node.config) : []),
    [definition, node.config],
  );
  // Words that come from the library are changed there, or after the step was detached.
  const held = useMemo(() => heldFields(fields, node.config), [fields, node.config]);
  const general = issues.filter(({ path }) => path.length === 0);
  if (!definition) return <p className="p-4 text-muted text-sm">{t("unknownType", { type: node.type })}</p>;

  const draw = (field: FieldDescription) => {
    const form = (
      <ConfigField
        // Another variant's text is another text, not an edit of the one before.
        key={`${variant?.id ?? ""}:${field.name}`}
        field={field}
        value={node.config[field.name]}
        issues={issuesBelow(issues, field.name)}
        node={node}
        disabled={readOnly || held.has(field.name)}
        onChange={(value) => shownSettings.set(field.name, value)}
      />
    );
    if (variant === null) return form;
    return (
      <VariantFieldMark
        key={`${variant.id}:${field.name}`}
        differs={changed.has(field.name)}
        own={own.config[field.name] ?? (field.initial as Json | undefined)}
        disabled={readOnly}
        onReset={() => shownSettings.set(field.name, own.config[field.name])}
      >
        {form}
      </VariantFieldMark>
    );
  };
  // One that is wrong is shown in any case: what cannot be seen cannot be mended.
  const shown = fields.filter(
    (each) => isShown(each, fields, node.config) || issues.some(({ path }) => path[0] === each.name),
  );
  const main = shown.filter(({ group }) => group === "main");
  const output = shown.filter(({ group }) => group === "output");
  const advanced = shown.filter(({ group }) => group === "advanced");
  const advancedIssue = issues.some(({ path }) => advanced.some(({ name }) => name === path[0]));
  return (
    <div className="flex flex-col">
      <OffNote node={own} />
      {definition.boundary || fields.length === 0 || inside ? null : <VariantStrip shown={shownSettings} />}
      {variant ? <VariantPorts shown={shownSettings} own={own} /> : null}
      <NodeProblems node={node.id} />
      {general.map(({ issue }) => (
        <p key={issue.message} className="px-4 pt-3 text-error text-xs">
          {issue.message}
        </p>
      ))}
      <div className="flex flex-col gap-4 p-4">{main.map(draw)}</div>
      {output.length > 0 ? (
        <Section title={t("output")}>
          <div className="flex flex-col gap-4">{output.map(draw)}</div>
        </Section>
      ) : null}
      {advanced.length > 0 ? (
        <Section title={t("advanced")} folded={!advancedIssue} fields={advanced.map(({ name }) => name)} node={node.id}>
          <div className="flex flex-col gap-4">{advanced.map(draw)}</div>
        </Section>
      ) : null}
      {node.type === "flow/cache" && !variant ? <CachePanel node={node.id} /> : null}
      {definition.boundary || variant ? null : (
        <Section title={t("policy")} folded={node.policy === undefined} node={node.id} fields={["policy"]}>
          <PolicyFields node={node} disabled={readOnly} />
        </Section>
      )}
    </div>
  );
}

/** Problems that no field of the form says: wiring, cycles, an unknown version. */
function NodeProblems({ node }: { readonly node: string }) {
  const problems = useDiagnostics(({ byNode }) => byNode.get(node));
  const text = useDiagnosticText();
  const shown = problems?.filter(({ code }) => code !== "config-invalid") ?? [];
  if (shown.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2 border-line border-b px-4 py-3">
      {shown.map((problem) => {
        const { title, hint } = text(problem);
        return (
          <li key={`${problem.code}${problem.at?.port ?? ""}${problem.at?.edge ?? ""}`} className="text-xs">
            <p className={problem.severity === "error" ? "text-error" : "text-warn"}>{title}</p>
            {hint ? <p className="text-muted">{hint}</p> : null}
          </li>
        );
      })}
    </ul>
  );
}

interface SectionProps {
  readonly title: string;
  readonly folded?: boolean;
  readonly node?: string;
  /** Opens when one of these fields asks for attention. */
  readonly fields?: readonly string[];
  readonly children: React.ReactNode;
}

function Section({ title, folded, node, fields, children }: SectionProps) {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const wanted = useView(({ focusedField }) =>
    Boolean(focusedField && focusedField.node === node && fields?.includes(focusedField.field)),
  );
  const open = wanted || (chosen ?? !folded);
  return (
    <section className="border-line border-t">
      <button
        type="button"
        aria-expanded={open}
        className="flex h-9 w-full items-center gap-1 px-4 font-medium text-muted text-sm hover:text-fg"
        onClick={() => setChosen(!open)}
      >
        <ChevronRight className={cn("-ml-1 size-3.5 text-faint transition-transform", open && "rotate-90")} />
        {title}
      </button>
      {open ? <div className="px-4 pb-4">{children}</div> : null}
    </section>
  );
}
