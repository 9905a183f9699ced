import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { glanceText, shorten } from "@/components/run/value-text";
import { Label } from "@/components/ui/label";
import { Select, SelectGroup, SelectItem, SelectLabel } from "@/components/ui/select";
import type { Feed, Feeds, SheetPreview } from "./types";

interface InputFeedsProps {
  readonly preview: SheetPreview;
  readonly feeds: Feeds;
  /** What stands in the run panel, by input. */
  readonly panel: Readonly<Record<string, unknown>>;
  /** Inputs that somebody has chosen for: a guess of theirs is none any more. */
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (input: string, feed: Feed) => void;
}

/** Which column of the sheet feeds which input of the pipeline. */
export function InputFeeds({ preview, feeds, panel, chosen, onChange }: InputFeedsProps) {
  const t = useTranslations("sheets.dialog");
  return (
    <div className="flex flex-col gap-2.5">
      {preview.inputs.map(({ name, title, required, hasDefault, takesCells }) => {
        const feed = feeds[name] ?? "nothing";
        const inPanel = Object.hasOwn(panel, name);
        const isUnsure = preview.unsure.includes(name) && typeof feed === "number" && !chosen.has(name);
        const isUnfed = required && !hasDefault && (feed === "nothing" || (feed === "panel" && !inPanel));
        const note = isUnfed ? t(takesCells ? "unfed" : "fileInput") : isUnsure ? t("unsure") : null;
        const id = `feed-${name}`;
        return (
          <div key={name} className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)] items-baseline gap-x-4">
            <Label htmlFor={id} className="truncate" title={title ?? name}>
              {title ?? name}
              {required ? null : <span className="ml-1.5 text-faint text-xs">{t("optional")}</span>}
            </Label>
            <div className="flex min-w-0 flex-col gap-1">
              <Select
                id={id}
                aria-invalid={isUnfed}
                value={String(feed)}
                onValueChange={(next) => onChange(name, next === "panel" || next === "nothing" ? next : Number(next))}
              >
                {takesCells ? (
                  <SelectGroup>
                    <SelectLabel>{t("columns")}</SelectLabel>
                    {preview.columns.map((column, place) => (
                      <SelectItem
                        key={column}
                        value={String(place)}
                        hint={shorten(preview.sample[0]?.[place] ?? "", 24)}
                      >
                        {shorten(column, 60)}
                      </SelectItem>
                    ))}
                  </SelectGroup>
                ) : null}
                <SelectGroup>
                  <SelectLabel>{t("same")}</SelectLabel>
                  {inPanel ? (
                    <SelectItem value="panel">{t("panel", { value: shorten(glanceText(panel[name]), 40) })}</SelectItem>
                  ) : null}
                  <SelectItem value="nothing">{t("nothing")}</SelectItem>
                </SelectGroup>
              </Select>
              {note === null ? null : (
                <p className="flex items-center gap-1 text-warn text-xs">
                  <TriangleAlert aria-hidden="true" className="size-3 shrink-0" />
                  {note}
                </p>
              )}
            </div>
          </div>
        );
      })}
    </div>
  );
}
