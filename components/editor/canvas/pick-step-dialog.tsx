import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { CommandDialog, CommandEmpty, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { toast } from "@/components/ui/toaster";
import type { AnyNode } from "@/runtime/node/catalog";
import { useCommands } from "../commands/use-commands";
import { randomWord } from "../gestures/identifiers";
import { newNode } from "../gestures/new-node";
import { insertOnWire, replaceStep, throughPorts, wireKinds } from "../gestures/put-step";
import { NodeIcon } from "../node-icon";
import { searchNodes } from "../palette/palette-search";
import { useEditor, useInterfaceLocale, useView, useWorkbench } from "../workbench";

/** Every entry counts alike: what is typed was looked for already. */
const all = () => 1;
const mostShown = 50;

/** Asks which step is to be put on the chosen wire, or in the place of the chosen step. */
export function PickStepDialog() {
  const { view } = useWorkbench();
  const t = useTranslations("editor.pick");
  const picking = useView((state) => state.picking);
  return (
    <CommandDialog
      open={picking !== null}
      onOpenChange={(open) => {
        if (!open) view.setState({ picking: null });
      }}
      title={t(picking?.kind === "replace" ? "replace" : "insert")}
      filter={all}
    >
      {picking ? <Choices picking={picking} /> : null}
    </CommandDialog>
  );
}

function Choices({ picking }: { readonly picking: { readonly kind: "insert" | "replace"; readonly id: string } }) {
  const { editor, view } = useWorkbench();
  const t = useTranslations("editor.pick");
  const locale = useInterfaceLocale();
  const catalog = useEditor((state) => state.catalog);
  const commands = useCommands();
  const [query, setQuery] = useState("");
  const fitting = useMemo(() => {
    const { document, flow } = editor.getState();
    if (picking.kind === "replace") {
      const own = document.nodes.find(({ id }) => id === picking.id);
      return catalog.nodes.filter(({ type }) => type !== own?.type);
    }
    const edge = document.edges.find(({ id }) => id === picking.id);
    if (edge === undefined) return [];
    const { source, target } = wireKinds({ document, portsOf: flow.portsOf }, edge);
    const none = new Set<string>();
    return catalog.nodes.filter(
      (definition) => throughPorts(flow.portsOf(newNode(definition, none, randomWord)), source, target) !== null,
    );
  }, [editor, catalog, picking]);
  const found = useMemo(() => searchNodes(fitting, query).slice(0, mostShown), [fitting, query]);
  const choose = (definition: AnyNode) => {
    view.setState({ picking: null });
    const { document, flow, apply, select } = editor.getState();
    const world = { document, portsOf: flow.portsOf, random: randomWord };
    if (picking.kind === "insert") {
      const edge = document.edges.find(({ id }) => id === picking.id);
      const put = edge && insertOnWire(edge, definition, world);
      if (!put || commands.isFull()) return;
      apply(put.operations);
      select({ nodes: [put.id] });
      return;
    }
    const node = document.nodes.find(({ id }) => id === picking.id);
    if (node === undefined) return;
    const { operations, cut } = replaceStep(node, definition, world);
    apply(operations);
    select({ nodes: [node.id] });
    const after = editor.getState().document;
    if (cut > 0)
      toast.info(t("cut", { count: cut }), {
        action: {
          label: t("undo"),
          onClick: () => {
            if (editor.getState().document === after) editor.getState().undo();
          },
        },
      });
  };
  return (
    <>
      <CommandInput value={query} onValueChange={setQuery} placeholder={t(picking.kind)} />
      <CommandList>
        <CommandEmpty>{t("nothing")}</CommandEmpty>
        {found.map((definition) => (
          <CommandItem key={definition.type} value={definition.type} onSelect={() => choose(definition)}>
            <NodeIcon name={definition.icon} className="size-4 shrink-0" />
            <span className="truncate">{definition.title[locale]}</span>
          </CommandItem>
        ))}
      </CommandList>
    </>
  );
}
