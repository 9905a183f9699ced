import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ReviewPage } from "@/components/evaluation/review/review-page";

interface ReviewOfProps {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<{ readonly scorer?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("experiments.review"))("title") };
}

export default async function ReviewOfExperiment({ params, searchParams }: ReviewOfProps) {
  const { id } = await params;
  const { scorer } = await searchParams;
  return <ReviewPage key={id} id={id} scorerId={typeof scorer === "string" ? scorer : null} />;
}
