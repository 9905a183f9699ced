import { useTranslations } from "next-intl";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { useView, useWorkbench } from "../workbench";
import { type CommandGroup, commandGroups, type EditorCommand } from "./editor-command";
import { useCommandList } from "./use-command-list";

/** What the pointer does, and the keys that belong to the whole workbench. */
const gestures = {
  pipeline: [["palette", "Ctrl", "K"]],
  debug: [],
  add: [
    ["quickAdd", "doubleClick"],
    ["dropWire", "dropWire"],
  ],
  select: [
    ["selectMore", "Shift", "click"],
    ["selectBox", "Shift", "drag"],
  ],
  arrange: [],
  view: [
    ["zoom", "Ctrl", "wheel"],
    ["pan", "wheel"],
    ["sidebar", "["],
  ],
} as const satisfies Record<CommandGroup, readonly (readonly [string, ...string[]])[]>;

const byPointer: ReadonlySet<string> = new Set(["doubleClick", "dropWire", "click", "drag", "wheel"]);

/** The keys of a group's commands; those that differ by direction alone stand on one line. */
const keyed = (list: readonly EditorCommand[], group: CommandGroup) => {
  const lines: { id: EditorCommand["id"]; keys: string[] }[] = [];
  for (const { id, group: own, keys, likeFormer } of list) {
    const [first] = keys ?? [];
    if (own !== group || first === undefined) continue;
    if (likeFormer) lines.at(-1)?.keys.push(first.at(-1) ?? "");
    else lines.push({ id, keys: [...first] });
  }
  return lines;
};

/** Every key and gesture of the editor. */
export function ShortcutsSheet() {
  const t = useTranslations("editor.shortcuts");
  const name = useTranslations("editor");
  const { view } = useWorkbench();
  const open = useView((state) => state.shortcutsOpen);
  const list = useCommandList();
  return (
    <Dialog open={open} onOpenChange={(next) => view.setState({ shortcutsOpen: next })}>
      <DialogContent
        title={t("title")}
        className="max-h-[90dvh] max-w-4xl overflow-y-auto"
        // On the close button it would open that button's tooltip, and the first Escape would close only that.
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
        }}
      >
        <div className="gap-x-10 sm:columns-2 lg:columns-3">
          {commandGroups.map((group) => (
            <section key={group} className="mb-5 break-inside-avoid">
              <h3 className="mb-1.5 font-medium text-sm">{t(`group.${group}`)}</h3>
              <dl className="flex flex-col gap-1">
                {keyed(list, group).map(({ id, keys }) => (
                  <Line key={id} name={name(`commands.${id}`)} keys={keys} />
                ))}
                {gestures[group].map(([id, ...keys]) => (
                  <Line
                    key={id}
                    name={t(`gesture.${id}`)}
                    keys={keys.map((key) => (byPointer.has(key) ? t(`pointer.${key as "click"}`) : key))}
                  />
                ))}
              </dl>
            </section>
          ))}
        </div>
      </DialogContent>
    </Dialog>
  );
}

function Line({ name, keys }: { readonly name: string; readonly keys: readonly string[] }) {
  return (
    <div className="flex min-h-6 items-center justify-between gap-3 text-sm">
      <dt className="text-muted">{name}</dt>
      <dd className="flex shrink-0 gap-0.5">
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dd>
    </div>
  );
}
