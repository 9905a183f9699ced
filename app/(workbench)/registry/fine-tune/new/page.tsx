import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewTuning } from "@/components/fine-tuning/new-tuning";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("tuning"))("new") };
}

interface Search {
  readonly from?: string | string[];
}

export default async function NewTuningPage({ searchParams }: { readonly searchParams: Promise<Search> }) {
  const { from } = await searchParams;
  return <NewTuning from={typeof from === "string" ? from : null} />;
}
