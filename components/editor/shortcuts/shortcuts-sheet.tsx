import { useTranslations } from "next-intl";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { useView, useWorkbench } from "../workbench";

const groups = {
  pipeline: [
    ["run", "Ctrl", "↵"],
    ["undo", "Ctrl", "Z"],
    ["redo", "Shift", "Ctrl", "Z"],
    ["commands", "Ctrl", "K"],
    ["shortcuts", "?"],
  ],
  add: [
    ["search", "/"],
    ["quickAdd", "doubleClick"],
    ["dropWire", "dropWire"],
    ["connect", "C"],
    ["copy", "Ctrl", "C"],
    ["cut", "Ctrl", "X"],
    ["paste", "Ctrl", "V"],
    ["duplicate", "Ctrl", "D"],
    ["delete", "Del"],
  ],
  select: [
    ["selectAll", "Ctrl", "A"],
    ["selectMore", "Shift", "click"],
    ["selectBox", "Shift", "drag"],
    ["clear", "Esc"],
    ["rename", "F2"],
    ["nudge", "←", "↑", "→", "↓"],
    ["nudgeFar", "Shift", "←", "→"],
  ],
  view: [
    ["fit", "Shift", "1"],
    ["zoom", "Ctrl", "wheel"],
    ["pan", "wheel"],
    ["hand", "H"],
    ["select", "V"],
    ["sidebar", "["],
  ],
} as const;

const gestures: ReadonlySet<string> = new Set(["doubleClick", "dropWire", "click", "drag", "wheel"]);

/** Every key and gesture of the editor. */
export function ShortcutsSheet() {
  const t = useTranslations("editor.shortcuts");
  const { view } = useWorkbench();
  const open = useView((state) => state.shortcutsOpen);
  return (
    <Dialog open={open} onOpenChange={(next) => view.setState({ shortcutsOpen: next })}>
      <DialogContent
        title={t("title")}
        className="max-w-2xl"
        // On the close button it would open that button's tooltip, and the first Escape would close only that.
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
        }}
      >
        <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
          {(Object.keys(groups) as (keyof typeof groups)[]).map((group) => (
            <section key={group}>
              <h3 className="mb-1.5 font-medium text-sm">{t(`group.${group}`)}</h3>
              <dl className="flex flex-col gap-1">
                {groups[group].map(([name, ...keys]) => (
                  <div key={name} className="flex min-h-6 items-center justify-between gap-3 text-sm">
                    <dt className="text-muted">{t(`key.${name}`)}</dt>
                    <dd className="flex shrink-0 gap-0.5">
                      {keys.map((key) => (
                        <Kbd key={key}>{gestures.has(key) ? t(`gesture.${key as "click"}`) : key}</Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </DialogContent>
    </Dialog>
  );
}
