import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CompareTunings } from "@/components/fine-tuning/compare-tunings";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("tuning.compared"))("title") };
}

interface Search {
  readonly ids?: string | string[];
}

export default async function CompareTuningsPage({ searchParams }: { readonly searchParams: Promise<Search> }) {
  const { ids } = await searchParams;
  return <CompareTunings ids={typeof ids === "string" ? ids.split(",").filter(Boolean).slice(0, 6) : []} />;
}
