"use client";

import { FlaskConical, Plus, Trash2 } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useModels } from "@/components/editor/inspector/use-models";
import { Section } from "@/components/shell/section";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { FormField } from "@/components/ui/form-field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import { evalLimits } from "@/runtime/eval/contract/limits";
import { sameJson } from "@/runtime/graph/hash";
import { OverrideWords } from "../override-words";
import { variantColour } from "../variant-colour";
import { otherModels, withLatency } from "./other-models";
import { freeKey, type OfferedVariant, type VariantForm } from "./set-up-form";
import { type PartProps, type PipelineOf, problemAt, type Revisions } from "./set-up-types";

interface VariantsPartProps extends PartProps {
  readonly pipeline: PipelineOf;
  readonly revisions: Revisions;
  readonly offered: readonly OfferedVariant[];
}

/** What is compared with what. */
export function VariantsPart({ form, change, problems, pipeline, revisions, offered }: VariantsPartProps) {
  const t = useTranslations("experiments.setUp");
  const format = useFormatter();
  const { variants, baseline } = form;
  const baselinePlace = variants.findIndex(({ key }) => key === baseline);
  const set = (place: number, changes: Partial<VariantForm>) =>
    change({ variants: variants.map((each, index) => (index === place ? { ...each, ...changes } : each)) });
  const add = (variant: Omit<VariantForm, "key">) =>
    change({ variants: [...variants, { key: freeKey(variants), ...variant }] });
  const remove = (place: number) => {
    const left = variants.filter((_, index) => index !== place);
    change({ variants: left, baseline: left.some(({ key }) => key === baseline) ? baseline : (left[0]?.key ?? "a") });
  };
  const revisionName = ({ number, createdAt }: Revisions["revisions"][number]) =>
    t("revisionOf", { number, date: format.dateTime(createdAt, { dateStyle: "medium" }) });
  /** The baseline against itself. */
  const checkSame = () => {
    const base = variants[baselinePlace] ?? variants[0];
    if (base === undefined) return;
    const again = t("again", { name: base.label }).slice(0, evalLimits.nameCharacters);
    change({
      variants: [
        { ...base, key: "a" },
        { ...base, key: "b", label: again },
      ],
      baseline: "a",
      dropLosers: false,
    });
  };
  const [first, second] = variants;
  const isSame =
    variants.length === 2 &&
    first?.source === second?.source &&
    JSON.stringify(first?.overrides) === JSON.stringify(second?.overrides);
  const full = variants.length >= evalLimits.variants;
  const { models } = useModels();
  const others = otherModels(pipeline.document, models).filter(
    ({ overrides }) => !variants.some((variant) => sameJson(variant.overrides, overrides)),
  );
  return (
    <Section
      title={t("variants")}
      description={t("variantsHelp", { pipeline: pipeline.name })}
      aside={
        <div className="flex gap-2">
          <Button title={t("sameCheckHelp")} onClick={checkSame}>
            <FlaskConical />
            {t("sameCheck")}
          </Button>
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button disabled={full}>
                <Plus />
                {t("addVariant")}
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end" className="max-h-80 overflow-y-auto">
              <DropdownMenuItem onSelect={() => add({ label: t("asItIs"), source: "draft", overrides: [] })}>
                {t("source.draft")}
              </DropdownMenuItem>
              <DropdownMenuItem
                disabled={revisions.liveId === null}
                onSelect={() => add({ label: t("source.live"), source: "live", overrides: [] })}
              >
                {t("source.live")}
              </DropdownMenuItem>
              {offered.length > 0 ? (
                <>
                  <DropdownMenuSeparator />
                  <DropdownMenuLabel>{t("labelled")}</DropdownMenuLabel>
                  {offered.map(({ nodeId, id, label, override }) => (
                    <DropdownMenuItem
                      key={`${nodeId}/${id}`}
                      onSelect={() => add({ label, source: "draft", overrides: [override] })}
                    >
                      {label}
                    </DropdownMenuItem>
                  ))}
                </>
              ) : null}
              {others.length > 0 ? (
                <>
                  <DropdownMenuSeparator />
                  <DropdownMenuLabel>{t("onModel")}</DropdownMenuLabel>
                  {others.map(({ ref, name, overrides }) => (
                    <DropdownMenuItem
                      key={ref}
                      onSelect={() =>
                        change({
                          variants: [...variants, { key: freeKey(variants), label: name, source: "draft", overrides }],
                          // A model is chosen by its time, too.
                          scorers: withLatency(form.scorers),
                        })
                      }
                    >
                      {name}
                    </DropdownMenuItem>
                  ))}
                </>
              ) : null}
              {revisions.revisions.length > 0 ? (
                <>
                  <DropdownMenuSeparator />
                  <DropdownMenuLabel>{t("earlier")}</DropdownMenuLabel>
                  {revisions.revisions.slice(0, 30).map((revision) => (
                    <DropdownMenuItem
                      key={revision.id}
                      onSelect={() => add({ label: revisionName(revision), source: revision.id, overrides: [] })}
                    >
                      {revisionName(revision)}
                    </DropdownMenuItem>
                  ))}
                </>
              ) : null}
            </DropdownMenuContent>
          </DropdownMenu>
        </div>
      }
    >
      {isSame ? <p className="text-muted text-sm">{t("sameCheckHelp")}</p> : null}
      <ul className="flex flex-col divide-y divide-line rounded-lg border border-line bg-surface">
        {variants.map((variant, place) => (
          <li key={variant.key} className="flex items-start gap-3 px-4 py-3">
            <span
              aria-hidden="true"
              className="mt-1.5 flex size-4 shrink-0 items-center justify-center rounded-sm font-medium font-mono text-surface text-xs uppercase"
              style={{ background: variantColour(place, baselinePlace) }}
            >
              {variant.key}
            </span>
            <div className="flex min-w-0 flex-1 flex-col gap-2">
              <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,220px)] gap-2">
                <FormField
                  label=""
                  className="[&>div:first-child]:hidden"
                  error={problemAt(problems, `variants.${place}`)}
                >
                  {(control) => (
                    <Input
                      {...control}
                      aria-label={t("variantName", { key: variant.key.toUpperCase() })}
                      value={variant.label}
                      maxLength={evalLimits.nameCharacters}
                      onChange={(event) => set(place, { label: event.target.value })}
                    />
                  )}
                </FormField>
                <Select
                  aria-label={t("variantSource", { key: variant.key.toUpperCase() })}
                  value={variant.source}
                  onValueChange={(source) => set(place, { source })}
                >
                  <SelectItem value="draft">{t("source.draft")}</SelectItem>
                  <SelectItem value="live" disabled={revisions.liveId === null}>
                    {t("source.live")}
                  </SelectItem>
                  {revisions.revisions.map((revision) => (
                    <SelectItem key={revision.id} value={revision.id}>
                      {revisionName(revision)}
                    </SelectItem>
                  ))}
                </Select>
              </div>
              {variant.overrides.length > 0 ? (
                <OverrideWords overrides={variant.overrides} document={pipeline.document} />
              ) : null}
              <label className="flex w-fit items-center gap-1.5 text-muted text-xs">
                <input
                  type="radio"
                  name="baseline"
                  checked={variant.key === baseline}
                  onChange={() => change({ baseline: variant.key })}
                  className="accent-accent"
                />
                {t("isBaseline")}
              </label>
            </div>
            <IconButton
              label={t("removeVariant", { label: variant.label })}
              size="sm"
              disabled={variants.length === 1}
              onClick={() => remove(place)}
            >
              <Trash2 />
            </IconButton>
          </li>
        ))}
      </ul>
      {variants.length < 2 || offered.length === 0 ? (
        <p className="text-muted text-sm">
          {t.rich("makeVariants", {
            editor: (words) => (
              <Link href={`/pipelines/${pipeline.id}`} className="text-accent-text underline">
                {words}
              </Link>
            ),
          })}
        </p>
      ) : null}
    </Section>
  );
}
