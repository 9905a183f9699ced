import { Workflow } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { GraphOperation } from "@/runtime/graph/edit/operation";
import { useCommands } from "../commands/use-commands";
import { newEdgeId, randomWord } from "../gestures/identifiers";
import { newNode } from "../gestures/new-node";
import { useEditor, useWorkbench } from "../workbench";
import { cardGeometry } from "./card-geometry";

const starter = ["io/input", "prompt/chat", "io/output"] as const;

/** What stands on a canvas without nodes: what it is for, and the first step. */
export function EmptyCanvas() {
  const { editor } = useWorkbench();
  const empty = useEditor(({ document }) => document.nodes.length === 0);
  const possible = useEditor(({ catalog, readOnly }) => !readOnly && starter.every((type) => catalog.get(type)));
  const commands = useCommands();
  const t = useTranslations("editor.empty");
  if (!empty) return null;

  const begin = () => {
    const { catalog, flow, apply, select } = editor.getState();
    const taken = new Set<string>();
    const operations: GraphOperation[] = [];
    const nodes = starter.flatMap((type, index) => {
      const definition = catalog.get(type);
      if (!definition) return [];
      const node = newNode(definition, taken, randomWord);
      taken.add(node.id);
      operations.push({ type: "add-node", node, position: { x: index * (cardGeometry.width + 88), y: 0 } });
      return [node];
    });
    nodes.slice(1).forEach((node, index) => {
      const before = nodes[index];
      const from = before && Object.keys(flow.portsOf(before).outputs)[0];
      const to = Object.keys(flow.portsOf(node).inputs)[0];
      if (!before || from === undefined || to === undefined) return;
      const edge = { from: { node: before.id, port: from }, to: { node: node.id, port: to } };
      operations.push({ type: "connect", edge: { id: newEdgeId(randomWord), ...edge } });
    });
    apply(operations);
    select({ nodes: nodes[1] ? [nodes[1].id] : [] });
    requestAnimationFrame(commands.fit);
  };

  return (
    <div className="pointer-events-none absolute inset-0 z-10 grid place-items-center">
      <EmptyState
        className="pointer-events-auto rounded-lg border border-line bg-surface"
        icon={<Workflow />}
        title={t("title")}
        description={t("description")}
        actions={
          <>
            {possible ? (
              <Button variant="primary" onClick={begin}>
                {t("starter")}
              </Button>
            ) : null}
            <Button asChild>
              <Link href="/gallery">{t("templates")}</Link>
            </Button>
          </>
        }
      />
    </div>
  );
}
