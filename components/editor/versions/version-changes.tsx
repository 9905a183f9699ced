import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { glanceText, shorten } from "@/components/run/value-text";
import { type ChangedNode, diffDocuments, isEmptyDiff } from "@/runtime/graph/diff";
import { emptyDocument, type GraphDocument, type GraphEdge, type GraphNode } from "@/runtime/graph/document";
import { describeConfig } from "@/runtime/node/describe-config";
import { MarkedText } from "../compare/marked-text";
import { textDifference } from "../compare/text-difference";
import { useEditor, useInterfaceLocale } from "../workbench";

/** Of each kind of change so many are told; more are counted. */
const mostTold = 30;
const longestValue = 300;

interface VersionChangesProps {
  readonly from: GraphDocument;
  readonly to: GraphDocument;
  /** Two versions beside each other; left out: what restoring `to` would do. */
  readonly isComparison?: boolean;
}

/** What would change if `to` took the place of `from`. */
export function VersionChanges({ from, to, isComparison = false }: VersionChangesProps) {
  const t = useTranslations("editor.versions");
  const diff = useMemo(() => diffDocuments(from, to), [from, to]);
  const flow = useEditor((state) => state.flow);
  if (isEmptyDiff(diff)) return <p className="text-muted">{t(isComparison ? "compare.same" : "same")}</p>;
  const titleOf = (id: string): string => {
    const node = [...from.nodes, ...to.nodes].find((each) => each.id === id);
    return node ? flow.titleOf(node) : id;
  };
  const wire = ({ from: source, to: target }: GraphEdge) =>
    `${titleOf(source.node)} · ${source.port} → ${titleOf(target.node)} · ${target.port}`;
  const steps = (nodes: readonly GraphNode[]) => nodes.map((node) => flow.titleOf(node));
  return (
    <div className="flex flex-col gap-3" data-testid="version-changes">
      {diff.changed.slice(0, mostTold).map((change) => (
        <ChangedStep key={change.id} change={change} />
      ))}
      <Lines title={t(isComparison ? "compare.added" : "added")} lines={steps(diff.added)} />
      <Lines title={t(isComparison ? "compare.removed" : "removed")} lines={steps(diff.removed)} />
      <Lines title={t(isComparison ? "compare.wired" : "wired")} lines={diff.wired.map(wire)} />
      <Lines title={t(isComparison ? "compare.unwired" : "unwired")} lines={diff.unwired.map(wire)} />
      {diff.timeLimit ? (
        <section>
          <h4 className="text-muted text-xs">{t("compare.timeLimit")}</h4>
          <Change before={diff.timeLimit.from ?? undefined} after={diff.timeLimit.to ?? undefined} />
        </section>
      ) : null}
      {diff.changed.length > mostTold ? (
        <p className="text-faint text-xs">{t("more", { count: diff.changed.length - mostTold })}</p>
      ) : null}
    </div>
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  const t = useTranslations("editor.versions");
  if (lines.length === 0) return null;
  return (
    <section>
      <h4 className="text-muted text-xs">{title}</h4>
      <ul>
        {lines.slice(0, mostTold).map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two steps may have one name.
          <li key={index} className="break-words">
            {line}
          </li>
        ))}
      </ul>
      {lines.length > mostTold ? (
        <p className="text-faint text-xs">{t("more", { count: lines.length - mostTold })}</p>
      ) : null}
    </section>
  );
}

function ChangedStep({ change }: { readonly change: ChangedNode }) {
  const t = useTranslations("editor.versions");
  const locale = useInterfaceLocale();
  const flow = useEditor((state) => state.flow);
  const definition = useEditor(({ catalog }) => catalog.get(change.to.type));
  const names = definition ? describeConfig(definition.config) : [];
  return (
    <section>
      <h4 className="break-words font-medium">{flow.titleOf(change.from)}</h4>
      <dl className="mt-1 flex flex-col gap-1.5">
        {change.fields.map((field) => {
          if (field === "body")
            return (
              <div key={field} className="border-line border-l pl-3">
                <dt className="text-muted text-xs">{t("field.body")}</dt>
                <dd>
                  <VersionChanges
                    from={change.from.body ?? emptyDocument}
                    to={change.to.body ?? emptyDocument}
                    isComparison
                  />
                </dd>
              </div>
            );
          const setting = field.startsWith("config.") ? field.slice("config.".length) : null;
          const title =
            setting === null
              ? t(`field.${field as "label"}`)
              : (names.find(({ name }) => name === setting)?.title[locale] ?? setting);
          const [before, after] = [change.from, change.to].map((node) =>
            setting === null ? node[field as "label"] : node.config[setting],
          );
          return (
            <div key={field}>
              <dt className="text-muted text-xs">{title}</dt>
              <dd className="whitespace-pre-wrap break-words">
                <Change before={before} after={after} />
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

function Change({ before, after }: { readonly before: unknown; readonly after: unknown }) {
  const t = useTranslations("editor.versions");
  const parts = typeof before === "string" && typeof after === "string" ? textDifference(before, after) : null;
  if (parts) return <MarkedText parts={parts} />;
  const say = (value: unknown): string =>
    value === undefined || value === "" ? t("nothing") : shorten(glanceText(value), longestValue);
  return (
    <MarkedText
      parts={[
        { kind: "removed", text: say(before) },
        { kind: "same", text: " → " },
        { kind: "added", text: say(after) },
      ]}
    />
  );
}
