import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ComparePage } from "@/components/registry/compare-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("registry.compare"))("title") };
}

interface Search {
  readonly model?: string | string[];
  readonly left?: string | string[];
  readonly right?: string | string[];
}
const one = (value: string | string[] | undefined) => (typeof value === "string" ? value : null);

export default async function CompareVersionsPage({ searchParams }: { readonly searchParams: Promise<Search> }) {
  const { model, left, right } = await searchParams;
  return <ComparePage modelId={one(model) ?? ""} left={one(left)} right={one(right)} />;
}
